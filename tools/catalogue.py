"""The English catalogue: `python -m tools.catalogue update|compile`.

update   take the Chinese source strings from the code into the catalogue; new ones arrive without English,
         translations are kept, strings that nobody says any more leave
compile  make the binary catalogue that Django reads (Babel does it, so that no gettext install is needed)
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tools.messages import Message, said_in

ROOT = Path(__file__).resolve().parent.parent
ENGLISH = Path("xiuhua/locale/en/LC_MESSAGES/django.po")
HEADER = (
    "# The English of Xiuhua. `make catalogue` takes the strings from the code; people write the English."
)


def read(path: Path) -> Catalog:
    """The catalogue in the file, or an empty one."""
    if not path.exists():
        return Catalog(locale="en", domain="django")
    with path.open("rb") as file:
        return read_po(file, locale="en", domain="django", abort_invalid=True)


def english(catalogue: Catalog) -> dict[Message, bool]:
    """Every message of the catalogue, and whether all its forms have English."""
    known: dict[Message, bool] = {}
    for entry in catalogue:
        if not entry.id:
            continue
        ids = (entry.id, "") if isinstance(entry.id, str) else entry.id
        strings = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        known[Message(ids[0], ids[1], entry.context or "")] = all(strings) and not entry.fuzzy
    return known


def update(root: Path) -> int:
    """Bring the catalogue in step with the code; how many messages lack their English."""
    path = root / ENGLISH
    old = read(path)
    new = Catalog(locale="en", domain="django", header_comment=HEADER, fuzzy=False)
    for message, places in sorted(said_in(root).items()):
        key = (message.text, message.plural) if message.plural else message.text
        before = old.get(message.text, message.context or None)
        string = before.string if before is not None and not before.fuzzy else None
        # Places without line numbers: a moved line is no change of the catalogue.
        new.add(key, string, [(place, 0) for place in places], context=message.context or None)
    new.creation_date = old.creation_date
    new.revision_date = old.revision_date
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, new, width=110, sort_output=True, include_lineno=False, omit_header=False)
    return sum(not has for has in english(new).values())


def compile_(root: Path) -> Path:
    """Write the binary catalogue of all sources beside them (django.po, and data.po for labels that are data)."""
    folder = (root / ENGLISH).parent
    target = (root / ENGLISH).with_suffix(".mo")
    whole = Catalog(locale="en", charset="utf-8")
    for source in sorted(folder.glob("*.po")):
        for message in read(source):
            if message.id and message.string:
                whole.add(message.id, message.string, context=message.context)
    if folder.is_dir():
        with target.open("wb") as file:
            write_mo(file, whole)
    return target


def main(arguments: list[str]) -> int:
    match arguments:
        case ["update"]:
            print(f"catalogue: {update(ROOT)} messages lack their English in {ENGLISH}")
        case ["compile"]:
            compile_(ROOT)
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
