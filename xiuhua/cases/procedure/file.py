"""The file of a case: a nested dict that grows by folding the facts of each step over it. Pure.

Dicts merge deeply, lists append, everything else replaces; None takes a whole block back. Dates are ISO text,
moments `YYYY-MM-DDTHH:MM`, money yuan as numbers, ids text. The key `step` always holds the fragment that was
folded in last: guards about this very act look there, so an old act never stands in for a missing new one.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import Any

File = dict[str, Any]
Facts = Mapping[str, Any]

STEP = "step"


class Malformed(ValueError):
    """Facts that do not fit the file at `path`: a list where the file holds a block, or the like."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(path)


def _pour(into: dict[str, Any], facts: Facts, path: str) -> None:
    for key, new in facts.items():
        old = into.get(key)
        if isinstance(new, dict):
            if old is None:
                into[key] = old = {}
            elif not isinstance(old, dict):
                raise Malformed(path + key)
            _pour(old, new, f"{path}{key}.")
        elif isinstance(new, list):
            if old is None:
                into[key] = list(new)
            elif isinstance(old, list):
                old.extend(new)
            else:
                raise Malformed(path + key)
        elif new is not None and isinstance(old, (dict, list)):
            raise Malformed(path + key)
        else:
            into[key] = new


def fold(file: File, facts: Facts) -> File:
    """Fold `facts` into `file` in place and give it back; `facts` itself stays as it is.

    The file must be the caller's own: lists and blocks of its base are changed. Raises Malformed where the
    shapes do not fit; the file may then be half folded.
    """
    _pour(file, facts, "")
    file[STEP] = facts
    return file


def merge(file: Mapping[str, Any], facts: Facts) -> File:
    """A new file with `facts` folded in; neither argument is changed."""
    fresh: File = copy.deepcopy({k: v for k, v in file.items() if k != STEP})
    return fold(fresh, facts)


def fold_all(base: Mapping[str, Any], steps: Iterable[Facts]) -> File:
    """The file after all `steps`, in a copy of `base`."""
    file: File = copy.deepcopy(dict(base))
    for facts in steps:
        fold(file, facts)
    return file


def at(file: Mapping[str, Any], path: str) -> Any:
    """The value at a dotted path such as `notice.served_on`, `services.-1.on`; None where nothing is there."""
    here: Any = file
    for name in path.split("."):
        if isinstance(here, Mapping):
            here = here.get(name)
        elif isinstance(here, list) and name.lstrip("-").isdigit() and -len(here) <= int(name) < len(here):
            here = here[int(name)]
        else:
            return None
    return here
