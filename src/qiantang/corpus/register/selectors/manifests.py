"""Where the register stands on disk, and what each snapshot is.

<home>/register/manifest-000003.json      one a snapshot, written last; replaced only by one that names the same content
<home>/register/layers/000003/            immutable Parquet files and the sealed lake file, as the load wrote them
<home>/register/layers/000007.1/          layers up to that of snapshot 7 written anew: merged, or without what had to go
<home>/register/pin-000003.txt            why a snapshot is kept whatever the policy says
<home>/register/filled-000003.json        in how many patents of a snapshot each field is filled: can always be counted again
<home>/register/loads/000004/             report and refused rows of every load, also of those that changed nothing
<home>/register/suppressed.json           digests of what was removed on lawful request and must not come back
<home>/register/removing.json             removals of whole patents that have begun and not ended
<home>/register/resume/                   rows of files that a load which was stopped had read to their end
<home>/index/                             the search index: a cache of one snapshot
<home>/frames/                            tables for questions over all patents: a cache of each layer
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import orjson

from qiantang.corpus.register.types import SCHEMA_VERSION, SnapshotInfo, SourceInfo
from qiantang.engines.lake.port import TableSpec
from qiantang.kernel.errors import NotFound, Unavailable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LAKE_TABLES: Mapping[str, TableSpec] = {
    "records": TableSpec("records.parquet", key="n"),
    "aliases": TableSpec("aliases.parquet", key="key"),
    "citations": TableSpec("citations.parquet", key="key"),
    "family_links": TableSpec("family_links.parquet", key="key"),
    "family_members": TableSpec("family_members.parquet", key="family"),
    "observations": TableSpec("observations.parquet", key="patent_id"),
    "patents": TableSpec("patents.parquet", key="patent_id"),
}


def layer_upto(name: str) -> int:
    """The newest snapshot whose changes a layer holds."""
    return int(name.partition(".")[0])


@dataclass(frozen=True, slots=True)
class Manifest:
    """One snapshot. ``layers`` are folder names, oldest first; ``files`` holds rows and SHA-256 of each file added."""

    snapshot: int
    parent: int | None
    published_at: str
    layers: tuple[str, ...]
    patents: int
    touched: int
    next_place: int
    loads: tuple[int, ...]
    sources: tuple[SourceInfo, ...]
    files: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    schema_version: int = SCHEMA_VERSION

    def as_snapshot(self) -> SnapshotInfo:
        return SnapshotInfo(
            number=self.snapshot,
            parent=self.parent,
            published_at=self.published_at,
            patents=self.patents,
            touched=self.touched,
            loads=self.loads,
            synthetic=any(source.synthetic for source in self.sources),
            layers=len(self.layers),
        )

    def to_bytes(self) -> bytes:
        return orjson.dumps(asdict(self), option=orjson.OPT_INDENT_2)

    @classmethod
    def from_bytes(cls, content: bytes) -> Manifest:
        told = orjson.loads(content)
        if told["schema_version"] != SCHEMA_VERSION:
            raise Unavailable(
                "register.schema_other",
                snapshot=told["snapshot"],
                given=told["schema_version"],
                expected=SCHEMA_VERSION,
            )
        told["sources"] = tuple(SourceInfo(**source) for source in told["sources"])
        told["layers"], told["loads"] = tuple(told["layers"]), tuple(told["loads"])
        return cls(**told)


@dataclass(frozen=True, slots=True)
class RegisterPlace:
    """The folders of one register."""

    home: Path

    @property
    def root(self) -> Path:
        return self.home / "register"

    @property
    def layers(self) -> Path:
        return self.root / "layers"

    @property
    def loads(self) -> Path:
        return self.root / "loads"

    @property
    def index(self) -> Path:
        return self.home / "index"

    @property
    def frames(self) -> Path:
        return self.home / "frames"

    def manifest_path(self, snapshot: int) -> Path:
        return self.root / f"manifest-{snapshot:06d}.json"

    def pin_path(self, snapshot: int) -> Path:
        return self.root / f"pin-{snapshot:06d}.txt"

    def filled_path(self, snapshot: int) -> Path:
        return self.root / f"filled-{snapshot:06d}.json"

    def pins(self) -> dict[int, str]:
        """The snapshots that are kept whatever the policy says, with the reason."""
        return {int(path.stem.rpartition("-")[2]): path.read_text("utf-8") for path in self.root.glob("pin-*.txt")}

    def snapshots(self) -> list[int]:
        return sorted(int(path.stem.rpartition("-")[2]) for path in self.root.glob("manifest-*.json"))

    def latest(self) -> Manifest | None:
        """The newest snapshot, or None where nothing was ever loaded."""
        numbers = self.snapshots()
        return self.manifest(numbers[-1]) if numbers else None

    def manifest(self, snapshot: int) -> Manifest:
        """One snapshot.

        errors  NotFound ``register.snapshot_unknown`` · Unavailable ``register.manifest_unreadable`` · ``register.schema_other``
        """
        try:
            return Manifest.from_bytes(self.manifest_path(snapshot).read_bytes())
        except FileNotFoundError:
            raise NotFound("register.snapshot_unknown", snapshot=snapshot) from None
        except (ValueError, TypeError, KeyError) as error:
            raise Unavailable("register.manifest_unreadable", snapshot=snapshot, reason=str(error)) from error
