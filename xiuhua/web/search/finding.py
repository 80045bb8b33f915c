"""What one text finds in every room, through each room's own visible rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiuhua.cases import queries as cases
from xiuhua.leads import queries as leads
from xiuhua.org import queries as org
from xiuhua.registers import queries as registers
from xiuhua.registers import rules as register_rules
from xiuhua.web.cases import words
from xiuhua.web.frame.clocks import Clock
from xiuhua.web.frame.http import Request, in_english
from xiuhua.web.frame.parts import State
from xiuhua.web.leads.clocks import LeadClocks
from xiuhua.web.search.marks import Piece, marked

PER_GROUP = 6
ALONE = 30
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found. `kind` and `pk` name it for the side pane."""

    kind: str
    pk: int
    url: str
    name: Sequence[Piece]
    note: str
    number: str = ""
    state: State | None = None
    clock: Clock | None = None
    plate: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    label: str | Promise
    hits: list[Hit] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Asked:
    """A search: who asks, for what, how many of each are wanted."""

    request: Request
    text: str
    limit: int

    @property
    def at(self) -> datetime:
        return self.request.at


def parties(asked: Asked) -> list[Hit]:
    rows = registers.find(asked.request.actor, asked.text, limit=asked.limit)
    return [
        Hit(
            "party",
            p.pk,
            reverse("web:party", args=[p.pk]),
            marked(p.name, asked.text),
            " · ".join(
                filter(
                    None,
                    (_(p.get_kind_display()), p.credit_code or register_rules.masked_id(p.id_no), p.address),
                )
            ),
        )
        for p in rows
    ]


def case_hits(asked: Asked) -> list[Hit]:
    user = asked.request.actor
    if asked.text.startswith("@"):
        people = org.officers(user).filter(search__contains=asked.text[1:].strip().lower())
        rows = list(
            cases.listed(user).filter(officer__in=people).order_by("-opened_at", "-pk")[: asked.limit]
        )
    else:
        rows = list(cases.find(user, asked.text, asked.limit))
    out = []
    for case in rows:
        cause = (in_english() and case.cause.name_en) or case.cause.name
        clock = words.clock_of(case, asked.request.today)
        out.append(
            Hit(
                "case",
                case.pk,
                reverse("web:case", args=[case.pk]),
                marked(case.party_name, asked.text),
                f"{cause} · {case.place}",
                number=case.number,
                clock=clock,
                state=None if clock else words.state_of(case, user),
            )
        )
    return out


def lead_hits(asked: Asked) -> list[Hit]:
    text = asked.text
    found = leads.leads(asked.request.actor).filter(
        Q(search__contains=text.lower()) | Q(number__contains=text) | Q(source_ref=text) | Q(public_id=text)
    )[: asked.limit]
    clocks = LeadClocks(asked.at)
    out = []
    for lead in found:
        clock = clocks.nearest(lead)
        kind = lead.kind.name_en if in_english() else lead.kind.name
        out.append(
            Hit(
                "lead",
                lead.pk,
                reverse("web:lead", args=[lead.pk]),
                marked(lead.place or kind, text),
                f"{kind} · {lead.content[:40]}",
                number=lead.number,
                clock=clock,
                state=None if clock else State(lead.get_state_display(), "done"),
            )
        )
    return out


def premises(asked: Asked) -> list[Hit]:
    rows = registers.premises(asked.request.actor).filter(search__contains=asked.text.lower())
    return [
        Hit(
            "party",
            p.party_id or 0,
            reverse("web:party", args=[p.party_id]) if p.party_id else reverse("web:premises"),
            marked(p.name, asked.text),
            p.address,
        )
        for p in rows[: asked.limit]
    ]


def vehicles(asked: Asked) -> list[Hit]:
    plate = register_rules.tidy_plate(asked.text).lower()
    rows = registers.vehicles(asked.request.actor).filter(search__contains=plate).select_related("party")
    return [
        Hit(
            "party",
            v.party_id or 0,
            reverse("web:party", args=[v.party_id]) if v.party_id else reverse("web:vehicles"),
            [Piece(v.plate)],
            " · ".join(filter(None, (_(v.get_kind_display()), v.party.name if v.party else ""))),
            plate=True,
        )
        for v in rows[: asked.limit]
    ]


Finder = Callable[[Asked], list[Hit]]
GROUPS: tuple[tuple[str, str | Promise, str, Finder], ...] = (
    ("parties", gettext_lazy("当事人"), "registers.see", parties),
    ("cases", gettext_lazy("案件"), "cases.see", case_hits),
    ("leads", gettext_lazy("线索"), "leads.see", lead_hits),
    ("premises", gettext_lazy("场所"), "registers.see", premises),
    ("vehicles", gettext_lazy("车辆"), "registers.see", vehicles),
)


def find(request: Request, text: str, only: str = "") -> list[Group]:
    """The groups in which something was found, in the order of the page. Nothing for a single sign."""
    if len(text) < SHORTEST:
        return []
    asked = Asked(request, text, ALONE if only else PER_GROUP)
    found = [
        Group(key, label, finder(asked))
        for key, label, permission, finder in GROUPS
        if request.actor.can(permission)
        and (not only or key == only)
        and not (text[0] == "@" and key != "cases")
    ]
    return [group for group in found if group.hits]
