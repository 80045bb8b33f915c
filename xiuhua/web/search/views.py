"""Search."""

from __future__ import annotations

from django.http import HttpResponse

from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, show


@in_room("search")
def search(request: Request) -> HttpResponse:
    return show(request, "web/today/today.html", {})
