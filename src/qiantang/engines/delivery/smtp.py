"""Mail by SMTP (RFC 5321), with TLS from the first byte or by STARTTLS.

The dialogue is taken in steps, so that the moment is known from which the server may have taken the message: when the
last line of the data goes out. What fails before was surely not taken; a lost answer leaves doubt (RFC 1047).
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import parse_qs, unquote, urlsplit

from qiantang.engines.delivery.letters import address_in, letter
from qiantang.engines.delivery.port import Mail
from qiantang.kernel.errors import Invalid, Unavailable

_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
_TIMEOUT_SECONDS = 30.0
_GO_AHEAD = 354
_PERMANENT = 500
_TAKEN = 250
_DOT = re.compile(rb"(?m)^\.")


class SmtpDelivery:
    """A mail server.

    url     ``smtp://host:port`` in clear (a relay on the same machine), ``smtp+tls://user:password@host`` with STARTTLS
            or not at all, ``smtps://…`` with TLS from the first byte; ``?ca=/path.pem`` names an authority of the house
    """

    def __init__(self, *, url: str, timeout: float = _TIMEOUT_SECONDS) -> None:
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname:
            raise ValueError(f"an address of a mail server begins with {', '.join(f'{one}://' for one in _PORTS)}")
        self._scheme, self._host = parts.scheme, parts.hostname
        self._port = parts.port or _PORTS[parts.scheme]
        self._user, self._secret = unquote(parts.username or ""), unquote(parts.password or "")
        authority = parse_qs(parts.query).get("ca", [None])[0]
        self._context = None if parts.scheme == "smtp" else ssl.create_default_context(cafile=authority)
        self._timeout = timeout

    def send(self, mail: Mail, *, handing_over: Callable[[], None]) -> None:
        sender, recipient, content = address_in(mail.sender), address_in(mail.recipient), letter(mail)
        with self._connection() as server:
            with _before_handing_over():
                _expect(server.mail(sender), _TAKEN)
                _expect(server.rcpt(recipient), _TAKEN)
                _expect(server.docmd("DATA"), _GO_AHEAD)
            handing_over()
            self._hand_over(server, content)

    @contextmanager
    def _connection(self) -> Iterator[smtplib.SMTP]:
        with _before_handing_over():
            server = self._opened()
        try:
            yield server
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
        finally:
            server.close()  # without a word where something went wrong: it may have stopped in the middle of the data

    def _opened(self) -> smtplib.SMTP:
        server: smtplib.SMTP
        if self._scheme == "smtps":
            server = smtplib.SMTP_SSL(self._host, self._port, timeout=self._timeout, context=self._context)
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=self._timeout)
        try:
            if self._scheme == "smtp+tls":
                server.starttls(context=self._context)
            server.ehlo_or_helo_if_needed()
            if self._user:
                server.login(self._user, self._secret)
        except BaseException:  # nobody else knows of the connection yet; the error goes on
            server.close()
            raise
        return server

    @staticmethod
    def _hand_over(server: smtplib.SMTP, content: bytes) -> None:
        try:
            server.send(_DOT.sub(b"..", content) + b".\r\n")
            code, said = server.getreply()
        except (OSError, smtplib.SMTPException) as fault:
            raise Unavailable("delivery.in_doubt", said=_short(fault)) from fault
        if code != _TAKEN:
            _refuse(code, said)


@contextmanager
def _before_handing_over() -> Iterator[None]:
    """Faults of a dialogue in which no message has gone out yet."""
    try:
        yield
    except (OSError, smtplib.SMTPException) as fault:
        raise Unavailable("delivery.unavailable", said=_short(fault)) from fault


def _expect(answer: tuple[int, bytes], wanted: int) -> None:
    if answer[0] not in {wanted, wanted + 1}:  # 251: the server forwards it
        _refuse(*answer)


def _refuse(code: int, said: bytes) -> None:
    told = f"{code} {said.decode('utf-8', 'replace')}"[:200]
    if code >= _PERMANENT:
        raise Invalid("delivery.refused", said=told)
    raise Unavailable("delivery.unavailable", said=told)


def _short(fault: Exception) -> str:
    return f"{type(fault).__name__}: {fault}"[:200]
