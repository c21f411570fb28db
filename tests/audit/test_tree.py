"""The tree against the definition in RFC 6962, for every size and place up to a bound."""

import hashlib

import pytest

from torg.audit import tree

LEAVES = [hashlib.sha256(bytes([0, number])).digest() for number in range(20)]


def by_definition(leaves):
    """Section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = max(2**power for power in range(10) if 2**power < len(leaves))
    return hashlib.sha256(b"\x01" + by_definition(leaves[:split]) + by_definition(leaves[split:])).digest()


def test_the_known_root_of_the_reference_tree():
    # The eight-leaf test tree of the certificate-transparency project.
    inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    leaves = [hashlib.sha256(b"\x00" + bytes.fromhex(text)).digest() for text in inputs]

    assert tree.root_of(leaves).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


@pytest.mark.parametrize("size", range(20))
def test_a_tree_grown_leaf_by_leaf_has_the_defined_root(size):
    assert tree.root_of(LEAVES[:size]) == by_definition(LEAVES[:size])


@pytest.mark.parametrize("size", range(1, 20))
def test_a_tree_goes_on_from_its_stored_edge(size):
    begun = tree.Tree()
    for leaf in LEAVES[:size]:
        begun.add(leaf)
    resumed = tree.Tree(begun.size, begun.frontier)

    for leaf in LEAVES[size:]:
        resumed.add(leaf)

    assert resumed.root() == by_definition(LEAVES)


@pytest.mark.parametrize("size", range(1, 20))
def test_inclusion_is_proved_for_each_leaf_and_for_no_other(size):
    leaves, root = LEAVES[:size], by_definition(LEAVES[:size])

    for position, leaf in enumerate(leaves):
        proof = tree.inclusion_proof(leaves, position)
        assert tree.is_included(leaf, position, size, proof, root)
        assert not tree.is_included(LEAVES[19], position, size, proof, root)
        assert not tree.is_included(leaf, position, size, [*proof, root], root)


@pytest.mark.parametrize("size", range(1, 20))
def test_consistency_is_proved_for_each_beginning_and_for_no_other(size):
    leaves, root = LEAVES[:size], by_definition(LEAVES[:size])

    for old_size in range(1, size + 1):
        old_root = by_definition(leaves[:old_size])
        proof = tree.consistency_proof(leaves, old_size)
        assert tree.is_consistent(old_size, old_root, size, root, proof)
        assert not tree.is_consistent(old_size, bytes(32), size, root, proof)
