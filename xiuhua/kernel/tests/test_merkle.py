"""The tree against the published vectors, and against the definition of RFC 6962 §2.1 taken literally."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xiuhua.kernel import merkle, tiles
from xiuhua.kernel.merkle import leaf_hash, node_hash

VECTORS = Path(__file__).parents[4] / "shared" / "vectors" / "given" / "rfc6962.json"


def vectors(kind: str) -> list[Any]:
    if not VECTORS.exists():
        return [pytest.param(None, marks=pytest.mark.skip(reason=f"{VECTORS} is not here"))]
    return [pytest.param(v, id=v["id"]) for v in json.loads(VECTORS.read_text()) if v["kind"] == kind]


def literal_root(leaves: list[bytes]) -> bytes:
    if not leaves:
        return merkle.EMPTY_ROOT
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return node_hash(literal_root(leaves[:k]), literal_root(leaves[k:]))


def literal_node(leaves: list[bytes]) -> merkle.Node:
    return lambda level, index: literal_root(leaves[index << level : (index + 1) << level])


def data(n: int) -> list[bytes]:
    return [i.to_bytes(3, "big") for i in range(n)]


def decoded(values: list[str]) -> list[bytes]:
    return [bytes.fromhex(v) for v in values or []]


@pytest.mark.parametrize("vector", vectors("leaf_hash"))
def test_it_hashes_a_leaf_as_published(vector: dict[str, Any]) -> None:
    assert leaf_hash(bytes.fromhex(vector["input"]["leaf_hex"])).hex() == vector["expected"]["leaf_hash"]


@pytest.mark.parametrize("vector", vectors("root"))
def test_it_finds_the_published_root(vector: dict[str, Any]) -> None:
    leaves = decoded(vector["input"]["leaves_hex"])
    assert merkle.root(map(leaf_hash, leaves)).hex() == vector["expected"]["root"]


@pytest.mark.parametrize("vector", vectors("inclusion"))
def test_it_judges_a_published_inclusion_proof(vector: dict[str, Any]) -> None:
    given_ = vector["input"]
    accepted = merkle.verify_inclusion(
        bytes.fromhex(given_["leafHash_hex"]),
        given_["leafIdx"],
        given_["treeSize"],
        decoded(given_["proof_hex"]),
        bytes.fromhex(given_["root_hex"]),
    )
    assert accepted is vector["expected"]["accept"], vector["expected"]["desc"]


@pytest.mark.parametrize("vector", vectors("consistency"))
def test_it_judges_a_published_consistency_proof(vector: dict[str, Any]) -> None:
    given_ = vector["input"]
    accepted = merkle.verify_consistency(
        given_["size1"],
        given_["size2"],
        bytes.fromhex(given_["root1_hex"]),
        bytes.fromhex(given_["root2_hex"]),
        decoded(given_["proof_hex"]),
    )
    assert accepted is vector["expected"]["accept"], vector["expected"]["desc"]


@given(st.integers(0, 80))
def test_the_root_is_that_of_the_definition(n: int) -> None:
    assert merkle.root(map(leaf_hash, data(n))) == literal_root(data(n))
    assert merkle.root_at(n, literal_node(data(n))) == literal_root(data(n))


@given(st.integers(1, 80).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n - 1))))
def test_an_inclusion_proof_convinces_for_its_own_leaf_only(case: tuple[int, int]) -> None:
    size, index = case
    leaves = data(size)
    root = literal_root(leaves)
    proof = merkle.inclusion_proof(index, size, literal_node(leaves))
    assert merkle.verify_inclusion(leaf_hash(leaves[index]), index, size, proof, root)
    assert not merkle.verify_inclusion(leaf_hash(b"other"), index, size, proof, root)
    assert not merkle.verify_inclusion(leaf_hash(leaves[index]), index, size, [*proof, root], root)
    for other in set(range(size)) - {index}:
        assert not merkle.verify_inclusion(leaf_hash(leaves[index]), other, size, proof, root)


@given(st.integers(0, 60).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))))
def test_a_consistency_proof_convinces_for_the_true_beginning_only(case: tuple[int, int]) -> None:
    size, old = case
    leaves = data(size)
    before, now = literal_root(leaves[:old]), literal_root(leaves)
    proof = merkle.consistency_proof(old, size, literal_node(leaves))
    assert merkle.verify_consistency(old, size, before, now, proof) is (old > 0)
    assert not merkle.verify_consistency(old, size, leaf_hash(b"other"), now, proof)
    if 0 < old < size:
        assert not merkle.verify_consistency(old, size, before, leaf_hash(b"other"), proof)
        assert not merkle.verify_consistency(old, size, before, now, [*proof, now])
        assert not merkle.verify_consistency(old, size, before, now, proof[:-1])


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_there_is_no_proof_for_a_leaf_outside_the_tree(index: int, size: int) -> None:
    with pytest.raises(IndexError):
        merkle.inclusion_proof(index, size, literal_node(data(8)))
    assert not merkle.verify_inclusion(leaf_hash(b""), index, size, [], leaf_hash(b""))


@pytest.mark.parametrize(("old", "size"), [(-1, 3), (4, 3)])
def test_there_is_no_proof_from_a_larger_tree(old: int, size: int) -> None:
    with pytest.raises(IndexError):
        merkle.consistency_proof(old, size, literal_node(data(8)))
    assert not merkle.verify_consistency(old, size, leaf_hash(b""), leaf_hash(b""), [])


class Shelf(dict[tuple[int, int], bytes]):
    def load(self, level: int, index: int) -> bytes:
        return self.get((level, index), b"")


@settings(max_examples=25)
@given(st.lists(st.integers(0, 600), max_size=4), st.data())
def test_tiles_grow_in_any_batches_into_the_same_tree(batches: list[int], draw: st.DataObject) -> None:
    shelf, hashes = Shelf(), [leaf_hash(d) for d in data(sum(batches))]
    size = 0
    for batch in batches:
        shelf.update(tiles.extend(size, hashes[size : size + batch], shelf.load))
        size += batch
    node = tiles.reader(shelf.load)
    assert merkle.root_at(size, node) == merkle.root(hashes)
    assert all(len(tile) <= tiles.WIDTH * tiles.HASH for tile in shelf.values())
    if size:
        index = draw.draw(st.integers(0, size - 1))
        proof = merkle.inclusion_proof(index, size, node)
        assert merkle.verify_inclusion(hashes[index], index, size, proof, merkle.root(hashes))
        old = draw.draw(st.integers(0, size))
        proof = merkle.consistency_proof(old, size, node)
        before, now = merkle.root(hashes[:old]), merkle.root(hashes)
        assert merkle.verify_consistency(old, size, before, now, proof) is (old > 0)


def test_the_second_level_of_tiles_holds_the_roots_of_full_tiles() -> None:
    hashes = [leaf_hash(d) for d in data(600)]
    shelf = Shelf(tiles.extend(0, hashes, lambda level, index: b""))
    assert set(shelf) == {(0, 0), (0, 1), (0, 2), (1, 0)}
    assert shelf[1, 0] == merkle.root(hashes[:256]) + merkle.root(hashes[256:512])


def test_a_torn_tile_is_said_and_not_built_upon() -> None:
    hashes = [leaf_hash(d) for d in data(10)]
    shelf = Shelf({(0, 0): b"".join(hashes[:9])})
    with pytest.raises(tiles.Torn, match="does not hold 10"):
        tiles.extend(10, hashes, shelf.load)
    with pytest.raises(tiles.Torn, match="too few"):
        merkle.root_at(10, tiles.reader(shelf.load))
