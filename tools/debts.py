"""Passes and gates that are not green yet, each with what is open: they run and say RED aloud, but stop no landing.

The list only gets shorter: whoever makes one green takes its line away in the same commit.
"""

from __future__ import annotations

DEBTS: dict[str, str] = {}
