"""What lies in a file of JSON, or comes in by standard input."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from xiuhua.kernel.authz import Invalid

LARGEST = 20 * 1024 * 1024


def content(name: str) -> Any:
    """What lies in the file. Raises Invalid for one that is not there, too large, or no JSON."""
    try:
        content = sys.stdin.buffer.read(LARGEST + 1) if name == "-" else _bytes(Path(name))
        if len(content) > LARGEST:
            raise Invalid({name: f"文件大于 {LARGEST // 1024 // 1024} MB"})
        return json.loads(content, parse_constant=_no_number)
    except OSError as error:
        raise Invalid({name: f"读不了文件（{error.strerror}）"}) from None
    except (ValueError, RecursionError) as error:
        raise Invalid({name: f"不是 JSON（{error}）"}) from None


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no number of JSON")
