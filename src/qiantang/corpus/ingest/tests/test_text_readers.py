"""Plain text: references in GB/T 7714, abstract lines of a crawl, line-tagged text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.corpus.ingest.tests.readings import read
from qiantang.corpus.ingest.types import FileRefused

pytestmark = [pytest.mark.feature("S3-20"), pytest.mark.feature("X-29")]

# --- references ------------------------------------------------------------------------------------------------------

REFERENCE = "[1]王测试,J·M·样例,李假设. 一种虚构的装置. 及其方法[P]. 浙江：CN199990001A,2019-07-12."
OLD = "[2]张示范. 旧的装置[P]. 美国：CN1099999,2002-12-25."


def listed(*references: str, end: str = "\n") -> bytes:
    return "".join(one + end + end for one in references).encode()


def test_a_reference_gives_inventors_title_number_and_date():
    (said, old), refused = read(listed(REFERENCE, OLD), "list.txt")
    assert refused == []
    assert said["publications"] == [{"number": "CN199990001", "kind": "A", "date": date(2019, 7, 12)}]
    assert said["texts"][0]["text"] == "一种虚构的装置. 及其方法"
    assert [p["name"] for p in said["parties"]] == ["王测试", "J·M·样例", "李假设"]
    assert said["notes"] == ["region_left_out"]
    # before about 2010 the kind letter is missing
    assert old["publications"] == [{"number": "CN1099999", "kind": None, "date": date(2002, 12, 25)}]


def test_a_list_in_gb18030_is_read_too():
    (said, _), refused = read(listed(REFERENCE, OLD).decode().encode("gb18030"), "list.txt")
    assert (refused, said["parties"][0]["name"]) == ([], "王测试")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_reference_may_run_over_lines_and_the_last_need_not_end(end: str):
    broken = f"[1]王测试,{end}李假设. 一种虚构的装置{end}及其方法[P]. 浙江：CN199990001A,{end}2019-07-12."
    observed, refused = read((broken + end + OLD).encode(), "list.txt")
    assert refused == []
    assert [said["row"] for said in observed] == [1, 2]
    assert observed[0]["texts"][0]["text"] == "一种虚构的装置及其方法"


def test_what_is_no_reference_or_has_no_number_is_refused_alone():
    content = listed(
        REFERENCE, "[2]某人. 一本书[M]. 杭州：虚构出版社,2001.", "[3]王测试. 装置[P]. 浙江：,2019-07-12.", OLD
    )
    observed, refused = read(content, "list.txt")
    assert [said["row"] for said in observed] == [1, 4]
    assert [(told.row, told.code) for told in refused] == [(2, "reference_unread"), (3, "number_unrecognised")]
    assert refused[0].raw.startswith("[2]某人")


def test_damaged_characters_cost_their_own_reference_only():
    content = listed(REFERENCE, OLD, REFERENCE).replace("旧的".encode(), b"\xe6\x97\xff\xfe")
    observed, refused = read(content, "list.txt")
    assert [said["row"] for said in observed] == [1, 3]
    assert [(told.row, told.code) for told in refused] == [(2, "encoding_damaged")]


def test_a_reference_longer_than_any_is_refused_within_bounds():
    observed, refused = read(listed(REFERENCE, "[2]" + "某. " * 400_000, OLD), "list.txt")
    assert [said["row"] for said in observed] == [1, 3]
    assert [told.code for told in refused] == ["line_too_long"]
    assert read(listed(REFERENCE, "[2]" + "某. " * 4_000), "list.txt")[1][0].code == "reference_unread"


@given(st.integers(1, 12), st.lists(st.sampled_from("王李张"), min_size=1, max_size=3))
def test_a_list_of_n_references_has_n_rows(count: int, names: list[str]):
    references = [f"[{n}]{','.join(names)}. 装置{n}[P]. 浙江：CN19999{n:04d}A,2019-07-12." for n in range(1, count + 1)]
    observed, refused = read(listed(*references), "list.txt")
    assert (len(observed), refused) == (count, [])
    assert [said["texts"][0]["text"] for said in observed] == [f"装置{n}" for n in range(1, count + 1)]


# --- abstract lines --------------------------------------------------------------------------------------------------


def test_a_line_gives_number_and_abstract_in_its_language():
    lines = (
        "id-CN199990001A    abstract-公开了一种虚构的装置。\n"
        "id-US9999901B2    abstract-A device for testing is  disclosed.\n"
        "id-KR100999999B1    abstract-\n"
    )
    (chinese, american, empty), refused = read(lines.encode(), "Date2008.txt")
    assert refused == []
    assert (chinese["office"], american["office"], empty["office"]) == ("CN", "US", "KR")
    assert chinese["texts"][0]["language"] == "zh"
    assert (american["texts"][0]["language"], american["texts"][0]["text"]) == (
        "en",
        "A device for testing is disclosed.",
    )
    assert (empty["texts"], empty["publications"][0]["kind"]) == ([], "B1")


def test_lines_without_number_are_refused_alone():
    lines = "id-CN199990001A    abstract-公开。\nnot a line\nid-XX    abstract-公开。\n"
    observed, refused = read(lines.encode(), "Date2008.txt")
    assert [said["row"] for said in observed] == [1]
    assert [(told.row, told.code) for told in refused] == [(2, "number_missing"), (3, "number_unrecognised")]


def test_counts_of_citations_are_no_citations():
    with pytest.raises(FileRefused) as told:
        read(b"id-CN199990001A    citedBy-34\nid-CN199990002A    citedBy-\n", "Citation-get.txt")
    assert told.value.refusal.code == "citation_counts_only"


# --- tagged text -----------------------------------------------------------------------------------------------------

TAGGED = """<#>0 PublicId=CN199990001A;Cat=G06F17/00;Time=20190712
<p>title
一种虚构的装置
</p>
<p>abstract
公开了一种装置。
</p>
<p>claim
1.一种装置，其特征在于：
包括壳体。
2.根据权利要求1所述的装置。
</p>
<p>description
技术领域
属于虚构领域。
</p>
</#>
"""


def test_a_tagged_document_gives_its_parts():
    (said, second), refused = read((TAGGED + TAGGED.replace("<#>0", "<#>1").replace("0001A", "0002A")).encode())
    assert refused == []
    assert said["publications"] == [{"number": "CN199990001", "kind": "A", "date": date(2019, 7, 12)}]
    assert {t["part"]: t["text"] for t in said["texts"]} == {
        "title": "一种虚构的装置",
        "abstract": "公开了一种装置。",
        "claims": "1. 一种装置，其特征在于：\n包括壳体。\n2. 根据权利要求1所述的装置。",
        "description": "技术领域\n属于虚构领域。",
    }
    assert (said["claim_count"], said["classifications"][0]["symbol"]) == (2, "G06F17/00")
    assert (second["row"], second["publications"][0]["number"]) == (2, "CN199990002")


def test_a_tagged_document_cut_off_is_refused_and_those_before_it_are_kept():
    observed, refused = read((TAGGED + TAGGED[:120]).encode())
    assert [said["row"] for said in observed] == [1]
    assert [(told.row, told.code, told.facts) for told in refused] == [(2, "document_truncated", {"line": 18})]
    observed, refused = read((TAGGED[:120] + "\n" + TAGGED).encode())
    assert [said["row"] for said in observed] == [2]
    assert [told.code for told in refused] == ["document_truncated"]


def test_a_tagged_document_without_number_or_with_damaged_characters_is_refused():
    observed, refused = read((TAGGED + TAGGED.replace("CN199990001A", "")).encode())
    assert ([said["row"] for said in observed], [told.code for told in refused]) == ([1], ["number_missing"])
    content = (TAGGED * 3).encode().replace("壳体".encode(), b"\xff\xfe", 1)
    observed, refused = read(content)
    assert ([said["row"] for said in observed], [told.code for told in refused]) == ([2, 3], ["encoding_damaged"])
