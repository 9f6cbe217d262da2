"""Asking the cluster: one call, tried again on another node while it makes sense, and refusals in words of the house.

What a query says never gets into a refusal or a log: only the kind of the fault does.
"""

from __future__ import annotations

import logging
import random
import re
import ssl
import time
from collections.abc import Mapping
from typing import Any

import orjson
from opensearchpy import JSONSerializer, Transport
from opensearchpy.exceptions import ConnectionError as Unreached
from opensearchpy.exceptions import TransportError

from qiantang.engines.search.opensearch.address import Address
from qiantang.engines.search.port import MOST_EXPANSIONS
from qiantang.kernel.errors import DomainError, Limited, Unavailable

PATIENCE = 15.0  # seconds in which a read is tried again; the loss of a node is over sooner
WRITING_PATIENCE = 120.0  # the same for a write: what waits here waits in a job
_ANSWER_WITHIN = 10.0  # seconds for one answer; then another node is asked
_WRITTEN_WITHIN = 60.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 2.0  # seconds between tries
_CONNECTIONS = 16  # kept open to each node
_DEAD_FOR = 5  # seconds for which a node that failed is asked last
_BUSY = 429
_TRY_AGAIN = frozenset({_BUSY, 502, 503, 504})  # overloaded, or a shard is just moving to another node
_NOT_OF_THE_VIEW = frozenset({400})  # the query cannot be answered
_TOO_MANY = ("too_many_clauses", "too_many_nested_clauses", "TooComplexToDeterminize")
_CLAUSES = re.compile(r"maxClauseCount is set to (\d+)")


# The library would write whole queries into a log that is set to tell all. No log is to have them.
logging.getLogger("opensearch").setLevel(logging.WARNING)
# A level, since ``disabled`` is taken back by whoever configures logging later.
logging.getLogger("opensearchpy.trace").setLevel(logging.CRITICAL + 1)


class Refused(Unavailable):
    """The cluster has answered, and the answer is no. ``in_full`` may hold words of the query: never to be told of a read."""

    in_full: str = ""


class ViewLost(Refused):
    """A point in time is no more: its node is lost, its index replaced, or nobody asked for long."""


class _Json(JSONSerializer):
    def loads(self, s: str) -> Any:
        return orjson.loads(s)

    def dumps(self, data: Any) -> Any:
        return data if isinstance(data, (bytes, str)) else orjson.dumps(data)


class Cluster:
    """The cluster behind an address. May be used from several threads; connects when it is first asked.

    patience  seconds in which a read is tried again
    """

    def __init__(self, address: Address, patience: float = PATIENCE) -> None:
        self.patience = patience
        secure = {"ssl_context": ssl.create_default_context()} if address.secure else {}
        self._transport = Transport(
            [{**host, **secure} for host in address.connections()],
            serializer=_Json(),
            max_retries=0,  # ``ask`` tries again, with pauses
            retry_on_status=(),
            retry_on_timeout=True,  # with no retries: a node that keeps us waiting is asked last from then on
            dead_timeout=_DEAD_FOR,
            pool_maxsize=_CONNECTIONS,
            timeout=_ANSWER_WITHIN,
        )

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        params: Mapping[str, str | int] | None = None,
        ignore: tuple[int, ...] = (),
        patience: float | None = None,
        within: float = _ANSWER_WITHIN,
    ) -> Any:
        """The answer to a call that may be made twice. A status in ``ignore`` is an answer too.

        patience  seconds in which it is tried again where no node answers or a shard has no copy that does; None: ours
        within    seconds for one answer; then another node is asked
        errors    Unavailable ``search.unreachable`` · ``search.failed``; Limited ``search.too_many_words``
        """
        ends = time.monotonic() + (self.patience if patience is None else patience)
        pause = _FIRST_PAUSE
        while True:
            try:
                return self._transport.perform_request(method, path, params, body, within, ignore)
            except TransportError as error:
                if not _worth_another_try(error) or time.monotonic() + pause > ends:
                    raise told(error) from None
            time.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 - spreads the tries, guards nothing
            pause = min(2 * pause, _LONGEST_PAUSE)

    def write(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        params: Mapping[str, str | int] | None = None,
        ignore: tuple[int, ...] = (),
        patience: float = WRITING_PATIENCE,
    ) -> Any:
        """As ``ask``, for a change: waited for longer, and a refusal gives the cluster's reason. Patents are no secret.

        errors  Unavailable ``search.unreachable`` · ``search.write_failed``
        """
        try:
            return self.ask(method, path, body, params=params, ignore=ignore, patience=patience, within=_WRITTEN_WITHIN)
        except Refused as error:
            raise Unavailable("search.write_failed", reason=error.in_full) from error

    def close(self) -> None:
        self._transport.close()


def _worth_another_try(error: TransportError) -> bool:
    """Whether the same call may do better in a moment: no node answered, or the cluster said that it is busy."""
    return isinstance(error, Unreached) or error.status_code in _TRY_AGAIN


def told(error: TransportError) -> DomainError:
    """The refusal that says what an error of the client library means."""
    if isinstance(error, Unreached):
        return Unavailable("search.unreachable", reason=type(error.info).__name__)
    said = str(error.info)
    if any(one in said for one in _TOO_MANY):
        found = _CLAUSES.search(said)
        return Limited("search.too_many_words", limit=min(int(found[1]), MOST_EXPANSIONS) if found else MOST_EXPANSIONS)
    reason = f"{error.status_code} {error.error}"
    of_a_search = error.error == "search_phase_execution_exception" and error.status_code != _BUSY
    if error.status_code in {401, 403} or (error.status_code in _TRY_AGAIN and not of_a_search):
        return Unavailable("search.unreachable", reason=reason)
    refused = Refused("search.failed", reason=reason)
    if error.error == "index_not_found_exception":
        refused = ViewLost("search.index_missing")
    elif of_a_search and error.status_code not in _NOT_OF_THE_VIEW:
        refused = ViewLost("search.failed", reason=reason)
    refused.in_full = _in_full(error)
    return refused


def _in_full(error: TransportError) -> str:
    told = error.info.get("error") if isinstance(error.info, dict) else None
    return f"{error.error}: {told['reason']}" if isinstance(told, dict) else error.error
