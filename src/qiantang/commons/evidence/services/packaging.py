"""Making the package: what proves a deposit, for people and for machines, with the program that checks it."""

from __future__ import annotations

import base64
import json
from itertools import chain
from typing import TYPE_CHECKING

from qiantang.commons.audit import api as audit
from qiantang.commons.evidence.methods.instructions import readme
from qiantang.commons.evidence.methods.package_writing import name_inside, write_package
from qiantang.commons.evidence.methods.records import checkpoint_document
from qiantang.commons.evidence.methods.single_file import single_file
from qiantang.commons.evidence.models import BatchFile, CustodyLine
from qiantang.commons.evidence.selectors.deposits import deposit_row
from qiantang.commons.evidence.selectors.proofs import evidence_document, sealed_under
from qiantang.commons.evidence.services import custody, keys
from qiantang.commons.evidence.services.certificates import LANGUAGES, certificate
from qiantang.commons.evidence.types import Act
from qiantang.kernel.canonical import canonical_json
from qiantang.kernel.errors import Conflict, NotFound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from qiantang.commons.evidence.models import Checkpoint, Deposit
    from qiantang.kernel.actor import Actor


def make_package(
    *, actor: Actor, number: str, target: Path, local: Path | None = None, place: int | None = None
) -> None:
    """Write the package of a stamped deposit.

    local   the object where it stayed with its owner; it goes into the package
    place   of a batch, the one file to be proved, from 0; None: the batch as a whole
    errors  NotFound ``evidence.unknown``, ``evidence.object_missing`` · Conflict ``evidence.not_sealed``,
            ``evidence.object_changed``
    """
    row = deposit_row(actor, number)
    checkpoint = sealed_under(row)
    member = None if place is None else BatchFile.objects.filter(batch=row, place=place).first()
    if place is not None and member is None:
        raise NotFound("evidence.unknown", number=f"{number}/{place}")
    wanted = row.sha256 if member is None else member.sha256
    if local is not None and next(iter(custody.digested([local])))[1].sha256 != wanted:
        raise Conflict("evidence.object_changed", number=number)
    contents = _contents(actor, row, member)
    stored = custody.taken_out(actor=actor, deposit=row, act=Act.EXPORT, reason="package") if row.stored else None
    if stored is None:
        custody.note(actor=actor, deposit=row, act=Act.EXPORT, reason="package")
    content = local if local is not None else stored if member is None else _kept(member)
    inside = None if content is None else name_inside(_file_name(row, member))
    key = keys.current_key()

    def seal(manifest: bytes) -> bytes:
        return canonical_json({"key": key.key_id, "signature": keys.sign(key, manifest)})

    told = evidence_document(row, inside=inside, member=member)
    if contents:
        told["contents"] = [{"path": path, "place": one.place} for path, one in contents.items()]
    files = chain(
        _files(row, checkpoint, canonical_json(told), inside, content),
        ((path, custody.object_path(one.sha256)) for path, one in contents.items()),
    )
    write_package(target, files, seal)
    verb = "evidence.package.read" if actor.has_role("auditor") else "evidence.package.make"
    audit.record(actor=actor, verb=verb, subject=f"deposit:{row.number}", facts={"place": place})


def _contents(actor: Actor, row: Deposit, member: BatchFile | None) -> dict[str, BatchFile]:
    """Where in the package the stored files of a batch lie; each is digested anew. Of one file alone there are none."""
    if member is not None:
        custody.ensure_members(actor=actor, deposit=row, members=[member] if member.stored else [])
        return {}
    members = list(BatchFile.objects.filter(batch=row, stored=True).order_by("place"))
    custody.ensure_members(actor=actor, deposit=row, members=members)
    return {f"contents/{name_inside(one.name, place=one.place)}": one for one in members}


def _kept(member: BatchFile) -> Path | None:
    return custody.object_path(member.sha256) if member.stored else None


def _file_name(row: Deposit, member: BatchFile | None) -> str:
    if member is not None:
        return member.name.replace("\\", "/").rpartition("/")[2]
    return f"{row.name}.json" if row.media_type == "application/json" and not row.name.endswith(".json") else row.name


def _files(
    row: Deposit, checkpoint: Checkpoint, told: bytes, inside: str | None, content: Path | None
) -> Iterator[tuple[str, bytes | Path]]:
    yield "README.txt", readme(row.number).encode()
    yield "verify.py", single_file().encode()
    yield "evidence.json", told
    yield "checkpoint.json", checkpoint_document(checkpoint.body, checkpoint.signature)
    for one in checkpoint.stamps.filter(stamped_at__isnull=False).order_by("authority", "round"):
        name = f"stamps/{one.authority}" + (f"-{one.round}" if one.round else "")
        yield f"{name}.tsq", bytes(one.query or b"")
        yield f"{name}.tsr", bytes(one.response or b"")
        yield f"{name}.pem", one.roots.encode()
    evidence = json.loads(told)
    for place, one in enumerate(evidence.get("anchors", []), start=1):
        yield f"anchors/{place}.ots", base64.b64decode(one["proof"])
        yield f"anchors/{place}.json", canonical_json(one["checkpoint"])
    lines = len(evidence["custody"])
    for language in LANGUAGES:
        yield f"certificate-{language}.pdf", certificate(row, checkpoint, language=language, custody_lines=lines)
    if inside is not None and content is not None:
        yield inside, content


def make_certificate(*, actor: Actor, number: str, language: str) -> bytes:
    """The PDF alone; errors as ``make_package``."""
    row = deposit_row(actor, number)
    checkpoint = sealed_under(row)
    custody.note(actor=actor, deposit=row, act=Act.ACCESS, reason=f"certificate {language}")
    lines = CustodyLine.objects.filter(deposit=row).count()
    return certificate(row, checkpoint, language=language, custody_lines=lines)
