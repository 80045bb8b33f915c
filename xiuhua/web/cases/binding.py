"""Of the documents of a case: the archive volume, signing one, and drafts of forms, to print and fill by hand."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xiuhua.cases import actions, queries
from xiuhua.cases.documents.as_docx import to_docx
from xiuhua.cases.documents.as_pdf import to_pdf
from xiuhua.cases.documents.render import paper
from xiuhua.cases.models import Document, Volume
from xiuhua.cases.queries import volumes
from xiuhua.cases.queries.papers import header_of
from xiuhua.kernel import files
from xiuhua.kernel.authz import Invalid, Refused
from xiuhua.web.cases.page import READERS
from xiuhua.web.cases.papers import TYPES, document_of, file_of_pdf, handed_out
from xiuhua.web.cases.reaching import case_of
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, go, show
from xiuhua.web.frame.telling import told

# Kinds that make no sense on a sheet alone.
NOT_DRAFTED = frozenset({"exhibit_sheet", "archive_index"})


@in_room("cases", *READERS)
def volume(request: Request, pk: int) -> HttpResponseBase:
    """The volume that is kept, for who reads all of it; else one drawn now of what the reader may see."""
    found = case_of(request, pk)
    kept = Volume.objects.filter(case=found).select_related("file").order_by("pk").last()
    audience, name = queries.audience_of(request.actor), f"{found.number}-{_('案卷')}"
    if kept and not audience and request.actor.can("evidence.see"):
        return FileResponse(files.open_(kept.file.sha256), filename=f"{name}.pdf", content_type=TYPES["pdf"])
    try:
        drawn = volumes.volume(found, request.actor, request.today, audience)
    except ValueError as error:
        raise Http404(_("还没有文书")) from error
    return file_of_pdf(drawn.data, name)


@in_room("cases", "cases.work")
@require_POST
def bind(request: Request, pk: int) -> HttpResponse:
    found = case_of(request, pk)
    bound = actions.bind_volume(case=found, by=request.actor, at=request.at)
    messages.success(request, _("案卷已装订，共 %(n)s 页。") % {"n": bound.pages})
    return go(request, reverse("web:case", args=[pk]) + "#papers")


@in_room("cases", *READERS)
@require_POST
def sign(request: Request, pk: int, paper_pk: int) -> HttpResponse:
    document = document_of(request, pk, paper_pk)
    try:
        signed = actions.sign(document=document, by=request.actor, at=request.at)
    except Invalid as error:
        messages.error(request, " ".join(told(text) for text in error.errors.values()))
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("已签名，记录号 %(n)s。") % {"n": signed.entry})
    return go(request, reverse("web:case-paper", args=[pk, paper_pk]))


@in_room("cases", "cases.work")
def drafts(request: Request, pk: int) -> HttpResponse:
    """Every form, filled with what the case knows, for what is written by hand or leaves the platform as paper."""
    found, shelf = case_of(request, pk), queries.shelf()
    issued = set(found.documents.values_list("kind", flat=True))
    kinds = [shelf.kinds[kind] for kind in shelf.formed_kinds() if kind not in NOT_DRAFTED]
    context = {"case": found, "kinds": [(kind.kind, _(kind.label_zh), kind.kind in issued) for kind in kinds]}
    return show(request, "web/cases/drafts.html", context)


@in_room("cases", "cases.work")
def draft(request: Request, pk: int, kind: str, ending: str) -> HttpResponse:
    found, shelf = case_of(request, pk), queries.shelf()
    if kind not in shelf.formed_kinds() or kind in NOT_DRAFTED or ending not in TYPES:
        raise Http404(_("没有这种文书"))
    file = queries.file_of(found)
    header = header_of(Document(case=found, kind=kind), file)
    audience = queries.audience_of(request.actor)
    drawn = paper(shelf, kind, file, header, on=request.today.isoformat(), audience=audience)
    body = to_pdf([drawn], queries.font_dirs()) if ending == "pdf" else to_docx([drawn])
    return handed_out(body, f"{found.number}-{drawn.title}-{_('草稿')}", ending)
