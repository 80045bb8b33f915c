"""Checks a package of evidence that Xiuhua exported, offline and without Xiuhua. It lies in the package itself.

    python3 check_bag.py [VERIFIER_KEY]

It needs Python 3.9 or later and nothing else. Take VERIFIER_KEY from what the bureau published; without it the key
inside the package is used, which shows only that the package agrees with itself. Three things are checked:

1. Every file is as its BagIt manifests say (RFC 8493), SHA-256 and, where this Python knows it, SM3.
2. Every entry under data/proofs is in the record that the key signed.
3. Among them is the entry by which this very file, by its SHA-256, came into the record.
"""

from __future__ import annotations

import hashlib
import json
import runpy
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
BAG = HERE.parent
ADDED = "evidence.add"


def manifests(bag: Path) -> list[str]:
    """What is wrong with files of the bag: changed, missing, or not in the manifest."""
    wrong = []
    for manifest in sorted(bag.glob("*manifest-*.txt")):
        algorithm = manifest.stem.rpartition("-")[2]
        if algorithm not in hashlib.algorithms_available:
            sys.stdout.write(f"{manifest.name}: this Python does not know {algorithm}; not checked\n")
            continue
        lines = (line.split(maxsplit=1) for line in manifest.read_text("utf-8").splitlines())
        told = {name: digest for digest, name in lines}
        for name, digest in told.items():
            path = bag / name
            if not path.is_file() or hashlib.new(algorithm, path.read_bytes()).hexdigest() != digest:
                wrong.append(f"{name} is not as {manifest.name} says")
        if manifest.name.startswith("manifest-"):
            there = {path.relative_to(bag).as_posix() for path in (bag / "data").rglob("*") if path.is_file()}
            wrong += [f"{name} stands in no manifest" for name in sorted(there - set(told))]
    return wrong


def proofs(bag: Path, key: str, sha256: str) -> list[str]:
    """What is wrong with the proofs, and whether one of them tells of this file."""
    check = runpy.run_path(str(HERE / "check_proof.py"))["check"]
    wrong, told = [], False
    for path in sorted((bag / "data" / "proofs").glob("*.json")):
        try:
            leaf = check(json.loads(path.read_text("utf-8")), key)
        except (ValueError, KeyError, TypeError) as error:
            wrong.append(f"{path.name}: {error}")
            continue
        lines = leaf.split("\n")
        told |= lines[3] == ADDED and json.loads("\n".join(lines[10:])).get("sha256") == sha256
    return wrong if told else [*wrong, "no proved entry tells of this file"]


def main(arguments: list[str]) -> int:
    """0 if all holds, 1 if not."""
    about = json.loads((BAG / "data" / "exhibit.json").read_text("utf-8"))
    key = arguments[0] if arguments else (BAG / "data" / "verifier_key.txt").read_text("utf-8").strip()
    wrong = [*manifests(BAG), *proofs(BAG, key, about["sha256"])]
    for each in wrong:
        sys.stderr.write(f"NOT PROVED: {each}\n")
    if not wrong:
        sys.stdout.write(
            f"PROVED: {about['name']} ({about['sha256']}) is as it came into the record signed by {key}\n"
        )
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
