"""Claims: numbering, references in Chinese and English, independence, the tree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.kernel.claims import Claim, ClaimNode, claim_tree, parse_claims


def outline(nodes: tuple[ClaimNode, ...]) -> list[object]:
    """A tree as nested lists of numbers: [1, [2, 3]] is a root 1 with 2 and 3 below it."""
    lines: list[object] = []
    for node in nodes:
        lines.append(node.claim.number)
        if node.children:
            lines.append(outline(node.children))
    return lines


PUMP = """权利要求书
1. 一种水泵，包括壳体（1）和转子（2），其特征在于，所述转子（2）上设有叶片（3）。
2. 根据权利要求1所述的水泵，其特征在于，所述叶片（3）为弧形，厚度为
2.5mm。
3、如权利要求1或2所述的水泵，其特征在于，所述密封圈（4）为橡胶。
4．根据权利要求2至3中任一项所述的水泵，其特征在于，所述壳体（1）为铸铁。
5. 一种制造权利要求1所述水泵的方法，其特征在于，铸造所述壳体。
6. 根据权利要求5所述的方法，其特征在于，先烘干。
"""


def test_a_chinese_set() -> None:
    claims = parse_claims(PUMP)
    assert [claim.number for claim in claims] == [1, 2, 3, 4, 5, 6]
    assert [claim.refers_to for claim in claims] == [(), (1,), (1, 2), (2, 3), (1,), (5,)]
    assert [claim.independent for claim in claims] == [True, False, False, False, True, False]
    assert claims[1].text == "根据权利要求1所述的水泵，其特征在于，所述叶片（3）为弧形，厚度为\n2.5mm。"
    assert outline(claim_tree(claims)) == [1, [2, [4], 3], 5, [6]]


def test_an_english_set() -> None:
    claims = parse_claims(
        "What is claimed is:\r\n"
        "1. A pump comprising a housing.\r\n"
        "2. The pump of claim 1, wherein the seal is rubber.\r\n"
        "3. A pump as claimed in any one of claims 1 to 2.\r\n"
        "4. A plant comprising the pump of claim 3.\r\n"
    )
    assert [(claim.number, claim.refers_to, claim.independent) for claim in claims] == [
        (1, (), True),
        (2, (1,), False),
        (3, (1, 2), False),
        (4, (3,), True),
    ]
    assert outline(claim_tree(claims)) == [1, [2, 3], 4]


@pytest.mark.parametrize(
    ("text", "refers_to"),
    [
        ("根据权利要求1所述的水泵", (1,)),
        ("根据权利要求 1 所述的水泵", (1,)),
        ("如权利要求１所述的水泵", (1,)),
        ("按照权利要求1或2所述的水泵", (1, 2)),
        ("根据权利要求1或者3所述的水泵", (1, 3)),
        ("根据权利要求1和2所述的水泵", (1, 2)),
        ("根据权利要求1、2或3所述的水泵", (1, 2, 3)),
        ("根据权利要求2或3之一所述的水泵", (2, 3)),
        ("如权利要求1至3任一项所述的水泵", (1, 2, 3)),
        ("如权利要求1-3中任意一项所述的水泵", (1, 2, 3)),
        ("如权利要求1～3中任何一项所述的水泵", (1, 2, 3)),
        ("如权利要求1－3中任意一项权利要求所述的水泵", (1, 2, 3)),
        ("如权利要求1至2、4至5中任一项所述的水泵", (1, 2, 4, 5)),
        ("如权利要求1或权利要求3所述的水泵", (1, 3)),
        ("如权利要求1至权利要求3中任一权利要求所述的水泵", (1, 2, 3)),
        ("如权利要求3至1任一项所述的水泵", (3, 1)),
        ("根据前述权利要求中任一项所述的水泵", (1, 2, 3, 4, 5)),
        ("根据上述任一权利要求所述的水泵", (1, 2, 3, 4, 5)),
        ("根据前述任意一项权利要求所述的水泵", (1, 2, 3, 4, 5)),
        ("根据权利要求2所述的水泵，采用权利要求1的叶片", (2, 1)),
        ("根据权利要求9所述的水泵", (9,)),
        ("根据权利要求6所述的水泵", (6,)),
        ("The pump according to claim 1, wherein the rotor has 2 blades", (1,)),
        ("The pump of claims 1, 2 or 3", (1, 2, 3)),
        ("A pump as claimed in any one of claims 1 to 3", (1, 2, 3)),
        ("A pump as claimed in claim 1 or claim 2", (1, 2)),
        ("A pump as claimed in any of claims 1-2, 4 and 5", (1, 2, 4, 5)),
        ("The pump of any of claims 1 through 3", (1, 2, 3)),
        ("A pump according to any of the preceding claims", (1, 2, 3, 4, 5)),
        ("The pump of any preceding claim", (1, 2, 3, 4, 5)),
        ("A pump with 3 blades, claimed broadly", ()),
        ("一种水泵，设有3个叶片", ()),
    ],
)
def test_references(text: str, refers_to: tuple[int, ...]) -> None:
    before = "".join(f"{number}. 一种水泵{number}。\n" for number in range(1, 6))
    claim = parse_claims(f"{before}6. {text}。")[-1]
    assert claim.refers_to == refers_to


@pytest.mark.parametrize(
    ("text", "independent"),
    [
        ("一种水泵", True),
        ("一种制造权利要求1所述水泵的方法", True),
        ("一种使用权利要求1所述方法的装置", True),
        ("一种照明装置，包括权利要求1至5中任意一项所述的发光器件", True),
        ("一类权利要求1所述化合物的盐", True),
        ("根据权利要求1所述的水泵", False),
        ("权利要求1所述的水泵", False),
        ("如权利要求1所述的水泵的制造方法", False),
        ("根据前述权利要求中任一项所述的水泵", False),
        ("A pump", True),
        ("A plant comprising the pump of claim 1", True),
        ("Apparatus for carrying out the method of claim 1", True),
        ("Use of a compound according to claim 1", True),
        ("The pump of claim 1", False),
        ("A pump according to claim 1", False),
        ("Pump according to claim 1", False),
        ("A pump as claimed in any one of the preceding claims", False),
        ("A method of treating a disease, as claimed in claim 1", False),
    ],
)
def test_independence(text: str, independent: bool) -> None:
    assert parse_claims(f"1. 一种物。\n2. {text}")[1].independent is independent


def test_a_text_without_numbers_is_claim_one() -> None:
    assert parse_claims("一种水泵，\n  包括壳体。\n") == (Claim(1, "一种水泵，\n包括壳体。", (), independent=True),)


def test_lines_before_a_first_number_above_one_are_claim_one() -> None:
    claims = parse_claims("一种水泵。\n2. 根据权利要求1所述的水泵。")
    assert [(claim.number, claim.text) for claim in claims] == [(1, "一种水泵。"), (2, "根据权利要求1所述的水泵。")]


@pytest.mark.parametrize("text", ["", "  \n\n", "\r\n"])
def test_nothing_is_no_claim(text: str) -> None:
    assert parse_claims(text) == ()
    assert claim_tree(()) == ()


def test_gaps_and_repeated_numbers_are_kept_for_the_checks() -> None:
    claims = parse_claims(
        "1. 一种水泵。\n3. 根据权利要求1所述的水泵。\n3. 根据权利要求3所述的水泵。\n7. 根据权利要求3所述的水泵。"
    )
    assert [claim.number for claim in claims] == [1, 3, 3, 7]
    assert outline(claim_tree(claims)) == [1, [3, [3, 7]]]


def test_references_to_later_missing_and_own_claims_make_no_loop() -> None:
    claims = parse_claims(
        "1. 根据权利要求2所述的水泵。\n"
        "2. 根据权利要求1所述的水泵。\n"
        "3. 根据权利要求3所述的水泵。\n"
        "4. 根据权利要求9所述的水泵。\n"
        "5. 根据权利要求9或2所述的水泵。"
    )
    assert [claim.refers_to for claim in claims] == [(2,), (1,), (3,), (9,), (9, 2)]
    assert outline(claim_tree(claims)) == [1, [2, [5]], 3, 4]


@pytest.mark.parametrize("filler", [" ", "of the ", "1, ", "权利要求1、", "claim 1 ", "前述"])
def test_a_long_claim_is_read_in_one_pass(filler: str) -> None:
    # Quadratic patterns would take minutes here.
    body = filler * 20_000
    assert parse_claims(f"1. A pump.\n2. A plant with claim 1 {body} of claim 1")[1].number == 2


def flatten(nodes: tuple[ClaimNode, ...]) -> list[Claim]:
    return [claim for node in nodes for claim in (node.claim, *flatten(node.children))]


references = st.lists(st.integers(0, 14), max_size=3)


@given(st.lists(references, max_size=12))
def test_every_claim_stands_in_the_tree_once(sets: list[list[int]]) -> None:
    lines = [
        f"{number}. 根据权利要求{'或'.join(map(str, refers_to))}所述的水泵。" if refers_to else f"{number}. 一种水泵。"
        for number, refers_to in enumerate(sets, start=1)
    ]
    claims = parse_claims("\n".join(lines))
    assert [claim.refers_to for claim in claims] == [tuple(dict.fromkeys(refers_to)) for refers_to in sets]
    tree = claim_tree(claims)
    assert sorted(claim.number for claim in flatten(tree)) == list(range(1, len(sets) + 1))
    for root in tree:
        number, refers_to = root.claim.number, root.claim.refers_to
        assert root.claim.independent or not any(1 <= other < number for other in refers_to)


@given(st.text(alphabet="权利要求根据所述一种前述任项至或、，。.-123456789 \nclaimsof ", max_size=200))
def test_any_text_gives_claims_and_a_tree(text: str) -> None:
    claims = parse_claims(text)
    assert bool(claims) == bool(text.strip())
    tree = claim_tree(claims)
    assert len(flatten(tree)) == len(claims)
