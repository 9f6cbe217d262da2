"""The store of objects, which keeps the chain of custody by itself.

Nobody reaches an object but through here, and whatever is done, the object is digested anew and a line is added. An object
that is no longer what was deposited is not handed out; that it was found so is a line too.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from qiantang.commons.evidence.methods.records import custody_line
from qiantang.commons.evidence.models import BatchFile, CustodyLine, Deposit
from qiantang.commons.evidence.types import Act
from qiantang.engines.notary.port import CHUNK, Digesting, Digests, digests_of
from qiantang.kernel.custody import ORIGIN, link
from qiantang.kernel.errors import Conflict, Invalid, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from qiantang.kernel.actor import Actor


def keep(stream: BinaryIO, *, most: int) -> Digests:
    """Write an object into the store while it is digested. The same bytes lie there once; nothing refers to them yet.

    errors  Invalid ``evidence.file_empty`` · ``evidence.file_too_large``: then nothing is kept
    """
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    digesting, size = Digesting(), 0
    handle, written = tempfile.mkstemp(prefix="receiving-", dir=folder)
    place = Path(written)
    try:
        with os.fdopen(handle, "wb") as out:
            while size <= most and (piece := stream.read(CHUNK)):
                digesting.add(piece)
                out.write(piece)
                size += len(piece)
            out.flush()
            os.fsync(out.fileno())
        if size > most:
            raise Invalid("evidence.file_too_large", limit=most)
        if not size:
            raise Invalid("evidence.file_empty")
        found = digesting.result()
        target = object_path(found.sha256)
        target.parent.mkdir(exist_ok=True, mode=0o700)
        place.replace(target)
    finally:
        place.unlink(missing_ok=True)
    return found


def taken_out(*, actor: Actor, deposit: Deposit, act: Act, reason: str) -> Path:
    """The object's file, digested anew, with a line for it.

    errors  NotFound ``evidence.object_missing`` · Conflict ``evidence.object_changed``
    """
    found = digested_anew(deposit)
    if found == deposit.sha256:
        add_line(actor=actor, deposit=deposit, act=act, found=found, reason=reason)
        return object_path(deposit.sha256)
    add_line(actor=actor, deposit=deposit, act=Act.VERIFY, found=None, reason=f"stored copy found {found or 'missing'}")
    if found is None:
        raise NotFound("evidence.object_missing", number=deposit.number)
    raise Conflict("evidence.object_changed", number=deposit.number)


def member_out(*, actor: Actor, deposit: Deposit, member: BatchFile, act: Act, reason: str) -> Path:
    """One stored file of a batch, digested anew like the batch's own list, with a line for it.

    errors  as ``taken_out``
    """
    ensure_members(actor=actor, deposit=deposit, members=[member])
    taken_out(actor=actor, deposit=deposit, act=act, reason=f"{member.name}: {reason}")
    return object_path(member.sha256)


def ensure_members(*, actor: Actor, deposit: Deposit, members: Iterable[BatchFile]) -> None:
    """That stored files of a batch are what was deposited; one that is not is named in a line, and nothing is handed out.

    errors  NotFound ``evidence.object_missing`` · Conflict ``evidence.object_changed``
    """
    for member in members:
        found = _found_at(member.sha256) if member.stored else None
        if found == member.sha256:
            continue
        reason = f"stored copy of {member.name} found {found or 'missing'}"
        add_line(actor=actor, deposit=deposit, act=Act.VERIFY, found=None, reason=reason)
        if found is None:
            raise NotFound("evidence.object_missing", number=deposit.number)
        raise Conflict("evidence.object_changed", number=deposit.number)


def digested_anew(deposit: Deposit) -> str | None:
    """SHA-256 of the stored copy as it lies there now; None where there is none."""
    return _found_at(deposit.sha256) if deposit.stored else None


def _found_at(sha256: str) -> str | None:
    try:
        with object_path(sha256).open("rb") as stream:
            digesting = Digesting()
            for piece in _pieces(stream):
                digesting.add(piece)
    except FileNotFoundError:
        return None
    return digesting.result().sha256


def note(*, actor: Actor, deposit: Deposit, act: Act, reason: str) -> None:
    """A line for an act that hands out no object; where there is a copy it is digested anew all the same."""
    if deposit.stored:
        taken_out(actor=actor, deposit=deposit, act=act, reason=reason)
    else:
        add_line(actor=actor, deposit=deposit, act=act, found=None, reason=reason)


@transaction.atomic
def add_line(*, actor: Actor, deposit: Deposit, act: Act, found: str | None, reason: str) -> None:
    """The next line; two writers at once get two places, by the lock on the deposit."""
    Deposit.objects.select_for_update().get(pk=deposit.pk)
    last = CustodyLine.objects.filter(deposit=deposit).order_by("-seq").first()
    seq, previous = (last.seq + 1, last.link) if last else (1, ORIGIN)
    CustodyLine.objects.create(**_line(actor, deposit, act, found, reason, (seq, previous)))


def add_lines(*, actor: Actor, deposits: Sequence[Deposit], act: Act, reason: str) -> None:
    """One line for each of many, in the caller's transaction, who holds the lock on the log."""
    newest = CustodyLine.objects.filter(deposit__in=deposits).values("deposit").annotate(last=Max("seq"))
    last = {row["deposit"]: row["last"] for row in newest}
    links = dict(
        CustodyLine.objects.filter(deposit__in=deposits).order_by("deposit", "seq").values_list("deposit", "link")
    )  # the last of each stays
    CustodyLine.objects.bulk_create(
        CustodyLine(
            **_line(actor, one, act, digested_anew(one), reason, (last.get(one.pk, 0) + 1, links.get(one.pk, ORIGIN)))
        )
        for one in deposits
    )


def _line(
    actor: Actor, deposit: Deposit, act: Act, found: str | None, reason: str, after: tuple[int, str]
) -> dict[str, object]:
    role = ", ".join(sorted(actor.roles)) or ("owner" if actor.person_id == deposit.owner_id else "account")
    text = custody_line(
        seq=after[0],
        at=timezone.now(),
        actor=(actor.name, role),
        act=act,
        number=deposit.number,
        found=found,
        reason=reason[:300],
    )
    return {"deposit": deposit, "seq": after[0], "text": text.decode(), "link": link(after[1], text)}


def _folder() -> Path:
    return Path(settings.QIANTANG_HOME) / "evidence" / "objects"


def object_path(sha256: str) -> Path:
    return _folder() / sha256[:2] / sha256


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    while piece := stream.read(CHUNK):
        yield piece


def digests_of_upload(pieces: Iterable[bytes]) -> Digests:
    """Digests of something that is not kept."""
    return digests_of(pieces)


def digested(paths: Iterable[Path]) -> Iterator[tuple[Path, Digests]]:
    """Files that stay where they are, digested one by one."""
    for path in paths:
        with path.open("rb") as stream:
            digesting = Digesting()
            for piece in _pieces(stream):
                digesting.add(piece)
        yield path, digesting.result()
