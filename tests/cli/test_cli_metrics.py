"""The command for numbers: its JSON stays as it is promised."""

from __future__ import annotations

import json

import pytest

from qiantang.cli.main import DONE, FAILED, FINDINGS, main
from qiantang.corpus.register.tests.shelf import everything, stock

SHAPE = {"id", "value", "unit", "region", "year", "snapshot", "known", "reason", "definition", "series", "records"}


@pytest.fixture(scope="module")
def shelf_home(tmp_path_factory):
    place = tmp_path_factory.mktemp("metrics")
    stock(place, *everything())
    return place


@pytest.fixture
def told(shelf_home, settings, db, capsys):
    settings.QIANTANG_HOME = shelf_home

    def telling(*words):
        code = main([*words, "--json"])
        return code, json.loads(capsys.readouterr().out)

    return telling


@pytest.mark.feature("S2-05")
def test_a_number_with_its_definition_and_as_many_records_as_it_says(told):
    code, found = told("metric", "pat-01", "--by", "year", "--records")
    assert code == DONE
    assert found.keys() >= SHAPE
    assert found["value"] == found["records"] == len(set(found["record_ids"])) > 0
    assert sum(point["value"] or 0 for point in found["series"]) == found["value"]
    assert {"year", "key", "value", "records", "known"} <= found["series"][0].keys()


def test_records_come_in_pages(told):
    _, whole = told("metric", "PAT-02", "--records")
    _, first = told("metric", "PAT-02", "--records", "--limit", "2")
    _, second = told("metric", "PAT-02", "--records", "--limit", "2", "--page", first["next"])
    assert first["record_ids"] + second["record_ids"] == whole["record_ids"][:4]
    assert first["records"] == whole["value"]


def test_what_is_not_known_says_so_and_is_a_finding(told):
    code, found = told("metric", "RB-13", "--region", "330100")
    assert (code, found["value"], found["known"], found["reason"]) == (FINDINGS, None, False, "no_figures")


def test_an_unknown_id_or_word_could_not_be_done(told):
    assert told("metric", "RB-99")[0] == FAILED
    code, found = told("metric", "RB-01", "--by", "colour")
    assert (code, found["error"]["code"]) == (FAILED, "metrics.choice")


def test_the_dictionary_names_every_indicator_in_both_languages(told):
    code, found = told("metrics")
    assert code == DONE
    assert {f"RB-{number:02d}" for number in range(1, 17)} <= {one["id"] for one in found["metrics"]}
    assert all(
        one["name"] and one["name_zh"] and one["formula"] and one["formula_zh"] and one["source"]
        for one in found["metrics"]
    )


def test_a_table_is_imported_with_a_report(told, tmp_path):
    table = tmp_path / "rd.csv"
    table.write_text(
        "series,region,period,value,unit\nrd_intensity,330100,2023,3.9,%\nrd_intensity,?,2023,1,%\n", "utf-8"
    )
    code, found = told("figures", str(table), "--source", "bulletin", "--as-of", "2024-03-01")
    assert (code, found["read"], found["kept"], [one["row"] for one in found["refused"]]) == (FINDINGS, 2, 1, [3])
    code, found = told("metric", "RB-13", "--region", "330100", "--to", "2023")
    assert (code, found["value"], found["origin"]) == (DONE, 3.9, "table")


@pytest.mark.feature("S2-06")
def test_a_list_of_patents_that_meet_a_condition_is_imported_with_a_report(told, tmp_path):
    (number,) = told("metric", "PAT-02", "--records", "--limit", "1")[1]["record_ids"]
    table = tmp_path / "pledged.csv"
    table.write_text(f"number,day,reference,amount\n{number},2023-05-01,甲-1,6000000\nCN1,2023-05-01,甲-2,1\n", "utf-8")
    asked = ("condition", "pledge", str(table), "--source", "bulletin", "--as-of", "2024-03-01")
    code, found = told(*asked)
    assert (code, found["read"], found["kept"], found["already"]) == (FINDINGS, 2, 1, False)
    assert [one["row"] for one in found["refused"]] == [3]
    assert told(*asked)[1]["already"]
    assert told("metric", "HV.pledge")[1]["known"]
    code, found = told("condition", "pledge", str(table), "--source", "bulletin", "--as-of", "soon")
    assert (code, found["error"]["code"]) == (FAILED, "command.date")


@pytest.mark.feature("S2-16")
def test_what_a_job_makes_for_the_pages_the_command_line_makes_itself(told, shelf_home):
    assert not (shelf_home / "monitoring").exists()
    code, found = told("metric", "FL-01", "--region", "330100")
    assert (code, found["known"], found["reason"]) == (DONE, True, None)
    assert (shelf_home / "monitoring" / "rights-000001.parquet").exists()
    assert told("metric", "MV-01", "--region", "330100")[1]["known"]
