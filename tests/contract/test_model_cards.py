"""Whatever takes part in a decision or a figure has a card, and a card says only what is published."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import translation

from qiantang.commons.casework.types import CASE_TYPES
from qiantang.commons.rulebook import api as rulebook
from qiantang.commons.rulebook.types import RULE_SETS
from qiantang.commons.rulebook.types.cards import CARDS

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.feature("X-37"), pytest.mark.django_db]
# What judges besides the sets of the rulebook; a new one is added here together with its card.
JUDGES = {
    "preexam.checks", "preexam.field_gate", "preexam.alike", "preexam.changes", "preexam.assigning", "preexam.sampling",
    "preexam.quota", "protection.mediators", "protection.charting", "parties.matcher", "places.resolver", "register.merge",
    "register.families", "register.status", "register.words", "register.similar", "ingest.quality", "classes.industries",
    "measures.quality", "measures.nowcast", "navigation.expansion", "hall.guide", "evidence.admissibility",
}  # fmt: skip


def test_every_set_of_rules_and_every_judge_has_a_card():
    declared = {one.key for one in RULE_SETS if not one.key.startswith("test.")}
    assert declared | JUDGES <= set(CARDS.names())


def test_every_card_knows_its_version_and_every_kind_of_case_names_cards():
    for card in rulebook.cards():
        version = rulebook.version_today(card)
        assert re.fullmatch(r"[0-9a-z.+]{4,40}", version), (card.key, version)
    for kind in CASE_TYPES:
        assert set(kind.models) <= set(CARDS.names()), kind.key


def test_a_card_of_rules_that_take_part_in_decisions_says_who_decides():
    assert [card.key for card in rulebook.cards() if card.key in RULE_SETS and not card.person_decides] == []


def test_every_figure_stands_in_the_document_it_names():
    figures = [(card, one) for card in rulebook.cards() for one in card.evaluation]
    assert len(figures) >= 10
    for card, one in figures:
        lines = (ROOT / one.source).read_text(encoding="utf-8").splitlines()
        wanted = [one.figure, *(one.interval or ())]
        sample = {one.sample, one.sample.replace("/", " of "), f"{int(one.sample.rpartition('/')[2]):,}"}
        text = "\n".join(lines)
        if one.source.endswith(".json"):
            assert f": {one.figure}" in text, (card.key, one)
            assert f": {one.sample}" in text, (card.key, one)
            continue
        rows = [line for line in lines if all(bit in line for bit in wanted)]
        assert rows, (card.key, one)
        if card.key != "places.resolver":  # its table tells right, wrong and not known apart; below
            assert any(bit in line for line in rows for bit in sample), (card.key, one)


def test_the_sample_of_places_is_the_sum_of_its_row():
    for one in CARDS["places.resolver"].evaluation:
        rows = (ROOT / one.source).read_text(encoding="utf-8").splitlines()
        found = [row.split("|") for row in rows if row.startswith("| held-out") and f" {one.figure} " in row]
        assert [sum(int(cell) for cell in row[3:6]) for row in found] == [int(one.sample)]


def test_everybody_reads_the_cards_in_both_languages_and_programs_too(client):
    for language, word in (("en", "not evaluated"), ("zh-hans", "未评估")):
        with translation.override(language):
            client.cookies["qiantang_language"] = language
            text = client.get("/models", headers={"accept-language": language}).content.decode()
            assert word in text, language
    page = client.get("/models/parties.matcher", headers={"accept-language": "en"}).content.decode()
    assert "94.6 – 100.0 %" in page
    assert rulebook.version_today(CARDS["parties.matcher"]) in page
    assert client.get("/models/nothing").status_code == 404
    told = client.get("/api/v1/models").json()
    assert told["total"] == len(CARDS)
    by_key = {one["key"]: one for one in told["items"]}
    assert by_key["preexam.alike"]["evaluation"] is None
    assert by_key["parties.matcher"]["evaluation"][0]["sample"] == "67/67"
