"""The Merkle tree of RFC 6962: hashes, roots, inclusion and consistency proofs. Pure.

A tree is read through a `Node`: (level, index) → the hash of the complete subtree of 2**level leaves whose
first leaf is index · 2**level. Hashes are SHA-256, 32 bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

Node = Callable[[int, int], bytes]

EMPTY_ROOT = sha256(b"").digest()
# Copies of a hash that was begun are made in less time than new ones.
_LEAF, _INNER = sha256(b"\x00"), sha256(b"\x01")


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf (§2.1): a zero byte, then the data."""
    made = _LEAF.copy()
    made.update(data)
    return made.digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node (§2.1): a one byte, then both children."""
    made = _INNER.copy()
    made.update(left)
    made.update(right)
    return made.digest()


@dataclass
class Frontier:
    """The right edge of a growing tree: the hashes of its complete subtrees, largest first.

    It is enough to append to the tree. `size` counts what is appended: leaves, or complete subtrees of one
    height.
    """

    size: int = 0
    peaks: list[bytes] = field(default_factory=list)

    def append(self, hash_: bytes) -> None:
        n = self.size
        while n & 1:
            hash_ = node_hash(self.peaks.pop(), hash_)
            n >>= 1
        self.peaks.append(hash_)
        self.size += 1

    def extend(self, hashes: Iterable[bytes]) -> None:
        for hash_ in hashes:
            self.append(hash_)

    def root(self) -> bytes:
        return fold(self.peaks)


def fold(peaks: Sequence[bytes]) -> bytes:
    """The root over complete subtrees that stand side by side, largest first."""
    if not peaks:
        return EMPTY_ROOT
    hash_ = peaks[-1]
    for peak in reversed(peaks[:-1]):
        hash_ = node_hash(peak, hash_)
    return hash_


def complete(hashes: Sequence[bytes]) -> bytes:
    """The root of a complete tree: the number of `hashes` is a power of two."""
    row = list(hashes)
    while len(row) > 1:
        row = [node_hash(row[i], row[i + 1]) for i in range(0, len(row), 2)]
    return row[0]


def root(leaf_hashes: Iterable[bytes]) -> bytes:
    """The root (Merkle Tree Hash, §2.1) of the tree with these leaves."""
    frontier = Frontier()
    frontier.extend(leaf_hashes)
    return frontier.root()


def root_at(size: int, node: Node) -> bytes:
    """The root that the tree had when it held `size` leaves."""
    return _span(0, size, node)


def _split(n: int) -> int:
    """The largest power of two smaller than n (§2.1)."""
    return 1 << (n - 1).bit_length() - 1


def _span(lo: int, hi: int, node: Node) -> bytes:
    """The hash of the subtree over the leaves lo … hi - 1; it begins where a subtree of its height may."""
    peaks, start = [], lo
    for level in range((hi - lo).bit_length() - 1, -1, -1):
        if (hi - lo) >> level & 1:
            peaks.append(node(level, start >> level))
            start += 1 << level
    return fold(peaks)


def inclusion_proof(index: int, size: int, node: Node) -> list[bytes]:
    """The audit path (§2.1.1) of leaf `index` in the tree of `size` leaves, from the leaf up.

    Raises IndexError if the tree has no such leaf.
    """
    if not 0 <= index < size:
        raise IndexError(f"no leaf {index} in a tree of {size}")
    lo, hi, path = 0, size, []
    while hi - lo > 1:
        middle = lo + _split(hi - lo)
        if index < middle:
            path.append(_span(middle, hi, node))
            hi = middle
        else:
            path.append(_span(lo, middle, node))
            lo = middle
    return path[::-1]


def consistency_proof(old: int, size: int, node: Node) -> list[bytes]:
    """The proof (§2.1.2) that the tree of `size` leaves begins with the tree of `old` leaves.

    Empty for equal trees and for the empty old tree. Raises IndexError if `old` is larger.
    """
    if not 0 <= old <= size:
        raise IndexError(f"no tree of {old} in a tree of {size}")
    if old in {0, size}:
        return []
    lo, hi, path, known = 0, size, [], True
    while old != hi:
        middle = lo + _split(hi - lo)
        if old <= middle:
            path.append(_span(middle, hi, node))
            hi = middle
        else:
            path.append(_span(lo, middle, node))
            lo, known = middle, False
    if not known:
        path.append(_span(lo, hi, node))
    return path[::-1]


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root_: bytes) -> bool:
    """Whether `proof` shows that `leaf` (a leaf hash) is number `index` under `root_` (RFC 9162 §2.1.3.2)."""
    if not 0 <= index < size:
        return False
    position, last, hash_ = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            hash_ = node_hash(sibling, hash_)
            position, last = _skip(position, last)
        else:
            hash_ = node_hash(hash_, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and hash_ == root_


def _skip(position: int, last: int) -> tuple[int, int]:
    """Go up while the node has no sibling on its right, for it has none on its level."""
    while position and not position & 1:
        position, last = position >> 1, last >> 1
    return position, last


def verify_consistency(old: int, size: int, old_root: bytes, root_: bytes, proof: Sequence[bytes]) -> bool:
    """Whether `proof` shows that the tree under `root_` begins with `old_root`'s (RFC 9162 §2.1.4.2).

    The empty tree proves nothing: with `old` 0 the answer is False.
    """
    if not 0 < old <= size:
        return False
    if old == size:
        return not proof and old_root == root_
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    if not path:
        return False
    return _walk(old - 1, size - 1, path) == (old_root, root_)


def _walk(position: int, last: int, path: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """Both roots that a consistency proof leads to; None if the proof has the wrong length."""
    while position & 1:
        position, last = position >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return None
        if position & 1 or position == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            position, last = _skip(position, last)
        else:
            new = node_hash(new, sibling)
        position, last = position >> 1, last >> 1
    return (old, new) if last == 0 else None
