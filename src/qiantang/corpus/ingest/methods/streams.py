"""Opening sources: plain files, gzip by content, members of zips and tars, folders of all of them.

Every source is read forward once, within bounds; an archive which breaks one is refused as a whole.
"""

from __future__ import annotations

import hashlib
import io
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO, cast
from zipfile import ZipFile, ZipInfo

from qiantang.commons.files.methods.archives import (
    GZIP_MAGIC,
    TAR_BLOCK,
    ZIP_MAGIC,
    gunzipped,
    is_office_package,
    is_tar,
    members,
    opened_member,
    opened_zip,
    tar_members,
)
from qiantang.commons.files.types import ArchiveRefused, Limits
from qiantang.corpus.ingest.types import FileRefused, Refusal

HEAD_BYTES = 65_536
_BUFFER = 1 << 20
_SPOOL = 8 * 2**20

Opener = Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read, or one member of an archive.

    name        as shown to people; a member stands behind its archive: ``week.zip/part.xml``
    size_bytes  as delivered (a gzip file: packed)
    digest      SHA-256 of the bytes as delivered, lower-case hexadecimal: what ``sha256sum`` says of the file
    """

    name: str
    size_bytes: int
    digest: str
    _open: Opener
    limits: Limits

    def open(self) -> BinaryIO:
        """The unpacked bytes from the start. errors ``FileRefused`` now or while reading."""
        try:
            return unpacked(self._open(), self.limits)
        except ArchiveRefused as refused:
            raise file_refused(refused) from refused


class _Rejoined(io.RawIOBase):
    """A head already read, then the rest; archive errors become refusals of the file."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the stubs want any buffer
        try:
            out = self._head[: len(buffer)] or self._rest.read(len(buffer))
        except ArchiveRefused as refused:
            raise file_refused(refused) from refused
        self._head = self._head[len(buffer) :]
        buffer[: len(out)] = out
        return len(out)

    def close(self) -> None:
        self._rest.close()
        super().close()


def file_refused(refused: ArchiveRefused) -> FileRefused:
    """The refusal of a whole file in the words of loading."""
    return FileRefused(Refusal(0, refused.reason, facts=dict(refused.facts)))


def rejoined(head: bytes, rest: BinaryIO) -> BinaryIO:
    """A stream of ``head`` and then ``rest``, buffered."""
    return cast("BinaryIO", io.BufferedReader(_Rejoined(head, rest), _BUFFER))


def read_head(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first 64 KiB, and a stream which still begins with them."""
    head = stream.read(HEAD_BYTES)
    return head, rejoined(head, stream)


def unpacked(stream: BinaryIO, limits: Limits) -> BinaryIO:
    """The bytes of a stream, gunzipped where they are gzip, whatever the name says."""
    head = stream.read(len(GZIP_MAGIC))
    whole = rejoined(head, stream)
    return rejoined(b"", gunzipped(whole, limits, owns=True)) if head == GZIP_MAGIC else whole


def sources(path: Path, limits: Limits | None = None) -> Iterator[Source]:
    """Everything there is to read at a path, in sorted order: a file, the files of a folder, the members of archives.

    Archives (zip, tar, gzipped tar) inside archives are opened to ``limits.depth``; Office packages are one source. Hidden files and symbolic links are
    left out of folders. What cannot be opened is still a source: its ``open`` tells why.
    errors  ``FileNotFoundError`` where there is nothing at the path
    """
    bounds = limits or Limits()
    if not path.exists():
        raise FileNotFoundError(path)
    for file in _files(path):
        name = file.relative_to(path).as_posix() if path.is_dir() else file.name
        size, digest = _measured(file.open("rb"))
        yield from _entries(name, size, digest, _opener(file), bounds, depth=0)


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for one in sorted(path.iterdir()):
        if not one.name.startswith(".") and not one.is_symlink():
            yield from _files(one)


def _opener(file: Path) -> Opener:
    return lambda: file.open("rb", buffering=_BUFFER)


def _measured(stream: BinaryIO, head: bytes = b"") -> tuple[int, str]:
    """Size and digest of a stream, of which ``head`` has been read already."""
    digest, size = hashlib.sha256(head), len(head)
    with stream:
        while chunk := stream.read(_BUFFER):
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()


def _entries(name: str, size: int, digest: str, opener: Opener, limits: Limits, *, depth: int) -> Iterator[Source]:
    """The source itself, or what is inside it where it is an archive."""
    with opener() as stream:
        head = stream.read(HEAD_BYTES)
    if _begins_tar(head, limits):
        yield from _tar_entries(name, opener, limits, depth)
    elif head.startswith(ZIP_MAGIC):
        yield from _zip_entries(name, size, digest, opener, limits, depth)
    else:
        yield Source(name, size, digest, opener, limits)


def _begins_tar(head: bytes, limits: Limits) -> bool:
    if head.startswith(GZIP_MAGIC):
        try:
            head = gunzipped(io.BytesIO(head), limits, owns=True).read(TAR_BLOCK)
        except ArchiveRefused:  # told again when it is opened as the file it then is
            return False
    return is_tar(head)


def _tar_entries(name: str, archive: Opener, limits: Limits, depth: int) -> Iterator[Source]:
    """The members in the order of the archive. Its damage is a source of its own, after the members before it."""
    try:
        if depth >= limits.depth:
            raise ArchiveRefused("archive_bomb", bound="depth", limit=limits.depth)  # noqa: TRY301 - told like the rest
        with _plain(archive(), limits) as stream:
            for place, (entry, content) in enumerate(tar_members(stream, limits)):
                kept = content.read(_SPOOL + 1)
                opener = _held(kept) if len(kept) <= _SPOOL else _tar_member_opener(place, archive, limits)
                size, digest = _measured(content, kept)
                yield from _entries(f"{name}/{entry}", size, digest, opener, limits, depth=depth + 1)
    except ArchiveRefused as refused:
        yield Source(name, 0, "", _refusing(refused), limits)


def _plain(stream: BinaryIO, limits: Limits) -> BinaryIO:
    """As ``unpacked``, with the errors of archives left as they are."""
    head = stream.read(len(GZIP_MAGIC))
    whole = cast("BinaryIO", io.BufferedReader(_Rejoined(head, stream), _BUFFER))
    return gunzipped(whole, limits, owns=True) if head == GZIP_MAGIC else whole


def _held(content: bytes) -> Opener:
    return lambda: io.BytesIO(content)


def _tar_member_opener(place: int, archive: Opener, limits: Limits) -> Opener:
    """Opens a member too large to be held: the archive is read again from its start, as a tar has no list of entries."""

    def opened() -> BinaryIO:
        spool = tempfile.SpooledTemporaryFile(_SPOOL)  # noqa: SIM115 - the caller closes it
        try:
            with _plain(archive(), limits) as stream:
                _, content = next(islice(tar_members(stream, limits), place, None))
                while chunk := content.read(_BUFFER):
                    spool.write(chunk)
        except BaseException:  # nobody else knows of the spool yet; the error goes on
            spool.close()
            raise
        spool.seek(0)
        return cast("BinaryIO", spool)

    return opened


def _zip_entries(name: str, size: int, digest: str, opener: Opener, limits: Limits, depth: int) -> Iterator[Source]:
    """What is inside a zip; the zip itself where it is a document in an Office package."""
    try:
        with ExitStack() as stack:
            archive = stack.enter_context(opened_zip(stack.enter_context(opener()), limits))
            if is_office_package(archive):
                yield Source(name, size, digest, opener, limits)
                return
            if depth >= limits.depth:
                raise ArchiveRefused("archive_bomb", bound="depth", limit=limits.depth)  # noqa: TRY301 - told like the rest
            for entry in members(archive):
                yield from _member(f"{name}/{entry.filename}", entry, archive, opener, limits, depth)
    except ArchiveRefused as refused:
        yield Source(name, size, digest, _refusing(refused), limits)


def _member(name: str, entry: ZipInfo, archive: ZipFile, outer: Opener, limits: Limits, depth: int) -> Iterator[Source]:
    """What is inside a member. It is read through the archive that is open, as long as it is: the list of entries of a
    large archive takes longer to read than a small member.
    """

    def opened() -> BinaryIO:
        if archive.fp is not None:
            return _spooled(archive, entry, limits)
        with outer() as stream, opened_zip(stream, limits) as again:
            return _spooled(again, again.getinfo(entry.filename), limits)

    try:
        size, digest = _measured(opened())
    except ArchiveRefused as refused:
        yield Source(name, 0, "", _refusing(refused), limits)
        return
    yield from _entries(name, size, digest, opened, limits, depth=depth + 1)


def _spooled(archive: ZipFile, entry: ZipInfo, limits: Limits) -> BinaryIO:
    """A member as a stream of its own, in which a zip inside can be sought."""
    spool = tempfile.SpooledTemporaryFile(_SPOOL)  # noqa: SIM115 - the caller closes it
    try:
        with opened_member(archive, entry, limits) as member:
            while chunk := member.read(_BUFFER):
                spool.write(chunk)
    except BaseException:  # nobody else knows of the spool yet; the error goes on
        spool.close()
        raise
    spool.seek(0)
    return cast("BinaryIO", spool)


def _refusing(refused: ArchiveRefused) -> Opener:
    def opened() -> BinaryIO:
        raise refused

    return opened
