"""The hash chain as values."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.commons.audit.methods import chain
from qiantang.commons.audit.types import Entry

FACTS = st.dictionaries(
    st.text(max_size=5),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
        max_leaves=6,
    ),
    max_size=4,
)


def link(sequence, previous, facts=None):
    return chain.sealed(
        Entry(
            sequence=sequence,
            at=datetime(2026, 3, 2, 12, 0, sequence % 60, tzinfo=UTC),
            actor_id=7,
            actor_name="林",
            channel="web",
            correlation_id="c1",
            verb="test.thing.change",
            subject="thing:1",
            facts=facts or {},
            previous_digest=previous,
            digest="",
        )
    )


def linked(*facts):
    entries, previous = [], chain.ORIGIN
    for sequence, told in enumerate(facts, start=1):
        entries.append(link(sequence, previous, told))
        previous = entries[-1].digest
    return entries, (len(entries), previous)


def test_the_canonical_text_is_pinned():
    text = chain.canonical_text(link(1, chain.ORIGIN, {"b": [1, None], "a": "杭州"}))
    assert text == (
        '{"actor_id":7,"actor_name":"林","at":"2026-03-02T12:00:01.000000+00:00","channel":"web","correlation_id":"c1",'
        '"facts":{"a":"杭州","b":[1,null]},"previous_digest":"' + "0" * 64 + '","sequence":1,"subject":"thing:1",'
        '"verb":"test.thing.change"}'
    )


def test_the_clock_of_the_reader_makes_no_difference():
    entry = link(1, chain.ORIGIN)
    elsewhere = replace(entry, at=entry.at.astimezone(timezone(timedelta(hours=8))))
    assert chain.digest_of(elsewhere) == entry.digest


def test_an_empty_journal_is_whole():
    assert chain.first_broken([], head=(0, chain.ORIGIN)) is None


@given(st.lists(FACTS, min_size=1, max_size=6), st.data())
def test_a_whole_chain_is_whole_and_any_change_is_found(facts, data):
    entries, head = linked(*facts)
    assert chain.first_broken(entries, head=head) is None
    at = data.draw(st.integers(0, len(entries) - 1))
    change = data.draw(
        st.sampled_from(["verb", "subject", "actor_name", "channel", "correlation_id", "previous_digest", "digest"])
    )
    forged = list(entries)
    forged[at] = replace(entries[at], **{change: "forged"})
    assert chain.first_broken(forged, head=head) == at + 1
    assert chain.first_broken(entries[:at] + entries[at + 1 :], head=head) == at + 1


def test_a_rewritten_end_is_found_by_the_head():
    entries, head = linked({}, {}, {})
    rewritten = [*entries[:2], link(3, entries[1].digest, {"amount": 0})]
    assert chain.first_broken(rewritten, head=head) == 3


@given(FACTS)
def test_plain_facts_pass_unchanged(facts):
    assert chain.checked_facts(facts) == facts


@pytest.mark.parametrize("fact", [0.5, b"x", {1, 2}, datetime(2026, 1, 1, tzinfo=UTC), object()])
def test_facts_that_databases_spell_differently_are_refused(fact):
    with pytest.raises(TypeError, match="journal takes"):
        chain.checked_facts({"deep": [{"fact": fact}]})
