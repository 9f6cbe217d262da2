"""The search desk's reads: the query with its refinements, facets as choices, numbers, reasons for nothing."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import FacetValue, SearchResult
from qiantang.corpus.register.types.refusals import REFUSALS as OF_THE_REGISTER
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Invalid, NotFound
from qiantang.scenarios.query.selectors import desk, nothing_found
from qiantang.scenarios.query.types import REFUSALS, DeskRequest

PUBLIC = Actor.public()


def search(text="", *refinements, **more):
    return desk.search(PUBLIC, DeskRequest(text, refinements, **more))


def asked_in(address):
    """The request that an address stands for, read as the view reads it."""
    split = urlsplit(address)
    told = parse_qs(split.query)
    assert split.path == "/search"
    assert told.keys() <= {"q", "f", "sort", "page"}
    return DeskRequest(
        told.get("q", [""])[0],
        tuple(told.get("f", ())),
        told.get("sort", ["relevance"])[0],
        told.get("page", [""])[0],
    )


# --- query and refinements -------------------------------------------------------------------------------------------


def test_refinements_are_joined_to_the_whole_of_what_was_typed():
    asked = DeskRequest("电池 OR 泵", ('CC=="CN"', 'TY=="invention"'))
    assert desk.whole_query(asked) == '(电池 OR 泵) AND CC=="CN" AND TY=="invention"'
    assert desk.whole_query(DeskRequest("", ('CC=="CN"',))) == 'CC=="CN"'
    assert desk.whole_query(DeskRequest("电池 OR 泵")) == "电池 OR 泵"
    assert desk.whole_query(DeskRequest()) == ""


@pytest.mark.feature("S3-05")
def test_a_refinement_takes_away_and_nothing_else(stocked):
    assert search("电池 OR 泵").total == 3
    assert search("电池 OR 泵", 'CC=="CN"').total == 3
    assert search("电池 OR 泵", 'CC=="CN"', 'TY=="utility_model"').total == 1


@pytest.mark.feature("S3-04")
def test_text_that_is_no_query_does_not_become_one_inside_brackets(stocked):
    """``a) OR (b`` with a refinement around it would read as ``(a) OR (b) AND …`` and let the refinement slip."""
    for text in ("电池) OR (泵", "电池) OR (", ")("):
        with pytest.raises(Invalid, match=r"query\.syntax"):
            search(text, 'CC=="EP"')


@pytest.mark.feature("S3-04")
@pytest.mark.parametrize(
    "condition",
    ['CC=="CN" OR TI=泵', 'XX=="1"', "CC==CN", 'CC="CN"', 'TI=="泵"', "", 'CC=="CN', 'CC=="CN") OR (TI="泵"', '"CN"'],
)
def test_a_condition_that_the_page_does_not_make_is_an_error(stocked, condition):
    with pytest.raises(Invalid) as told:
        search("电池", condition)
    assert told.value.code == "query.refinement"
    assert told.value.facts == {}  # what people look for is in no log


def test_a_refinement_by_a_value_that_cannot_be_is_an_error(stocked):
    with pytest.raises(Invalid, match=r"query\.syntax"):
        search("电池", 'TY=="spaceship"')


signs = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=6)
names = st.builds(
    lambda before, after: f"{before}厂{after}", signs, signs
)  # a letter at least: signs alone are no name


@given(names)
def test_any_value_comes_back_out_of_its_refinement(name):
    asked = DeskRequest("", (desk.refinement("PA", name),))
    with translation.override("en"):
        (chip,) = desk.chips(asked)
    assert chip.label == f"Applicant：{name}"
    assert chip.remove_url == "/search"
    assert register.parse(asked.refinements[0]).value == " ".join(name.split())


# --- facets and chips ------------------------------------------------------------------------------------------------


@pytest.mark.feature("S3-05")
@pytest.mark.parametrize("text", ["", "电池 OR 泵", "冷却", "IC=H01M"])
def test_following_a_facet_gives_as_many_as_it_promised(stocked, text):
    asked = DeskRequest(text, sort="-AD")
    blocks = desk.facet_blocks(asked, desk.search(PUBLIC, asked))
    assert [block.key for block in blocks] == [key for key in desk.FACETS if key != "AY"]  # years are drawn
    assert sum(len(block.values) for block in blocks) > 8
    for block in blocks:
        for choice in block.values:
            assert not choice.selected
            following = asked_in(choice.url)
            assert (following.text, following.sort) == (asked.text, asked.sort)
            result = desk.search(PUBLIC, following)
            assert result.total == choice.count, choice
            again = [b for b in desk.facet_blocks(following, result) if b.key == block.key]
            (chosen,) = [c for c in again[0].values if c.selected]
            assert asked_in(chosen.url) == asked  # a second click takes it away


def test_two_refinements_and_the_way_back_from_each(stocked):
    asked = DeskRequest("电池", ('CC=="CN"', 'TY=="invention"'))
    with translation.override("en"):
        first, second = desk.chips(asked)
    assert (first.label, second.label) == ("Office：China", "Type：Invention")
    assert asked_in(first.remove_url) == DeskRequest("电池", ('TY=="invention"',))
    assert asked_in(second.remove_url) == DeskRequest("电池", ('CC=="CN"',))


def test_words_of_values_are_the_readers(stocked):
    with translation.override("zh-hans"):
        assert desk.value_word("CI", "330106", "330106").endswith("西湖区")
        assert desk.value_word("LS", "unknown", "unknown") == desk.word_for("status", "unknown")
        assert desk.value_word("PA", "钱潮甲厂", "钱潮甲厂") == "钱潮甲厂"
    with translation.override("en"):
        assert desk.value_word("CI", "unknown", "unknown") == "not known"
        assert desk.value_word("AY", "2018", "2018") == "2018"
        assert desk.value_word("CI", "999999", "999999") == "999999"
    assert [desk.facet_word(key) for key in ("ZZ",)] == ["ZZ"]


def test_addresses_keep_everything_but_the_place_in_the_list():
    asked = DeskRequest("电池 & 泵", ('PA=="a&b=c"',), "-PD", "cursor")
    assert asked_in(desk.address(asked, asked.refinements)) == DeskRequest(asked.text, asked.refinements, "-PD")
    assert asked_in(desk.address(asked, asked.refinements, "next")).cursor == "next"
    assert desk.address(DeskRequest(), ()) == "/search"


def test_facets_of_a_result_made_by_hand_show_folded_names_as_filed():
    result = SearchResult(
        "", "", 1, 1, (), dict.fromkeys(desk.FACETS, ()) | {"PA": (FacetValue("abc", 1, "ABC"),)}, None
    )
    (block,) = [b for b in desk.facet_blocks(DeskRequest(), result) if b.values]
    assert (block.values[0].label, block.values[0].value) == ("ABC", "abc")


# --- numbers ---------------------------------------------------------------------------------------------------------


@pytest.mark.feature("S3-01")
@pytest.mark.parametrize("spelled", ["201710601862.3", "ZL 2017 1 0601862.3", "CN107000001B", "CN 107000001 A"])
def test_a_number_on_record_leads_to_its_patent(stocked, spelled):
    answer = desk.number_answer(spelled)
    assert answer["found"] == {
        "url": "/patents/CN201710601862",
        "title": "一种电池冷却装置",
        "number": "CN107000001B",
    }
    assert answer["wrong"] is None
    assert [hit.patent_id for hit in search(spelled).hits] == ["CN201710601862"]


@pytest.mark.feature("S3-01")
def test_a_sound_number_that_is_not_on_record(stocked):
    answer = desk.number_answer("US9876543B2")
    assert (answer["office"], answer["canonical"], answer["found"], answer["wrong"]) == (
        "US",
        "US9876543B2",
        None,
        None,
    )
    assert search("US9876543B2").total == 0


@pytest.mark.feature("S3-01")
def test_a_wrong_check_digit_is_named_and_the_right_number_offered(stocked):
    answer = desk.number_answer("201710601862.5")
    assert answer["wrong"] == {
        "given": "5",
        "expected": "3",
        "right_number": "CN201710601862.3",
        "right_url": "/search?q=CN201710601862.3",
    }
    assert answer["found"]["url"] == "/patents/CN201710601862"
    assert desk.number_answer(answer["wrong"]["right_number"])["wrong"] is None


@pytest.mark.parametrize("text", ["", "电池", "H01M10/613", "G06F16/35", "2019", "20190712", "5G", "x" * 41, "IC=H01M"])
def test_what_is_no_number_gets_no_answer(stocked, text):
    assert desk.number_answer(text) is None


@pytest.mark.parametrize(
    "text", ["US 10,123,456 B2", "PCT/CN2018/071234", "WO2019/123456A1", "EP 1 234 567", "95115608"]
)
def test_numbers_of_every_office_are_found_as_hits(stocked, text):
    (hit,) = search(text).hits
    assert desk.number_answer(text)["found"]["url"] == f"/patents/{hit.patent_id}"


def test_a_number_before_the_first_load_is_no_fault(empty):
    assert desk.number_answer("CN107000001A")["found"] is None


# --- nothing found, nothing understood -------------------------------------------------------------------------------


def zero(text="", *refinements):
    asked = DeskRequest(text, refinements)
    assert desk.search(PUBLIC, asked).total == 0
    with translation.override("en"):
        return nothing_found.zero_reason(asked)


@pytest.mark.feature("S3-16")
def test_words_that_stand_nowhere_are_the_query_s_own_fault(stocked):
    told = zero("甲乙丙丁戊己")
    assert told["kind"] == "query"
    assert told["text"] == "All 10 patents on record were searched; none fits."
    assert [step["url"] for step in told["steps"]] == ["/coverage"]


@pytest.mark.feature("S3-16")
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("CPC=H01M10/613", "coverage"),
        ("电池 AND LOC=13-02", "coverage"),
        ("CPC=H01M10/613 OR LOC=13-02", "coverage"),
        ("CPC=H01M10/613 OR 甲乙丙丁", "query"),
        ("AB=不在其中", "query"),
        ("电池 AND NOT 电池 AND NOT CPC=H01M", "query"),
        ("CPC:*", "coverage"),
        ("AD=[1990 TO 1991]", "query"),
    ],
)
def test_a_field_that_no_file_fills_is_told_from_a_query_that_does_not_fit(stocked, text, kind):
    assert zero(text)["kind"] == kind


@pytest.mark.feature("S3-16")
@pytest.mark.parametrize(
    "refinements",
    [
        ("AY=[1990 TO 1991]",),
        ('NOT CC==("CN", "US", "EP", "WO")',),
        ('SF=="nowhere"',),
        ('TY==("design", "plant")', "NOT AY:*", 'LS=="granted"'),
    ],
)
def test_conditions_of_the_page_that_leave_nothing_are_the_query_s_own_fault(stocked, refinements):
    told = zero("电池", *refinements)
    assert told["kind"] == "query"
    assert told["steps"][0]["url"] == "/search?q=%E7%94%B5%E6%B1%A0"


@pytest.mark.feature("S3-16")
def test_what_may_help_helps(stocked):
    told = zero("泵", 'CC=="US"')
    step = told["steps"][0]
    assert step["text"] == "Take the refinements away"
    assert desk.search(PUBLIC, asked_in(step["url"])).total > 0
    told = zero("西溪理工大学")
    step = told["steps"][0]
    assert step["text"] == "Look for it among the applicants"
    assert desk.search(PUBLIC, asked_in(step["url"])).total == 2
    assert told["plain"] == ""


@pytest.mark.feature("S3-16")
def test_a_chinese_text_that_stands_nowhere_is_offered_word_by_word_and_in_plain_words(stocked):
    """Words that stand nowhere are left out; where the others never stand together, nothing is offered."""
    text = "电池怎么冷却才好呀"
    assert search(text).total == 0
    told = zero(text)
    (step, coverage) = told["steps"]
    assert (coverage["url"], told["plain"]) == ("/coverage", text)
    found = desk.search(PUBLIC, asked_in(step["url"]))
    assert found.total > 0
    assert found.canonical == step["code"]
    assert set(step["code"].split(" AND ")) <= {"电池", "怎么", "冷却"}
    (fewer, *_) = zero("汽车怎么冷却电池才好呀")["steps"]  # of the words that there are, no patent has all
    assert search("汽车 冷却 电池").total == 0
    assert search(fewer["code"]).total > 0
    for other in ("甲乙丙丁戊己庚辛", "TI=电池怎么冷却呀", "电池怎么冷却 NOT 电池"):
        assert [one for one in zero(other)["steps"] if "code" in one] == []


def test_an_empty_register_is_told_as_such(empty):
    with pytest.raises(NotFound, match=r"register\.empty"):
        search("电池")


@pytest.mark.parametrize("text", ["TI=(电池", "电池 AND", "NOSUCH=1", "电池 NEAR0 泵"])
@pytest.mark.parametrize("refinements", [(), ('CC=="CN"',)])
def test_a_slip_is_shown_at_its_place_in_what_was_typed(stocked, text, refinements):
    with pytest.raises(Invalid) as told:
        search(text, *refinements)
    fault = desk.fault(DeskRequest(text, refinements), told.value)
    assert fault.before + fault.after == text
    assert len(fault.before) == fault.position
    assert fault.message


def test_a_region_nobody_knows_is_shown_at_its_place_in_the_whole_query(stocked):
    asked = DeskRequest("泵 AND CI=亚特兰蒂斯", ('CC=="CN"',))
    with pytest.raises(Invalid) as told:
        desk.search(PUBLIC, asked)
    fault = desk.fault(asked, told.value)
    assert fault.after.startswith("亚特兰蒂斯")


# --- the words of refusals -------------------------------------------------------------------------------------------


KINDS = {"Invalid", "NotFound", "NotPermitted", "Conflict", "Limited", "Unavailable"}


def called(call):
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def test_every_refusal_of_the_desk_has_its_words():
    told = {}
    for path in Path(desk.__file__).parents[1].rglob("*.py"):
        if "tests" not in path.parts:
            for call in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(call, ast.Call) and called(call) in {*KINDS, "refuse"}:
                    code = call.args[0]
                    told |= {code.value: {one.arg for one in call.keywords}} if isinstance(code, ast.Constant) else {}
    assert told.keys() - OF_THE_REGISTER.keys() == REFUSALS.keys()
    for code, facts in told.items():
        assert set(re.findall(r"%\((\w+)\)s", " ".join({**OF_THE_REGISTER, **REFUSALS}[code]))) <= facts
