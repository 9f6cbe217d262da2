"""Forms as data; matters saved and resumed; everything that is open told at once."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.portal.hall.methods.forms import asked, price, problems, read_form, written_form
from qiantang.portal.hall.selectors import forms as form_reads
from qiantang.portal.hall.selectors.matters import matter_row, still_open
from qiantang.portal.hall.services import matters
from qiantang.portal.hall.services.forms import import_form, publish_form

from .conftest import PASSWORD, YOU, filled, person, uploaded

SMALL = {
    "key": "small",
    "version": 1,
    "title": ["小表", "Small"],
    "steps": [
        {
            "key": "one",
            "title": ["一", "One"],
            "questions": [
                {
                    "key": "kind",
                    "kind": "choices",
                    "label": ["类", "Kind"],
                    "options": [
                        {"key": "a", "word": ["甲", "A"], "price": 1250},
                        {"key": "b", "word": ["乙", "B"], "price": 50},
                    ],
                },
                {"key": "why", "kind": "text", "label": ["由", "Why"], "when": {"kind": ["b"]}, "most": 5},
                {
                    "key": "proof",
                    "kind": "file",
                    "label": ["证", "Proof"],
                    "files": {"kinds": ["pdf"], "most_bytes": 100, "most_files": 1},
                },
            ],
        },
        {
            "key": "rows",
            "title": ["行", "Rows"],
            "repeat": [1, 2],
            "questions": [{"key": "number", "kind": "patent", "label": ["号", "Number"]}],
        },
    ],
}


def small(**changed):
    told = copy.deepcopy(SMALL)
    told["steps"][0]["questions"][1].update(changed)
    return told


# --- forms as data -------------------------------------------------------------------------------------------------------


@pytest.mark.feature("S10-04")
def test_logic_groups_prices_and_rules_of_files():
    form = read_form(SMALL)
    found = problems(form, {})
    assert [(one.question, one.row, one.fault) for one in found] == [
        ("kind", None, "missing"),
        ("proof", None, "missing"),
        ("number", 0, "missing"),
    ]
    answers = {"kind": ["a", "b"], "why": "too long", "rows": [{"number": "CN110000001A"}, {"number": "x"}, {}]}
    told = {(one.question, one.row): one.fault for one in problems(form, answers, {"proof": 2})}
    assert told == {
        ("why", None): "long",
        ("proof", None): "too_many",
        ("number", 1): "patent",
        ("number", 2): "missing",
    }
    assert price(form, answers) == 1300
    assert price(form, {"kind": ["a"], "why": "?"}) == 1250
    assert [one.key for one in asked(form.steps[0], {"kind": ["a"]})] == ["kind", "proof"]


@pytest.mark.feature("S10-04")
@pytest.mark.parametrize(
    "changed",
    [
        {"label": ["由", " "]},
        {"kind": "riddle"},
        {"when": {"nothing": ["b"]}},
        {"when": {"kind": ["z"]}},
        {"options": [{"key": "x", "word": ["x", "x"]}]},
        {"key": "kind"},
        {"key": "Not A Key"},
    ],
)
def test_an_unsound_form_is_refused(changed):
    with pytest.raises(Invalid) as refused:
        read_form(small(**changed))
    assert refused.value.code == "hall.form_unsound"


@pytest.mark.feature("S10-04")
def test_what_is_exported_can_be_brought_in_and_is_the_same(hall, lin):
    keeper = person("ou", "operator")
    for row in form_reads.editions():
        form = form_reads.form_edition(row["key"], row["version"])
        assert read_form(json.loads(json.dumps(written_form(form)))) == form
    told = written_form(form_reads.newest_form("general"))
    with pytest.raises(Conflict):
        import_form(actor=keeper, told=told)
    with pytest.raises(NotPermitted):
        import_form(actor=lin, told=SMALL)
    begun = matters.open_matter(actor=lin, code="0202").number
    told["version"] = 2
    told["steps"][1]["questions"] = told["steps"][1]["questions"][:3]
    import_form(actor=keeper, told=told)
    assert form_reads.newest_form("general").version == 1
    publish_form(actor=keeper, key="general", version=2)
    assert form_reads.newest_form("general").version == 2
    assert matter_row(lin, begun).form_version == 1  # what was begun keeps its form
    assert matter_row(lin, matters.open_matter(actor=lin, code="0202").number).form_version == 2


@pytest.mark.feature("S10-24")
def test_a_question_has_its_help_and_what_people_ask_about_it(lin, client):
    number = matters.open_matter(actor=lin, code="0202").number
    client.login(username="lin", password=PASSWORD)
    page = client.get(f"/matters/{number}/form/you").content.decode()
    assert "18位，见营业执照" in page
    assert "代码里有字母O和I吗？" in page
    asked_about = [one.key for step in form_reads.newest_form("general").steps for one in step.questions if one.faq]
    assert asked_about == ["uscc", "account", "patent_number"]
    with pytest.raises(Invalid):
        read_form(small(faq=[[["问", ""], ["答", "A"]]]))


@given(
    st.dictionaries(
        st.sampled_from(["kind", "why", "proof", "rows", "strange"]),
        st.one_of(st.text(max_size=8), st.lists(st.text(max_size=3), max_size=3), st.none()),
    )
)
def test_no_answer_breaks_a_form(answers):
    form = read_form(SMALL)
    assert all(one.fault for one in problems(form, answers))
    assert price(form, answers) >= 0


# --- save and resume -----------------------------------------------------------------------------------------------------


@pytest.mark.feature("S10-06")
def test_what_was_typed_is_kept_incomplete_and_resumed_on_another_device(lin, client):
    number = matters.open_matter(actor=lin, code="0202").number
    client.login(username="lin", password=PASSWORD)
    sent = {"who": "firm", "uscc": "123", "name": "钱塘泵业", "act": "next"}
    page = client.post(f"/matters/{number}/form/you", sent)
    assert page.status_code == 422
    assert "统一社会信用代码" in page.content.decode()
    other = type(client)()
    other.login(username="lin", password=PASSWORD)
    resumed = other.get(f"/matters/{number}/form/you").content.decode()
    assert 'value="123"' in resumed
    assert 'value="钱塘泵业"' in resumed
    later = other.post(f"/matters/{number}/form/you", {"who": "person", "name": "林", "act": "later"})
    assert later["Location"] == f"/matters/{number}"
    assert matter_row(lin, number).answers == {"who": "person", "name": "林"}
    copy_for_the_filer = other.get(f"/matters/{number}").content.decode()
    assert "林" in copy_for_the_filer


@pytest.mark.feature("S10-06")
def test_a_repeated_page_grows_and_shrinks(lin, client):
    number = matters.open_matter(actor=lin, code="0202").number
    client.login(username="lin", password=PASSWORD)
    there = f"/matters/{number}/form/patents"
    client.post(there, {"rows": "1", "0-patent_number": "CN110000001A", "act": "add"})
    client.post(
        there, {"rows": "2", "0-patent_number": "CN110000001A", "1-patent_number": "CN110000002A", "act": "add"}
    )
    assert len(matter_row(lin, number).answers["patents"]) == 2
    client.post(there, {"rows": "2", "0-patent_number": "CN110000001A", "1-patent_number": "x", "drop-0": "on"})
    assert matter_row(lin, number).answers["patents"] == [{"patent_number": "x"}]


def test_others_neither_see_nor_change_a_matter(lin, officer, hall):
    number = matters.open_matter(actor=lin, code="0202").number
    with pytest.raises(NotFound):
        matter_row(person("zhang"), number)
    with pytest.raises(NotPermitted, match="not_at_window"):
        matters.save_step(actor=officer, number=number, step="you", given=YOU)
    with pytest.raises(NotFound, match="step_unknown"):
        matters.save_step(actor=lin, number=number, step="nowhere", given={})


def test_everything_open_is_told_at_once_and_a_paper_by_its_rule(lin):
    number = matters.open_matter(actor=lin, code="0202").number
    with pytest.raises(Invalid) as refused:
        matters.submit_matter(actor=lin, number=number)
    assert refused.value.facts["count"] == still_open(matter_row(lin, number)).count == 5  # besides what is filled in
    filled(lin, number, agent="yes", agent_name="钱江代理")
    assert [one.key for one in still_open(matter_row(lin, number)).papers] == ["licence_contract", "attorney"]
    with pytest.raises(Invalid, match="not_tolerated"):
        matters.say_of_paper(actor=lin, number=number, paper="licence_contract", state="later")
    matters.say_of_paper(actor=lin, number=number, paper="attorney", state="later")
    with pytest.raises(Invalid, match="file_refused"):
        uploaded(lin, number, "licence_contract", "x.pdf", b"MZ\x00\x01 a program")
    with pytest.raises(Invalid, match="paper_unknown"):
        uploaded(lin, number, "strange")
    key = uploaded(lin, number, "licence_contract")
    assert still_open(matter_row(lin, number)).count == 0
    matters.take_back_file(actor=lin, number=number, file_id=key)
    assert still_open(matter_row(lin, number)).count == 1
    uploaded(lin, number, "licence_contract")
    assert matters.submit_matter(actor=lin, number=number) == "submitted"
