"""The key that signs the record, and the checkpoint that lies beside it, as files in VAR_DIR/record.

The key is made when a log begins and is readable by its owner only. Keep a copy: a log can only be continued with
its key. All workers of one database need the same key. Give the verifier key (`xiuhua record key`) to whoever
should be able to check, before they need it: a key that comes with a proof proves nothing.
"""

from __future__ import annotations

import base64
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from xiuhua.kernel.notes import Head, Signer


class KeyMissing(RuntimeError):
    """The key file does not hold the key of this log."""


class CutBack(RuntimeError):
    """The database holds less of the log than was signed and published: to go on would sign two different logs."""


def folder() -> Path:
    return Path(settings.VAR_DIR) / "record"


def signer(origin: str) -> Signer:
    """The key of this installation under the name of the log; made on first use."""
    path = folder() / "key"
    if not path.exists():
        _make(path)
    return Signer(origin, Ed25519PrivateKey.from_private_bytes(base64.b64decode(path.read_text())))


def _make(path: Path) -> None:
    """Write a new key so that it appears whole or not at all; whoever comes second keeps the first one's."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"key.{secrets.token_hex(4)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode() + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def signer_of(origin: str, verifier_key: str) -> Signer:
    """The key of this log. Raises KeyMissing if the key file holds another one."""
    path = folder() / "key"
    if path.exists() and str(signer(origin).verifier) == verifier_key:
        return signer(origin)
    raise KeyMissing(f"the record {origin} was signed with a key that is not in {path}: put that key back")


def _published(origin: str) -> Path:
    return folder() / f"{origin.rpartition('/')[2]}.checkpoint"


def publish(origin: str, note: str) -> None:
    """Lay the newest checkpoint beside the key, whole or not at all."""
    path = _published(origin)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    draft.write_text(note)
    draft.replace(path)


def must_hold(origin: str, size: int) -> None:
    """Raises CutBack if a larger log than that of `size` entries was published here."""
    note = published(origin)
    signed = Head.parse(note.rpartition("\n\n")[0] + "\n").size if note else 0
    if signed > size:
        raise CutBack(
            f"the database holds {size} entries of the record, but {signed} were signed: it was put back to an "
            f"older state. If that is meant, move {_published(origin)} away and keep it"
        )


def published(origin: str) -> str | None:
    """The checkpoint that was laid there last; None if there is none."""
    path = _published(origin)
    return path.read_text() if path.exists() else None
