"""The archive package of a case: one zip that explains itself, and the check that it is whole.

``manifest.json`` names every other file with size, SHA-256 and what it is; ``manifest.json.sha256`` is the digest of the manifest.
The same pieces and the same told facts give the same bytes. Checking needs neither platform nor network.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

FORMAT = "qiantang-archive/1"
_MANIFEST, _DIGEST = "manifest.json", "manifest.json.sha256"
_MOMENT = (1980, 1, 1, 0, 0, 0)  # of every entry: the bytes follow from the content alone
_MOST_MANIFEST = 64 * 2**20
_MOST_TOTAL = 16 * 2**30
_CHUNK = 1 << 20

_README = """归档包 · Archive package

This folder is the record of one case of the platform, made when the case was handed to the archive.
本文件包是平台上一个案件的完整记录，在移交档案时生成。

manifest.json          every file with size, SHA-256 and what it is 全部文件的清单、大小、摘要和说明
manifest.json.sha256   the digest of the manifest 清单的摘要
index.csv, index.json  the same list for people and for programs 便于阅读和处理的目录
case.json              the case: number, kind, dates, parties, decisions, limits 案件基本信息
history.csv            what happened, line by line 办理过程
journal.json           the entries of the platform's journal about this case, with their links 审计日志条目
documents/             what the office issued 签发的文书
files/                 what was handed in 提交的材料
records/               the tables of the room that handled the case 业务数据

To check it: qiantang archive verify THIS_FILE, or compare the SHA-256 of each file with manifest.json.
校验方法：qiantang archive verify 文件名，或逐一比对 manifest.json 中的 SHA-256。
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of a package. ``path`` inside it; ``what`` it is, in a word."""

    path: str
    content: bytes
    what: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing that was looked at, and whether it holds. ``detail`` names what does not."""

    name: str
    passed: bool
    detail: str = ""


def packed(pieces: Sequence[Piece], told: Mapping[str, Any]) -> bytes:
    """The package. ``told`` stands in the manifest beside the files. errors: ValueError for a path twice or unsafe"""
    rows = [_row(one) for one in pieces]
    own = [
        Piece("README.txt", _README.encode(), "explanation"),
        Piece("index.json", _json({"files": rows}), "index"),
        Piece("index.csv", _csv(["path", "what", "name", "size_bytes", "sha256"], rows), "index"),
    ]
    whole = [*own, *pieces]
    paths = [one.path for one in whole]
    unsafe = [one for one in paths if one.startswith("/") or ".." in one.split("/") or "\\" in one]
    if len(set(paths)) != len(paths) or unsafe or {_MANIFEST, _DIGEST} & set(paths):
        raise ValueError("a package has each path once, inside itself")
    manifest = _json({"format": FORMAT, **told, "files": [_row(one) for one in whole]})
    digest = _digest_line(manifest)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for path, content in [(_MANIFEST, manifest), (_DIGEST, digest), *((one.path, one.content) for one in whole)]:
            package.writestr(zipfile.ZipInfo(path, _MOMENT), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _digest_line(manifest: bytes) -> bytes:
    return f"{sha256(manifest).hexdigest()}  {_MANIFEST}\n".encode()


def checked(place: Path | BinaryIO) -> tuple[Checked, ...]:
    """Look at a package: its form, its manifest, every file, and nothing beside them."""
    try:
        with zipfile.ZipFile(place) as package:
            return _checked(package)
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        KeyError,
        TypeError,
        EOFError,
        NotImplementedError,
        RuntimeError,
    ) as fault:
        return (Checked("package", passed=False, detail=f"{type(fault).__name__}: {fault}"[:200]),)


def _checked(package: zipfile.ZipFile) -> tuple[Checked, ...]:
    entries = package.infolist()
    names = [one.filename for one in entries]
    if sum(one.file_size for one in entries) > _MOST_TOTAL or package.getinfo(_MANIFEST).file_size > _MOST_MANIFEST:
        return (Checked("package", passed=False, detail="too large"),)
    manifest = package.read(_MANIFEST)
    told = json.loads(manifest)
    wanted = {one["path"]: one for one in told["files"]}
    found = [
        Checked("format", told.get("format") == FORMAT, str(told.get("format"))[:60]),
        Checked("manifest", package.read(_DIGEST) == _digest_line(manifest), _DIGEST),
        _named("once", sorted({one for one in names if names.count(one) > 1}) if len(set(names)) != len(names) else []),
        _named("missing", sorted(set(wanted) - set(names))),
        _named("added", sorted(set(names) - set(wanted) - {_MANIFEST, _DIGEST})),
    ]
    changed = [path for path, one in wanted.items() if path in names and not _same(package, path, one)]
    return (*found, _named("files", sorted(changed)))


def _same(package: zipfile.ZipFile, path: str, one: Mapping[str, Any]) -> bool:
    digest, size = sha256(), 0
    with package.open(path) as content:
        while part := content.read(_CHUNK):
            digest.update(part)
            size += len(part)
    return (digest.hexdigest(), size) == (one["sha256"], one["size_bytes"])


def _named(name: str, bad: Sequence[str]) -> Checked:
    return Checked(name, passed=not bad, detail=", ".join(bad)[:300])


def _row(one: Piece) -> dict[str, Any]:
    return {
        "path": one.path,
        "what": one.what,
        "name": one.name,
        "size_bytes": len(one.content),
        "sha256": sha256(one.content).hexdigest(),
    }


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _csv(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({key: _inert(value) for key, value in row.items()} for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _inert(value: object) -> object:
    """A text that a spreadsheet would take for a formula begins with an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"} else value


def table(path: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]], what: str) -> Piece:
    """A table as CSV with a byte order mark, as spreadsheets want it."""
    return Piece(path, _csv(columns, rows), what)


def record(path: str, value: object, what: str) -> Piece:
    """A value as JSON."""
    return Piece(path, _json(value), what)
