"""What ingest tells the house."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SnapshotPublished:
    """A load made a new snapshot: one event a load, never one a patent. ``parent`` is 0 for the first."""

    snapshot: int
    parent: int

    name = "ingest.snapshot.published"
