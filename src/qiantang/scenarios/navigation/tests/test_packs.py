"""Industries are data: six are shipped, a city brings in a seventh."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from qiantang.corpus.classes.api import industry_table
from qiantang.corpus.register.methods import query_language as language
from qiantang.kernel.errors import Invalid, NotPermitted
from qiantang.scenarios.navigation.methods import chains as method
from qiantang.scenarios.navigation.methods.chains import read_pack, write_pack
from qiantang.scenarios.navigation.methods.strategies import strategy_of
from qiantang.scenarios.navigation.selectors import chains, words
from qiantang.scenarios.navigation.selectors.concordances import rule_shown
from qiantang.scenarios.navigation.services.chains import import_pack
from qiantang.scenarios.navigation.types import Chain, Node, Place, RuleRef, Vocabulary

pytestmark = pytest.mark.feature("S4-22")
SIX = {
    "digital-security",
    "smart-medicine",
    "high-end-equipment",
    "biomedicine",
    "new-energy-materials",
    "artificial-intelligence",
}
TEA = Chain(
    "tea",
    "茶产业",
    "Tea",
    "从种植到饮用。",
    "From plant to cup.",
    (
        Node("1", "上游", "Upstream", place=Place.UPSTREAM),
        Node("1.1", "种植", "Growing"),
        Node("1.1.1", "茶园机械", "Machines", "IC=A01G AND 茶", (RuleRef("wipo35", "29"),)),
    ),
    (Vocabulary("提香", "Aroma", "香气 OR aroma"),),
    sources=("ours",),
)


@pytest.mark.parametrize("key", sorted(SIX))
def test_a_shipped_industry_is_whole_and_each_of_its_strategies_can_be_asked(key):
    chain = chains.shipped()[key]
    assert method.missing(chain) == ()
    assert max(node.level for node in chain.nodes) >= 3
    assert {node.place for node in chain.below("")} == set(Place)
    for node in chain.leaves():
        assert language.canonical(language.parse(node.strategy))
        assert strategy_of(chain, node.code)
    for word in (*chain.effects, *chain.means):
        language.parse(word.strategy)
    assert len(chain.effects) >= 3
    assert len(chain.means) >= 3
    assert all(node.strategy and node.rules for node in chain.leaves())  # bound to both
    rules = [rule_shown(rule) for node in chain.nodes for rule in node.rules]
    for rule in rules:
        language.parse(rule.query)
    assert read_pack(write_pack(chain)) == chain


def test_six_are_shipped():
    assert set(chains.shipped()) == SIX


@pytest.mark.feature("S2-07")
@pytest.mark.feature("S2-09")
def test_the_key_industries_of_monitoring_are_the_six_of_navigation():
    """One list: the same keys, the same names, and what a node finds by its class alone is of the industry there, too."""
    table, shipped = industry_table("city"), chains.shipped()
    assert {(one.code.replace("_", "-"), one.name("zh"), one.name("en")) for one in table.tops} == {
        (chain.key, chain.zh, chain.en) for chain in shipped.values()
    }
    for key, chain in shipped.items():
        by_class = [node.strategy for node in chain.leaves() if re.fullmatch(r"[A-Z0-9/=() ]+", node.strategy)]
        assert by_class
        places = {place for strategy in by_class for place in re.findall(r"[A-H][0-9]{2}[A-Z][0-9/]*", strategy)}
        left = {place for place in places if key.replace("-", "_") not in table.industries_of(place)}
        assert not left, f"{key}: {sorted(left)}"


_WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=20).map(str.strip).filter(bool)


@given(_WORDS, _WORDS, st.sampled_from(["电池", 'TI="a b"', "IC=H01M", "PA=丙 OR 丁"]))
def test_a_pack_says_what_the_chain_says(zh, en, strategy):
    nodes = (*TEA.nodes[:2], replace(TEA.nodes[2], zh=zh, en=en, strategy=strategy))
    chain = replace(TEA, nodes=nodes, about_zh=zh, sources=(en,))
    assert read_pack(write_pack(chain)) == chain


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (lambda text: text.replace("qiantang-industry-pack/1", "x"), "pack_unreadable"),
        (lambda text: text + "\n[[", "pack_unreadable"),
        (lambda text: text.replace('zh = "茶产业"\n', ""), "pack_unreadable"),
        (lambda text: text.replace("IC=A01G AND 茶", "IC=("), "strategy_unreadable"),
        (lambda text: text.replace("IC=A01G AND 茶", "SET=mine"), "strategy_set"),
        (lambda text: text.replace('"1.1.1"', '"2.1.1"'), "node_code"),
        (lambda text: text.replace('"1.1"', '"1.1.1"'), "node_code|node_taken"),
    ],
)
def test_what_is_no_pack_is_refused_and_told(wrong, code):
    with pytest.raises(Invalid, match=f"navigation.({code})"):
        read_pack(wrong(write_pack(TEA)))


@pytest.mark.django_db
def test_a_city_brings_in_a_seventh_without_code(lin, shen, client):
    pack = write_pack(TEA).encode()
    with pytest.raises(NotPermitted):
        import_pack(actor=shen, data=pack, note="")
    made = import_pack(actor=lin, data=pack, note="new")
    assert (made.key, made.version) == ("tea", 1)
    assert {one.key for one in chains.industries(lin)} == SIX | {"tea"}
    assert import_pack(actor=lin, data=pack, note="again").version == 2
    page = client.get("/navigation/industries/tea", headers={"accept-language": "zh-hans"})
    assert page.status_code == 200
    assert "茶园机械" in page.content.decode()
    again = client.get("/navigation/industries/tea/pack.toml")
    assert replace(read_pack(again.content.decode()), version=1) == TEA
    with pytest.raises(Invalid, match="chain_incomplete"):
        import_pack(actor=lin, data=write_pack(replace(TEA, nodes=TEA.nodes[:2])).encode(), note="")


@pytest.mark.django_db
def test_a_shipped_industry_that_is_brought_in_changed_becomes_its_next_version(lin):
    chain = chains.shipped()["biomedicine"]
    made = import_pack(actor=lin, data=write_pack(replace(chain, zh="医药")).encode(), note="")
    assert (made.version, chains.chain(lin, "biomedicine").zh) == (2, "医药")
    assert chains.chain(lin, "biomedicine", 1) == chain


def test_the_sources_of_every_shipped_pack_are_told_in_chinese():
    with translation.override("zh-hans"):
        for chain in chains.shipped().values():
            told = words.sources_of(chain)
            assert all(said != kept for said, kept in zip(told, chain.sources, strict=True)), chain.key
    with translation.override("en"):
        assert all(words.sources_of(chain) == list(chain.sources) for chain in chains.shipped().values())
