"""Proofs from the sealed record that an outsider checks without us: that an entry is in it, that it only grew.

A proof of an entry is one JSON object:

    format        xiuhua.proof.1
    how_to_check  the steps in words
    leaf          the entry as it was sealed (see `leaves`)
    index         its place in the log, from 0
    path          the hashes beside its way to the root, from the leaf up, in base64
    checkpoint    the signed note that gives size and root
    verifier_key  the key that signed; to be compared with the one the bureau published
"""

from __future__ import annotations

import base64
from typing import Any

from django.db import connection

from xiuhua.kernel import leaves, sealing, tiles
from xiuhua.kernel.authz import Invalid, Refusal, Refused, Said
from xiuhua.kernel.merkle import consistency_proof, inclusion_proof, verify_consistency
from xiuhua.kernel.models import Checkpoint, Leaf, LogHead
from xiuhua.kernel.notes import Head, Unsigned, Verifier

PROOF = "xiuhua.proof.1"
GROWTH = "xiuhua.growth.1"

HOW = [
    "一、SHA-256(00 字节 + leaf 的 UTF-8 字节) 得叶哈希。",
    "二、按 index 从下到上与 path 中的哈希合并：SHA-256(01 字节 + 左 + 右)，得根（RFC 6962，RFC 9162 §2.1.3.2）。",
    "三、checkpoint 第三行（base64）须与所得的根相同，第二行为记录总数。",
    "四、checkpoint 空行之前的文字须由 verifier_key 以 Ed25519 签名（C2SP signed-note）。",
    "五、verifier_key 须与本机关公布的相同。",
    "1. SHA-256 of a zero byte and the UTF-8 bytes of `leaf` is the leaf hash.",
    "2. Combine it with the hashes of `path` as `index` says: SHA-256 of a one byte, left, right (RFC 9162 §2.1.3.2).",
    "3. The result must be the third line of `checkpoint` (base64); its second line is the number of entries.",
    "4. The text of `checkpoint` before the empty line must be signed by `verifier_key` (C2SP signed-note, Ed25519).",
    "5. `verifier_key` must be the key that the bureau published. `xiuhua record checker` prints a program for 1 to 4.",
]


def _newest() -> tuple[Checkpoint, LogHead]:
    newest, head = Checkpoint.objects.order_by("-size").first(), LogHead.objects.filter(pk=1).first()
    if newest is None or head is None:
        raise Refused(Refusal("record.empty", "记录尚未封存：没有检查点"))
    return newest, head


def checkpoint() -> str:
    """The newest signed checkpoint. Raises Refused while nothing is sealed."""
    return _newest()[0].note


def verifier_key() -> str:
    """The key with which the checkpoints of this record are checked. Raises Refused while nothing is sealed."""
    return _newest()[1].verifier_key


def _base64(hashes: list[bytes]) -> list[str]:
    return [base64.b64encode(each).decode() for each in hashes]


def prove(entry_id: int) -> dict[str, Any]:
    """The proof of one entry. Raises Invalid if there is none of this id, Refused while it is not sealed."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {leaves.columns(connection)} FROM kernel_recordentry e WHERE e.id = %s",  # noqa: S608 - our own names
            [entry_id],
        )
        row = cursor.fetchone()
    if row is None:
        raise Invalid({"id": Said("没有编号为 %(entry)s 的记录", entry=entry_id)})
    leaf = Leaf.objects.filter(entry_id=entry_id).first()
    newest, head = _newest()
    if leaf is None or leaf.index >= newest.size:
        raise Refused(Refusal("record.unsealed", Said("记录 %(entry)s 尚未封存，请稍候再试", entry=entry_id)))
    path = inclusion_proof(leaf.index, newest.size, tiles.reader(sealing.load_tile))
    return {
        "format": PROOF,
        "how_to_check": HOW,
        "leaf": leaves.leaf_bytes(row).decode(),
        "index": leaf.index,
        "path": _base64(path),
        "checkpoint": newest.note,
        "verifier_key": head.verifier_key,
    }


def since(size: int) -> dict[str, Any]:
    """The proof that the log of today begins with the log of `size` entries.

    Raises Invalid for a size that the log never had.
    """
    newest, head = _newest()
    if not 0 < size <= newest.size:
        raise Invalid(
            {
                "since": Said(
                    "封存记录共 %(size)s 条，没有第 %(size2)s 条时的状态", size=newest.size, size2=size
                )
            }
        )
    path = consistency_proof(size, newest.size, tiles.reader(sealing.load_tile))
    return {
        "format": GROWTH,
        "old_size": size,
        "path": _base64(path),
        "checkpoint": newest.note,
        "verifier_key": head.verifier_key,
    }


def grew_from(old_note: str, proof: dict[str, Any], key: str) -> bool:
    """Whether `proof` (of `since`) shows that the log under its checkpoint begins with the one of `old_note`.

    Raises Unsigned if one of the notes is not signed by `key`.
    """
    verifier = Verifier.parse(key)
    old, new = Head.parse(verifier.open(old_note)), Head.parse(verifier.open(str(proof["checkpoint"])))
    if old.origin != new.origin or old.size != proof["old_size"]:
        raise Unsigned("the old checkpoint is not the one this proof begins with")
    path = [base64.b64decode(each, validate=True) for each in proof["path"]]
    return verify_consistency(old.size, new.size, old.root, new.root, path)
