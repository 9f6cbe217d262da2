"""Intake: what files are, what they hide, what becomes of them."""

from __future__ import annotations

import gzip
import hashlib
import io
import socket
import struct
import threading
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from qiantang.commons.files.api import ClamdScanner, inspect, receive, strip_macros
from qiantang.commons.files.types import Kind, Limits
from qiantang.kernel.errors import Invalid, Unavailable

pytestmark = pytest.mark.feature("X-34")

SMALL = Limits(size_bytes=4 * 2**20, total_bytes=8 * 2**20, ratio=50, slack_bytes=100_000, members=20)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def workbook(folder: Path, *, macros: bool = False) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("表").write_row(0, 0, ["名称", 7])
        if macros:
            program = folder / "vbaProject.bin"
            program.write_bytes(OLE + b"not a real program" * 10)
            book.add_vba_project(str(program))
    return out.getvalue()


def document(*, macros: bool = False) -> bytes:
    kind = (
        "application/vnd.ms-word.document.macroEnabled.main+xml"
        if macros
        else "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    )
    types = (
        '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    )
    relations = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
        'Target="vbaProject.bin"/><Relationship Id="r2" Type="urn:styles" Target="styles.xml"/></Relationships>'
    )
    parts = {
        "[Content_Types].xml": types.encode(),
        "word/document.xml": b"<document/>",
        "word/styles.xml": b"<styles/>",
    }
    if macros:
        parts |= {
            "word/vbaProject.bin": OLE,
            "word/vbaData.xml": b"<x/>",
            "word/_rels/vbaProject.bin.rels": relations.encode(),
            "word/_rels/document.xml.rels": relations.encode(),
        }
    return zipped(parts)


def looked(folder: Path, name: str, content: bytes, **options):
    path = folder / name
    path.write_bytes(content)
    return inspect(path, limits=SMALL, **options)


def codes(verdict) -> list[str]:
    return [finding.code for finding in verdict.findings]


@pytest.mark.parametrize(
    ("name", "content", "kind", "media"),
    [
        ("a.csv", "名称,号\n装置,1\n".encode("gb18030"), Kind.TEXT, "text/csv"),
        ("a.txt", "装置".encode(), Kind.TEXT, "text/plain"),
        ("a.xml", b'<?xml version="1.0"?><a/>', Kind.XML, "application/xml"),
        ("a.xml", b"\xef\xbb\xbf<ns:a x='1'/>", Kind.XML, "application/xml"),
        ("a.csv.gz", gzip.compress(b"a,b\n"), Kind.GZ, "application/gzip"),
        ("a.zip", zipped({"a.csv": b"a,b\n"}), Kind.ZIP, "application/zip"),
        ("a.pdf", b"%PDF-1.7\n...", Kind.PDF, "application/pdf"),
        ("a.docx", document(), Kind.DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.xls", OLE + bytes(600) + "Workbook".encode("utf-16-le"), Kind.XLS, "application/vnd.ms-excel"),
        ("late.xls", OLE + bytes(1 << 20) + "Workbook".encode("utf-16-le"), Kind.XLS, "application/vnd.ms-excel"),
    ],
)
def test_a_good_file_is_known_by_its_content(tmp_path: Path, name: str, content: bytes, kind: Kind, media: str):
    verdict = looked(tmp_path, name, content)
    assert (verdict.kind, verdict.media_type, verdict.findings, verdict.usable) == (kind, media, (), True)
    assert verdict.size_bytes == len(content)
    assert verdict.sha256 == hashlib.sha256(content).hexdigest()
    if "sm3" in hashlib.algorithms_available:
        assert verdict.sm3 == hashlib.new("sm3", content).hexdigest()


def test_sm3_is_the_standards(tmp_path: Path):
    """The first example of GB/T 32905-2016, appendix A."""
    if "sm3" not in hashlib.algorithms_available:
        pytest.skip("this OpenSSL has no SM3")
    verdict = looked(tmp_path, "a.txt", b"abc")
    assert verdict.sm3 == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"%PDF-1.7", "ending_disagrees"),
        ("a.xlsx", b"a,b\n1,2\n", "ending_disagrees"),
        ("a.csv", b"MZ\x90\0\3\0\0\0\4", "type_unknown"),
        ("a.txt", b"<!DOCTYPE html><script>alert(1)</script>", "type_unknown"),
        ("a.csv", b"", "empty"),
        ("a.csv", b"a" * (4 * 2**20 + 1), "too_large"),
        ("a.gz", gzip.compress(bytes(3 * 2**20)), "archive_bomb"),
        ("a.zip", zipped({"a": bytes(3 * 2**20)}), "archive_bomb"),
        ("a.zip", zipped({f"{n}": b"" for n in range(30)}), "archive_bomb"),
        ("a.zip", zipped({"1": zipped({"2": zipped({"3": b"deep"})})}), "archive_bomb"),
        ("a.zip", zipped({"a": b"text" * 500})[:-20], "archive_truncated"),
        ("a.gz", gzip.compress(b"text" * 500)[:-12], "archive_truncated"),
        ("a.zip", zipped({"../../evil": b"x"}), "archive_path_unsafe"),
        ("a.zip", zipped({"inner.docm": document(macros=True)}), "macros"),
        ("a.docm", document(macros=True), "macros"),
        ("a.xls", OLE + "Workbook _VBA_PROJECT".encode("utf-16-le"), "macros"),
        ("a.xls", OLE + "Workbook EncryptedPackage".encode("utf-16-le"), "document_encrypted"),
    ],
)
def test_a_bad_file_stays_out_and_says_why(tmp_path: Path, name: str, content: bytes, code: str):
    verdict = looked(tmp_path, name, content)
    assert not verdict.usable
    assert code in codes(verdict)


def test_findings_name_their_member(tmp_path: Path):
    verdict = looked(tmp_path, "a.zip", zipped({"fine.csv": b"a,b", "in/bad.docm": document(macros=True)}))
    (finding,) = verdict.findings
    assert finding.facts["member"] == "in/bad.docm"
    assert "word/vbaProject.bin" in finding.facts["parts"]


def test_many_small_bombs_together_are_one(tmp_path: Path):
    part = zipped({f"{n}": bytes(90_000) for n in range(10)})
    verdict = looked(tmp_path, "a.zip", zipped({f"{n}.zip": part for n in range(15)}))
    assert codes(verdict)[0] == "archive_bomb"


# --- macros -----------------------------------------------------------------------------------------------------------


def test_a_workbook_without_its_macros_opens_as_a_plain_one(tmp_path: Path):
    source, out = tmp_path / "a.xlsm", tmp_path / "a.xlsx"
    source.write_bytes(workbook(tmp_path, macros=True))
    assert codes(inspect(source)) == ["macros"]
    assert inspect(source).kind is Kind.XLSM
    assert strip_macros(source, out) is Kind.XLSX
    verdict = inspect(out)
    assert (verdict.kind, verdict.findings, verdict.usable) == (Kind.XLSX, (), True)
    with zipfile.ZipFile(out) as package:
        assert package.testzip() is None
        everything = b"".join(package.read(name) for name in package.namelist() if name.endswith((".xml", ".rels")))
    assert b"vbaProject" not in everything
    assert b"macroEnabled" not in everything
    assert CalamineWorkbook.from_path(out).get_sheet_by_name("表").to_python() == [["名称", 7.0]]


def test_a_document_loses_the_program_and_keeps_its_other_relations(tmp_path: Path):
    source, out = tmp_path / "a.docm", tmp_path / "a.docx"
    source.write_bytes(document(macros=True))
    assert strip_macros(source, out) is Kind.DOCX
    with zipfile.ZipFile(out) as package:
        assert sorted(package.namelist()) == [
            "[Content_Types].xml",
            "word/_rels/document.xml.rels",
            "word/document.xml",
            "word/styles.xml",
        ]
        assert b"styles.xml" in package.read("word/_rels/document.xml.rels")


def test_macro_sheets_are_found_and_not_stripped_quietly(tmp_path: Path):
    path = tmp_path / "a.xlsm"
    with zipfile.ZipFile(io.BytesIO(workbook(tmp_path))) as plain:
        parts = {name: plain.read(name) for name in plain.namelist()}
    path.write_bytes(zipped(parts | {"xl/macrosheets/sheet1.xml": b"<x/>"}))
    assert codes(inspect(path)) == ["macros"]
    with pytest.raises(Invalid, match=r"files\.macros_not_strippable"):
        strip_macros(path, tmp_path / "out.xlsx")
    assert not (tmp_path / "out.xlsx").exists()


def test_what_is_no_office_file_has_no_macros_to_strip(tmp_path: Path):
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"a": b"b"}))
    with pytest.raises(Invalid, match=r"files\.not_a_package"):
        strip_macros(path, tmp_path / "out")


# --- receiving ----------------------------------------------------------------------------------------------------------


def held(folder: Path) -> dict[str, list[str]]:
    return {room.name: sorted(p.name for p in room.iterdir()) for room in sorted(folder.iterdir())}


def test_a_good_upload_moves_on_under_its_digest(tmp_path: Path):
    content = "名称\n装置\n".encode()
    digest = hashlib.sha256(content).hexdigest()
    for _ in range(2):  # the same bytes twice are held once
        verdict = receive(io.BytesIO(content), tmp_path, "../../etc/表.csv", limits=SMALL)
        assert verdict.usable
        assert verdict.sha256 == digest
        assert held(tmp_path) == {"accepted": [digest], "quarantine": []}
    assert (tmp_path / "accepted" / digest).read_bytes() == content


def test_a_bad_upload_stays_in_quarantine(tmp_path: Path):
    content = document(macros=True)
    verdict = receive(io.BytesIO(content), tmp_path, "a.docm", limits=SMALL)
    assert not verdict.usable
    assert held(tmp_path) == {"accepted": [], "quarantine": [verdict.sha256]}


def test_an_endless_upload_is_cut_off_and_not_kept(tmp_path: Path):
    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            return b"x" * size

    verdict = receive(Endless(), tmp_path, "a.csv", limits=SMALL)
    assert (codes(verdict), verdict.usable, verdict.sha256) == (["too_large"], False, None)
    assert held(tmp_path) == {"accepted": [], "quarantine": []}


def test_an_upload_that_breaks_off_leaves_nothing_behind(tmp_path: Path):
    class Broken(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise OSError("connection lost")

    with pytest.raises(OSError, match="connection lost"):
        receive(Broken(), tmp_path, "a.csv", limits=SMALL)
    assert held(tmp_path) == {"accepted": [], "quarantine": []}


# --- the virus adapter --------------------------------------------------------------------------------------------------

MARK = b"MADE-UP-MALWARE-MARK"


class Daemon(threading.Thread):
    """Speaks clamd's INSTREAM on a loopback socket: finds MARK, gives up above 1 MiB."""

    def __init__(self, listening: socket.socket, answer: bytes | None = None) -> None:
        super().__init__(daemon=True)
        self.listening = listening
        self.answer = answer
        self.start()

    def run(self) -> None:
        line, _ = self.listening.accept()
        with line, line.makefile("rb") as said:
            assert said.read(10) == b"zINSTREAM\0"
            content = b""
            while (size := struct.unpack("!L", said.read(4))[0]) and len(content) <= 2**20:
                content += said.read(size)
            verdict = b"stream: Made-Up FOUND\0" if MARK in content else b"stream: OK\0"
            if len(content) > 2**20:
                verdict = b"INSTREAM size limit exceeded. ERROR\0"
            line.sendall(self.answer if self.answer is not None else verdict)


@pytest.fixture
def listening():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def scanner(server: socket.socket) -> ClamdScanner:
    return ClamdScanner(f"tcp://127.0.0.1:{server.getsockname()[1]}", timeout_seconds=5)


def test_the_daemon_is_asked_and_believed(tmp_path: Path, listening):
    Daemon(listening)
    assert looked(tmp_path, "a.csv", b"a,b\n" * 40_000, scanner=scanner(listening)).usable
    Daemon(listening)
    assert looked(tmp_path, "a.csv.gz", gzip.compress(b"a,b"), scanner=scanner(listening)).usable
    Daemon(listening)
    verdict = looked(tmp_path, "b.csv", b"a," + MARK, scanner=scanner(listening))
    assert not verdict.usable
    assert verdict.findings[0].facts == {"name": "Made-Up"}


def test_a_unix_socket_works_as_well(tmp_path: Path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(tmp_path / "s"))
        server.listen()
        Daemon(server)
        assert ClamdScanner(f"unix:{tmp_path / 's'}", timeout_seconds=5).scan(io.BytesIO(MARK)) == "Made-Up"


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b""])
def test_an_error_or_no_answer_keeps_the_file_out(tmp_path: Path, listening, answer: bytes):
    Daemon(listening, answer)
    verdict = looked(tmp_path, "a.csv", b"a,b\n", scanner=scanner(listening))
    assert codes(verdict) == ["scanner_unavailable"]
    assert not verdict.usable


def test_a_daemon_that_gives_up_early_is_unavailable_not_clean(listening):
    Daemon(listening)
    with pytest.raises(Unavailable, match=r"files\.scanner_unavailable"):
        scanner(listening).scan(io.BytesIO(bytes(3 * 2**20)))


def test_no_daemon_is_unavailable(tmp_path: Path):
    with pytest.raises(Unavailable):
        ClamdScanner(f"unix:{tmp_path / 'none'}").scan(io.BytesIO(b""))
