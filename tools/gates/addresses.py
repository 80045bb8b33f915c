"""No file names a package registry or a folder of one machine: the project must build wherever it lies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tools.gates.fault import Fault, Gate, place, tracked

# Written apart, so that this file does not hold what it forbids.
_HOSTS = {
    "pypi": "org",
    "pythonhosted": "org",
    "registry.npmjs": "org",
    "registry.yarnpkg": "com",
    "deb.debian": "org",
    "archive.ubuntu": "com",
    "proxy.golang": "org",
    "static.crates": "io",
    "repo.maven.apache": "org",
}
_FOLDERS = ("work", "root", "home")
REGISTRY = re.compile("|".join(rf"{re.escape(host)}\.{top}\b" for host, top in _HOSTS.items()), re.IGNORECASE)
MACHINE = re.compile(rf"(?<![\w./}}\-])/(?:{'|'.join(_FOLDERS)})/\w")


def find(root: Path) -> Iterator[Fault]:
    for path in tracked(root):
        try:
            lines = path.read_text().splitlines()
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(lines, 1):
            if hit := REGISTRY.search(line):
                yield Fault(place(path, root, number), f"names the package registry {hit[0]}")
            if hit := MACHINE.search(line):
                yield Fault(place(path, root, number), f"names a folder of one machine: {hit[0]}…")


GATE = Gate(
    "addresses", find, "Name packages, not where they come from; name files by their path in the project."
)

if __name__ == "__main__":
    GATE.exit()
