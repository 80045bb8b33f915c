"""Documents of a case, drawn from the file as it stood when they were issued."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from xiuhua.cases.documents.forms import Shelf, load
from xiuhua.cases.documents.render import Contact, Header, Officer, Paper, paper
from xiuhua.cases.models import Document
from xiuhua.cases.procedure.file import STEP
from xiuhua.cases.procedure.guards.apart import of_one
from xiuhua.cases.procedure.guards.reading import case_officers
from xiuhua.cases.queries.files import file_at, file_of
from xiuhua.cases.queries.signing import stamps_of
from xiuhua.kernel.authz import Actor
from xiuhua.org import queries as org

# Papers of one of several parties: kind → the block or the list of the step that names whose it is.
OF_ONE = {"publicity_record": "publicity", "defence_record": "defences", "recheck_opinion": "defences"}


@lru_cache(maxsize=1)
def shelf() -> Shelf:
    """The forms of `reference/documents`, read once."""
    return load(Path(settings.REFERENCE_DIR))


def font_dirs() -> tuple[Path, ...]:
    """The agency's own licensed fonts, if it has set a folder."""
    return (Path(settings.LEGAL_FONT_DIR),) if settings.LEGAL_FONT_DIR else ()


def header_of(document: Document, file: Mapping[str, Any]) -> Header:
    """What stands on the document beside the facts: whose it is, number, date, officers."""
    case = document.case
    officers = _officers(file)
    return Header(
        authority_name=case.authority.name,
        number=document.number,
        issued_on=document.issued_on.isoformat() if document.issued_on else "",
        seal=document.sealed,
        unit_name=case.handling_unit.name,
        contact=Contact(person=officers[0].name if officers else ""),
        officers=officers[:2],
        people=org.names_by_id(_ids(file)),
        stamps=stamps_of(document),
    )


def _officers(file: Mapping[str, Any]) -> tuple[Officer, ...]:
    """Who handles the case, before it is filed those it was opened with; each with the certificate that came last."""
    blocks = {str(o["id"]): o for o in file.get("officers") or ()}
    handling = [blocks[i] for i in case_officers(dict(file)) if i in blocks] or list(blocks.values())
    return tuple(Officer(o["name"], o.get("certificate_no") or "", str(o["id"])) for o in handling)


def _ids(file: Any) -> set[int]:
    """Every officer id a file names, wherever it stands: in fields that end in `_id` or `_ids`."""
    found: set[int] = set()
    if isinstance(file, Mapping):
        for key, value in file.items():
            if key.endswith(("_id", "_ids")):
                values = value if isinstance(value, list) else [value]
                found |= {int(v) for v in values if str(v).isdigit()}
            else:
                found |= _ids(value)
    elif isinstance(file, list):
        for item in file:
            found |= _ids(item)
    return found


def audience_of(user: Actor) -> str:
    """For whom documents are drawn: identity data is masked for posts that do not open the registers."""
    return "" if user.can("registers.see") else "public"


def _of_whom(kind: str, file: Mapping[str, Any]) -> Mapping[str, Any]:
    """A paper of one of several parties names no other: the file as that one has it."""
    said = (file.get(STEP) or {}).get(OF_ONE.get(kind, "")) or {}
    row = said[-1] if isinstance(said, list) else said
    return of_one(file, row["party"]) if row.get("party") else file


def paper_of(document: Document, file: Mapping[str, Any] | None = None, audience: str = "") -> Paper:
    """The document as blocks: by the form and the law of its day, from the file up to its step."""
    if file is None:
        file = file_at(document.step) if document.step else file_of(document.case)
    file = _of_whom(document.kind, file)
    return paper(
        shelf(),
        document.kind,
        file,
        header_of(document, file),
        on=document.issued_on.isoformat(),
        audience=audience,
        struck=document.step is not None,
    )
