"""Sources: plain, gzip, zip, tar, archives in archives; truncated, bombed, encrypted."""

from __future__ import annotations

import hashlib
import io
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest

from qiantang.commons.files.types import Limits
from qiantang.corpus.ingest.methods import streams
from qiantang.corpus.ingest.methods.streams import sources
from qiantang.corpus.ingest.tests.readings import packed, read, rows, table
from qiantang.corpus.ingest.types import FileRefused

pytestmark = pytest.mark.feature("X-29")

SMALL = Limits(total_bytes=10 * 2**20, ratio=50, slack_bytes=100_000, members=20)


def content_of(source) -> bytes:
    with source.open() as stream:
        return stream.read()


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def drained(source) -> None:
    with source.open() as stream:
        while stream.read(1 << 16):
            pass


def refusal(path: Path, limits: Limits = SMALL):
    (source,) = sources(path, limits)
    with pytest.raises(FileRefused) as told:
        drained(source)
    return told.value.refusal


def test_the_list_of_entries_of_a_zip_is_read_once_and_not_for_each_member(tmp_path: Path, monkeypatch):
    (tmp_path / "many.zip").write_bytes(zipped(**{f"m{place:03d}": b"%d" % place for place in range(50)}))
    opened = []
    real = streams.opened_zip
    monkeypatch.setattr(streams, "opened_zip", lambda *given: opened.append(1) or real(*given))
    walked = {source.name: content_of(source) for source in sources(tmp_path)}
    assert [*walked.values()] == [b"%d" % place for place in range(50)]
    assert len(opened) == 1
    last = [*sources(tmp_path)][-1]  # by now the archive is closed
    assert content_of(last) == b"49"


def test_a_folder_is_walked_in_order_and_zips_are_folders(tmp_path: Path):
    (tmp_path / "b").mkdir()
    (tmp_path / "a.csv").write_bytes(b"plain")
    (tmp_path / "b" / "c.bin").write_bytes(packed(b"gzip whatever its name"))
    (tmp_path / "b" / "d.zip").write_bytes(zipped(y=b"two", x=packed(b"one"), inner=zipped(deep=b"three")))
    (tmp_path / ".hidden").write_bytes(b"no")
    (tmp_path / "link.csv").symlink_to(tmp_path / "a.csv")
    found = {source.name: content_of(source) for source in sources(tmp_path)}
    assert list(found) == ["a.csv", "b/c.bin", "b/d.zip/inner/deep", "b/d.zip/x", "b/d.zip/y"]
    assert list(found.values()) == [b"plain", b"gzip whatever its name", b"three", b"one", b"two"]


def test_size_and_digest_are_those_of_the_bytes_as_delivered(tmp_path: Path):
    content = packed(b"text" * 100)
    path = tmp_path / "t.csv.gz"
    path.write_bytes(content)
    (source,) = sources(path)
    assert (source.name, source.size_bytes) == ("t.csv.gz", len(content))
    assert source.digest == hashlib.sha256(content).hexdigest()
    (member,) = sources_of(tmp_path, zipped(m=b"inside"))
    assert (member.size_bytes, member.digest) == (6, hashlib.sha256(b"inside").hexdigest())


def sources_of(folder: Path, content: bytes, limits: Limits = SMALL):
    path = folder / "archive.zip"
    path.write_bytes(content)
    return list(sources(path, limits))


def test_an_office_package_is_one_source(tmp_path: Path):
    content = zipped(**{"[Content_Types].xml": b"<Types/>", "xl__workbook.xml": b"<workbook/>"})
    (source,) = sources_of(tmp_path, content)
    assert content_of(source) == content


@pytest.mark.parametrize("kept", [0.3, 0.9, 0.999])
def test_a_truncated_gzip_is_refused_after_what_it_still_gave(tmp_path: Path, kept: float):
    content = packed(table(rows(3000)))
    path = tmp_path / "t.csv.gz"
    path.write_bytes(content[: int(len(content) * kept)])
    assert (told := refusal(path, Limits())).code == "archive_truncated"
    assert told.row == 0


def test_a_truncated_gzip_refuses_the_file_in_the_reader_too(tmp_path: Path):
    content = packed(table(rows(3000)))
    path = tmp_path / "t.csv.gz"
    path.write_bytes(content[: len(content) // 2])
    (source,) = sources(path)
    with pytest.raises(FileRefused, match="archive_truncated"), source.open() as stream:
        read(stream.read())


def test_a_damaged_gzip_is_refused(tmp_path: Path):
    content = bytearray(packed(b"some text that is long enough " * 50))
    content[20] ^= 0xFF
    path = tmp_path / "t.gz"
    path.write_bytes(content)
    assert refusal(path).code == "archive_damaged"


def test_a_gzip_of_several_members_and_padding_is_one_text(tmp_path: Path):
    path = tmp_path / "t.gz"
    path.write_bytes(packed(b"one,") + packed(b"two") + bytes(512))
    (source,) = sources(path)
    assert content_of(source) == b"one,two"


@pytest.mark.feature("X-34")
def test_a_gzip_bomb_is_stopped_by_its_ratio(tmp_path: Path):
    path = tmp_path / "t.gz"
    path.write_bytes(packed(bytes(3 * 2**20)))
    assert (told := refusal(path)).code == "archive_bomb"
    assert told.facts == {"bound": "ratio", "limit": 50}


@pytest.mark.feature("X-34")
@pytest.mark.parametrize(
    ("content", "bound"),
    [
        (zipped(a=bytes(3 * 2**20)), "ratio"),
        (zipped(**{f"m{n}": b"" for n in range(30)}), "members"),
        (zipped(a=zipped(b=zipped(c=b"deep"))), "depth"),
    ],
    ids=["ratio", "members", "depth"],
)
def test_a_zip_bomb_is_refused(tmp_path: Path, content: bytes, bound: str):
    (source,) = sources_of(tmp_path, content)
    with pytest.raises(FileRefused) as told:
        source.open()
    assert told.value.refusal.code == "archive_bomb"
    assert told.value.refusal.facts["bound"] == bound


def test_a_zip_that_lies_about_a_size_is_caught_while_reading(tmp_path: Path):
    content = zipped(a=b"honest bytes of a member" * 20)
    lying = content.replace(zlib.crc32(b"honest bytes of a member" * 20).to_bytes(4, "little"), b"\1\2\3\4")
    (source,) = sources_of(tmp_path, lying)
    with pytest.raises(FileRefused, match="archive_damaged"):
        source.open()


def test_a_truncated_zip_is_refused(tmp_path: Path):
    (source,) = sources_of(tmp_path, zipped(a=b"text" * 1000)[:-30])
    with pytest.raises(FileRefused, match="archive_truncated"):
        source.open()


def test_an_encrypted_zip_is_refused(tmp_path: Path):
    content = bytearray(zipped(a=b"text"))
    content[content.index(b"PK\1\2") + 8] |= 1
    (source,) = sources_of(tmp_path, bytes(content))
    with pytest.raises(FileRefused) as told:
        source.open()
    assert told.value.refusal.code == "archive_encrypted"


def test_nothing_at_the_path_is_an_error(tmp_path: Path):
    with pytest.raises(FileNotFoundError):
        list(sources(tmp_path / "none"))


def tarred(members: dict[str, bytes], **header: object) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            for field, value in header.items():
                setattr(entry, field, value)
            archive.addfile(entry, io.BytesIO(content))
    return out.getvalue()


def codes(sources) -> list[str]:
    """What opening each source says: "" where it opens."""
    told = []
    for source in sources:
        try:
            content_of(source)
        except FileRefused as refused:
            told.append(refused.refusal.code)
        else:
            told.append("")
    return told


@pytest.mark.parametrize("packing", [bytes, packed])
def test_the_members_of_a_tar_are_sources_in_its_order(tmp_path: Path, packing):
    content = tarred({"b/2.txt": b"two", "a/1.txt": b"one", "empty.txt": b""})
    found = sources_of(tmp_path, packing(content))
    assert [source.name for source in found] == ["archive.zip/b/2.txt", "archive.zip/a/1.txt", "archive.zip/empty.txt"]
    assert [content_of(source) for source in found] == [b"two", b"one", b""]
    assert [source.digest for source in found] == [hashlib.sha256(c).hexdigest() for c in (b"two", b"one", b"")]
    assert content_of(found[0]) == b"two"  # a second time


def test_a_large_member_of_a_tar_is_read_from_the_archive_again(tmp_path: Path):
    large = bytes(range(256)) * (40 * 1024)
    content = tarred({"small.txt": b"one", "large.bin": large, "last.txt": b"two"})
    found = sources_of(tmp_path, packed(content), Limits())
    assert [source.size_bytes for source in found] == [3, len(large), 3]
    assert content_of(found[1]) == large
    assert found[1].digest == hashlib.sha256(large).hexdigest()
    assert content_of(found[2]) == b"two"


def test_archives_in_a_tar_are_opened_to_the_bound(tmp_path: Path):
    once = tarred({"in.zip": zipped(m=b"inside"), "in.csv.gz": packed(b"table")})
    assert {s.name: content_of(s) for s in sources_of(tmp_path, once)} == {
        "archive.zip/in.zip/m": b"inside",
        "archive.zip/in.csv.gz": b"table",
    }
    assert codes(sources_of(tmp_path, tarred({"a.tar": tarred({"b.tar": once})}))) == ["archive_bomb"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE])
def test_links_devices_and_folders_of_a_tar_are_left_out(tmp_path: Path, kind: bytes):
    assert sources_of(tmp_path, tarred({"../../etc/passwd": b""}, type=kind, linkname="/etc/passwd")) == []


def test_a_tar_cut_off_says_so_after_the_members_before_the_cut(tmp_path: Path):
    whole = tarred({"1.txt": b"x" * 700, "2.txt": b"y" * 700})
    assert codes(sources_of(tmp_path, whole[: 512 + 1024])) == ["", "archive_truncated"]  # between two members
    assert codes(sources_of(tmp_path, whole[: 512 + 1024 + 300])) == ["", "archive_truncated"]  # in a header
    assert codes(sources_of(tmp_path, whole[: 512 + 1024 + 512 + 300])) == ["", "archive_truncated"]  # in a member
    assert codes(sources_of(tmp_path, packed(whole)[:-12]))[-1] == "archive_truncated"


@pytest.mark.parametrize(
    ("content", "bound"),
    [
        (tarred({f"{n}.txt": b"" for n in range(21)}), "members"),
        (tarred({"1.txt": b"x" * (11 * 2**20)}), "total_bytes"),
        (packed(tarred({"1.txt": b"x" * 10**6})), "ratio"),
        (tarred({"1.txt": b"x" * (2**20 + 1)}, type=tarfile.XHDTYPE), "header_bytes"),
        (tarred({"1.txt": b"x" * 512}, type=tarfile.GNUTYPE_SPARSE), "sparse"),
    ],
)
def test_a_tar_which_breaks_a_bound_is_refused(tmp_path: Path, content: bytes, bound: str):
    *_, last = sources_of(tmp_path, content)
    with pytest.raises(FileRefused, match="archive_bomb") as told:
        content_of(last)
    assert told.value.refusal.facts["bound"] == bound
