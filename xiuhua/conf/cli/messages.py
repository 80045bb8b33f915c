"""`xiuhua messages`: compile the English catalogue; `--missing` lists the strings that have no English yet."""

from __future__ import annotations

import argparse

from xiuhua.web.frame import catalogue


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--missing", action="store_true", help="list the strings that have no English yet")


def run(args: argparse.Namespace) -> int:
    if args.missing:
        return _missing()
    print(f"{compile_catalogue()} strings from {len(catalogue.sources())} files in {catalogue.target()}")
    return 0


def compile_catalogue() -> int:
    """Compile now, whatever is newer; how many strings there are."""
    return catalogue.compile_all()


def _missing() -> int:
    """One line a string; the exit code is 1 when there is any."""
    count = 0
    for path in catalogue.sources():
        for message in catalogue.entries(path):
            said = [message.string] if isinstance(message.string, str) else message.string or []
            if not (said and all(said)):
                count += 1
                print(f"{path.name}: {message.id}")
    return 1 if count else 0
