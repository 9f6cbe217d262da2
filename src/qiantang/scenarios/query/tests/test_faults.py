"""What is wrong with a query is told in the reader's language."""

from __future__ import annotations

import re

import pytest
from django.utils.translation import override

from qiantang.commons.ui.api import word_for
from qiantang.corpus.register.methods.query_language import parse
from qiantang.corpus.register.methods.query_language.codes import CODES
from qiantang.corpus.register.methods.query_language.errors import sentence, syntax_error
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.query.selectors.faults import words_of

pytestmark = pytest.mark.feature("S3-02")
BROKEN = [
    "TI=(", 'TI="a', "XX=1", "AD=gestern", "AY=20", "IC=??", "PA>3", "a NEAR b", "a NEAR99 b", "TI=a NEAR2 AB=b", "#4",
    "AN=12", "LS=quatsch", "TI=*a", "电*池", '"a"~', "AD=[2020 TO 2018]", "AD=(2018 TO", "TI=()", "- a", "KD=?",
]  # fmt: skip


def told(query, language):
    with pytest.raises(Invalid) as refusal, override(language):
        parse(query)
    with override(language):
        return words_of(refusal.value)


@pytest.mark.parametrize("query", BROKEN)
def test_a_slip_is_told_in_chinese_and_in_english(query):
    chinese, english = told(query, "zh-hans"), told(query, "en")
    assert re.search("[\u4e00-\u9fff]", chinese["message"])
    assert not re.search(r"\b(is|the|no|cannot|needs|There)\b", chinese["message"] + chinese["hint"])
    assert english["message"].isascii() or "电" in english["message"]
    assert chinese["hint"]
    assert chinese["expected"]
    assert bool(chinese["hint"]) == bool(english["hint"])
    assert bool(chinese["expected"]) == bool(english["expected"])


def test_what_was_typed_is_said_back_whatever_signs_it_has():
    for text in ("100%", "%(given)s", "%s{}"):
        error = syntax_error(0, sentence("There is no field %(given)r.", given=text))
        with override("zh-hans"):
            assert words_of(error)["message"] == f"没有字段 {text!r}。"


@pytest.mark.parametrize(("key", "vocabulary"), [("LS", "status"), ("TY", "type"), ("CC", "office")])
def test_every_word_that_the_pages_show_for_a_value_can_be_typed(key, vocabulary):
    for code in set(CODES[key].words.values()) - set(CODES[key].groups):
        for language in ("zh-hans", "en"):
            with override(language):
                shown = word_for(vocabulary, code)
            found = parse(f'{key}="{shown}"').value
            assert found == code or code in CODES[key].groups[found]


def test_the_words_that_could_stand_there_are_told_in_the_reader_s_language():
    assert told("LS=有郊", "zh-hans")["expected"].startswith("有效、审中、失效、未知、已申请、公开")
    assert told("LS=有郊", "en")["expected"].startswith("in force, pending, dead, unknown, filed")
    assert "人工智能" not in told("TF=人工智能", "zh-hans")["expected"]
    assert told("TF=人工智能", "zh-hans")["expected"].startswith("1–35")


def test_an_error_without_words_has_its_code():
    assert words_of(Invalid("query.syntax"))["message"] == "query.syntax"
