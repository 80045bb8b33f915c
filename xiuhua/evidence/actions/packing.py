"""An exhibit as a package for a court: a BagIt bag (RFC 8493) in a ZIP, with proofs that anyone can check.

data/evidence/…      the file as it came
data/exhibit.json    what is known of it, with corrections and what it was derived from
data/custody.json    who did what with it, and why
data/proofs/N.json   the proof of each entry of the record about it
data/stamps/N.tsr    time stamps over its SHA-256 (RFC 3161)
data/check_bag.py    the program that checks it all, beside check_proof.py of the record
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from xiuhua.evidence.actions import check_bag
from xiuhua.evidence.actions.using import use
from xiuhua.evidence.models import Exhibit
from xiuhua.evidence.queries import custody
from xiuhua.evidence.rules import uses as rules
from xiuhua.kernel import check_proof, clock, files, proof
from xiuhua.kernel.authz import Actor, Invalid, Refused

ALGORITHMS = ("sha256", "sm3")
BLOCK = 1 << 20

Part = tuple[str, bytes | Path]


def export(*, exhibit: Exhibit, why: str, by: Actor, at: datetime) -> IO[bytes]:
    """The package as an open file, to be read and closed. It is a use of the exhibit, with its reason.

    Raises Invalid without a reason or a file, Refused while the entry that added the exhibit is not sealed.
    """
    if exhibit.file is None:
        raise Invalid({"exhibit": "没有文件的证据不能导出"})
    for entry in custody.trail(exhibit).filter(verb=check_bag.ADDED):
        proof.prove(entry.pk)
    use(exhibit=exhibit, how=rules.Use.EXPORT, why=why, by=by, at=at)
    made = tempfile.TemporaryFile(prefix="xiuhua-bag-")  # noqa: SIM115 - the caller reads and closes it
    try:
        with zipfile.ZipFile(made, "w", allowZip64=True) as bag:
            _fill(bag, f"evidence-{exhibit.pk}", exhibit, at)
    except BaseException:
        made.close()
        raise
    made.seek(0)
    return made


def _fill(bag: zipfile.ZipFile, top: str, exhibit: Exhibit, at: datetime) -> None:
    told: dict[str, dict[str, str]] = {name: {} for name in ALGORITHMS}
    size = count = 0
    for name, content in _parts(exhibit):
        count += 1
        size += _put(bag, f"{top}/{name}", name, content, told)
    info = {
        "Source-Organization": exhibit.unit.name,
        "Bagging-Date": f"{clock.day_of(at):%Y-%m-%d}",
        "External-Identifier": f"exhibit {exhibit.pk}",
        "Payload-Oxum": f"{size}.{count}",
    }
    tags = {
        "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": "".join(f"{name}: {value}\n" for name, value in info.items()),
    }
    for algorithm in ALGORITHMS:
        tags[f"manifest-{algorithm}.txt"] = _lines(told[algorithm])
    for algorithm in ALGORITHMS:
        sums = {name: hashlib.new(algorithm, text.encode()).hexdigest() for name, text in tags.items()}
        bag.writestr(f"{top}/tagmanifest-{algorithm}.txt", _lines(sums))
    for name, text in tags.items():
        bag.writestr(f"{top}/{name}", text)


def _lines(sums: dict[str, str]) -> str:
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))


def _put(
    bag: zipfile.ZipFile, place: str, name: str, content: bytes | Path, told: dict[str, dict[str, str]]
) -> int:
    """Write one file of the payload; its size. Films do not get smaller, so nothing is compressed."""
    hashes, size = files.Hashes(), 0
    with bag.open(zipfile.ZipInfo(place, (1980, 1, 1, 0, 0, 0)), "w", force_zip64=True) as target:
        for block in _blocks(content):
            hashes.update(block)
            size += len(block)
            target.write(block)
    told["sha256"][name], told["sm3"][name] = hashes.sha256.hexdigest(), hashes.sm3.hexdigest()
    return size


def _blocks(content: bytes | Path) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    with content.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


def _parts(exhibit: Exhibit) -> Iterator[Part]:
    assert exhibit.file is not None
    suffix = {"video/mp4": ".mp4", "image/jpeg": ".jpg", "image/png": ".png"}.get(
        exhibit.file.media_type, ".bin"
    )
    yield f"data/evidence/{exhibit.pk}{suffix}", files.path_of(exhibit.file.sha256)
    yield "data/exhibit.json", _json(custody.about(exhibit))
    entries = list(custody.trail(exhibit))
    yield "data/custody.json", _json([custody.said(entry) for entry in entries])
    for entry in entries:
        try:
            yield f"data/proofs/{entry.pk}.json", _json(proof.prove(entry.pk))
        except Refused:
            # What was done a moment ago, such as this export, is sealed within a second.
            continue
    for stamp in exhibit.time_stamps.order_by("pk"):
        yield f"data/stamps/{stamp.pk}.tsr", bytes(stamp.token)
    yield "data/verifier_key.txt", f"{proof.verifier_key()}\n".encode()
    for program in (check_bag, check_proof):
        path = Path(str(program.__file__))
        yield f"data/{path.name}", path.read_bytes()


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
