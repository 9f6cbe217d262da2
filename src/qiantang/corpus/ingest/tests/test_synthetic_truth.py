"""The demo city's truth: parties, places, status, totals."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import pytest

from qiantang.corpus.ingest.methods.synthetic.words.places import QUARTERS
from qiantang.corpus.ingest.tests.test_synthetic import (
    _applicant,
    _chinese,
    _city,
    _rows,
    _truth,
)
from qiantang.kernel.legalstatus import Basis, LegalEvent, event_kind, status_asof

pytestmark = pytest.mark.feature("X-32")

DISTRICTS = {
    "330102",
    "330105",
    "330106",
    "330108",
    "330109",
    "330110",
    "330111",
    "330112",
    "330113",
    "330114",
    "330122",
    "330127",
    "330182",
}
CITIES = {
    "1101",
    "3101",
    "4403",
    "4401",
    "3201",
    "3205",
    "4201",
    "5101",
    "6101",
    "3302",
    "3401",
    "1201",
    "3306",
    "3304",
    "3702",
}
# Names that would betray a real body; the city must have none of them.
REAL = (
    "华为", "腾讯", "阿里", "蚂蚁", "海康", "大华", "吉利", "网易", "百度", "小米", "京东", "比亚迪", "宁德时代", "中兴", "联想", "格力", "美的",
    "海尔", "万向", "传化", "恒瑞", "药明", "中控", "浙江大学", "清华", "北京大学", "复旦", "上海交通", "南京大学", "浙江工业", "杭州电子",
    "中国计量", "西湖大学", "杭州师范", "中国科学院", "之江", "西门子", "三星", "丰田", "松下", "Siemens", "Samsung", "Huawei", "Alibaba", "Google",
)  # fmt: skip


def test_no_real_firm_school_or_person_is_named() -> None:
    names = {p["name"] for row in _rows() for p in row["parties"]} | {t["name"] for t in _truth("names")}
    assert len(names) > 1000
    assert [name for name in names if any(real in name for real in REAL)] == []


def test_each_written_name_leads_to_its_party() -> None:
    known = defaultdict(set)
    for entry in _truth("names"):
        known[entry["name"]].add(entry["party"])
    by_party = defaultdict(set)
    for row, truth in zip(_rows(), _truth("patents"), strict=True):
        name = _applicant(row)["name"]
        assert truth["applicant_party"] in known[name]
        by_party[truth["applicant_party"]].add(name)
        holders = [p["name"] for p in row["parties"] if p["role"] == "holder"]
        assert bool(holders) == (truth["holder_party"] is not None)
        if holders:
            assert truth["holder_party"] in known[holders[0]]
    assert max(map(len, by_party.values())) >= 4  # the heavy ones are written in several ways


def test_positions_count_from_one_in_each_role() -> None:
    for row in _rows():
        by_role = defaultdict(list)
        for party in row["parties"]:
            by_role[party["role"]].append(party["position"])
        assert all(found == list(range(1, len(found) + 1)) for found in by_role.values())
        assert by_role["inventor"]


def test_inventors_are_known_by_person() -> None:
    entries = Counter(entry["publication_number"] for entry in _truth("inventors"))
    for row in _rows():
        assert entries[row["publications"][0]["number"]] == sum(p["role"] == "inventor" for p in row["parties"])


def test_all_districts_and_cities_are_there_and_more_than_half_is_hangzhou() -> None:
    regions = [truth["region_today"] for _, truth in _chinese()]
    assert {r for r in regions if r and r.startswith("3301")} == DISTRICTS
    assert {r[:4] for r in regions if r} == CITIES | {"3301"}
    assert sum(1 for r in regions if r and r.startswith("3301")) / len(regions) == pytest.approx(0.58, abs=0.03)


def test_before_the_reform_addresses_name_the_old_districts() -> None:
    reform = date(2021, 4, 9)
    seen = set()
    for row, truth in _chinese():
        address, old = _applicant(row)["address"], row["filing_date"] < reform
        if truth["region_filed"] is None:
            continue
        seen.add((truth["region_filed"], truth["region_today"], old))
        if old:
            assert "临平区" not in address
            assert "钱塘区" not in address
        else:
            assert truth["region_filed"] == truth["region_today"]
            assert "下城区" not in address
            assert "江干区" not in address
    assert {
        ("330104", "330114", True),
        ("330110", "330113", True),
        ("330103", "330105", True),
        ("330104", "330102", True),
    } <= seen
    assert {(q.codes[0], q.codes[-1]) for q in QUARTERS} >= {
        ("330109", "330114"),
        ("330183", "330111"),
        ("330185", "330112"),
    }


def test_each_address_leads_to_its_district_on_its_day() -> None:
    book = {(entry["address"], entry["from"]): entry for entry in _truth("addresses")}
    begins = sorted({entry["from"] or date.min for entry in _truth("addresses")})
    for row, truth in _chinese():
        if truth["region_filed"] is None:
            continue
        era = max(begin for begin in begins if begin <= row["filing_date"])
        entry = book[_applicant(row)["address"], None if era == date.min else era]
        assert (entry["region_filed"], entry["region_today"]) == (truth["region_filed"], truth["region_today"])


@pytest.mark.parametrize(
    "when",
    ["2010-12-31", "2015-12-31", "2018-12-31", "2020-12-31", "2022-12-31", "2024-12-31", "2025-12-31", "2026-01-01"],
)
def test_the_kernel_finds_the_status_that_the_generator_made(when: str) -> None:
    for row, truth in _chinese():
        events = [
            LegalEvent(event_kind("CN", e["code"]), e["date"], e["gazette_date"], e["code"], e["text"])
            for e in row["events"]
        ]
        for basis, column in ((Basis.EFFECT, "status"), (Basis.GAZETTE, "gazetted")):
            found = status_asof(
                patent_type=row["type"],
                filing_date=row["filing_date"],
                events=events,
                day=date.fromisoformat(when),
                basis=basis,
            )
            assert found.value == (truth[f"{column}_{when}"] or "unknown"), (row["application_number"], basis)
            assert found.findings == (), row["application_number"]
            if when == "2026-01-01" and basis is Basis.EFFECT:
                flags = {
                    flag for flag in ("pledged", "licensed", "preserved", "open_licence") if truth[f"{flag}_{when}"]
                }
                assert set(found.flags) == flags, row["application_number"]


def test_statuses_are_plausible_and_all_kinds_of_events_occur() -> None:
    states = Counter(truth["status_2026-01-01"] for _, truth in _chinese())
    assert states["granted"] / len(_chinese()) == pytest.approx(0.47, abs=0.08)
    assert {"lapsed_fee", "expired", "refused", "deemed_withdrawn", "in_examination", "published"} < set(states)
    codes = Counter(e["code"] for row in _rows() for e in row["events"])
    assert {
        "PB01",
        "SE01",
        "GR01",
        "RJ01",
        "WD01",
        "CF01",
        "CX01",
        "TR01",
        "TA01",
        "EE01",
        "PE01",
        "PC01",
        "RR01",
        "CP01",
        "OL01",
    } < set(codes)
    assert all(not row["events"] for row in _rows() if row["office"] != "CN")


def test_the_totals_of_the_truth_are_those_of_a_recount() -> None:
    totals = _city().totals
    assert totals["office"] == dict(Counter(row["office"] for row in _rows()))
    rows = _chinese()
    assert totals["type"] == dict(Counter(row["type"] for row, _ in rows))
    assert totals["filing_year"] == dict(Counter(str(row["filing_date"].year) for row, _ in rows))
    for name in ("region_filed", "region_today", "status_2020-12-31", "gazetted_2020-12-31", "status_2026-01-01"):
        assert totals[name] == dict(Counter(truth[name] for _, truth in rows if truth[name])), name
    for name in ("industry", "wipo_field", "branch"):
        assert totals[name] == dict(Counter(str(truth[name]) for truth in _truth("patents") if truth[name])), name
    kept = Counter(
        truth["status_2026-01-01"]
        for row, truth in rows
        if row["type"] == "invention" and (truth["region_today"] or "").startswith("3301")
    )
    assert totals["hangzhou_invention_status_2026-01-01"] == dict(kept)
