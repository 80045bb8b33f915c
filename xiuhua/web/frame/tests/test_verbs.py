"""Whoever reads the record reads words: every act that the code writes has them."""

from __future__ import annotations

import re
from pathlib import Path

from xiuhua.web.frame.verbs import LABELS

PACKAGE = Path(__file__).resolve().parents[3]
ACT = re.compile(r'\bact\(\s*"([a-z_]+\.[a-z_]+)"')
# Benches write into a bureau that nobody reads.
OUTSIDE = ("tests", "bench", "testing")


def written() -> set[str]:
    """Verbs of entries, as they stand in the code."""
    return {
        verb
        for path in PACKAGE.rglob("*.py")
        if not set(OUTSIDE) & set(path.relative_to(PACKAGE).parts)
        for verb in ACT.findall(path.read_text())
    }


def test_every_act_that_is_written_has_words() -> None:
    found = written()
    assert len(found) > 100
    assert not sorted(found - set(LABELS))
