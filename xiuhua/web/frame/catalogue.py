"""The English catalogue: every `.po` of the locale folder together becomes the one `django.mo` that Django reads.

`django.po` holds what gettext is asked for by name, `data.po` the labels that are data (roles, refusals, reasons).
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings


def folder() -> Path:
    return Path(settings.LOCALE_PATHS[0]) / "en" / "LC_MESSAGES"


def sources() -> list[Path]:
    return sorted(folder().glob("*.po"))


def target() -> Path:
    return folder() / "django.mo"


def entries(path: Path) -> Iterator[Message]:
    """The messages of one source, its header left out."""
    with path.open("rb") as source:
        read = read_po(source, locale="en")
    return (message for message in read if message.id)


def merged() -> Catalog:
    """All sources as one catalogue; a string without English is left out, so that its Chinese is shown."""
    whole = Catalog(locale="en", charset="utf-8")
    for path in sources():
        for message in entries(path):
            if message.string:
                whole.add(message.id, message.string, context=message.context)
    return whole


def stale() -> bool:
    made = target()
    return not made.exists() or any(p.stat().st_mtime > made.stat().st_mtime for p in sources())


def compile_all() -> int:
    """Write the catalogue anew and tell how many strings it holds. The file changes at once or not at all."""
    catalogue = merged()
    handle, name = tempfile.mkstemp(dir=folder(), suffix=".part")
    with os.fdopen(handle, "wb") as out:
        write_mo(out, catalogue)
    Path(name).replace(target())
    return len(catalogue)


def ensure() -> None:
    """Compile when a source is newer. A folder that may not be written keeps the catalogue it has."""
    if stale() and os.access(folder(), os.W_OK):
        compile_all()
