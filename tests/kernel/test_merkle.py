"""The append-only tree against the vectors of the field, the reference vectors of RFC 6962, and its definition."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.kernel import merkle
from qiantang.kernel.merkle import EMPTY_ROOT, Frontier, Place, leaf_hash, node_hash, root_of

pytestmark = pytest.mark.feature("S7A-03")
ENTRIES = [b"evidence-1", b"evidence-2", b"evidence-3"]
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "dfaeecd3dcca49b50cd79df401595030972f3cb1161c9c70c0f83142adb0f7e4",
    2: "a48a99e5bd399c041656bf145e1cd779019628ad2fd155cf93ef0de95f55da83",
    3: "cdbb6c98c3a5576540c8f1bbbcaee38479b3fc614300197b8fd3c5c292a4ad6a",
}

LEAF_2 = "7b13379a8120a68e9a7b48bf2d593fb0db2e8e850ac0cdc2bbe0c5e1108e0cb2"
LEAF_3 = "5972ba25b36fd8612d85e12ef0e2335dabb8a93a24771d148f3637ec811216d8"
# the entries with which the reference implementation of certificate transparency is tested
REFERENCE = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
REFERENCE_ROOT = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


class Stored:
    """A tree with its nodes kept, as the platform keeps them."""

    def __init__(self, leaves):
        self.frontier, self.nodes = Frontier().extended(leaves)

    def included(self, index, size):
        return merkle.proof(merkle.inclusion_spans(index, size), self.nodes.__getitem__)

    def consistent(self, older, newer):
        return merkle.proof(merkle.consistency_spans(older, newer), self.nodes.__getitem__)

    def root(self, size):
        return merkle.span_root(merkle.Span(0, size), self.nodes.__getitem__)


def defined_root(leaves):
    """Word by word after RFC 9162, 2.1.1."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(defined_root(leaves[:k]), defined_root(leaves[k:]))


def leaves_of(count):
    return [leaf_hash(f"entry {n}".encode()) for n in range(count)]


def test_vectors():
    leaves = [leaf_hash(one) for one in ENTRIES]
    assert {n: root_of(leaves[:n]).hex() for n in range(4)} == ROOTS
    assert [one.hex() for one in leaves] == [ROOTS[1], LEAF_2, LEAF_3]
    tree = Stored(leaves)
    assert tree.included(1, 3) == [leaves[0], leaves[2]]
    assert tree.consistent(2, 3) == [leaves[2]]
    assert tree.included(2, 3) == [bytes.fromhex(ROOTS[2])]


def test_reference_vectors():
    assert root_of([leaf_hash(bytes.fromhex(one)) for one in REFERENCE]).hex() == REFERENCE_ROOT


@given(st.integers(0, 200), st.integers(0, 200))
def test_roots_are_those_of_the_definition_however_one_appends(count, cut):
    leaves = leaves_of(count)
    begun, _ = Frontier().extended(leaves[:cut])
    went_on, _ = begun.extended(leaves[cut:])
    assert went_on.root() == defined_root(leaves)
    assert went_on.size == count


@given(st.data(), st.integers(1, 200))
def test_every_leaf_of_every_earlier_tree_is_proved_and_no_other(data, count):
    leaves = leaves_of(count)
    tree = Stored(leaves)
    size = data.draw(st.integers(1, count))
    index = data.draw(st.integers(0, size - 1))
    path, root = tree.included(index, size), defined_root(leaves[:size])
    assert tree.root(size) == root
    told = {"leaf": leaves[index], "index": index, "size": size, "path": path, "root": root}
    assert merkle.verify_inclusion(**told)
    other = data.draw(st.integers(0, size - 1))
    assert merkle.verify_inclusion(**{**told, "index": other}) == (other == index)
    assert merkle.verify_inclusion(**{**told, "leaf": leaves[other]}) == (other == index)
    assert not merkle.verify_inclusion(**{**told, "path": [*path, root]})
    if path:
        assert not merkle.verify_inclusion(**{**told, "path": path[:-1]})
        assert not merkle.verify_inclusion(**{**told, "path": [*path[:-1], EMPTY_ROOT]})


@given(st.data(), st.integers(1, 200))
def test_a_log_extends_its_earlier_self_and_a_rewritten_one_does_not(data, count):
    leaves = leaves_of(count)
    tree = Stored(leaves)
    older = data.draw(st.integers(1, count))
    told = {
        "older": older,
        "newer": count,
        "path": tree.consistent(older, count),
        "older_root": defined_root(leaves[:older]),
        "newer_root": defined_root(leaves),
    }
    assert merkle.verify_consistency(**told)
    changed = data.draw(st.integers(0, older - 1))
    rewritten = [*leaves[:changed], leaf_hash(b"another"), *leaves[changed + 1 :]]
    forged = Stored(rewritten)
    path = forged.consistent(older, count)
    assert not merkle.verify_consistency(**{**told, "path": path, "newer_root": forged.frontier.root()})
    assert not merkle.verify_consistency(**{**told, "path": [*told["path"], EMPTY_ROOT]})
    if older < count:
        assert not merkle.verify_consistency(**{**told, "older": count, "newer": older})


def test_a_smaller_tree_extends_no_larger_one():
    leaves = leaves_of(8)
    tree = Stored(leaves)
    roots = [defined_root(leaves[:n]) for n in range(9)]
    path = tree.consistent(4, 8)
    assert not merkle.verify_consistency(older=8, newer=4, path=path, older_root=roots[8], newer_root=roots[4])
    assert merkle.verify_consistency(older=0, newer=8, path=[], older_root=EMPTY_ROOT, newer_root=roots[8])


@pytest.mark.parametrize(("index", "size"), [(3, 3), (-1, 3), (0, 0)])
def test_there_is_no_proof_of_a_leaf_that_is_not_there(index, size):
    with pytest.raises(ValueError, match="has no leaf"):
        merkle.inclusion_spans(index, size)


@pytest.mark.parametrize(("older", "newer"), [(0, 3), (4, 3)])
def test_there_is_no_proof_backwards(older, newer):
    with pytest.raises(ValueError, match="no proof"):
        merkle.consistency_spans(older, newer)


def test_a_frontier_has_as_many_peaks_as_its_size_has_ones():
    with pytest.raises(ValueError, match="peaks"):
        Frontier(3, (EMPTY_ROOT,))


def test_a_proof_from_a_million_leaves_reads_a_few_nodes():
    size = 1_000_001
    read = [place for span in merkle.inclusion_spans(654_321, size) for place in merkle.places_of(span)]
    assert len(read) <= 2 * size.bit_length()
    assert all(place == Place(*place) and (place.number + 1) << place.level <= size for place in read)
