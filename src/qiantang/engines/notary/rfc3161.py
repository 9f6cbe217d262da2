"""Any timestamp authority that speaks RFC 3161 over HTTP (section 3.4)."""

from __future__ import annotations

from pathlib import Path
from urllib.error import URLError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from qiantang.engines.notary.checking import checked_token, der_of, query_for
from qiantang.engines.notary.port import Token
from qiantang.kernel.errors import Unavailable

_LARGEST = 256 * 1024  # bytes of an answer; tokens with long chains have about ten thousand


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_told: object) -> None:
        return None


class HttpAuthority:
    """An authority at an address.

    name        under which its stamps are kept
    url         http or https, without a password
    roots       file of certificates, PEM, to which its chains lead
    policy      the only policy that will do; None: any
    timeout     seconds for one answer
    """

    legal = True

    def __init__(self, *, name: str, url: str, roots: Path, policy: str | None = None, timeout: float = 20) -> None:
        self.name, self.url, self.policy, self.timeout = name, url, policy, timeout
        self._roots = Path(roots)
        # no proxy of the environment, no redirect: the question goes where the operator said
        self._opener = build_opener(ProxyHandler({}), _NoRedirects())

    def roots(self) -> bytes:
        return self._roots.read_bytes()

    def stamp(self, document: bytes, *, algorithm: str = "sha256") -> Token:
        query = query_for(document, algorithm)
        answer = self._asked(query.as_bytes())
        return checked_token(
            query=query,
            answer=answer,
            document=document,
            algorithm=algorithm,
            roots=der_of(self.roots()),
            policy=self.policy,
        )

    def _asked(self, query: bytes) -> bytes:
        headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        request = Request(self.url, data=query, headers=headers, method="POST")  # noqa: S310 - the setting takes http(s) only
        try:
            with self._opener.open(request, timeout=self.timeout) as response:
                answer: bytes = response.read(_LARGEST + 1)
        except (URLError, OSError, ValueError) as fault:
            raise Unavailable("notary.silent", said=str(fault)[:200]) from fault
        if len(answer) > _LARGEST:
            raise Unavailable("notary.silent", said="the answer has no end")
        return answer
