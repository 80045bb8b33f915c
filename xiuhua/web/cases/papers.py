"""Documents of a case: beside the page, and as PDF and DOCX."""

from __future__ import annotations

from urllib.parse import quote

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from xiuhua.cases import queries
from xiuhua.cases.documents.as_docx import to_docx
from xiuhua.cases.documents.as_pdf import to_pdf
from xiuhua.cases.models import Document
from xiuhua.kernel import files
from xiuhua.web.cases.bound import signing_context
from xiuhua.web.cases.page import READERS, paper_context
from xiuhua.web.cases.reaching import case_of
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, show

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def document_of(request: Request, pk: int, paper_pk: int) -> Document:
    """Raises 404 for a document that is not there or out of reach, without telling which."""
    found = Document.objects.visible(request.actor).select_related(
        "case__authority", "case__handling_unit", "step"
    )
    return get_object_or_404(found, pk=paper_pk, case=pk)


@in_room("cases", *READERS)
def preview(request: Request, pk: int, paper_pk: int) -> HttpResponse:
    found, document = case_of(request, pk), document_of(request, pk, paper_pk)
    papers = list(found.documents.order_by("issued_on", "pk").values_list("pk", flat=True))
    at = papers.index(document.pk)
    context = {
        "case": found,
        **paper_context(request, found, document),
        **signing_context(request, document),
        "previous": papers[at - 1] if at else None,
        "next": papers[at + 1] if at + 1 < len(papers) else None,
    }
    return show(request, "web/cases/paper.html", context, part="web/cases/_paper.html")


@in_room("cases", *READERS)
def download(request: Request, pk: int, paper_pk: int, ending: str) -> HttpResponse:
    if ending not in TYPES:
        raise Http404(_("只有 PDF 和 DOCX"))
    document = document_of(request, pk, paper_pk)
    drawn = queries.paper_of(document, audience=queries.audience_of(request.actor))
    body = to_pdf([drawn], queries.font_dirs()) if ending == "pdf" else to_docx([drawn])
    return handed_out(body, f"{document.case.number}-{drawn.title}", ending)


@in_room("cases", *READERS)
def all_papers(request: Request, pk: int) -> HttpResponse:
    """Every document of the case in the order of the archive, in one PDF."""
    found = case_of(request, pk)
    documents = found.documents.select_related("case__authority", "case__handling_unit", "step")
    kinds = queries.shelf().kinds
    ordered = sorted(documents, key=lambda d: (kinds[d.kind].rank, d.issued_on, d.pk))
    if not ordered:
        raise Http404(_("还没有文书"))
    audience = queries.audience_of(request.actor)
    body = to_pdf([queries.paper_of(d, audience=audience) for d in ordered], queries.font_dirs())
    return handed_out(body, f"{found.number}-{_('文书')}", "pdf")


def file_of_pdf(body: bytes, name: str) -> HttpResponse:
    """A PDF that the browser shows, under a name for those who keep it."""
    return handed_out(body, name, "pdf")


def handed_out(body: bytes, name: str, ending: str) -> HttpResponse:
    """A PDF to be shown or a DOCX to be saved, under a name."""
    response = HttpResponse(body, content_type=TYPES[ending])
    kind = "inline" if ending == "pdf" else "attachment"
    response["Content-Disposition"] = f"{kind}; filename*=UTF-8''{quote(name)}.{ending}"
    return response


@in_room("cases", *READERS)
def exhibit(request: Request, pk: int, exhibit_pk: int) -> HttpResponseBase:
    """A file of the evidence list as it came: pictures are shown, everything else is handed out, nothing is run."""
    found = get_object_or_404(queries.exhibits_open_to(request.actor), case=pk, pk=exhibit_pk)
    content = found.exhibit.file
    if content is None:
        raise Http404(_("这件证据没有文件"))
    picture = content.media_type.startswith("image/")
    response = FileResponse(
        files.open_(content.sha256),
        as_attachment=not picture,
        filename=found.exhibit.name,
        content_type=content.media_type,
    )
    response["Cache-Control"] = "private, max-age=86400, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
