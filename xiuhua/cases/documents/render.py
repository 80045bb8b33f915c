"""A document of a case: the form of the day filled with the facts of the file.

`paper` reads; `to_html`, `to_pdf` and `to_docx` (beside this module) draw the same blocks.
"""

import traceback
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

from jinja2 import TemplateError

from xiuhua.cases.documents.blocks import Block, lines, plain
from xiuhua.cases.documents.facts import Fact, Ledger, items, member_of, raw
from xiuhua.cases.documents.forms import Form, FormError, Shelf
from xiuhua.cases.documents.markup import parse
from xiuhua.cases.documents.tables import law_on

# Fields of the header that forms may print as they are.
_PRINTED = ("authority_name", "number", "issued_on", "seal", "unit_name", "court_name")


@dataclass(frozen=True, slots=True)
class Officer:
    name: str
    certificate_no: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Where the party reaches the authority."""

    person: str = ""
    phone: str = ""
    address: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A signature or a seal as an image file, with the number of the record entry of the act that placed it.

    `officer_id` is whose signature it is; empty for the seal of the issuing authority.
    """

    image: Path
    entry: int
    officer_id: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """What stands on a document beside the facts of the case.

    `issued_on` is an ISO day, empty until issued. `seal` says that the document bears its seal. `people` are names by
    id for persons who are no officers of the case (approver, reviewer, chair). `bodies` are the names of outside
    bodies by code (district_government, city_department) where they differ from the table of the reference folder.
    `court_name` may stay empty.
    """

    authority_name: str
    number: str = ""
    issued_on: str = ""
    seal: bool = False
    unit_name: str = ""
    contact: Contact = Contact()
    officers: tuple[Officer, ...] = ()
    people: Mapping[str, str] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)
    court_name: str = ""
    stamps: tuple[Stamp, ...] = ()


@dataclass(frozen=True, slots=True)
class Blank:
    """A fact that the text wants and the file lacks."""

    field: str
    label_zh: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A filled document. `blanks` and `shown` name fields in reading order, each once; `people` gives the ids of the
    people whom a field names."""

    kind: str
    form: Form
    header: Header
    blocks: tuple[Block, ...]
    blanks: tuple[Blank, ...]
    shown: tuple[str, ...]
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return self.form.title

    def text(self) -> str:
        """The words of the document, one line of it a line."""
        return "\n".join(plain(line) for block in self.blocks for line in lines(block))


def paper(
    shelf: Shelf,
    kind: str,
    file: Mapping[str, object],
    header: Header,
    *,
    on: str,
    subject: str | int | None = None,
    audience: str = "",
    struck: bool = False,
) -> Paper:
    """Fill the form of `kind` that is used on the ISO day `on`, under the law of that day.

    `file` is the case snapshot. Forms about one member of a list (an interview, a service) take it by `subject`: its
    `id` or its place from 0; without it the last one. `audience="public"` masks identity data. Facts that are not
    known leave a blank and are listed; `struck` strikes the blanks of a document that is issued. Raises FormError, with
    file and line, when the form asks for a field that no case has, or a value cannot be written; MarkupError when the
    filled text cannot be read.
    """
    form = shelf.form(kind, on)
    ledger = Ledger(shelf.known, struck)
    context: dict[str, object] = {
        name: Fact(name, file.get(name), ledger) for name in _top_names(shelf.known) - {"header", "law"}
    }
    context |= {
        "header": Fact("header", _plain_header(header), ledger),
        "law": Fact("law", law_on(shelf.law, on), ledger),
        "bodies": {**law_on(shelf.bodies, on), **header.bodies},
        "people": header.people,
        "audience": audience or form.audience,
    }
    if form.subject:
        context["it"] = _subject(context, form, subject)
    blocks = parse(_filled(shelf, form, context))
    blanks = tuple(Blank(path, shelf.label(path)) for path in ledger.blanks)
    return Paper(kind, form, header, blocks, blanks, tuple(ledger.shown), ledger.people)


def _filled(shelf: Shelf, form: Form, context: dict[str, object]) -> str:
    try:
        return shelf.environment.get_template(form.path.name).render(context)
    except (TemplateError, ValueError, TypeError, LookupError) as wrong:
        raise FormError(f"{_place(wrong, form)}: {wrong}") from wrong


def _place(wrong: Exception, form: Form) -> str:
    """File and line of a fault: known to a syntax error, else the innermost line of a form in its traceback."""
    line = getattr(wrong, "lineno", None)
    if line:
        return f"{getattr(wrong, 'name', None) or form.path.name}:{line}"
    frames = [frame for frame in traceback.extract_tb(wrong.__traceback__) if frame.filename.endswith(".txt")]
    return f"{frames[-1].filename.rpartition('/')[2]}:{frames[-1].lineno}" if frames else form.path.name


def _subject(context: Mapping[str, object], form: Form, wanted: str | int | None) -> Fact:
    found = context[form.subject.partition(".")[0]]
    for name in form.subject.split(".")[1:]:
        found = getattr(found, name)
    assert isinstance(found, Fact)
    members = items(found)
    if wanted is None:
        return members[-1] if members else member_of(found)
    if isinstance(wanted, int):
        chosen = members[wanted : wanted + 1]
    else:
        chosen = [member for member in members if raw(member.id) == wanted]
    if not chosen:
        raise FormError(f"{form.path.name}: {form.subject} has no member {wanted!r}")
    return chosen[0]


@cache
def _top_names(known: frozenset[str]) -> frozenset[str]:
    return frozenset(name.partition(".")[0].removesuffix("[]") for name in known)


def _plain_header(header: Header) -> dict[str, object]:
    return {
        **{name: getattr(header, name) for name in _PRINTED},
        "contact": asdict(header.contact),
        "officers": [asdict(officer) for officer in header.officers],
    }
