"""What a gate finds, and how it says so."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Fault:
    """One breach: where it is (`file:line` where there is one) and what is wrong there."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Gate:
    """A rule of the house: its name, the search for breaches under a root, and how to mend them."""

    name: str
    find: Callable[[Path], Iterable[Fault]]
    mend: str

    def main(self) -> int:
        """Search the project and print what was found; the exit code."""
        faults = list(self.find(ROOT))
        for fault in faults:
            print(f"{fault.where}: {fault.what}")
        print(f"{self.name}: {len(faults)} faults. {self.mend}" if faults else f"{self.name}: kept")
        return 1 if faults else 0

    def exit(self) -> None:
        sys.exit(self.main())


def tracked(root: Path, *patterns: str) -> Iterator[Path]:
    """Files under `root` that are or would be committed, in order; outside a repository, every file.

    `patterns` are shell patterns on the path relative to `root`; none means all.
    """
    listing = subprocess.run(
        ["git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        check=False,
        capture_output=True,
        text=True,
    )
    if listing.returncode == 0:
        paths = [root / name for name in listing.stdout.split("\0") if name]
    else:
        paths = list(root.rglob("*"))
    for path in sorted(set(paths)):
        place = path.relative_to(root)
        if path.is_file() and (not patterns or any(place.match(p) for p in patterns)):
            yield path


def place(path: Path, root: Path, line: int | None = None) -> str:
    """`path` as a fault names it."""
    name = path.relative_to(root).as_posix()
    return f"{name}:{line}" if line else name


def is_test(path: Path, root: Path) -> bool:
    """Whether the file belongs to a suite."""
    return "tests" in path.relative_to(root).parts or path.name == "conftest.py"


def is_migration(path: Path) -> bool:
    return path.parent.name == "migrations"


def is_vendored(path: Path) -> bool:
    return "vendor" in path.parts


def percentile(values: list[int], share: float) -> int:
    """The value that `share` of the values do not exceed; 0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0
