"""The guided search: six questions, every answer in the address, and the query they make."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from qiantang.corpus.register.methods.query_language import parse
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.query.methods import guided
from qiantang.scenarios.query.methods.builder import node_of, query_of
from qiantang.scenarios.query.types.asking import Answers

pytestmark = [pytest.mark.django_db, pytest.mark.feature("S3-25")]


def page(client, *given, language="en", **more):
    return client.get("/search/guided?" + urlencode([*given, *more.items()]), headers={"accept-language": language})


def form_of(response):
    """What the form would send: hidden answers, what is typed, what is picked."""
    form = next(one for one in html.fromstring(response.content).iter("form") if one.get("action") == "/search/guided")
    picked = [
        i for i in form.iter("input") if i.get("type") not in ("radio", "checkbox") or i.get("checked") is not None
    ]
    return [(one.get("name"), one.get("value") or "") for one in picked]


@pytest.mark.parametrize(
    ("answers", "query"),
    [
        (Answers(), ""),
        (Answers(what="电池 冷却"), "电池 AND 冷却"),
        (Answers(what="电池 冷却", also='散热 "heat pump"'), '电池 AND 冷却 OR 散热 OR "heat pump"'),
        (Answers(what="电池", also="蓄电池", part="TI", who="大学"), "(TI=电池 OR TI=蓄电池) AND PA=大学"),
        (Answers(what="a", classes=("H01M", "F28D")), "a AND (IC=H01M OR IC=F28D)"),
        (Answers(who="章湖墅", whose="IN", since="2018"), "IN=章湖墅 AND AY=[2018 TO *]"),
        (Answers(until="2020", state="dead", type="invention"), "AY=[* TO 2020] AND LS=dead AND TY=invention"),
    ],
)
def test_the_query_that_the_answers_make(answers, query):
    assert query_of(guided.plan_of(answers)) == query
    assert parse(query) == node_of(guided.plan_of(answers))


def test_there_are_at_most_six_steps_and_each_can_be_gone_back_to(client, stocked):
    assert len(guided.STEPS) == 6
    response = page(client, step="who", what="电池", since="2018")
    for place, step in enumerate(response.context["steps"]):
        back = client.get(step.url)
        assert back.context["step"] == guided.STEPS[place]
        assert back.context["answers"] == response.context["answers"]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_person_goes_through_all_questions_and_comes_to_the_hits(client, stocked, language):
    typed = {
        "what": [("what", "电池")],
        "also": [("also", "液冷")],
        "where": [("part", "TAC"), ("classes", "H01M")],
        "who": [("who", "钱潮"), ("whose", "PA")],
        "when": [("since", "2017"), ("until", "")],
        "state": [("state", ""), ("type", "invention")],
    }
    response = page(client, language=language)
    for step in guided.STEPS:
        assert response.context["step"] == step
        assert response.status_code == 200
        names = {name for name, _ in typed[step]}
        sent = [one for one in form_of(response) if one[0] not in names]
        response = page(client, *sent, *typed[step], do="run" if step == "state" else "next", language=language)
        assert response.status_code == 302
        asked = parse_qs(urlsplit(response["Location"]).query)
        response = client.get(response["Location"], headers={"accept-language": language})
    assert asked["q"] == ["(电池 OR 液冷) AND IC=H01M AND PA=钱潮 AND AY=[2017 TO *] AND TY=invention"]
    assert response.context["result"].total == 2


def test_the_query_can_be_gone_on_with_in_the_builder(client, stocked):
    response = page(client, step="state", what="电池", state="in_force")
    assert response.context["made"].total is not None
    opened = client.get(response.context["builder_url"])
    assert opened.context["made"].query == response.context["made"].query == "电池 AND LS=in_force"


def test_classes_are_offered_from_the_patents_that_have_the_words_and_their_counts_are_true(client, stocked):
    offered = page(client, step="where", what="电池").context["classes"]
    assert offered[0].code == "H01M"
    for one in offered:
        narrowed = page(client, ("classes", one.code), step="where", what="电池")
        assert narrowed.context["made"].total == one.count
        assert one.code in [c.code for c in narrowed.context["classes"] if c.taken]
    assert page(client, step="where").context["classes"] == []


def test_an_answer_that_cannot_be_asked_is_said_with_the_way_to_it(client, stocked):
    response = page(client, step="state", what="电池", since="gestern", do="next")
    (error,) = response.context["made"].errors
    assert error["text"].startswith("When was it filed?")
    assert client.get(error["href"]).context["step"] == "when"
    assert page(client, step="when", what="电池", since="2020", until="2018", do="run").status_code == 200


def test_before_the_first_load_the_questions_are_there(client, empty):
    response = page(client, step="where", what="电池")
    assert (response.status_code, response.context["made"].total, response.context["classes"]) == (200, None, [])


@pytest.mark.parametrize(
    "given", [{"part": "PA"}, {"whose": "TI"}, {"state": "x"}, {"type": "x"}, {"what": "x" * 501}, {"who": "a\x00"}]
)
def test_a_damaged_address_is_refused(client, stocked, given):
    assert page(client, **given).status_code == 422
    with pytest.raises(Invalid):
        guided.answers_from({name: [value] for name, value in given.items()})


texts = st.text('电池ab12 ；"*', max_size=12).map(str.strip)
answers = st.builds(
    Answers, what=texts, also=texts, part=st.sampled_from(guided.PARTS), who=texts, whose=st.sampled_from(guided.WHOSE),
    classes=st.lists(st.sampled_from(["H01M", "G06F16"]), unique=True).map(tuple), since=st.sampled_from(["", "2018"]),
    until=st.sampled_from(["", "2020"]), state=st.sampled_from(guided.STATES), type=st.sampled_from(guided.TYPES),
)  # fmt: skip


@given(answers)
def test_answers_stand_in_the_address_whole_and_make_a_query_or_say_where_they_do_not(told):
    assert guided.answers_from(parse_qs(guided.parameters(told))) == told
    if guided.flaw_of(told) is None:
        plan = guided.plan_of(told)
        assert parse(query_of(plan)) == node_of(plan)
