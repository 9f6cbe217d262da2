"""Writing a package: every byte by rule, so that the verifier can write it again and compare."""

from __future__ import annotations

import zlib
from hashlib import new, sha256
from typing import TYPE_CHECKING

from qiantang.commons.evidence.methods.verifier.packages import (
    MANIFEST,
    SEAL,
    Member,
    directory_end,
    directory_line,
    local_head,
)
from qiantang.kernel.canonical import canonical_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO

_CHUNK = 1 << 20


def write_package(target: Path, files: Iterable[tuple[str, bytes | Path]], seal: Callable[[bytes], bytes]) -> None:
    """Write the files with their manifest and its seal.

    files   (name in the package, content or the file that holds it)
    seal    makes the content of ``manifest.sig`` of the manifest
    """
    with target.open("w+b") as out:
        writing = _Writing(out)
        for name, content in files:
            writing.add(name, content)
        manifest = writing.manifest()
        writing.add(MANIFEST, manifest)
        writing.add(SEAL, seal(manifest))
        writing.end()


class _Writing:
    def __init__(self, out: BinaryIO) -> None:
        self.out = out
        self.members: dict[str, tuple[Member, int]] = {}

    def add(self, name: str, content: bytes | Path) -> None:
        at = self.out.tell()
        self.out.write(local_head(name, Member("", None, 0, 0)))
        digests, crc, size = (sha256(), new("sm3")), 0, 0
        for piece in _pieces(content):
            for one in digests:
                one.update(piece)
            crc, size = zlib.crc32(piece, crc), size + len(piece)
            self.out.write(piece)
        member = Member(digests[0].hexdigest(), digests[1].hexdigest(), crc, size)
        end = self.out.tell()
        self.out.seek(at)
        self.out.write(local_head(name, member))
        self.out.seek(end)
        self.members[name] = (member, at)

    def manifest(self) -> bytes:
        told = [
            {"path": name, "sha256": one.sha256, "sm3": one.sm3, "size": one.size}
            for name, (one, _) in self.members.items()
        ]
        return canonical_json({"v": 1, "files": told})

    def end(self) -> None:
        at = self.out.tell()
        directory = b"".join(directory_line(name, member, begins) for name, (member, begins) in self.members.items())
        self.out.write(directory + directory_end(len(self.members), len(directory), at))


def _pieces(content: bytes | Path) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with content.open("rb") as stream:
        while piece := stream.read(_CHUNK):
            yield piece


def name_inside(name: str, *, place: int | None = None) -> str:
    """A name that no system takes for a path: under ``files/``, or, with the place in its batch before it, of a list."""
    told = "".join("_" if one in '/\\:*?"<>|' or ord(one) < ord(" ") else one for one in name).strip(" .")[:120]
    return f"files/{told or 'object'}" if place is None else f"{place + 1:03}-{told or 'object'}"
