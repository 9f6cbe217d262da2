"""How patents stand in a snapshot: what alerts remember and compare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import Role
from qiantang.scenarios.query.methods.differences import Standing, owner_digest

_OWNERS = (Role.HOLDER, Role.APPLICANT)


def standings(reader: register.results.SnapshotReader, batches: Iterable[Sequence[str]]) -> Iterator[Standing]:
    """How patents stand in a snapshot, in the order given; those it does not have are left out."""
    for ids in batches:
        for told in reader.rows(ids, ("patent_id", "status", "parties")):
            if told is not None:
                yield Standing(told["patent_id"], told["status"], owner_digest(owners_in(told["parties"])))


def owners_in(parties: Iterable[Mapping[str, str]] | None) -> list[str]:
    """Who owns a patent, as far as known: its holders, else its applicants."""
    named = list(parties or ())
    for role in _OWNERS:
        if names := [one["name"] for one in named if one["role"] == role and one["name"]]:
            return names
    return []


def standings_now(patent_ids: Sequence[str]) -> tuple[int, dict[str, Standing]]:
    """The newest snapshot, and how these patents stand in it; 0 and nothing before the first load."""
    manifest = register.register().manifest()
    if manifest is None or not patent_ids:
        return manifest.snapshot if manifest else 0, {}
    with register.results.snapshot_reader(manifest.snapshot) as reader:
        return manifest.snapshot, {one.patent_id: one for one in standings(reader, [patent_ids])}
