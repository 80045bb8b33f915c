"""Signatures and seals as they stand on documents."""

from __future__ import annotations

from xiuhua.cases.documents.render import Paper, Stamp
from xiuhua.cases.documents.signers import wanted
from xiuhua.cases.models import Document, Signature
from xiuhua.kernel import files
from xiuhua.org.queries import User


def stamps_of(document: Document) -> tuple[Stamp, ...]:
    """The images on a document; one whose bytes are gone is left out, so that the document still prints."""
    if document._state.adding:
        return ()
    rows = Signature.objects.filter(document=document).select_related("specimen__file").order_by("pk")
    placed = ((files.path_of(row.specimen.file.sha256), row) for row in rows)
    return tuple(Stamp(path, row.entry, str(row.officer_id or "")) for path, row in placed if path.is_file())


def asked_to_sign(paper: Paper) -> frozenset[int]:
    """The officers who have a place to sign on the document."""
    return frozenset(int(one) for one in wanted(paper) if one.isdigit())


def users_of(officer_id: int) -> frozenset[int]:
    return frozenset(User.objects.filter(officer=officer_id).values_list("pk", flat=True))
