"""Observations of our own making, and loads of them without any file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from qiantang.corpus.register.methods.batches import to_arrow
from qiantang.corpus.register.selectors.manifests import LAKE_TABLES, Manifest, RegisterPlace
from qiantang.corpus.register.services.load import begin_load
from qiantang.corpus.register.types import Observation, Party, Publication, Text
from qiantang.engines.lake import port
from qiantang.engines.lake.port import LakeView

DAY = date(2026, 1, 1)


def observation(row: int, publication: str | None = None, **more) -> Observation:
    """A published invention: ``publication`` is a canonical number without kind."""
    title, names = more.pop("title", f"一种装置{row}"), more.pop("names", ("钱潮甲厂",))
    kind = more.pop("kind", "A")
    made = Observation(row=row, office="CN", as_of=more.pop("as_of", date(2019, 7, 12)), type="invention", **more)
    if publication:
        made.publications.append(Publication(publication, kind, date(2019, 7, 12)))
    made.texts.append(Text("title", "zh", title))
    made.parties.extend(Party("applicant", i, name) for i, name in enumerate(names, 1))
    return made


def keys_of(one: Observation) -> list[str]:
    keys = [f"p:{p.number}" for p in one.publications]
    if one.application_number:
        keys.append("a:" + one.application_number.split(".")[0])
    return keys


class Bench:
    """A register in a folder, loaded by hand."""

    def __init__(self, home: Path) -> None:
        self.place = RegisterPlace(home)
        self.lake = port.load("qiantang.engines.lake.arrow.ArrowLake", specs=LAKE_TABLES)

    def load(self, *sources: tuple[str, list[Observation]], rank: int = 2, synthetic: bool = False):
        """Load (name, observations) pairs as one snapshot; returns (manifest, staged sources)."""
        with begin_load(self.place, self.lake, day=DAY) as load:
            for name, rows in sources:
                load.begin_source(
                    name=name,
                    digest=f"digest of {name}",
                    size_bytes=1,
                    reader="test",
                    reader_version=1,
                    rank=rank,
                    synthetic=synthetic,
                )
                load.staging.add(to_arrow(rows, [keys_of(one) for one in rows]))
                load.staging.finish()
            return load.publish(), load.staging.sources

    def manifest(self) -> Manifest | None:
        return self.place.latest()

    def view(self) -> LakeView:
        manifest = self.manifest()
        assert manifest is not None
        return self.lake.open([self.place.layers / name for name in manifest.layers])

    def records(self) -> dict[str, dict]:
        manifest = self.manifest()
        assert manifest is not None
        view = self.lake.open([self.place.layers / name for name in manifest.layers])
        rows = [row for batch in view.scan("records") for row in batch.to_pylist()]
        view.close()
        assert len({row["patent_id"] for row in rows}) == len(rows) == manifest.patents
        return {row["patent_id"]: {k: v for k, v in row.items() if k != "n"} for row in rows}
