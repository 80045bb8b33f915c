"""Both languages: no Chinese in a template outside a translation tag, English for every source string."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tools.catalogue import ENGLISH, known
from tools.gates.fault import Fault, Gate, is_vendored, place, tracked
from tools.messages import CJK, bare_text, said_in


def _bare(root: Path) -> Iterator[Fault]:
    """Chinese that a page or a script says without asking for its English."""
    for path in tracked(root, "*.html", "*.js", "*.mjs"):
        if is_vendored(path) or path.relative_to(root).parts[0] != "xiuhua":
            continue
        source = path.read_text()
        if path.suffix == ".html":
            for line, text in bare_text(source):
                yield Fault(place(path, root, line), f"“{text}” stands outside a translation tag")
            continue
        for line in (n for n, text in enumerate(source.splitlines(), 1) if CJK.search(text)):
            yield Fault(place(path, root, line), "a script speaks for itself; let the page hand it the text")


def find(root: Path) -> Iterator[Fault]:
    yield from _bare(root)
    has_english = known(root)
    for message, places in sorted(said_in(root).items()):
        if message not in has_english:
            yield Fault(places[0], f"“{message.text}” is not in the catalogue")
        elif not has_english[message]:
            yield Fault(places[0], f"“{message.text}” has no English")


GATE = Gate(
    "language",
    find,
    f"Put text into {{% translate %}}; then `make catalogue` and write the English in {ENGLISH}.",
)

if __name__ == "__main__":
    GATE.exit()
