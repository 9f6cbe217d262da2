"""Permanent links: a statement of what a query gave on one snapshot, signed by this platform, and the query as it is now.

Everything stands in the link; nothing is kept here. The signature is a keyed digest of this platform, so only it can say
whether a statement is its own; the digest of the list can be checked by anybody who has the list.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.core import signing

from qiantang.corpus.register import api as register
from qiantang.corpus.register.methods.query_language import BY_KEY
from qiantang.corpus.register.methods.query_language.fields import Kind
from qiantang.corpus.register.methods.query_language.nodes import AllOf, AnyOf, Match, Node, Opposite
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.query.selectors import desk
from qiantang.scenarios.query.types import DeskRequest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qiantang.corpus.register.types import PatentRecord, Replay
    from qiantang.kernel.actor import Actor

_SALT = "query.permalink"
_VERSION = 1
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Pinned:
    """What a permanent link says: the search, the snapshot, how many patents, the SHA-256 of their ids, when (ISO 8601)."""

    asked: DeskRequest
    snapshot: int
    total: int
    sha256: str
    made_at: str


@dataclass(frozen=True, slots=True)
class Changed:
    """Patents that came or went: how many, and the first of them with their records; None: not on record any more."""

    total: int
    shown: tuple[tuple[str, PatentRecord | None], ...]


def pinned(_actor: Actor, asked: DeskRequest, made_at: str) -> Pinned:
    """What the search gives now, as a statement.

    errors  as ``desk.search``; Limited ``query.too_many_to_attest``
    """
    desk.ensure_refinements(asked)
    told = register.desk.attest(desk.whole_query(asked))
    return Pinned(DeskRequest(asked.text, asked.refinements), told.snapshot, told.total, told.sha256, made_at)


def sealed(statement: Pinned) -> str:
    """The statement as one word for an address."""
    told = {
        "v": _VERSION,
        "q": statement.asked.text,
        "f": list(statement.asked.refinements),
        "n": statement.snapshot,
        "t": statement.total,
        "h": statement.sha256,
        "at": statement.made_at,
    }
    return signing.dumps(told, salt=_SALT, compress=True)


def opened(word: str) -> Pinned:
    """The statement in a link.

    errors  Invalid ``query.permalink`` where it is damaged or not of this platform
    """
    try:
        told: dict[str, Any] = signing.loads(word, salt=_SALT)
        asked = DeskRequest(told["q"], tuple(told["f"]))
        return Pinned(asked, told["n"], told["t"], told["h"], told["at"])
    except (signing.BadSignature, KeyError, TypeError, ValueError) as error:
        raise Invalid("query.permalink") from error


def replayed(_actor: Actor, statement: Pinned) -> Replay:
    """The search as it was, as far as it can be found again, and as it is now. Errors as for ``pinned``."""
    return register.desk.replay(desk.whole_query(statement.asked), statement.snapshot)


def then_ids(actor: Actor, statement: Pinned) -> tuple[str, ...] | None:
    """The ids of then, sorted; None where they cannot be found again exactly. Errors as for ``pinned``."""
    found = replayed(actor, statement)
    if found.then is None or found.then.sha256 != statement.sha256 or found.new is None or found.gone is None:
        return None
    _, now = register.desk.result_ids(desk.whole_query(statement.asked))
    return tuple(sorted((set(now) - set(found.new)) | set(found.gone)))


def compared(_actor: Actor, statement: Pinned, listed: bytes) -> tuple[Changed, Changed]:
    """What is new and what is gone since, by a list that the reader has kept; the list is not kept here.

    errors  Invalid ``query.permalink_list`` where it is not the list of the statement; as for ``pinned``
    """
    ids = {line.strip() for line in listed.decode("utf-8", "replace").splitlines() if line.strip()}
    given = sha256("".join(f"{one}\n" for one in sorted(ids)).encode()).hexdigest()
    if given != statement.sha256:
        raise Invalid("query.permalink_list", given=given)
    _, now = register.desk.result_ids(desk.whole_query(statement.asked))
    return changed(set(now) - ids), changed(ids - set(now))


def changed(ids: Iterable[str]) -> Changed:
    """Ids with the records of the first of them."""
    known = sorted(ids)
    records = register.get_many(known[:SHOWN])
    return Changed(len(known), tuple((one, records.get(one)) for one in known[:SHOWN]))


def names_of_today(statement: Pinned) -> bool:
    """Whether the query asks for harmonised parties, named sets or ties: what belongs to one is taken as of today."""
    return _asks_for_today(register.parse(desk.whole_query(statement.asked)))


def _asks_for_today(node: Node) -> bool:
    match node:
        case AllOf(parts) | AnyOf(parts):
            return any(map(_asks_for_today, parts))
        case Opposite(part):
            return _asks_for_today(part)
        case Match(field):
            return BY_KEY[field].kind in (Kind.PARTY, Kind.SET, Kind.TIE)
        case _:
            return False
