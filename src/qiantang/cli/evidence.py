"""Commands about evidence. ``verify`` and ``consistency`` need neither platform nor network, and start without Django."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qiantang.cli.main import DONE, FAILED, FINDINGS
from qiantang.cli.output import print_json, tell
from qiantang.kernel.errors import Conflict, Invalid

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from qiantang.kernel.actor import Actor


def verify_command(asked: argparse.Namespace) -> int:
    """Check a package, or its ``evidence.json`` with the file."""
    from qiantang.commons.evidence.methods.verifier.anchors import headers_in
    from qiantang.commons.evidence.methods.verifier.command import lines_of
    from qiantang.commons.evidence.methods.verifier.packages import verify

    root = Path(asked.root).read_bytes() if asked.root else None
    file = Path(asked.file) if asked.file else None
    headers = headers_in(Path(asked.headers).read_text("ascii")) if asked.headers else None
    report = verify(Path(asked.package), file=file, root=root, log_key=asked.log_key, headers=headers)
    if asked.json:
        print_json(report.told())
    else:
        print(lines_of(report), end="")
    return DONE if report.valid else FINDINGS


def consistency_command(asked: argparse.Namespace) -> int:
    """Whether the log of the newer package or checkpoint holds that of the older one unchanged."""
    from qiantang.commons.evidence.methods.verifier.command import lines_of
    from qiantang.commons.evidence.methods.verifier.extending import check_consistency, read_checkpoint

    try:
        older, newer = read_checkpoint(Path(asked.older)), read_checkpoint(Path(asked.newer))
    except (ValueError, KeyError, TypeError) as fault:
        tell(f"qiantang: this is neither an evidence package nor a checkpoint: {fault}")
        return FAILED
    report = check_consistency(older, newer)
    if asked.json:
        print_json(report.told())
    else:
        print(lines_of(report), end="")
    return DONE if report.valid else FINDINGS


def deposit_command(asked: argparse.Namespace) -> int:
    """Deposit files by their digests, folders as batches; wait for the timestamp and write the packages."""
    from qiantang.cli.house import open_office

    open_office()
    from qiantang.commons.evidence import api as evidence

    actor = actor_named(asked.owner)
    if asked.secret:
        asked.paths = [str(one) for one in _sealed(asked.paths)]
    made = list(_deposited(actor, asked))
    evidence.seal_and_stamp(actor=keeper())
    told = [_told(actor, number, local, asked) for number, local in made]
    if asked.json:
        print_json({"deposits": told})
    else:
        for one in told:
            print(f"{one['number']}  {one['status']:9}  {one['sha256']}  {one['package'] or '-'}")
    return DONE


def _deposited(actor: Actor, asked: argparse.Namespace) -> Iterator[tuple[str, Path | None]]:
    """Number and local file of each deposit; a batch has no one file."""
    from qiantang.commons.evidence import api as evidence
    from qiantang.commons.evidence.types import Kind

    files: list[tuple[str, Path]] = []
    for path in map(Path, asked.paths):
        if path.is_dir():
            inside = [(str(one.relative_to(path)), one) for one in sorted(path.rglob("*")) if one.is_file()]
            yield _batch(actor, asked.name or path.resolve().name, inside, asked.statement), None
        elif not path.is_file():
            raise FileNotFoundError(f"{path}: no such file")
        else:
            files.append((path.name, path))
    if asked.batch and files:
        yield _batch(actor, asked.name or asked.batch, files, asked.statement), None
        return
    for name, path in files:
        ((_, digests),) = evidence.custody.digested([path])
        told = evidence.Asked(
            name=asked.name or ("trade secret" if asked.secret else name),
            digests={"sha256": digests.sha256, "sm3": digests.sm3},
            size_bytes=digests.size_bytes,
            kind=Kind.TRADE_SECRET if asked.secret else Kind(asked.kind),
            confidential=asked.secret,
            statement=asked.statement,
            environment={"collector": "qiantang evidence deposit"},
        )
        if not asked.keep:
            yield evidence.deposit(actor=actor, asked=told), path
            continue
        with path.open("rb") as stream:
            yield evidence.deposit_file(actor=actor, stream=stream, asked=told), path


def _sealed(paths: list[str]) -> Iterator[Path]:
    """A container beside each file; the password is one line of standard input."""
    from qiantang.commons.evidence.methods.containers import LEAST_PASSWORD, sealed

    password = sys.stdin.readline().rstrip("\n")
    if len(password) < LEAST_PASSWORD:
        raise Invalid("evidence.password", least=LEAST_PASSWORD)
    for path in map(Path, paths):
        target = path.with_name(f"{path.name}.qtsc")
        with path.open("rb") as stream, target.open("xb") as out:
            out.writelines(sealed(stream, name=path.name, size=path.stat().st_size, password=password))
        yield target


def open_command(asked: argparse.Namespace) -> int:
    """Open a container; a file that is there already is left alone."""
    from qiantang.commons.evidence.methods.containers import NotOpened, opened

    password = sys.stdin.readline().rstrip("\n")
    target: Path | None = None
    try:
        with Path(asked.container).open("rb") as stream:
            inside, pieces = opened(stream, password=password)
            target = Path(asked.out) / (inside.name.replace("\\", "/").rpartition("/")[2] or "object")
            with target.open("xb") as out:
                out.writelines(pieces)
    except NotOpened as fault:
        if target is not None:
            target.unlink(missing_ok=True)  # a part of it is worse than nothing
        tell(f"qiantang: {fault}")
        return FAILED
    if asked.json:
        print_json({"file": str(target), "size": inside.size})
    else:
        print(target)
    return DONE


def _batch(actor: Actor, name: str, files: list[tuple[str, Path]], statement: str) -> str:
    from qiantang.commons.evidence import api as evidence

    found = evidence.custody.digested(path for _, path in files)
    told = [(name_of, digests) for (name_of, _), (_, digests) in zip(files, found, strict=True)]
    return evidence.deposit_batch(actor=actor, name=name, files=told, statement=statement)


def _told(actor: Actor, number: str, local: Path | None, asked: argparse.Namespace) -> dict[str, Any]:
    from qiantang.commons.evidence import api as evidence

    row = evidence.deposit_told(actor, number)
    package = None if asked.no_package else written_package(actor, number, Path(asked.out), local)
    return {
        "number": number,
        "sha256": row.sha256,
        "sm3": row.sm3,
        "status": row.stage,
        "package": package and str(package),
        "files": row.files,
    }


def written_package(actor: Actor, number: str, folder: Path, local: Path | None) -> Path | None:
    """The package of a deposit in a folder; None, with a word about it, where no authority has stamped it yet."""
    from qiantang.commons.evidence import api as evidence

    package = folder / f"{number}.zip"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        evidence.make_package(actor=actor, number=number, target=package, local=local)
    except Conflict as refused:
        if refused.code != "evidence.not_sealed":
            raise
        tell(f"{number}: received; no authority has stamped it yet, the worker goes on asking")
        return None
    return package


def log_command(asked: argparse.Namespace) -> int:
    """Size, root and newest signed checkpoint of the log."""
    from qiantang.cli.house import open_office

    open_office()
    from qiantang.commons.evidence import api as evidence

    here = evidence.log.log()
    document = evidence.log.log_document() if here.checkpoint is not None else {}
    if asked.out:
        if not document:
            raise Invalid("evidence.size_unknown", given=0)
        import json

        Path(asked.out).write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    stamps = [{"authority": one.authority, "stamped_at": one.stamped_at, "legal": one.legal} for one in here.stamps]
    if asked.json:
        head = {"size": here.size, "root": here.root, "waiting": here.waiting, "stamps": stamps}
        print_json({**head, "witnesses": here.witnesses, "checkpoint": None, **document})
        return DONE
    print(f"{here.size} entries, {here.waiting} waiting\nroot {here.root}")
    if here.checkpoint is not None:
        body: Any = here.checkpoint["body"]
        print(f"checkpoint of {body['size']} entries, {body['at']}, signed by {body['key']}")
        for one in here.stamps:
            legal = "" if one.legal else "  NOT A LEGAL TIMESTAMP"
            print(f"  {one.authority}: {one.stamped_at or f'pending {one.said}'}{legal}")
    return DONE


def keeper() -> Actor:
    """Who keeps the log: the platform."""
    from qiantang.kernel.actor import Actor, Channel

    return Actor.system("evidence log", Channel.COMMAND)


def actor_named(owner: str | None) -> Actor:
    """The account whose deposit it shall be; the platform where none is named.

    errors  those of ``accounts.person_by_username``
    """
    from qiantang.commons.accounts import api as accounts
    from qiantang.kernel.actor import Actor, Channel

    system = Actor.system("command line", Channel.COMMAND)
    if owner is None:
        return system
    person = accounts.person_by_username(system, owner)
    return Actor(person_id=person.id, name=person.display_name, roles=person.roles, channel=Channel.COMMAND)
