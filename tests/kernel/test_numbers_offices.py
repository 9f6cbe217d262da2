"""Numbers of the other offices: every spelling of one thing has one canonical form and one key."""

from __future__ import annotations

import re

import pytest

from qiantang.kernel.errors import Invalid
from qiantang.kernel.numbers import CheckDigit, NumberRole, candidates, canonical_kind, parse

pytestmark = pytest.mark.feature("S3-01")

APPLICATION, PUBLICATION = NumberRole.APPLICATION, NumberRole.PUBLICATION

# canonical, key, scheme, type, year, spellings
SAME = [
    ("US16/123456", "a:US16123456", "us-application", None, ["16/123,456", "US 16/123,456", "US16/123456"]),
    ("US29/712345", "a:US29712345", "us-application", "design", ["29/712,345", "US202029712345", "US 202029712345 F"]),
    (
        "US20190012345A1",
        "p:US20190012345",
        "us-publication-2001",
        "invention",
        ["US 2019/0012345 A1", "US20190012345A1", "US-20190012345-A1", "US2019012345A1", "US2019012345 (A1)"],
    ),
    ("US20210123456P1", "p:US20210123456", "us-publication-2001", "plant", ["US 2021/0123456 P1"]),
    ("US11355780B2", "p:US11355780", "us-grant", "invention", ["US-11355780-B2", "US 11,355,780 B2", "US11355780B2"]),
    ("US6224910", "p:US6224910", "us-grant", "invention", ["US6,224,910", "6,224,910", "US 06224910"]),
    ("USD654321S1", "p:USD654321", "us-design", "design", ["USD654321S1", "US D654,321 S1", "D0654321 S1", "US0654321S1"]),
    ("USRE45678E1", "p:USRE45678", "us-reissue", None, ["USRE45678E1", "RE45,678 E1", "US RE045678 E1", "USR45678E1"]),
    ("USPP12345P2", "p:USPP12345", "us-plant", "plant", ["PP12,345 P2", "USPP012345P2"]),
    ("USH1234H1", "p:USH1234", "us-invention-registration", "invention", ["US H1234 H1", "USH001234H1"]),
    (
        "PCT/CN2019/123456",
        "a:WOCN2019123456",
        "pct-application",
        None,
        ["PCT/CN2019/123456", "PCTCN2019123456", "CN2019123456W", "WO2019CN123456", "pct/cn2019/123456"],
    ),
    ("PCT/CN2003/000123", "a:WOCN2003000123", "pct-application", None, ["PCT/CN03/00123", "PCT/CN2003/000123"]),
    ("PCT/EP2019/050740", "a:WOEP2019050740", "pct-application", None, ["WO2019EP50740", "PCT/EP2019/050740"]),
    ("WO2021123456A1", "p:WO2021123456", "wo-publication", None, ["WO 2021/123456 A1", "WO2021123456A1", "WO-2021123456-A1"]),
    ("WO2003012345", "p:WO2003012345", "wo-publication", None, ["WO03/012345", "WO0312345", "WO 03012345", "WO2003/012345"]),
    ("WO1998012345A2", "p:WO1998012345", "wo-publication", None, ["WO 98/12345 A2", "WO9812345A2"]),
    ("EP3456789B1", "p:EP3456789", "ep-publication", "invention", ["EP3456789B1", "EP 3 456 789 B1", "EP-3456789-B1", "EP.3456789.B1"]),
    ("EP0123456A1", "p:EP0123456", "ep-publication", "invention", ["EP 0 123 456 A1", "EP123456A1"]),
    (
        "EP17171508.9",
        "a:EP17171508",
        "ep-application",
        "invention",
        ["EP17171508.9", "EP 17 171 508.9", "EP17171508", "EP 17171508 A", "EP20170171508", "EP2017171508"],
    ),
    (
        "JP2019123456A",
        "p:JP2019123456/A",
        "jp-unexamined",
        "invention",
        ["特開2019-123456", "特开2019-123456号公报", "JP2019123456A", "JP 2019-123456 A", "特開2019-123456(P2019-123456A)", "特開２０１９－１２３４５６"],
    ),
    ("特願2019-000123", "a:JP2019000123", "jp-application", "invention", ["特願2019-123", "特愿2019-000123", "JP特願2019-000123"]),
    ("JP6543210", "p:JP6543210/B", "jp-patent", "invention", ["特許第6543210号", "特許6543210", "JP6543210", "特许第6543210号"]),
    ("JP6543210B2", "p:JP6543210/B", "jp-patent", "invention", ["JP6543210B2", "JP-6543210-B2", "特許第6543210号B2"]),
    (
        "JPH11123456A",
        "p:JPH11123456/A",
        "jp-unexamined",
        "invention",
        ["特開平11-123456", "特開平成11-123456", "JPH11123456A", "JP H11-123456 A", "JP1999123456A", "特開H11-123456"],
    ),
    ("JPH0531207A", "p:JPH0531207/A", "jp-unexamined", "invention", ["JPH0531207A", "JPH05031207A", "特開平5-31207", "特開平5-031207"]),
    ("JPS63123456A", "p:JPS63123456/A", "jp-unexamined", "invention", ["特開昭63-123456", "JPS63123456A", "JP1988123456A"]),
    ("特願平11-123456", "a:JPH11123456", "jp-application", "invention", ["特願平11-123456", "特願H11-123456", "特願1999-123456"]),
    ("特願2000-123456", "a:JP2000123456", "jp-application", "invention", ["特願2000-123456", "特願平12-123456"]),
    ("特公平6-12345", "p:JPH0612345/B", "jp-examined", "invention", ["特公平6-12345", "特公平06-012345"]),
    ("JPH0612345B2", "p:JPH0612345/B", "jp-examined", "invention", ["JPH0612345B2", "特公平6-12345 B2"]),
    ("実開平5-12345", "p:JPH0512345/U", "jp-utility-model-unexamined", "utility_model", ["実開平5-12345", "实开平5-12345"]),
    ("JPH0512345Y2", "p:JPH0512345/Y", "jp-utility-model-examined", "utility_model", ["JPH0512345Y2", "実公平5-12345Y2"]),
    ("実願2019-001234", "a:JP2019001234/U", "jp-application-utility-model", "utility_model", ["実願2019-1234"]),
    ("意願2019-001234", "a:JP2019001234/S", "jp-application-design", "design", ["意願2019-001234"]),
    ("実用新案登録第3123456号", "p:JP3123456/U", "jp-utility-model", "utility_model", ["実用新案登録第3123456号", "登録実用新案第3123456号"]),
    ("JP3123456U", "p:JP3123456/U", "jp-utility-model", "utility_model", ["JP3123456U", "登実3123456U"]),
    ("意匠登録第1234567号", "p:JP1234567/S", "jp-design", "design", ["意匠登録第1234567号", "意匠登録1234567"]),
    ("JPWO2019123456A1", "p:JPWO2019123456", "jp-republication", "invention", ["JPWO2019123456A1", "再表2019/123456 A1"]),
    ("KR10-2019-0012345", "a:KR1020190012345", "kr-application", "invention", ["10-2019-0012345", "KR 10-2019-0012345"]),
    (
        "KR1020190012345A",
        "p:KR1020190012345",
        "kr-publication",
        "invention",
        ["KR20190012345A", "KR 10-2019-0012345 A", "KR1020190012345A", "10-2019-0012345 A"],
    ),
    ("KR2020190001234U", "p:KR2020190001234", "kr-publication", "utility_model", ["KR20190001234U", "KR 20-2019-0001234 U"]),
    ("KR101234567B1", "p:KR101234567", "kr-registration", "invention", ["10-1234567 B1", "KR101234567B1", "KR 10-1234567 B1"]),
    ("KR200412345Y1", "p:KR200412345", "kr-registration", "utility_model", ["20-0412345 Y1", "KR200412345Y1"]),
    ("KR300812345S", "p:KR300812345", "kr-registration", "design", ["30-0812345 S"]),
    ("KR950007788B1", "p:KR950007788/B", "kr-examined", "invention", ["KR-950007788-B1"]),
    ("KR930001234Y1", "p:KR930001234/Y", "kr-utility-model-examined", "utility_model", ["KR930001234Y1"]),
    ("DE102019123456A1", "p:DE102019123456", "de-publication-2004", "invention", ["DE102019123456A1", "DE 10 2019 123 456 A1"]),
    ("DE202019100123U1", "p:DE202019100123", "de-publication-2004", "utility_model", ["DE 20 2019 100 123 U1"]),
    ("DE19912345A1", "p:DE19912345", "de-publication-1995", "invention", ["DE19912345A1", "DE 199 12 345 A1", "DE000019912345A1"]),
    ("DE19912345", "a:DE19912345", "de-application-1995", "invention", ["199 12 345", "DE 199 12 345", "199 12 345.6", "DE19912345"]),
    ("DE102019123456", "a:DE102019123456", "de-application-2004", "invention", ["DE 10 2019 123 456.7", "10 2019 123 456.7", "DE102019123456", "DE201910123456"]),
    ("DE202012199744", "a:DE202012199744", "de-application-2004", "utility_model", ["DE201220199744U"]),
    ("DE69999347", "a:DE69999347", "de-application-1995", "invention", ["DE19996099347T"]),
    ("特願2013-099598", "a:JP2013099598", "jp-application", "invention", ["JP20130099598", "JP20130099598T"]),
    ("実願2015-000949", "a:JP2015000949/U", "jp-application-utility-model", "utility_model", ["JP20150000949U"]),
    ("JP2010599684A", "p:JP2010599684/A", "jp-unexamined", "invention", ["JP2010599684(T)", "JP2010599684 A"]),
    ("KR100199700B1", "p:KR100199700", "kr-registration", "invention", ["KR 0199700 B1"]),
    ("KR200199572Y1", "p:KR200199572", "kr-registration", "utility_model", ["KR 0199572 Y1"]),
    ("IN9997DELNP2015A", "p:IN9997DELNP2015", "docdb-publication", "invention", ["IN9997DELNP2015A"]),
    ("HU0899204V0", "p:HU0899204", "docdb-publication", None, ["HU 0899204 V0"]),
    ("DE69825220T2", "p:DE69825220", "de-publication-1995", "invention", ["DE69825220T2"]),
    ("DE1079809T1", "p:DE1079809/T", "de-publication-translation", "invention", ["DE 1079809 T1"]),
    ("DE3546191A1", "p:DE3546191", "de-publication-1877", "invention", ["DE3546191A1", "DE 35 46 191 A1"]),
    ("DEP3546191", "a:DE3546191", "de-application-1877", "invention", ["P 35 46 191.6", "DE P 35 46 191.6", "DEP3546191"]),
    ("DEG9412345", "a:DE9412345/U", "de-application-utility-model", "utility_model", ["G 94 12 345.6", "DE G 94 12 345"]),
    ("DEM9412345", "a:DE9412345/S", "de-application-design", "design", ["M 94 12 345.6", "DE M9412345.6", "DEM9412345"]),
    ("DE9412345U1", "p:DE9412345/U", "de-publication-utility-model", "utility_model", ["DE9412345U1", "DE G 94 12 345 U1"]),
    ("TWI123456", "p:TWI123456", "tw-certificate", "invention", ["I123456", "TWI123456", "TW I123456"]),
    ("TWI787146B", "p:TWI787146", "tw-certificate", "invention", ["TWI787146B", "TW-I787146-B"]),
    ("TWM123456", "p:TWM123456", "tw-certificate", "utility_model", ["M123456", "TW M123456"]),
    ("TWD123456S", "p:TWD123456", "tw-certificate", "design", ["TWD123456S"]),
    ("TW201912345A", "p:TW201912345", "tw-publication-2003", "invention", ["TW201912345A", "TW-201912345-A"]),
    ("TW108123456", "a:TW108123456", "tw-application", "invention", ["TW108123456", "TW 108123456 A"]),
    ("TW96223456", "a:TW96223456", "tw-application", "utility_model", ["TW96223456", "TW096223456"]),
    ("TW591234B", "p:TW591234", "tw-publication-1950", "invention", ["TW591234B"]),
    ("FR2706822A1", "p:FR2706822", "docdb-publication", "invention", ["FR 2 706 822 A1", "FR-2706822-A1", "fr2706822a1"]),
    ("AR017747A1", "p:AR017747", "docdb-publication", "invention", ["AR 017747 A1"]),
    ("IN2012DN01234A", "p:IN2012DN01234", "docdb-publication", "invention", ["IN 2012DN01234 A"]),
    ("SG11201234567A", "p:SG11201234567", "docdb-publication", "invention", ["SG 11201234567X A"]),
    ("ES3039456T3", "p:ES3039456", "docdb-publication", None, ["ES 3039456 T3", "ES-3039456-T3"]),
    ("AT6311U1", "p:AT6311/U", "docdb-utility-model", "utility_model", ["AT 6311 U1"]),
    ("BR302012001234S", "p:BR302012001234/S", "docdb-design", "design", []),
]  # fmt: skip


@pytest.mark.parametrize(("canonical", "key", "scheme", "patent_type", "spellings"), SAME)
def test_all_spellings_of_one_thing(
    canonical: str, key: str, scheme: str, patent_type: str | None, spellings: list[str]
) -> None:
    for text in [canonical, *spellings]:
        number = parse(text)
        assert (number.canonical, number.key, number.scheme, number.type) == (canonical, key, scheme, patent_type), text
        assert number.valid


# The patterns and examples of the domain notes, 1.3.
@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("EP3456789B1", r"EP(\d{7})([AB]\d)"),
        ("US10123456B2", r"US(\d{7,8})(B[12])"),
        ("US20200123456A1", r"US(\d{11})(A[129])"),
        ("WO2021123456A1", r"WO(\d{10})(A\d)"),
        ("CN112345678A", r"CN([123]\d{8})([A-Z]\d?)"),
    ],
)
def test_examples_of_the_domain_notes(text: str, pattern: str) -> None:
    number, expected = parse(text), re.fullmatch(pattern, text)
    assert expected is not None
    assert (number.canonical, number.serial, number.kind) == (text, expected[1], expected[2])


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("US201916123456", 2019),
        ("16/123,456", None),
        ("US20190012345A1", None),
        ("PCT/CN03/00123", 2003),
        ("WO2021123456A1", None),
        ("EP99203729", 1999),
        ("EP03721225.5", 2003),
        ("特願平11-123456", 1999),
        ("特開2019-123456", None),
        ("10-2019-0012345", 2019),
        ("DE102019123456A1", 2019),
        ("DE 199 12 345", 1999),
        ("TW108123456", 2019),
        ("TWI123456", None),
    ],
)
def test_the_filing_year_only_where_the_number_tells_it(text: str, year: int | None) -> None:
    assert parse(text).year == year


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("JP2019123456", ["p:JP2019123456/A", "a:JP2019123456"]),
        ("平11-123456", ["p:JPH11123456/A", "a:JPH11123456"]),
        ("H11-123456", ["p:JPH11123456/A", "a:JPH11123456"]),
        ("昭63-123456", ["p:JPS63123456/A", "a:JPS63123456"]),
        ("JP1989123456A", ["p:JPH01123456/A", "p:JPS64123456/A", "a:JPH01123456", "a:JPS64123456"]),
        ("JP3123456", ["p:JP3123456/B", "p:JP3123456/U"]),
        ("KR20190012345A", ["p:KR1020190012345", "a:KR1020190012345"]),
        ("10-1234567", ["p:KR101234567", "p:CN101234567"]),
        ("US16123456", ["p:US16123456", "a:US16123456"]),
        ("D123456", ["p:USD123456", "p:TWD123456"]),
        ("DE102019123456", ["a:DE102019123456", "p:DE102019123456"]),
        ("FR2706822A1", ["p:FR2706822"]),
        ("AU8685498A", ["p:AU8685498", "a:AU8685498"]),
        ("AT98938302T", ["p:AT98938302", "a:AT98938302T"]),
        ("FR12", []),
        ("AT99585A", ["p:AT99585"]),
        ("DE202010199574", ["a:DE202010199574", "p:DE202010199574"]),
        ("XX2706822A1", []),
        ("12345678", []),
    ],
)
def test_readings_of_an_ambiguous_text(text: str, keys: list[str]) -> None:
    assert [number.key for number in candidates(text)] == keys


def test_the_office_is_a_hint_for_bare_numbers_only() -> None:
    assert parse("6224910", office="US").canonical == "US6224910"
    assert parse("2019-123456", office="JP", role=APPLICATION).canonical == "特願2019-123456"
    assert parse("17171508.9", office="EP").key == "a:EP17171508"
    assert parse("108123456", office="TW").office == "TW"
    assert parse("102019123456", office="DE").office == "DE"
    assert parse("US10123456B2", office="CN").office == "US"
    # A number said to be of another office is never guessed to be Chinese.
    with pytest.raises(Invalid):
        parse("201710601862.3", office="US")
    assert parse("201710601862.3", office="FR").office == "FR"


def test_the_role_chooses_among_the_readings() -> None:
    assert parse("US16123456", role=APPLICATION).canonical == "US16/123456"
    assert parse("JP2019123456A", role=APPLICATION).key == "a:JP2019123456"
    assert parse("DE102019123456", role=PUBLICATION).key == "p:DE102019123456"


@pytest.mark.parametrize("full", ["17171508.9", "03721225.5", "16849316.1", "91302636.5", "91121229.8"])
def test_the_european_check_digit_completes_but_does_not_judge(full: str) -> None:
    body, given = full.split(".")
    assert parse(f"EP{body}").check_digit == CheckDigit(None, given, None)
    assert parse(f"EP{body}").canonical == f"EP{full}"
    other = parse(f"EP{body}.{(int(given) + 1) % 10}")
    assert other.valid
    assert other.check_digit == CheckDigit(str((int(given) + 1) % 10), given, None)


def test_the_german_check_digit_is_kept_but_not_judged() -> None:
    number = parse("DE 10 2019 123 456.7")
    assert number.check_digit == CheckDigit("7", None, None)
    assert number.canonical == "DE102019123456"


@pytest.mark.parametrize(
    "text",
    ["KR101234567S", "TWI123456U", "USD654321B1", "JP2019123456B2", "EP123", "WO1950123456", "WO77123456", "JP0000000",
     "JPH00123456A", "特開2019-000000", "DE152019123456A1", "PCT/C12019/123456", "EP0000000A1"],
)  # fmt: skip
def test_shapes_which_no_office_uses(text: str) -> None:
    assert candidates(text) == ()


@pytest.mark.parametrize(("text", "kind"), [(" a1 ", "A1"), ("（B）", "B"), ("Ｕ", "U"), ("S", "S")])
def test_canonical_kind(text: str, kind: str) -> None:
    assert canonical_kind(text) == kind


@pytest.mark.parametrize("text", ["", "1", "A12", "AB", "发明"])
def test_no_kind(text: str) -> None:
    with pytest.raises(Invalid) as refused:
        canonical_kind(text)
    assert refused.value.code == "number.kind_unrecognised"
