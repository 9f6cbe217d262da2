"""Rules of counting, on a register that can be counted by hand."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest

from qiantang.commons.metrics import api
from qiantang.commons.metrics.types import AddressOf, Dimension, Question, Sharing
from qiantang.corpus.measures.methods.growth import change
from qiantang.corpus.measures.rules import METRICS, RECIPES
from qiantang.corpus.measures.selectors import facts as kept_facts
from qiantang.corpus.measures.selectors import traits
from qiantang.corpus.measures.selectors.answering.counts import counting_of
from qiantang.corpus.measures.selectors.answering.ratios import divided
from qiantang.corpus.measures.selectors.facts import facts_of
from qiantang.corpus.measures.services.conditions import import_condition_list
from qiantang.corpus.measures.types import Listed
from qiantang.corpus.parties import api as parties
from qiantang.corpus.parties.types import NameSeen
from qiantang.corpus.register.tests.factories import Bench
from qiantang.corpus.register.types import Party, Priority
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Invalid, NotFound, NotPermitted

from .conftest import XIHU, patent

HANGZHOU, SHANGHAI = "330100", "310000"
ONE = {"first": 2018, "last": 2018}


def value(metric, **asked):
    return api.measure(Question(metric=metric, **asked)).value


def parts(metric, by, **asked):
    return {point.key[0]: point.value for point in api.measure(Question(metric=metric, by=(by,), **asked)).series}


@pytest.mark.parametrize(
    ("sharing", "here", "there"),
    [(Sharing.FIRST, 1, 0), (Sharing.WHOLE, 1, 1), (Sharing.FRACTIONAL, 2 / 3, 1 / 3)],
)
@pytest.mark.feature("S2-12")
def test_two_applicants_in_hangzhou_and_one_in_shanghai(counted, sharing, here, there):
    found = [value("C-01", region=region, sharing=sharing, **ONE) for region in (HANGZHOU, SHANGHAI)]
    assert found == pytest.approx([here, there])


@pytest.mark.feature("S2-12")
def test_shares_of_districts_add_up_to_that_of_the_city_and_shares_of_cities_to_the_patents(counted):
    asked = {"sharing": Sharing.FRACTIONAL, **ONE}
    districts = parts("C-01", Dimension.DISTRICT, region=HANGZHOU, **asked)
    assert {code: share for code, share in districts.items() if share} == pytest.approx(
        {"330106": 1 / 3, "330108": 1 / 3}
    )
    assert sum(parts("C-01", Dimension.REGION, **asked).values()) == pytest.approx(1)


@pytest.mark.feature("S2-12")
def test_inventors_addresses_are_not_printed_in_china_and_so_the_number_is_not_known(counted):
    told = api.measure(Question(metric="C-01", region=HANGZHOU, address=AddressOf.INVENTOR))
    assert (told.value, told.reason) == (None, "inventor_addresses")


@pytest.mark.feature("S2-07")
@pytest.mark.parametrize(
    ("classes", "fields"), [(Sharing.WHOLE, {"6": 1, "4": 1}), (Sharing.FRACTIONAL, {"6": 0.5, "4": 0.5})]
)
def test_a_patent_in_two_fields_counts_whole_or_half_in_each(counted, classes, fields):
    assert parts("C-01", Dimension.FIELD, classes=classes, **ONE) == fields


@pytest.mark.feature("S2-07")
@pytest.mark.parametrize("scheme", ["city", "sei"])
def test_shares_of_industries_add_up_to_the_number_of_patents_exactly(counted, scheme):
    asked = Question(metric="PAT-01", by=(Dimension.INDUSTRY,), classes=Sharing.FRACTIONAL, scheme=scheme)
    told, facts = api.measure(asked), facts_of()
    exact = counting_of(facts, RECIPES["PAT-01"], told.metric, asked).divided().points()
    assert sum((weight for weight, _ in exact.values()), Fraction(0)) == told.value == 7


@pytest.mark.feature("S2-06")
def test_conditions_of_high_value_one_by_one_and_their_union_at_least(counted):
    told = api.measure(Question(metric="C-05", region=HANGZHOU, last=2020))
    known = {part.key: part.value for part in told.parts}
    # 2 was filed on 1 December 2010 and is kept for ten years and thirty days; 3 for ten years to the day, which is not more
    assert known == {"sei": 0, "family": 1, "age": 1, "pledge": None, "award": None}
    assert (told.value, told.at_least) == (2, True)
    assert {part.reason for part in told.parts if part.value is None} == {"not_kept"}
    assert sorted(api.all_records(told.question)) == ["CN-P110000002", "CN-P110000006"]


AWARDS = """number,day,reference,amount
CN110000005B,2016-12-01,第18届中国专利优秀奖,
CN110000006B,2019-06-30,第20届中国专利银奖,
CN110000006B,2019-06-30,第20届中国专利银奖,
CN119999999B,2019-06-30,第20届中国专利金奖,
CN110000004B,2022-01-01,后来的奖,
CN110000004B,2019-13-01,日期不对,
CN110000004B,2019-01-01,金额不对,很多
"""


def hand_in(condition, content, **more):
    told = {"title": "t", "source": "s", "as_of": date(2020, 12, 31)} | more
    actor = told.pop("actor", Actor(person_id=None, name="lu", roles=frozenset({"operator"})))
    return import_condition_list(actor=actor, condition=condition, content=content.encode(), **told)


@pytest.mark.feature("S2-06")
def test_a_list_that_was_handed_in_makes_a_condition_known_and_the_union_counts_it(counted):
    report = hand_in(Listed.AWARD, AWARDS)
    assert (report.read, report.kept) == (7, 2)
    assert {one.row for one in report.refused} == {4, 5, 6, 7, 8}
    assert hand_in(Listed.AWARD, AWARDS).already
    told = api.measure(Question(metric="C-05", region=HANGZHOU, last=2020))
    # of the two, 5 lapsed in 2017 and is not in force; 6 has a family abroad as well: the union stays
    assert {part.key: part.value for part in told.parts}["award"] == 1
    assert {part.key: part.value for part in told.parts}["pledge"] is None
    assert (told.value, told.at_least) == (2, True)
    assert value("HV.award", region=HANGZHOU, last=2020) == 1
    assert value("HV.award", region=HANGZHOU, last=2016) == 1  # 5, awarded in December and still in force
    assert value("HV.award", region=HANGZHOU, last=2015) == 0  # not yet awarded
    assert not api.measure(Question(metric="HV.award", region=HANGZHOU, last=2020)).at_least
    assert api.measure(
        Question(metric="HV.award", region=HANGZHOU, day=date(2021, 1, 1))
    ).at_least  # the list ends before
    hand_in(Listed.PLEDGE, "number,day,reference,amount\nCN110000003B,2019-03-01,Y2019330000001,5000000.00\n")
    told = api.measure(Question(metric="C-05", region=HANGZHOU, last=2020))
    assert {part.key: part.value for part in told.parts} == {"sei": 0, "family": 1, "age": 1, "pledge": 1, "award": 1}
    assert told.value == 3  # 3 counts now for its pledge
    assert sorted(api.all_records(told.question)) == ["CN-P110000002", "CN-P110000003", "CN-P110000006"]
    assert told.at_least  # industry and families are told from below, whatever lists say


def test_lists_are_handed_in_by_operators_and_must_have_their_columns(counted):
    with pytest.raises(NotPermitted, match=r"metrics\.operators_only"):
        hand_in(Listed.AWARD, AWARDS, actor=Actor(person_id=None, name="li", roles=frozenset({"analyst"})))
    with pytest.raises(Invalid, match=r"metrics\.table_head") as refused:
        hand_in(Listed.AWARD, "number,day\nCN110000005B,2016-12-01\n")
    assert refused.value.facts == {"missing": "reference", "wanted": "number, day, reference"}
    with pytest.raises(Invalid, match=r"metrics\.table_unreadable"):
        hand_in(Listed.AWARD, "\x00")


@pytest.mark.feature("S2-06")
def test_a_condition_without_data_alone_is_not_known(counted):
    told = api.measure(Question(metric="HV.award", region=HANGZHOU, last=2020))
    assert (told.value, told.reason) == (None, "not_kept")


def test_the_stock_leaves_out_what_lapsed_and_says_how_many_it_cannot_place(counted):
    told = api.measure(Question(metric="RB-01", region=HANGZHOU, last=2020))
    assert (told.value, told.records, told.unplaced) == (3, 3, 1)
    assert value("RB-01", region=HANGZHOU, last=2016) == 4
    assert value("RB-01", last=2020) == 4


@pytest.mark.feature("S2-01")
def test_the_stock_of_each_month_is_that_of_its_last_day_and_opens_as_many_patents(counted):
    series = api.measure(Question(metric="RB-01", region=HANGZHOU, first=2012, last=2020, by=(Dimension.MONTH,))).series
    assert [point.key[0] for point in series][:2] == ["2012-01", "2012-02"]
    assert [point.key[0] for point in series][-1] == "2020-12"
    assert len(series) == 9 * 12
    counts = {point.key[0]: point.value for point in series}
    for month, found in counts.items():
        day = date(int(month[:4]), int(month[5:]), 1)
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)
        asked = Question(metric="RB-01", region=HANGZHOU, day=day)
        assert found == api.measure(asked).value, month
        assert (found or 0) == len(api.all_records(asked)), month
    assert counts["2012-12"] is None  # before the first grant on record nothing is known
    for year in range(2012, 2021):
        assert counts[f"{year}-12"] == value("RB-01", region=HANGZHOU, last=year)
    assert len(set(counts.values())) > 2  # rights come and go within the time: the test sees a wrong day
    told = api.measure(Question(metric="RB-01", region=HANGZHOU, by=(Dimension.MONTH,)))
    assert len(told.series) == 36
    assert told.series[-1].value == told.value  # the running month is that of the register's day
    assert not told.additive


def test_events_count_a_patent_once_a_period(counted):
    assert value("RB-11", region=HANGZHOU, first=2018, last=2018) == 1


def test_what_is_not_covered_is_not_known_and_what_is_covered_and_absent_is_zero(counted):
    told = {
        p.key[0]: (p.value, p.reason)
        for p in api.measure(Question(metric="C-01", first=2008, last=2019, by=(Dimension.YEAR,))).series
    }
    assert told["2009"] == told["2019"] == (None, "not_covered")
    assert told["2011"] == (0, "")
    assert api.measure(Question(metric="C-01", first=1990, last=1995)).reason == "not_covered"
    assert value("C-01", region="330113", first=2018, last=2018) == 0
    assert api.measure(Question(metric="RB-04", region=HANGZHOU)).reason == "not_covered"


def test_without_any_load_nothing_is_known(tmp_path, settings, db):
    settings.QIANTANG_HOME = tmp_path
    told = api.measure(Question(metric="C-01", region=HANGZHOU))
    assert (told.value, told.reason, told.snapshot) == (None, "nothing_loaded", None)


@pytest.mark.parametrize("one", [m.id for m in METRICS])
def test_every_metric_answers_with_a_number_or_a_reason_and_opens_as_many_records_as_it_says(counted, one):
    told = api.measure(Question(metric=one, region=HANGZHOU, last=2018))
    assert (told.value is None) == bool(told.reason)
    if told.metric.opens_records and told.known:
        page = api.records(told.question, size=2)
        assert page.total == told.value == told.records


def test_records_come_in_pages_from_one_snapshot_whatever_is_loaded_meanwhile(growing):
    asked = Question(metric="PAT-01", region=HANGZHOU)
    first = api.records(asked, size=3)
    growing.load(("later", [patent(9, date(2011, 4, 4))]))
    rest = api.records(asked, size=50, cursor=first.next)
    assert len({*first.ids, *rest.ids}) == first.total == rest.total == value("PAT-01", region=HANGZHOU, snapshot=1)
    assert value("PAT-01", region=HANGZHOU) == first.total + 1


def test_columns_of_a_snapshot_that_is_past_are_let_go_and_those_of_days_are_bounded(growing):
    value("C-01", region=HANGZHOU)
    held = kept_facts._READ.values()
    growing.load(("later", [patent(9, date(2011, 4, 4))]))
    value("C-01", region=HANGZHOU)
    (now,) = kept_facts._READ.values()
    assert now not in held
    assert now._lately.weight > len(now)  # places of the day were weighed
    value("C-01", region=HANGZHOU, snapshot=1)
    assert kept_facts._READ.values()[0] is now
    words = kept_facts.Coded(np.zeros(1000, np.int32), ("甲", "乙乙"))
    assert 4000 < kept_facts.bytes_of((words, None)) < 4200


SYSTEM = Actor.system("test")
WIDE, NARROW = "杭州乙（集团）有限公司", "杭州乙(集团)有限公司"


def of_two_spellings(row):
    """Applied for under one spelling with an address, held under another without."""
    told = patent(row, date(2016, 1, 4), granted=date(2018, 5, 8), addresses=())
    told.parties.append(Party("applicant", 1, WIDE, "CN", XIHU, None))
    told.parties.append(Party("holder", 1, NARROW, "CN", None, None))
    return told


def test_where_a_patent_counts_follows_its_snapshot_and_not_what_is_learnt_of_names_later(growing):
    growing.load(("second", [of_two_spellings(21)]))
    asked = {"region": HANGZHOU, **ONE}
    before = value("RB-05", **asked)
    parties.learn_names(actor=SYSTEM, names=[NameSeen(WIDE), NameSeen(NARROW)], snapshot=2)
    assert parties.party_of(WIDE) == parties.party_of(NARROW)
    kept_facts._READ.clear()  # as another process, or this one after a restart
    assert value("RB-05", **asked) == before
    assert value("RB-05", region=None, **ONE) == 1


def test_applicants_count_as_the_parties_of_the_moment_in_every_process(growing):
    growing.load(("second", [of_two_spellings(22), patent(23, date(2016, 2, 2), addresses=())]))
    patents = {"first": 2016, "last": 2016}
    assert WIDE in parts("C-01", Dimension.APPLICANT, **patents)
    parties.learn_names(actor=SYSTEM, names=[NameSeen(WIDE)], snapshot=2)
    found = parts("C-01", Dimension.APPLICANT, **patents)
    assert WIDE not in found
    assert found[f"P{parties.party_of(WIDE)}"] == 1


def test_what_cannot_be_asked_is_refused_with_what_can(counted):
    with pytest.raises(NotFound, match=r"metrics\.unknown"):
        api.measure(Question(metric="X-99"))
    with pytest.raises(Invalid, match=r"metrics\.dimension\("):
        api.measure(Question(metric="RB-07", by=(Dimension.MONTH,)))
    with pytest.raises(Invalid, match=r"metrics\.region"):
        api.measure(Question(metric="RB-01", region="阿斯加德"))
    with pytest.raises(Invalid, match=r"metrics\.years"):
        api.measure(Question(metric="RB-01", first=2020, last=2019))
    with pytest.raises(Invalid, match=r"metrics\.no_records"):
        api.all_records(Question(metric="RB-16", region=HANGZHOU))


@pytest.mark.parametrize(
    ("stock", "people", "expected"), [(73_297, 1_036.0, 70.75), (73_297, 1_193.6, 61.41), (73_000, 1_036.0, 70.46)]
)
def test_inventions_per_ten_thousand_inhabitants(stock, people, expected):
    quotient, reason = divided(stock, people * 10_000, 10_000)
    assert (round(quotient, 2), reason) == (expected, "")


def test_the_published_seventy_point_seven_five_follows_from_the_tables(counted):
    (told,) = api.place_figures(Question(metric="RB-02", last=2020), [HANGZHOU], prefer="table")
    assert (round(told.value, 2), told.origin) == (70.75, "table")
    assert "population 2019" in told.source


@pytest.mark.parametrize(("above", "below", "reason"), [(1, None, "no_denominator"), (1, 0, "divided_by_zero")])
def test_a_quotient_without_denominator_is_not_known(above, below, reason):
    assert divided(above, below, 1) == (None, reason)


@pytest.mark.feature("S2-06")
def test_the_example_of_high_value_counts_the_union_and_not_the_sum(tmp_path, settings, db, monkeypatch):
    """Sets {a,b,c}, {b,d}, {d,e}, {c} and none over eight patents: five of them, not eight; 62.5 %; 2.5 a 10,000 people."""
    settings.QIANTANG_HOME = tmp_path
    Bench(tmp_path).load(("first", [patent(row, date(2015, 1, row), granted=date(2017, 5, 1)) for row in range(1, 9)]))
    sets = {"sei": "abc", "family": "bd", "age": "de", "pledge": "c", "award": ""}
    monkeypatch.setattr(
        traits, "condition", lambda facts, name, _day: np.isin(np.array(list("abcdefgh")), list(sets[name] or " "))
    )
    told = api.measure(Question(metric="C-05", region=HANGZHOU, last=2020))
    assert {part.key: part.value for part in told.parts} == {"sei": 3, "family": 2, "age": 2, "pledge": 1, "award": 0}
    assert told.value == 5
    assert sum(part.value for part in told.parts) == 8
    assert 100 * told.value / value("RB-01", region=HANGZHOU, last=2020) == 62.5
    assert divided(told.value, 20_000, 10_000) == (2.5, "")


def test_a_stock_of_73_297_after_58_544_is_an_increase_of_a_quarter():
    """The printed 25.2 % goes with the exact stock: with the rounded one of 58,000 it would be 26.4 %."""
    assert round(100 * change(73_297, 58_544), 1) == 25.2
    assert round(100 * change(73_297, 58_000), 1) == 26.4


@pytest.mark.feature("S2-23")
def test_the_success_of_mediation_is_a_share_of_what_was_completed(counted):
    table = "series,region,period,value,unit\n" + "".join(
        f"mediation_{name},330100,2020,{number},件\n"
        for name, number in (("accepted", 6216), ("completed", 4303), ("successful", 1395))
    )
    actor = Actor(person_id=None, name="lu", roles=frozenset({"operator"}))
    api.import_figures(actor=actor, content=table.encode(), title="t", source="s", as_of=date(2021, 4, 26))
    told = api.measure(Question(metric="P-04.rate", region=HANGZHOU, last=2020))
    assert (round(told.value, 2), told.origin) == (32.42, "table")
    assert [part.value for part in told.parts] == [1395, 4303]
    assert value("P-04.rate", region=HANGZHOU, last=2019) is None


def test_mediation_is_told_without_any_patents(tmp_path, settings, db):
    settings.QIANTANG_HOME = tmp_path
    assert api.measure(Question(metric="P-04.rate", region=HANGZHOU)).reason == "no_figures"


@pytest.mark.feature("S2-09")
def test_the_origin_is_the_first_priority_else_the_applicant_else_the_office(tmp_path, settings, db):
    settings.QIANTANG_HOME = tmp_path
    told = [
        patent(row, date(2018, 1, row), office=office) for row, office in enumerate(["CN", "EP", "US", "EP", "WO"], 1)
    ]
    told[0].priorities += [Priority("JP2", "JP", date(2017, 2, 2)), Priority("DE1", "DE", date(2017, 2, 1))]
    told[1].priorities.append(Priority("FR1", "FR", None))  # without a day it does not tell which is the first
    for one, country in ((told[2], None), (told[3], None), (told[4], "KR")):
        one.parties[:] = [Party("applicant", 1, "X", country, None, None)]
    Bench(tmp_path).load(("first", told))
    assert parts("PAT-01", Dimension.ORIGIN) == {"DE": 1, "CN": 1, "US": 1, "KR": 1, None: 1}
