"""The desk of parties over HTTP: who may come in, and what a decision does."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.utils.translation import override

from qiantang.commons.ui.api import word_for
from qiantang.corpus.parties.models import Membership, ReviewItem
from qiantang.corpus.parties.types import Rule

from .conftest import id_of, learn, party, seen

pytestmark = [pytest.mark.django_db, pytest.mark.feature("S2-11")]
A, B = "杭州钱潮机械有限公司", "杭州钱潮机械股份有限公司"


def text_of(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_the_queue_is_for_operators(client):
    assert client.get("/parties/queue").status_code in (302, 403)
    learn(A, B)
    assert client.post(
        f"/parties/queue/{ReviewItem.objects.get().pk}", {"answer": "same", "reason": "x"}
    ).status_code in (302, 403)
    assert party(A) != party(B)


def test_an_operator_answers_and_the_question_is_gone(as_operator):
    learn(A, B)
    shown = text_of(as_operator.get("/parties/queue", headers={"accept-language": "en"}))
    assert A in shown
    assert B in shown
    item = ReviewItem.objects.get().pk
    response = as_operator.post(f"/parties/queue/{item}", {"answer": "same", "reason": "工商登记"})
    assert (response.status_code, response.url) == (302, "/parties/queue")
    assert party(A) == party(B)
    assert "Nothing waits" in text_of(as_operator.get("/parties/queue", headers={"accept-language": "en"}))


@pytest.mark.parametrize(
    ("language", "back", "proposal"),
    [("en", "Imports", "perhaps one party in two languages"), ("zh-hans", "数据导入", "可能是同一主体的中外文名称")],
)
def test_a_pair_is_put_as_a_proposal_and_the_way_back_is_there(as_operator, language, back, proposal):
    learn(seen(A, families="f1"), seen("Lighthouse Holding Inc.", families="f1"))
    assert ReviewItem.objects.get().rule == "cross_language"
    response = as_operator.get("/parties/queue", headers={"accept-language": language})
    shown = text_of(response)
    assert proposal in shown
    assert "same party" not in shown
    assert re.search(rf'qt-pagehead-trail"><a href="/import">[^<]*{back}', response.content.decode())


@pytest.mark.parametrize("rule", [Rule.CROSS_LANGUAGE, Rule.LEGAL_FORM, Rule.SPELLING, Rule.SIMILAR])
def test_every_reason_to_ask_a_person_leaves_the_answer_open(rule):
    with override("en"):
        assert word_for("party_proposal", rule).startswith(("perhaps", "similar"))
    with override("zh-hans"):
        assert word_for("party_proposal", rule).startswith(("可能", "名称相近"))


def test_a_decision_without_reason_or_with_a_wrong_day_is_refused_in_words(as_operator):
    learn(A, B)
    item = ReviewItem.objects.get().pk
    response = as_operator.post(f"/parties/queue/{item}", {"answer": "same"}, headers={"accept-language": "en"})
    assert response.status_code == 422
    assert "needs its reason" in text_of(response)
    wrong = {"answer": "group", "reason": "x", "since": "gestern"}
    assert as_operator.post(f"/parties/queue/{item}", wrong).status_code == 422
    assert party(A) != party(B)


def test_an_operator_takes_a_merge_back(as_operator):
    learn(seen(A, inventors="钱某"), seen(B, inventors="钱某"))
    membership = Membership.objects.get().pk
    response = as_operator.post(f"/parties/memberships/{membership}/undo", {"reason": "两家"})
    assert (response.status_code, response.url) == (302, f"/parties/{id_of(B)}")
    assert party(A) != party(B)
