"""The language of a text that does not say it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.corpus.ingest.methods.languages import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("一种用于试验的装置，包括USB接口和壳体", "zh"),
        ("本発明は、試験のための装置に関する。", "ja"),
        ("본 발명은 시험 장치에 관한 것이다", "ko"),
        ("Изобретение относится к устройству", "ru"),
        ("The invention relates to a device for testing", "en"),
        ("Die Erfindung betrifft eine Vorrichtung für die Prüfung von Geräten", "de"),
        ("L'invention concerne un dispositif pour les essais et la mesure", "fr"),
        ("La invención se refiere a un dispositivo para los ensayos", "es"),
        ("Ventil", "und"),
        ("", "und"),
        ("12 345 %", "und"),
    ],
)
def test_script_and_common_words_tell_the_language(text: str, language: str):
    assert language_of(text) == language


@given(st.text(alphabet="一二三四五装置方法", min_size=1), st.text(alphabet="abc XYZ 0129", max_size=3))
def test_chinese_with_a_little_latin_stays_chinese(chinese: str, latin: str):
    assert language_of(chinese * 3 + latin) == "zh"
