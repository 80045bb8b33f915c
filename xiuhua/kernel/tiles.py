"""The Merkle tree stored in tiles of 256 hashes (C2SP tlog-tiles): grow it, read any node of it. Pure.

Tile (level, index) holds side by side the hashes of up to 256 complete subtrees of 2**(8·level) leaves each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from xiuhua.kernel.merkle import Node, complete

HEIGHT = 8
WIDTH = 1 << HEIGHT
HASH = 32

# (level, index) → the bytes of that tile as far as it is filled; empty where there is none.
Load = Callable[[int, int], bytes]


class Torn(LookupError):
    """A tile does not hold a hash that a tree of this size must have."""


def reader(load: Load) -> Node:
    """The nodes of the tree that lies in these tiles. Reading one raises Torn where a tile is too short."""

    def node(level: int, index: int) -> bytes:
        row, depth = divmod(level, HEIGHT)
        tile, offset = divmod(index << depth, WIDTH)
        data = load(row, tile)
        hashes = split(data)[offset : offset + (1 << depth)]
        if len(hashes) < 1 << depth:
            raise Torn(f"tile {tile} of level {row} holds {len(data) // HASH} hashes, too few")
        return complete(hashes)

    return node


def split(data: bytes) -> list[bytes]:
    """The hashes of a tile."""
    return [data[i : i + HASH] for i in range(0, len(data), HASH)]


def extend(size: int, leaf_hashes: Sequence[bytes], load: Load) -> dict[tuple[int, int], bytes]:
    """The tiles that change when leaves are appended to a tree of `size` leaves, with their new bytes."""
    changed: dict[tuple[int, int], bytes] = {}
    level, hashes = 0, list(leaf_hashes)
    while hashes:
        first, filled = divmod(size >> HEIGHT * level, WIDTH)
        data = (load(level, first) if filled else b"") + b"".join(hashes)
        if len(data) != (filled + len(hashes)) * HASH:
            raise Torn(f"tile {first} of level {level} does not hold {filled} hashes")
        hashes = []
        for i in range(0, len(data), WIDTH * HASH):
            tile = data[i : i + WIDTH * HASH]
            changed[level, first + i // (WIDTH * HASH)] = tile
            if len(tile) == WIDTH * HASH:
                hashes.append(complete(split(tile)))
        level += 1
    return changed
