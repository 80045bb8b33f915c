"""Checks the proof of one entry of a record that Xiuhua keeps, offline and without Xiuhua.

    python check_proof.py PROOF.json VERIFIER_KEY

It needs Python 3.9 or later and nothing else. Take VERIFIER_KEY from what the bureau published, not from the proof.
It prints the entry as it was sealed, or says what does not fit.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

# Ed25519 (RFC 8032 §5.1): the field, the order of the base point, the curve, a square root of -1.
FIELD = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE = -121665 * pow(121666, -1, FIELD) % FIELD
ROOT = pow(2, (FIELD - 1) // 4, FIELD)


class NotSigned(ValueError):
    """The note is not signed by this key."""


def point(raw: bytes) -> tuple[int, int, int, int]:
    """The point that 32 bytes tell, as X, Y, Z and XY/Z. Raises NotSigned where they tell none."""
    y = int.from_bytes(raw, "little")
    odd, y = y >> 255, y & (1 << 255) - 1
    square = (y * y - 1) * pow(CURVE * y * y + 1, -1, FIELD) % FIELD
    x = pow(square, (FIELD + 3) // 8, FIELD)
    if (x * x - square) % FIELD:
        x = x * ROOT % FIELD
    if len(raw) != 32 or y >= FIELD or (x * x - square) % FIELD or (not x and odd):
        raise NotSigned("no point of the curve")
    x = x if x & 1 == odd else FIELD - x
    return x, y, 1, x * y % FIELD


def plus(one: tuple[int, int, int, int], two: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """The sum of two points, which may be the same."""
    a, b = (one[1] - one[0]) * (two[1] - two[0]), (one[1] + one[0]) * (two[1] + two[0])
    c, d = 2 * one[3] * two[3] * CURVE, 2 * one[2] * two[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % FIELD, g * h % FIELD, f * g % FIELD, e * h % FIELD


def times(number: int, of: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """The point added to itself so often."""
    found = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = plus(found, of)
        number, of = number >> 1, plus(of, of)
    return found


BASE = point((4 * pow(5, -1, FIELD) % FIELD).to_bytes(32, "little"))


def verify(public: bytes, signature: bytes, text: bytes) -> None:
    """Raises NotSigned where it is no signature of this text by this key. Nothing here is secret, so it may be slow."""
    scalar = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or scalar >= ORDER:
        raise NotSigned("no signature")
    key, nonce = point(public), point(signature[:32])
    if not times(8, key)[0]:
        raise NotSigned("a key of small order, which signs everything")
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + public + text).digest(), "little") % ORDER
    left, right = times(scalar, BASE), plus(nonce, times(challenge, key))
    # The same point may stand in other coordinates.
    if any((left[i] * right[2] - right[i] * left[2]) % FIELD for i in (0, 1)):
        raise NotSigned("not signed by this key")


def root_over(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """The root to which the path leads from this leaf (RFC 9162 §2.1.3.2); empty if the path has another length."""
    here, last, digest = index, size - 1, hashlib.sha256(b"\x00" + leaf).digest()
    for beside in path:
        if here & 1 or here == last:
            digest = hashlib.sha256(b"\x01" + beside + digest).digest()
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            digest = hashlib.sha256(b"\x01" + digest + beside).digest()
        here, last = here >> 1, last >> 1
    return digest if last == 0 and 0 <= index < size else b""


def signed_text(note: str, key: str) -> str:
    """The text of a signed note (C2SP signed-note, Ed25519). Raises NotSigned."""
    name, number, public = key.strip().split("+", 2)
    text, _, signatures = note.rpartition("\n\n")
    for line in signatures.splitlines():
        signature = base64.b64decode(line.rpartition(" ")[2])
        if line.startswith(f"— {name} ") and signature[:4].hex() == number:
            verify(base64.b64decode(public)[1:], signature[4:], f"{text}\n".encode())
            return f"{text}\n"
    raise NotSigned("no line is signed by this key")


def check(proof: dict[str, Any], key: str) -> str:
    """The entry that is proved. Raises ValueError with a sentence if the proof proves nothing."""
    try:
        _, size, root, *_ = signed_text(proof["checkpoint"], key).split("\n")
    except NotSigned:
        raise ValueError("the checkpoint is not signed by this key") from None
    path = [base64.b64decode(each) for each in proof["path"]]
    if root_over(proof["leaf"].encode(), proof["index"], int(size), path) != base64.b64decode(root):
        raise ValueError("the entry is not in the log that was signed")
    return str(proof["leaf"])


def main(arguments: list[str]) -> int:
    """Check the file that was named; 0 if it proves its entry, 1 if not, 2 if called wrongly."""
    if len(arguments) != 2:
        sys.stderr.write(str(__doc__))
        return 2
    try:
        sys.stdout.write(check(json.loads(Path(arguments[0]).read_text("utf-8")), arguments[1]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        sys.stderr.write(f"NOT PROVED: {error}\n")
        return 1
    sys.stderr.write("\nPROVED: the entry above is in the signed record, unchanged.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
