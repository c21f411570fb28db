"""The Merkle tree of RFC 6962: grown leaf by leaf from its right edge, with proofs that fit in a page."""

import hashlib
from collections.abc import Sequence

NODE = b"\x01"
HASH_BYTES = 32


def _hash(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _join(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(NODE + left + right).digest()


class Tree:
    """A tree of which only the right edge is kept: enough to add leaves and to tell the root."""

    def __init__(self, size: int = 0, frontier: bytes = b"") -> None:
        self.size = size
        self._edge = [frontier[start : start + HASH_BYTES] for start in range(0, len(frontier), HASH_BYTES)]

    @property
    def frontier(self) -> bytes:
        """The roots of the complete subtrees, largest first."""
        return b"".join(self._edge)

    def add(self, leaf: bytes) -> None:
        """Put a leaf hash at the end."""
        size = self.size
        while size & 1:
            leaf = _join(self._edge.pop(), leaf)
            size >>= 1
        self._edge.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """The tree's hash; an empty tree has the hash of nothing."""
        if not self._edge:
            return _hash(b"")
        root = self._edge[-1]
        for subtree in reversed(self._edge[:-1]):
            root = _join(subtree, root)
        return root


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root over these leaf hashes."""
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


def inclusion_proof(leaves: Sequence[bytes], position: int) -> list[bytes]:
    """What must be hashed with the leaf at `position` to reach the root (RFC 6962, section 2.1.1)."""
    if len(leaves) == 1:
        return []
    split = _split(len(leaves))
    if position < split:
        return [*inclusion_proof(leaves[:split], position), root_of(leaves[split:])]
    return [*inclusion_proof(leaves[split:], position - split), root_of(leaves[:split])]


def consistency_proof(leaves: Sequence[bytes], old_size: int) -> list[bytes]:
    """What shows that the tree of `old_size` leaves is the beginning of this one (RFC 6962, section 2.1.2)."""
    return [] if old_size == len(leaves) else _subproof(leaves, old_size, is_whole=True)


def _subproof(leaves: Sequence[bytes], old_size: int, *, is_whole: bool) -> list[bytes]:
    if old_size == len(leaves):
        return [] if is_whole else [root_of(leaves)]
    split = _split(len(leaves))
    if old_size <= split:
        return [*_subproof(leaves[:split], old_size, is_whole=is_whole), root_of(leaves[split:])]
    return [*_subproof(leaves[split:], old_size - split, is_whole=False), root_of(leaves[:split])]


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


def is_included(leaf: bytes, position: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof leads from the leaf to the root (RFC 9162, section 2.1.3.2)."""
    if not 0 <= position < size:
        return False
    node, last, found = position, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            found = _join(sibling, found)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            found = _join(found, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and found == root


def is_consistent(old_size: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows the old tree as the beginning of the new one (RFC 9162, section 2.1.4.2)."""
    if old_size == size:
        return not proof and old_root == root
    if not 0 < old_size < size:
        return False
    steps = list(proof) if old_size & (old_size - 1) else [old_root, *proof]
    if not steps:
        return False
    node, last = old_size - 1, size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = steps[0]
    for sibling in steps[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            old, new = _join(sibling, old), _join(sibling, new)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            new = _join(new, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and old == old_root and new == root
