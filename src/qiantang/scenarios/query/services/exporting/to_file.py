"""A result as a file at a place of the caller's choice: for the command line."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from django.conf import settings

from qiantang.kernel.errors import Invalid
from qiantang.scenarios.query.methods.exporting.about import About
from qiantang.scenarios.query.methods.exporting.asked import ExportAsked, FileFormat
from qiantang.scenarios.query.methods.exporting.columns import BY_KEY
from qiantang.scenarios.query.methods.exporting.numbers import Spelling
from qiantang.scenarios.query.services.exporting.folder import ExportFolder, Told, disk_told, nobody


def format_of(path: Path) -> FileFormat:
    """The format by the ending of a name.

    errors  Invalid ``query.export_ending``
    """
    known = {one.value for one in FileFormat}
    ending = path.suffix.removeprefix(".").lower()
    if ending not in known:
        raise Invalid("query.export_ending", given=path.name, known=", ".join(sorted(known)))
    return FileFormat(ending)


def spelling_of(text: str) -> Spelling:
    """A spelling of numbers by its key.

    errors  Invalid ``query.export_spelling``
    """
    try:
        return Spelling(text)
    except ValueError:
        raise Invalid("query.export_spelling", given=text, known=", ".join(Spelling)) from None


def export_to_file(asked: ExportAsked, path: Path, *, told: Told = nobody) -> About:
    """Write all hits of a query to ``path``, over what stands there. Called again after a stop, it goes on.

    While it works a folder beside the file holds what is done, ``.<name>.<digest of what was asked>``.

    errors  those of ``ExportFolder.make``; Invalid ``query.export_columns``
    """
    unknown = [one for one in asked.columns if one not in BY_KEY]
    if unknown:
        raise Invalid("query.export_columns", unknown=", ".join(unknown), known=", ".join(BY_KEY))
    digest = sha256(repr(asked).encode()).hexdigest()[:8]
    folder = ExportFolder(path.parent / f".{path.name}.{digest}", asked, settings.PUBLIC_URL.rstrip("/"))
    folder.make(told)
    about = folder.about()
    with disk_told():
        folder.file.replace(path)
    folder.remove()
    if about is None:
        raise AssertionError("a file that is made says what it is")
    return about
