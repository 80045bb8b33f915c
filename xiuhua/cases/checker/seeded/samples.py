"""Lawful files and the blocks that extend them, as data: `path = JSON` changes one place of a file."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

FILES = Path(__file__).parent
Patch = tuple[str, Any]
_STEP = re.compile(r"([a-z_][a-z_0-9]*)|\[(\d+|\+)\]")
_HEAD = re.compile(r"\[(\w+)\] (\w+): (.*)")


def patches(lines: Sequence[str]) -> tuple[Patch, ...]:
    """Each line as (path, value); null takes away what is there."""
    return tuple(
        (path.strip(), json.loads(value)) for path, _, value in (line.partition("=") for line in lines)
    )


def patched(file: Mapping[str, Any], changes: Sequence[Patch]) -> dict[str, Any]:
    """A copy with the changes; blocks on the way are made."""
    found = copy.deepcopy(dict(file))
    for path, value in changes:
        _put(found, path, copy.deepcopy(value))
    return found


def _put(here: Any, path: str, value: Any) -> None:
    way = [name or (place if place == "+" else int(place)) for name, place in _STEP.findall(path)]
    for step, following in pairwise(way):
        if isinstance(step, str) and step not in here:
            here[step] = {} if isinstance(following, str) and following != "+" else []
        here = here[step]
    last = way[-1]
    if last == "+":
        here.append(value)
    elif value is None:
        del here[last]
    else:
        here[last] = value


@lru_cache(maxsize=1)
def lawful() -> Mapping[str, Mapping[str, Any]]:
    """Name → file: F1 to F3, and each block over its base."""
    files: dict[str, Mapping[str, Any]] = {
        name: json.loads((FILES / f"{name}.json").read_text(encoding="utf-8")) for name in ("F1", "F2", "F3")
    }
    for name, (base, changes) in blocks().items():
        files[name] = patched(files[base], changes)
    return files


@lru_cache(maxsize=1)
def blocks() -> Mapping[str, tuple[str, tuple[Patch, ...]]]:
    """Name of a block → its base and what it changes."""
    return {name: (base, patches(lines)) for name, base, lines in _blocks()}


def touched(changes: Sequence[Patch]) -> frozenset[str]:
    """The fields that are changed, rows without their places."""
    return frozenset(re.sub(r"\[[^\]]*\]", "", path) for path, _ in changes)


def _blocks() -> Iterator[tuple[str, str, list[str]]]:
    for part in (FILES / "blocks.txt").read_text(encoding="utf-8").split("\n\n")[1:]:
        head, *lines = part.strip().splitlines()
        found = _HEAD.fullmatch(head)
        assert found is not None, head
        yield found[1], found[2], lines
