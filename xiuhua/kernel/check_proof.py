"""Checks the proof of one entry of a record that Xiuhua keeps, offline and without Xiuhua.

    python check_proof.py PROOF.json VERIFIER_KEY

It needs Python 3.9 or later and the package `cryptography`. Take VERIFIER_KEY from what the bureau published, not
from the proof. It prints the entry as it was sealed, or says what does not fit.
"""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


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
    """The text of a signed note (C2SP signed-note, Ed25519). Raises InvalidSignature."""
    name, number, public = key.strip().split("+", 2)
    text, _, signatures = note.rpartition("\n\n")
    for line in signatures.splitlines():
        signature = base64.b64decode(line.rpartition(" ")[2])
        if line.startswith(f"— {name} ") and signature[:4].hex() == number:
            Ed25519PublicKey.from_public_bytes(base64.b64decode(public)[1:]).verify(
                signature[4:], f"{text}\n".encode()
            )
            return f"{text}\n"
    raise InvalidSignature


def check(proof: dict[str, Any], key: str) -> str:
    """The entry that is proved. Raises ValueError with a sentence if the proof proves nothing."""
    try:
        _, size, root, *_ = signed_text(proof["checkpoint"], key).split("\n")
    except InvalidSignature:
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
