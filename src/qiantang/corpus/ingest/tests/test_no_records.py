"""What holds no patent records is refused as a file, with advice; what only looks like it is left to its own reader."""

from __future__ import annotations

import pytest

from qiantang.corpus.ingest import tables
from qiantang.corpus.ingest.methods.readers import recognise
from qiantang.corpus.ingest.tests.readings import read
from qiantang.corpus.ingest.types import FileRefused

pytestmark = [pytest.mark.feature("S3-20"), pytest.mark.feature("X-29")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7\n...", "pdf_unread"),
        (b"II*\x00rest", "picture_alone"),
        (b"MM\x00*rest", "picture_alone"),
        (b"\xff\xd8\xff\xe0rest", "picture_alone"),
        (b"\x89PNG\r\n\x1a\nrest", "picture_alone"),
        (b"# global.columns = ID FORM\n# sent_id = 1\n1\tA\n", "treebank_no_records"),
        (b"\xef\xbb\xbf# sent_id = 1\n", "treebank_no_records"),
        (b'<?xml version="1.0" ?>\n<query>\n  <title>Made up</title></query>', "retrieval_task_no_records"),
        (b"US9999901\nEP9999901A2\r\nWO2019199999A1\n", "numbers_alone"),
    ],
)
def test_the_reason_and_the_advice_are_told(content: bytes, code: str):
    with pytest.raises(FileRefused) as told:
        read(content, "file.bin")
    assert told.value.refusal.code == code
    assert tables.sentence(code, {}) != code
    assert tables.next_step(code, {})


def test_other_texts_are_not_taken_for_them():
    for content in (b"# a heading\n", b"IIrest", b"<queryset/>", b"US9999901\n", b"PDF"):
        with pytest.raises(FileRefused, match="format_unknown"):
            recognise(content, "file.txt")
