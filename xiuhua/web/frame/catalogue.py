"""The English catalogue: every `.po` of the locale folder becomes one `django.mo`. A room keeps its own `.po`."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings

from xiuhua.kernel.authz import Invalid


def folder() -> Path:
    return Path(settings.LOCALE_PATHS[0]) / "en" / "LC_MESSAGES"


def sources() -> list[Path]:
    return sorted(folder().glob("*.po"))


def target() -> Path:
    return folder() / "django.mo"


def read(path: Path) -> Catalog:
    with path.open("rb") as source:
        return read_po(source, locale="en")


def merged() -> Catalog:
    """All catalogues as one. Raises Invalid if two rooms give one string different English."""
    whole = Catalog(locale="en", charset="utf-8")
    where: dict[str, tuple[str, object]] = {}
    for path in sources():
        for message in read(path):
            if not message.id or not message.string or not any(_texts(message.string)):
                continue
            key = message.id if isinstance(message.id, str) else message.id[0]
            earlier = where.get(key)
            if earlier and earlier[1] != message.string:
                raise Invalid({f"{path.name} / {earlier[0]}": f"“{key}”有两种英文"})
            where[key] = (path.name, message.string)
            whole.add(message.id, message.string)
    return whole


def known() -> tuple[set[str], set[str]]:
    """The strings that have English, and those among them that have it for one and for many."""
    messages = [m for m in merged() if m.id]
    counted = {m.id[0] for m in messages if not isinstance(m.id, str)}
    return {m.id for m in messages if isinstance(m.id, str)} | counted, counted


def _texts(string: object) -> Iterator[str]:
    yield from [string] if isinstance(string, str) else list(string)  # type: ignore[call-overload]  # babel: str or tuple


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
