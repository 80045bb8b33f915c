"""Brings the English catalogue in step with the code: `make catalogue`.

Chinese source strings come from the code into `django.po`, unless another catalogue beside it has them; new ones
arrive without English, translations are kept, strings that nobody says any more leave. `xiuhua messages` compiles.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from tools.messages import Message, said_in

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path("xiuhua/locale/en/LC_MESSAGES")
ENGLISH = FOLDER / "django.po"
HEADER = (
    "# The English of Xiuhua. `make catalogue` takes the strings from the code; people write the English."
)


def read(path: Path) -> Catalog:
    """The catalogue in the file, or an empty one."""
    if not path.exists():
        return Catalog(locale="en", domain="django")
    with path.open("rb") as file:
        return read_po(file, locale="en", domain="django", abort_invalid=True)


def english(catalogue: Catalog) -> Iterator[tuple[Message, bool]]:
    """Every message of the catalogue, and whether all its forms have English."""
    for entry in catalogue:
        if not entry.id:
            continue
        ids = (entry.id, "") if isinstance(entry.id, str) else entry.id
        strings = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        yield Message(ids[0], ids[1], entry.context or ""), all(strings) and not entry.fuzzy


def known(root: Path, *without: str) -> dict[Message, bool]:
    """The messages of every catalogue in the folder, except the files named, and whether they have their English."""
    found: dict[Message, bool] = {}
    for path in sorted((root / FOLDER).glob("*.po")):
        if path.name not in without:
            for message, has in english(read(path)):
                found[message] = has or found.get(message, False)
    return found


def update(root: Path) -> int:
    """Bring the catalogue in step with the code; how many messages lack their English."""
    path = root / ENGLISH
    old, elsewhere = read(path), known(root, ENGLISH.name)
    new = Catalog(locale="en", domain="django", header_comment=HEADER, fuzzy=False)
    new.creation_date, new.revision_date = old.creation_date, old.revision_date
    for message, places in sorted(said_in(root).items()):
        if elsewhere.get(message):
            continue
        key = (message.text, message.plural) if message.plural else message.text
        before = old.get(message.text, message.context or None)
        string = before.string if before is not None and not before.fuzzy else None
        # Places without line numbers: a moved line is no change of the catalogue.
        new.add(key, string, [(place, 0) for place in places], context=message.context or None)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, new, width=110, sort_output=True, include_lineno=False)
    return sum(not has for _, has in english(new))


def main() -> int:
    print(f"catalogue: {update(ROOT)} messages lack their English in {ENGLISH}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
