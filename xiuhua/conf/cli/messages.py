"""`xiuhua messages`: compile the English catalogue; with --missing, list the strings that have no English yet."""

from __future__ import annotations

import argparse

from xiuhua.web.frame import catalogue, strings


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--missing", action="store_true", help="list strings without English, as entries for a .po file"
    )


def run(args: argparse.Namespace) -> int:
    if args.missing:
        return _missing()
    print(f"{catalogue.compile_all()} strings from {len(catalogue.sources())} files in {catalogue.target()}")
    return 0


def _missing() -> int:
    known, counted = catalogue.known()
    seen: set[str] = set()
    for found in strings.everything():
        if found.text not in (counted if found.counted else known) and found.text not in seen:
            seen.add(found.text)
            print(_entry(found))
    return 1 if seen else 0


def _entry(found: strings.Found) -> str:
    text = found.text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    said = f'msgid_plural "{text}"\nmsgstr[0] ""\nmsgstr[1] ""' if found.counted else 'msgstr ""'
    return f'#: {found.where}\nmsgid "{text}"\n{said}\n'
