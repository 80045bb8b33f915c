"""Bytecode of the suites: loaded by pytest before anything else (`-p` in pyproject.toml).

Where the environment forbids Python to write bytecode, each process of a suite would compile some 2,000 modules anew
and rewrite the asserts of every test: that is a quarter of the work of the fast suite. What one process compiled, the
next one reads; it lies beside the interpreter's packages, and nothing lies in the tree.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

FOLDER = Path(sys.prefix) / "bytecode"


def keep() -> None:
    """From here on, this process and those that it starts keep what they compile."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = str(FOLDER)
    sys.dont_write_bytecode = False


if sys.dont_write_bytecode:
    keep()
