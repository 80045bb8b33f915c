"""The papers for the court as one PDF."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from xiuhua.cases import queries
from xiuhua.cases.documents.as_pdf import to_pdf
from xiuhua.web.cases.packet import papers_for_court
from xiuhua.web.cases.page import READERS
from xiuhua.web.cases.papers import file_of_pdf
from xiuhua.web.cases.reaching import case_of
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request


@in_room("cases", *READERS)
def court_papers(request: Request, pk: int) -> HttpResponse:
    """Application, decision with its receipt, demand with its receipt and the party's opinion, in one file."""
    found = case_of(request, pk)
    there = papers_for_court(found)
    if "court_application" not in there:
        raise Http404(_("还没有强制执行申请书"))
    audience = queries.audience_of(request.actor)
    papers = [queries.paper_of(d, audience=audience) for group in there.values() for d in group]
    return file_of_pdf(to_pdf(papers, queries.font_dirs()), f"{found.number}-{_('申请强制执行材料')}")
