"""Answers of Global Dossier: one row an application of the family; a file wrapper names no patent."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
import pytest

from qiantang.corpus.ingest.tests.readings import read
from qiantang.corpus.ingest.types import FileRefused

pytestmark = [pytest.mark.feature("S3-20"), pytest.mark.feature("S3-06"), pytest.mark.feature("X-29")]


def application(**other: Any) -> dict[str, Any]:
    return {
        "appNum": "99999901",
        "appDateStr": "12/22/2020",
        "countryCode": "US",
        "kindCode": "A",
        "docNum": {"country": "US", "docNumber": "202099999901", "kindCode": "A"},
        "pubList": [{"pubCountry": "US", "pubNum": "20219999999", "kindCode": "A1", "pubDateStr": "04/15/2021"}],
        "priorityClaimList": [{"country": "JP", "docNumber": "2019999999"}, {"country": "US", "docNumber": "99999901"}],
        "title": None,
        "applicantNames": ["Sample Co., Ltd."],
    } | other


def answer(*applications: object) -> bytes:
    return orjson.dumps({"country": "US", "corrAppNum": "99999901", "list": list(applications)})


def test_an_application_of_the_family():
    (said,), refused = read(answer(application()), "app.json")
    assert refused == []
    assert said["keys"] == ["a:US99999901", "p:US20219999999"]
    assert (said["filing_date"], said["as_of"]) == (date(2020, 12, 22), date(2021, 4, 15))
    assert said["priorities"] == [{"number": "2019999999", "country": "JP", "date": None}]  # its own number is none
    assert [p["name"] for p in said["parties"]] == ["Sample Co., Ltd."]


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"appDateStr": "22/22/2020"}, "date_impossible"),
        ({"docNum": None, "appNum": "??", "pubList": []}, "number_missing"),
        ({"pubList": [{"pubCountry": "US"}]}, "number_unrecognised"),
    ],
)
def test_an_application_that_cannot_be_trusted_costs_itself_only(other: dict[str, Any], code: str):
    observed, (told,) = read(answer(application(), application(**other), application()), "app.json")
    assert [o["row"] for o in observed] == [1, 3]
    assert (told.row, told.code) == (2, code)


def test_a_file_wrapper_names_no_patent():
    content = orjson.dumps({"title": "Of nothing", "docs": [{"docCode": "A63", "docGroupCode": "1,4"}]})
    with pytest.raises(FileRefused) as told:
        read(content, "doc_list.json")
    assert (told.value.refusal.code, told.value.refusal.facts["holds"]) == ("no_patents", "file_wrapper")
