"""Laws which hold for every number: normalising twice changes nothing, nothing but a refusal is ever raised."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantang.kernel.errors import Invalid
from qiantang.kernel.numbers import NumberRole, PatentNumber, candidates, cn_check_character, parse

pytestmark = pytest.mark.feature("S3-01")

# One pattern for each scheme, with the separators that are optional in its spellings.
SCHEMES = {
    "cn-application-2003": r"(CN|ZL|) ?20(0[3-9]|[1-4][0-9]) ?[12389] ?[0-9]{7}(\.?[0-9X])?",
    "cn-application-1985": r"(CN|ZL) ?(89|9[0-9]|0[0-3])[12389][0-9]{5}(\.?[0-9X])?",
    "cn-publication-2007": r"CN[ .-]?(1[0-9]{8}[ .-]?[ABC]?|2[0-9]{8}[ .-]?[UY]?|3[0-9]{8}[ .-]?[SD]?)",
    "cn-publication-1989": r"CN ?(1[0-9]{6} ?[ABC]?|2[0-9]{6} ?[UY]?|3[0-9]{6} ?[SD]?)",
    "cn-publication-1985": r"CN8[5-8](1[0-9]{5}[AB]|2[0-9]{5}U|3[0-9]{5}S)",
    "us-application": r"(US ?)?[1-6][0-9]/[0-9]{3},?[0-9]{3}|US20[0-2][0-9][1-6][0-9]{7}",
    "us-publication-2001": r"US ?20(0[1-9]|[12][0-9])/?[0-9]{6,7} ?(A[129]|P1)?",
    "us-grant": r"US-?[1-9][0-9]{5,7}-?(A|B1|B2)",
    "us-design": r"US ?D0?[1-9][0-9]{4,5} ?(S1?)?",
    "us-reissue": r"RE[1-9][0-9]{4} ?(E1?)?",
    "us-plant": r"PP[1-9][0-9]{4} ?(P[23])?",
    "us-invention-registration": r"USH[1-9][0-9]{3} ?(H1?)?",
    "pct-application": r"PCT/?[A-Z]{2}(2(00[4-9]|01[0-9])/?[0-9]{6}|0[0-3]/[0-9]{5}|(8|9)[0-9]/[0-9]{5})",
    "wo-publication": r"WO ?(20[0-4][0-9]/?[0-9]{6}|[89][0-9]/?[0-9]{5}|0[0-3]/?0[0-9]{5}) ?(A[1-3])?",
    "ep-application": r"EP ?[0-9]{8}(\.[0-9])?",
    "ep-publication": r"EP ?[1-9][0-9]{6} ?([AB][1-3])?",
    "jp-application": r"特[願愿](20[0-4][0-9]-[1-9][0-9]{0,5}|平[1-9]-[1-9][0-9]{0,5}|昭[56][0-3]-[1-9][0-9]{0,5})",
    "jp-application-utility-model": r"実願(20[0-4][0-9]|平[1-9])-[1-9][0-9]{0,5}",
    "jp-application-design": r"意願(20[0-4][0-9]|平[1-9])-[1-9][0-9]{0,5}",
    "jp-unexamined": r"特[開表](20[0-4][0-9]|平[1-9])-[1-9][0-9]{0,5}|JP20[0-4][0-9][1-9][0-9]{5}A?|JPH0[1-9][1-9][0-9]{0,5}A",
    "jp-examined": r"特公(平[1-8]|昭[56][0-3])-[1-9][0-9]{0,5}( ?B2)?",
    "jp-utility-model-unexamined": r"実開平[1-8]-[1-9][0-9]{0,5}( ?U)?",
    "jp-utility-model-examined": r"実公平[1-8]-[1-9][0-9]{0,5}( ?Y2)?",
    "jp-patent": r"特許第?[1-9][0-9]{6}号?|JP[1-9][0-9]{6}B[12]",
    "jp-utility-model": r"実用新案登録第3[0-9]{6}号|JP3[0-9]{6}U",
    "jp-design": r"意匠登録第1[0-9]{6}号|JP1[0-9]{6}S",
    "jp-republication": r"JPWO20[0-2][0-9][0-9]{6}(A1)?",
    "kr-application": r"(KR ?)?[123]0-20[0-4][0-9]-[0-9]{7}",
    "kr-publication": r"KR ?(10)?20[0-4][0-9][0-9]{7} ?A|KR20-?20[0-4][0-9]-?[0-9]{7}U",
    "kr-registration": r"KR ?(10-?[0-9]{7} ?(B1)?|20-?[0-9]{7} ?(Y1)?|30-?[0-9]{7} ?S?)",
    "kr-examined": r"KR9[0-7][0-9]{7}B1",
    "kr-utility-model-examined": r"KR9[0-7][0-9]{7}Y1",
    "de-application-2004": r"DE ?(10|11|20|50|60) ?20[0-4][0-9] ?[0-9]{3} ?[0-9]{3}(\.[0-9])?",
    "de-application-1995": r"DE ?1(9[5-9]|0[0-3]) ?[0-9]{2} ?[0-9]{3}(\.[0-9])?",
    "de-application-1877": r"DE ?P ?[234][0-9] ?[0-9]{2} ?[0-9]{3}\.[0-9]",
    "de-application-utility-model": r"DE ?G ?[89][0-9] ?[0-9]{2} ?[0-9]{3}(\.[0-9])?",
    "de-application-design": r"DE ?M ?[89][0-9] ?[0-9]{2} ?[0-9]{3}(\.[0-9])?",
    "de-publication-2004": r"DE(10|11|20|50|60)20[0-4][0-9][0-9]{6}[ABTU][1-4]",
    "de-publication-1995": r"DE(1|2)(9[5-9]|0[0-3])[0-9]{5}[ACU]1",
    "de-publication-1877": r"DE[234][0-9]{6}[AC][12]?",
    "de-publication-utility-model": r"DE[789][0-9]{6}U1?",
    "tw-application": r"TW(1[01][0-9]|0?9[0-9])[123][0-9]{5}",
    "tw-certificate": r"TW ?(I[0-9]{6}B?|M[0-9]{6}U?|D[0-9]{6}S?)",
    "tw-publication-2003": r"TW20[0-4][0-9]{6}A?",
    "tw-publication-1950": r"TW[1-9][0-9]{5}[BUS]",
    "de-publication-translation": r"DE ?[12][0-9]{6} ?T[1-5]",
    "docdb-publication": r"(AT|FR|GB|AU|GE) ?[PE]?[0-9]{6,10} ?([ABCT][1-6]?)?",
    "docdb-utility-model": r"(AT|ES|IT) ?[1-9][0-9]{3,7} ?[UYZ][1-4]?",
    "docdb-design": r"BR ?[1-9][0-9]{6,11} ?S",
}  # fmt: skip


@pytest.mark.parametrize("scheme", SCHEMES)
@settings(max_examples=25)
@given(data=st.data())
def test_normalising_twice_changes_nothing(scheme: str, data: st.DataObject) -> None:
    text = data.draw(st.from_regex(SCHEMES[scheme], fullmatch=True).filter(lambda drawn: drawn.isprintable()))
    number = parse(text)
    again = parse(number.canonical)
    assert number.scheme == scheme
    assert again.canonical == number.canonical
    assert again.key == number.key
    assert again.valid == number.valid
    if scheme not in TOLD_BY_WORD_OR_KIND:
        assert parse(number.stem, role=number.role).key == number.key


# Here the stem leaves open what only the Japanese word or the kind code tells.
TOLD_BY_WORD_OR_KIND = {
    "jp-examined",
    "jp-utility-model-unexamined",
    "jp-utility-model-examined",
    "jp-utility-model",
    "jp-design",
    "kr-examined",
    "kr-utility-model-examined",
    "de-publication-utility-model",
    "de-publication-translation",
    "docdb-utility-model",
    "docdb-design",
}


def assert_sound(number: PatentNumber) -> None:
    again = parse(number.canonical, role=number.role)
    assert again.canonical == number.canonical
    assert number.key.startswith("a:" if number.role is NumberRole.APPLICATION else "p:")
    assert number.role is NumberRole.PUBLICATION or number.kind is None


number_like = st.text(alphabet="CNZLUSEPWOJKRDTGHXAB0123456789 .-/,()特開願許実公平昭号第年０９．", max_size=24)


@given(st.one_of(st.text(max_size=100), number_like))
def test_any_text_is_read_or_refused(text: str) -> None:
    readings = candidates(text)
    for number in readings:
        assert_sound(number)
    if readings:
        assert parse(text) == readings[0]
        return
    with pytest.raises(Invalid) as refused:
        parse(text)
    assert refused.value.code in {"number.unrecognised", "number.damaged"}
    assert set(refused.value.facts) == {"given", "hint"}


@given(st.sampled_from(["CN", "US", "EP", "WO", "PCT", "JP", "KR", "DE", "TW", "XX"]), number_like)
def test_any_text_with_a_hint_is_read_or_refused(office: str, text: str) -> None:
    try:
        number = parse(text, office=office)
    except Invalid:
        return
    assert_sound(number)


@given(
    st.integers(2003, 2049),
    st.sampled_from("12389"),
    st.integers(0, 9_999_999),
    st.sampled_from(["{}", "CN{}", "ZL{}", " CN {}", "cn{}", "ZL {}"]),
    st.sampled_from(["{0}{1}", "{0}.{1}", "{0}．{1}", "{0}"]),
)
def test_every_spelling_of_a_chinese_application_has_its_key(
    year: int, type_digit: str, serial: int, prefix: str, shape: str
) -> None:
    body = f"{year}{type_digit}{serial:07}"
    check = cn_check_character(body)
    number = parse(prefix.format(shape.format(body, check)))
    assert (number.key, number.canonical, number.valid) == (f"a:CN{body}", f"CN{body}.{check}", True)
