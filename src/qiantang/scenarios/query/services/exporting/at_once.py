"""A small result as a file while the person waits: no account, no job, nothing kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from qiantang.scenarios.query.methods.exporting.asked import ExportAsked
from qiantang.scenarios.query.services.exporting.folder import ExportFolder


@contextmanager
def small_export(asked: ExportAsked) -> Iterator[Path]:
    """The file, gone when the context is left. Whoever calls has seen that the result is small.

    errors  those of ``ExportFolder.make``
    """
    with TemporaryDirectory(prefix="qiantang-export-") as place:
        folder = ExportFolder(Path(place) / "export", asked, settings.PUBLIC_URL.rstrip("/"))
        folder.make()
        yield folder.file
