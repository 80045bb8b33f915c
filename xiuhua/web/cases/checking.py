"""The file check of a case (案卷自检) as a page of its own."""

from __future__ import annotations

from django.http import HttpResponse

from xiuhua.cases.queries import checking
from xiuhua.web.cases.findings import checked
from xiuhua.web.cases.reaching import case_of
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, show


@in_room("cases", "cases.see", "cases.keep")
def check(request: Request, pk: int) -> HttpResponse:
    """Every finding by severity, with its place, how to mend it, and the article."""
    case = case_of(request, pk)
    context = {"case": case, "checked": checked(case), "rules": len(checking.file_rules())}
    return show(request, "web/cases/check.html", context)
