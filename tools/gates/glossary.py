"""One term, one word: every label that the code gives a choice stands in GLOSSARY.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tools.gates.fault import Fault, Gate, is_migration, is_test, place, tracked
from tools.messages import labels

PAPER = "GLOSSARY.md"


def find(root: Path) -> Iterator[Fault]:
    paper = root / PAPER
    text = paper.read_text() if paper.exists() else ""
    for path in tracked(root, "*.py"):
        if path.relative_to(root).parts[0] != "xiuhua" or is_test(path, root) or is_migration(path):
            continue
        for line, label in labels(path.read_text()):
            if label not in text:
                yield Fault(place(path, root, line), f"the label “{label}” is not in {PAPER}")


GATE = Gate("glossary", find, f"Use the word that {PAPER} has for it, or add the term there.")

if __name__ == "__main__":
    GATE.exit()
