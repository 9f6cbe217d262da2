"""Pages and JSON taken into memory whole: bounded, nothing run, nothing fetched."""

from __future__ import annotations

import io

import pytest

from qiantang.corpus.ingest.methods import whole_files
from qiantang.corpus.ingest.methods.whole_files import json_file, page, said, whole_file
from qiantang.corpus.ingest.types import FileRefused

pytestmark = pytest.mark.feature("X-29")


def refusal(read, content: bytes):
    with pytest.raises(FileRefused) as told:
        read(io.BytesIO(content))
    return told.value.refusal


@pytest.mark.parametrize("read", [whole_file, json_file, page])
def test_a_file_larger_than_the_bound_is_refused(monkeypatch, read):
    monkeypatch.setattr(whole_files, "WHOLE_BYTES", 100)
    assert refusal(read, b"x" * 101).code == "file_too_large"
    assert whole_file(io.BytesIO(b"x" * 100)) == b"x" * 100


def test_damaged_json_is_refused_with_its_place():
    assert json_file(io.BytesIO(b'\xef\xbb\xbf{"a": [1]}')) == {"a": [1]}
    told = refusal(json_file, b'{"a": 1,\n "b": }')
    assert (told.code, told.facts["line"], told.facts["column"]) == ("json_damaged", 2, 7)
    assert refusal(json_file, b"[" * 100_000).code == "json_damaged"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_page_is_read_in_the_encoding_it_has_whatever_it_says(encoding: str):
    text = "<html><head><meta charset='latin-1'></head><body><p>钱塘 江</p></body></html>"
    assert said(page(io.BytesIO(text.encode(encoding)))) == "钱塘 江"


def test_untidy_pages_are_read_and_empty_ones_hold_nothing():
    assert said(page(io.BytesIO(b"<div><p>one<p>two <b>three</div></i>"))) == "onetwo three"
    assert said(page(io.BytesIO(b"  <!-- nothing -->  "))) == ""
    assert said(page(io.BytesIO(b""))) == ""


def test_nothing_is_taken_from_outside_a_page(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("kept to itself")
    text = f"<!DOCTYPE html [<!ENTITY x SYSTEM 'file://{secret}'>]><html><body>&x;<iframe src='file://{secret}'></iframe></body></html>"
    assert "kept" not in said(page(io.BytesIO(text.encode())))


def test_a_page_too_deep_is_refused():
    assert refusal(page, b"<html><body>" + b"<div>" * 5000 + b"x").code == "page_too_deep"
