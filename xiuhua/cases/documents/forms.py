"""The forms: one text per kind of document, with its header lines, and the shelf they are taken from.

A form begins with header lines `#: name: value`:

    title       the name of the document
    issuer      authority, unit, or party (written by the party itself)
    number      yes or no; series: the word of the number series (or money10)
    sealed      yes or no
    audience    internal or party
    layout      letter, record, form or cover
    head        black, red or none: the issuer's name above the title
    subject     the list of the snapshot whose member the document is about (inspections), read as `it`
    certainty   how sure the layout is (read, checked, memory, unverified); source: where it is from
    valid_from  valid_to: the days on which the form is used, both included, empty = open

Files whose name begins with `_` are parts for `{% include %}` and `{% import %}`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

from xiuhua.cases.documents import tables
from xiuhua.cases.documents.citations import Act
from xiuhua.cases.documents.facts import kind_of
from xiuhua.cases.documents.filters import filters
from xiuhua.cases.documents.markup import ORIGIN
from xiuhua.cases.documents.tables import Field, Kind, LawRow

_HEADER = re.compile(r"#:\s*(\w+):\s*(.*)")
_STATEMENT = re.compile(r"\s*(?:\{%(?:(?!%\}).)*%\}\s*)+")
_CHOICES = {
    "issuer": ("authority", "unit", "party"),
    "number": ("yes", "no"),
    "sealed": ("yes", "no"),
    "audience": ("internal", "party"),
    "layout": ("letter", "record", "form", "cover"),
    "head": ("black", "red", "none"),
    "certainty": ("read", "checked", "memory", "unverified"),
}
HEADER_FIELDS = frozenset(
    {"header", "header.contact", "header.officers"}
    | {
        f"header.{name}"
        for name in ("authority_name", "number", "issued_on", "unit_name", "seal", "court_name")
    }
    | {f"header.contact.{name}" for name in ("person", "phone", "address", "postcode")}
    | {f"header.officers[].{name}" for name in ("id", "name", "certificate_no")}
)


class FormError(ValueError):
    """A form cannot be read or filled; the message names file and line where they are known."""


@dataclass(frozen=True, slots=True)
class Form:
    kind: str
    title: str
    issuer: str
    number: bool
    series: str
    sealed: bool
    audience: str
    layout: str
    head: str
    subject: str
    certainty: str
    source: str
    valid_from: str
    valid_to: str
    path: Path

    def holds(self, day: str) -> bool:
        return self.valid_from <= day and (not self.valid_to or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Shelf:
    """Everything the rendering of documents reads from `reference/`, loaded once."""

    forms: tuple[Form, ...]
    kinds: Mapping[str, Kind]
    fields: Mapping[str, Field]
    codes: Mapping[str, Mapping[str, str]]
    acts: Mapping[str, Act]
    law: tuple[LawRow, ...]
    bodies: tuple[LawRow, ...]
    environment: Environment
    known: frozenset[str] = field(repr=False)

    def form(self, kind: str, on: str) -> Form:
        """The form of a kind that is used on an ISO day. Raises FormError when there is none."""
        found = [form for form in self.forms if form.kind == kind and form.holds(on)]
        if len(found) != 1:
            raise FormError(f"{len(found)} forms of {kind} hold on {on}")
        return found[0]

    def formed_kinds(self) -> tuple[str, ...]:
        """The kinds that have a form, in the order of the archive."""
        return tuple(sorted({form.kind for form in self.forms}, key=lambda kind: self.kinds[kind].rank))

    def label(self, path: str) -> str:
        """What a field of the snapshot is called, for lists of what is missing."""
        name = kind_of(path)
        return self.fields[name].label_zh if name in self.fields else name


def load(reference: Path) -> Shelf:
    """The shelf from the `reference/` folder. Raises FormError or ValueError with file and line."""
    folder = reference / "documents"
    kinds = tables.kinds(folder / "index.csv")
    fields_, codes = tables.fields(folder / "fields.csv"), tables.codes(folder / "codes.csv")
    acts, law = (
        tables.acts(reference / "acts.csv"),
        tables.law(folder / "law.csv", reference / "parameters.csv"),
    )
    paths = sorted(path for path in folder.glob("*.txt") if not path.name.startswith("_"))
    forms = tuple(_form(path) for path in paths)
    for form in forms:
        if form.kind not in kinds:
            raise FormError(f"{form.path.name}: the kind {form.kind} is not in index.csv")
    environment = ImmutableSandboxedEnvironment(
        loader=_Texts(folder), undefined=StrictUndefined, keep_trailing_newline=True, cache_size=200
    )
    codes["document"] = {kind.kind: kind.label_zh for kind in kinds.values()}
    environment.filters.update(filters(codes, acts, {kind.kind: kind.rank for kind in kinds.values()}))
    known = frozenset(_with_parents(set(fields_) | tables.law_fields(law) | HEADER_FIELDS))
    bodies = tables.bodies(folder / "bodies.csv")
    return Shelf(forms, kinds, fields_, codes, acts, law, bodies, environment, known)


def _form(path: Path) -> Form:
    read: dict[str, str] = {}
    for place, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        found = _HEADER.fullmatch(line.strip())
        if found is None:
            break
        name, value = found[1], found[2].strip()
        if name in _CHOICES and value not in _CHOICES[name]:
            raise FormError(f"{path.name}:{place}: {name} is one of {', '.join(_CHOICES[name])}")
        read[name] = value
    names = {item.name for item in fields(Form)} - {"kind", "path"}
    if set(read) != names:
        raise FormError(
            f"{path.name}:1: header lines missing or unknown: {', '.join(sorted(names ^ set(read)))}"
        )
    return Form(
        kind=path.name.split(".")[0],
        title=read["title"],
        issuer=read["issuer"],
        number=read["number"] == "yes",
        series=read["series"],
        sealed=read["sealed"] == "yes",
        audience=read["audience"],
        layout=read["layout"],
        head=read["head"],
        subject=read["subject"],
        certainty=read["certainty"],
        source=read["source"],
        valid_from=read["valid_from"],
        valid_to=read["valid_to"],
        path=path,
    )


def _with_parents(names: set[str]) -> set[str]:
    found = set(names)
    for name in names:
        parts = name.split(".")
        found |= {".".join(parts[:length]).removesuffix("[]") for length in range(1, len(parts) + 1)}
    return found


class _Texts(BaseLoader):
    """Reads a form and puts its file and line before every line of text, for the errors of the markup."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:
        path = self._folder / template
        if not path.is_file():
            raise TemplateNotFound(template)
        lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
        marked = "\n".join(_marked(line, f"{template}:{place}") for place, line in enumerate(lines, start=1))
        return marked, str(path), None


def _marked(line: str, origin: str) -> str:
    if not line.strip():
        return ORIGIN * 2
    if _HEADER.fullmatch(line.strip()):
        return ""
    if _STATEMENT.fullmatch(line):
        return line
    return f"{ORIGIN}{origin}{ORIGIN}{line.strip()}"
