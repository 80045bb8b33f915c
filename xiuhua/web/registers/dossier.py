"""The dossier of a party: what this register knows, and what other rooms know through their own `visible`."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from xiuhua.cases import queries as cases
from xiuhua.org import queries as org
from xiuhua.registers import permissions, queries, rules
from xiuhua.registers.models import Party
from xiuhua.web.cases import words
from xiuhua.web.frame.formats import day
from xiuhua.web.frame.http import Request, in_english
from xiuhua.web.frame.parts import Fact

CASES_AT_MOST = 50


def facts(party: Party) -> list[Fact]:
    """Name and value of everything that is known, numbers masked."""
    rows = [
        (_("种类"), _(party.get_kind_display())),
        (_("字号"), party.trade_name),
        (_("经营者"), party.operator),
        (_("统一社会信用代码"), party.credit_code),
        (_("法定代表人"), party.representative),
        (_(party.get_id_kind_display()) if party.id_kind else _("证件号码"), rules.masked_id(party.id_no)),
        (_("性别"), _(party.get_sex_display()) if party.sex else ""),
        (_("住址或住所"), party.address),
        (_("联系电话"), rules.masked_phone(party.phone) if party.phone else ""),
    ]
    return [Fact(label, value) for label, value in rows if value]


def context(request: Request, party: Party) -> dict[str, Any]:
    known = queries.dossier(party, request.actor)
    names = {u.name: u.name_en or u.name for u in org.units(request.actor)} if in_english() else {}
    rows = list(cases.of_party(request.actor, party.pk)[:CASES_AT_MOST])
    return {
        "party": party,
        "facts": facts(party),
        "premises": known.premises,
        "vehicles": known.vehicles,
        "known_to": [
            Fact(names.get(name, name), _("%(day)s 起") % {"day": day(since)})
            for name, since in known.known_to
        ],
        "cases": [
            (case, words.state_of(case, request.actor), words.clock_of(case, request.today)) for case in rows
        ],
        "open_cases": sum(1 for case in rows if case.closed_on is None),
        "sees_cases": request.actor.can("cases.see"),
        "may_lead": request.actor.can("leads.register"),
        "may_change": permissions.can_change(request.actor, party),
    }
