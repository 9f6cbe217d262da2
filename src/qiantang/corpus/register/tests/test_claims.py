"""Claims publication by publication, the page of the claims, and two texts side by side."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.corpus.register import api
from qiantang.corpus.register.selectors import claims
from qiantang.corpus.register.selectors.coverage import sources_now
from qiantang.corpus.register.tests.shelf import File, battery, seen, stock
from qiantang.corpus.register.types import Text
from qiantang.kernel.claims import Category

pytestmark = [pytest.mark.django_db, pytest.mark.feature("S3-11")]

FILED = (
    "1. 一种电池冷却装置，包括壳体，其特征在于，所述壳体内设有流道。\n"
    "2. 根据权利要求1所述的装置，其特征在于，所述流道为蛇形。\n"
    "3. 一种使用权利要求1所述装置的方法，包括：通电；冷却。"
)
GRANTED = (
    "1. 一种电池冷却装置，包括壳体，其特征在于，所述壳体内设有流道，所述流道为蛇形。\n"
    "2. 一种使用权利要求1所述装置的方法，包括：通电；冷却。"
)
PATENT = "CN201710601862"


def document(row: int, publication: tuple[str, str, str], text: str, **more):
    one = seen(
        row, publication, application_number="CN201710601862.3", as_of=date.fromisoformat(publication[2]), **more
    )
    one.texts.append(Text("claims", "zh", text))
    return one


@pytest.fixture(scope="module")
def twice_home(tmp_path_factory):
    """A patent whose application and grant were each loaded with their claims."""
    place = tmp_path_factory.mktemp("twice")
    stock(
        place,
        File("application.xml", [document(1, ("CN107000001", "A", "2018-01-12"), FILED)], rank=1),
        File("grant.xml", [document(1, ("CN107000001", "B", "2020-07-10"), GRANTED)], rank=1),
        File("other.xml", [seen(1, ("CN108000009", "A", "2018-05-01"), title="泵")], rank=1),
        index=False,
    )
    return place


@pytest.fixture
def twice(twice_home, settings):
    settings.QIANTANG_HOME = twice_home


def page(client, path="", language="en", patent=PATENT):
    return client.get(f"/patents/{patent}/claims{path}", headers={"accept-language": language})


def text_of(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def versions(patent=PATENT):
    return claims.versions_shown(api.get(patent), sources_now()[1])


# --- versions ---


def test_the_texts_of_application_and_grant_are_both_kept_with_their_publication(twice):
    assert [(one.key, one.stage, one.sources, one.version.held) for one in versions()] == [
        ("CN107000001A-zh", "published", ("application.xml",), False),
        ("CN107000001B-zh", "granted", ("grant.xml",), True),
    ]
    assert [one.version.text for one in versions()] == [FILED, GRANTED]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_whichever_was_loaded_first(tmp_path, settings, order):
    settings.QIANTANG_HOME = tmp_path
    rows = [
        document(1, ("CN107000001", "A", "2018-01-12"), FILED),
        document(1, ("CN107000001", "B", "2020-07-10"), GRANTED),
    ]
    for place in order:
        stock(tmp_path, File(f"{place}.xml", [rows[place]], rank=1), index=False)
    assert [(one.key, one.version.held) for one in versions()] == [
        ("CN107000001A-zh", False),
        ("CN107000001B-zh", True),
    ]


@pytest.mark.parametrize(("rank", "key"), [(4, "x1-zh"), (1, "CN107000001A-zh")])
def test_a_source_that_names_two_publications_says_which_only_where_it_is_a_document(tmp_path, settings, rank, key):
    """A full text names its own publication first; of an export of a platform nobody knows which text it took."""
    settings.QIANTANG_HOME = tmp_path
    one = battery()
    stock(tmp_path, File("one", [one], rank=rank), index=False)
    (version,) = versions()
    assert version.key == key
    assert (version.stage is None) is (rank == 4)


def test_the_same_words_of_an_unsaid_publication_are_no_version_of_their_own(tmp_path, settings):
    settings.QIANTANG_HOME = tmp_path
    both = seen(
        1, ("CN107000001", "A", "2018-01-12"), ("CN107000001", "B", "2020-07-10"), application_number="CN201710601862.3"
    )
    both.texts.append(Text("claims", "zh", FILED))
    stock(
        tmp_path,
        File("application.xml", [document(1, ("CN107000001", "A", "2018-01-12"), FILED)], rank=1),
        File("export", [both], rank=4),
        index=False,
    )
    assert [one.key for one in versions()] == ["CN107000001A-zh"]


def test_translations_are_versions_of_their_own_and_say_so(tmp_path, settings):
    settings.QIANTANG_HOME = tmp_path
    one = document(1, ("CN107000001", "A", "2018-01-12"), FILED)
    one.texts.append(Text("claims", "en", "1. A battery cooling device.", machine=True))
    stock(tmp_path, File("a", [one], rank=1), index=False)
    assert [(v.key, v.version.machine) for v in versions()] == [
        ("CN107000001A-zh", False),
        ("CN107000001A-en-machine", True),
    ]
    assert claims.version_named(versions(), "nothing of the kind").key == "CN107000001A-zh"


# --- the page ---


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("way", ["tree", "independent", "elements"])
def test_the_page_in_each_way_and_language(client, twice, way, language):
    response = page(client, f"?show={way}", language)
    assert response.status_code == 200
    assert response.context["chosen"].key == "CN107000001B-zh"
    assert "一种电池冷却装置" in text_of(response)
    assert (
        'href="/patents/CN201710601862/claims/compare?a=CN107000001A-zh&amp;b=CN107000001B-zh"'
        in response.content.decode()
    )


def test_the_tree_tells_what_hangs_on_what_and_what_is_claimed(client, twice):
    shown = page(client, "?v=CN107000001A-zh").context["claims"]
    assert [(c.number, c.depth, c.parents, c.mentions, c.independent, c.category) for c in shown] == [
        (1, 0, (), (), True, Category.PRODUCT),
        (2, 1, (1,), (), False, None),
        (3, 0, (), (1,), True, Category.METHOD),
    ]
    assert [c.number for c in page(client, "?v=CN107000001A-zh&show=independent").context["independent"]] == [1, 3]


def test_elements_are_listed_and_what_is_not_known_is_said(client, tmp_path, settings):
    settings.QIANTANG_HOME = tmp_path
    text = "1. 一种泵，其特征在于：设有壳体；设有转子。\n2. 一种如图所示的水泵。\n3. 根据权利要求1或2所述的泵。\n4. 根据权利要求9所述的泵。"
    stock(tmp_path, File("a", [document(1, ("CN107000001", "A", "2018-01-12"), text)], rank=1), index=False)
    told = text_of(page(client, "?show=elements"))
    assert "设有壳体 设有转子" in told
    assert "The structure of this claim is not known; it is shown whole. 一种如图所示的水泵。" in told
    tree = text_of(page(client))
    assert "depends on any one of 1 、 2" in tree
    assert "depends on a claim that is not there" in tree


def test_another_number_leads_to_the_one_address_and_keeps_what_was_asked(client, twice):
    response = page(client, "?show=elements", patent="CN107000001A")
    assert (response.status_code, response["Location"]) == (302, "/patents/CN201710601862/claims?show=elements")
    response = page(client, "/compare?a=x", patent="CN107000001B")
    assert response["Location"] == "/patents/CN201710601862/claims/compare?a=x"


def test_a_patent_without_claims_says_so_and_the_patent_page_leads_to_the_claims(client, twice):
    assert "No source gave the claims of this patent." in text_of(
        page(client, patent=api.get("CN108000009A").patent_id)
    )
    assert 'href="/patents/CN201710601862/claims/compare"' in client.get(f"/patents/{PATENT}").content.decode()
    assert page(client, patent="US9876543B2").status_code == 404


# --- side by side ---


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_application_and_grant_side_by_side(client, twice, language):
    response = page(client, "/compare?a=CN107000001A-zh&b=CN107000001B-zh", language)
    assert response.context["counts"] == {"same": 1, "changed": 1, "deleted": 1, "inserted": 0}
    content = response.content.decode()
    (inserted,) = re.findall(r"<ins>(.*?)</ins>", content)
    assert "，所述流道为蛇形" in inserted
    assert "visually-hidden" in inserted  # what is marked is told to those who cannot see it
    assert [(p.old, p.new) for p in response.context["pairs"]] == [(1, 1), (2, None), (3, 2)]


def test_only_what_differs(client, twice):
    told = text_of(page(client, "/compare?a=CN107000001A-zh&b=CN107000001B-zh&only=1"))
    assert "unchanged" not in told
    assert "所述流道为蛇形" in told


def test_single_claims_by_number(client, twice):
    response = page(client, "/compare?a=CN107000001A-zh&b=CN107000001B-zh&x=2&y=1")
    assert [(p.old, p.new, p.kind) for p in response.context["pairs"]] == [(2, 1, "changed")]
    assert "no claim of that number" in text_of(page(client, "/compare?a=CN107000001A-zh&b=CN107000001B-zh&x=9&y=1"))


def test_two_patents(client, tmp_path, settings):
    settings.QIANTANG_HOME = tmp_path
    other = seen(2, ("CN108000009", "A", "2018-05-01"))
    other.texts.append(Text("claims", "zh", "1. 一种电池加热装置，包括壳体，其特征在于，所述壳体内设有电热丝。"))
    stock(tmp_path, File("a", [document(1, ("CN107000001", "A", "2018-01-12"), FILED), other], rank=1), index=False)
    response = page(client, "/compare?with=CN108000009A&x=1&y=1")
    assert response.context["two"] is True
    ((pair,),) = [response.context["pairs"]]
    assert {(p.change, p.text) for p in pair.pieces if p.change != "same"} == {
        *(("deleted", "冷却"), ("inserted", "加热"), ("deleted", "流道"), ("inserted", "电热丝"))
    }


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("?with=CN999999999A", "No patent of this number is on record."),
        ("?with=nothing", "No patent of this number is on record."),
        ("?a=CN107000001A-zh&b=CN107000001A-zh", "Both sides are the same text"),
        ("?with=CN108000009A", "No source gave the claims of this patent."),
    ],
)
def test_what_cannot_be_compared_says_why(client, twice, asked, sentence):
    response = page(client, "/compare" + asked)
    assert response.status_code == 200
    assert sentence in text_of(response)
    assert "pairs" not in response.context


# --- property ---

sets = st.lists(st.text("一种泵，包括壳体。", min_size=1, max_size=12), max_size=6).map(
    lambda texts: "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))
)


@given(sets, sets)
def test_every_claim_of_both_sides_stands_once(old, new):
    pairs = claims.pairs_of(old, new)
    assert [p.old for p in pairs if p.old] == [c.number for c in claims.claims_shown(old)]
    assert [p.new for p in pairs if p.new] == [c.number for c in claims.claims_shown(new)]
    assert sum(claims.counts_of(pairs).values()) == len(pairs)
    assert all(pair.kind == "same" for pair in claims.pairs_of(old, old))
