"""Seals of the authorities: which are deposited, and depositing one. For the system administrator."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.kernel.authz import Invalid
from xiuhua.org import actions, queries
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, go, in_english, show
from xiuhua.web.frame.telling import told
from xiuhua.web.org.images import image_of, sent_image


@in_room("units", "org.manage")
def seals(request: Request) -> HttpResponse:
    wrong: dict[str, str] = {}
    authorities = queries.units(request.actor).filter(acts_for__isnull=False).distinct()
    if request.method == "POST":
        number = request.POST.get("unit", "")
        unit = get_object_or_404(authorities, pk=int(number) if number.isdigit() else 0)
        try:
            actions.deposit_seal(unit=unit, image=sent_image(request), by=request.actor, at=request.at)
        except Invalid as error:
            wrong = {str(unit.pk): " ".join(told(text) for text in error.errors.values())}
        else:
            name = (in_english() and unit.name_en) or unit.name
            messages.success(request, _("印章样本已留存：%(name)s。") % {"name": name})
            return go(request, reverse("web:seals"))
    held = [(unit, queries.seal_of(unit)) for unit in authorities]
    rows = [(unit, seal, image_of(seal), wrong.get(str(unit.pk), "")) for unit, seal in held]
    return show(request, "web/org/seals.html", {"rows": rows}, status=422 if wrong else 200)
