"""Fields of the leads' forms: a new lead, a finding, and what each move asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from xiuhua.leads import queries, rules
from xiuhua.leads.actions.outcome import WAYS
from xiuhua.leads.models import Lead, LeadAttribute, LeadKind
from xiuhua.org import queries as org
from xiuhua.org.queries import Unit
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.http import Request, in_english

# Sources a person may choose; the others come through their own doors.
BY_HAND = (
    rules.Source.REPORT,
    rules.Source.HOTLINE,
    rules.Source.PATROL,
    rules.Source.TRANSFER,
    rules.Source.SUPERIOR,
    rules.Source.CAMPAIGN,
    rules.Source.CAMERA,
)
DATATYPES = {
    "string": Kind.TEXT,
    "text": Kind.LONG,
    "number": Kind.DECIMAL,
    "datetime": Kind.MOMENT,
    "singlevaluelist": Kind.CHIPS,
    "multivaluelist": Kind.MANY,
}


def kind_label(kind: LeadKind) -> str:
    return kind.name_en if in_english() else kind.name


def kind_field(chosen: str = "", wide: bool = True) -> Field:
    choices = [(k.code, kind_label(k)) for k in queries.kinds()]
    return Field("kind", _("类别"), Kind.CHOICE, required=True, choices=choices, initial=chosen, wide=wide)


def place_fields(place: str = "") -> list[Field]:
    return [
        Field("place", _("地点"), required=True, initial=place, wide=True, hint=_("路名加门牌，或者路口")),
        Field("lon", "", Kind.HIDDEN),
        Field("lat", "", Kind.HIDDEN),
        Field("accuracy", "", Kind.HIDDEN),
    ]


def question_field(question: LeadAttribute) -> Field:
    """What a kind of lead asks, by its data type."""
    english = in_english()
    return Field(
        f"attribute[{question.code}]",
        question.description_en if english else question.description,
        DATATYPES.get(question.datatype, Kind.TEXT),
        required=question.required,
        choices=list(question.choices(english).items()),
    )


def new_fields(kind: LeadKind | None, request: Request) -> list[Field]:
    """A lead that somebody tells us about."""
    sources = [(s.value, rules.SOURCE_LABELS[s]) for s in BY_HAND]
    chosen = kind.code if kind else ""
    questions = [question_field(q) for q in queries.questions_of(kind)] if kind else []
    return [
        kind_field(chosen, wide=False),
        Field("source", _("来源"), Kind.CHOICE, required=True, choices=sources, initial="report"),
        *place_fields(request.GET.get("place", "")),
        Field("content", _("反映的情况"), Kind.LONG, required=True),
        *questions,
        Field("received_at", _("收到时间"), Kind.MOMENT, hint=_("不填就是现在")),
        Field("source_ref", _("来源编号"), hint=_("热线工单号等")),
        Field("reporter_name", _("举报人")),
        Field("reporter_phone", _("举报人电话"), Kind.PHONE),
        Field("photos", _("照片"), Kind.FILES),
    ]


def finding_fields(kind: LeadKind | None) -> list[Field]:
    """A finding on patrol: photo, kind, place, and a few words if wanted."""
    return [
        Field("photos", _("照片"), Kind.FILES, capture=True),
        Field("kind", _("是什么"), Kind.HIDDEN, required=True, initial=kind.code if kind else ""),
        *place_fields(),
        Field("content", _("说明"), Kind.LONG),
        Field("persuasion", _("怎样劝阻，是否改正"), Kind.LONG, hint=_("教育劝阻时写，写了就当场办结")),
    ]


def units_for(request: Request) -> Sequence[Unit]:
    """The units this person may dispatch to: the desk to every handling unit, a head of a unit to the own one."""
    scope = request.actor.scope("leads.dispatch")
    units = org.handling_units()
    return list(units if scope.everything else units.filter(pk__in=scope.units))


def dispatch_fields(request: Request, suggested: Unit | None) -> list[Field]:
    units = [(u.code, (in_english() and u.name_en) or u.short_name) for u in units_for(request)]
    hint = _("按地点和案由") if suggested else ""
    return [
        Field(
            "unit",
            _("派给"),
            Kind.CHOICE,
            required=True,
            choices=units,
            initial=suggested.code if suggested else None,
            hint=hint,
            wide=True,
        ),
    ]


def settle_fields() -> list[Field]:
    outcomes = [(o.value, rules.OUTCOME_LABELS[o]) for o in rules.Outcome if o in rules.SETTLEMENTS]
    return [
        Field("outcome", _("结果"), Kind.CHIPS, required=True, choices=outcomes, wide=True),
        Field("note", _("现场核查情况（内部）"), Kind.LONG, required=True),
        Field("public_note", _("公开答复"), Kind.LONG, hint=_("不填就用惯常的一句话")),
    ]


def tell_fields() -> list[Field]:
    return [
        Field("way", _("怎样告知"), Kind.CHIPS, required=True, choices=list(WAYS.items()), wide=True),
        Field("note", _("告知了什么"), Kind.LONG, required=True),
    ]


def merge_fields(lead: Lead, request: Request) -> list[Field]:
    near = queries.near_duplicates(
        request.actor, lead.kind, lead.lon, lead.lat, lead.received_at, leave_out=lead.pk
    )
    first = near[0].lead.number if near else None
    return [Field("into", _("并入哪一条（编号）"), required=True, initial=first, wide=True, focus=True)]


def reason_fields(label: str) -> list[Field]:
    return [Field("reason", label, Kind.LONG, required=True, focus=True)]


def fields_for(move: str, lead: Lead, request: Request, suggested: Unit | None) -> list[Field]:
    """What a move asks; a move that asks nothing has no form."""
    forms: dict[str, Callable[[], list[Field]]] = {
        "dispatch": lambda: dispatch_fields(request, suggested),
        "merge": lambda: merge_fields(lead, request),
        "settle": settle_fields,
        "refuse": lambda: reason_fields(_("不予受理的理由")),
        "return": lambda: reason_fields(_("退回的理由")),
        "transfer_out": lambda: [
            Field("to", _("移送给哪个机关"), required=True, focus=True, wide=True),
            *reason_fields(_("移送的理由")),
        ],
        "tell_reporter": tell_fields,
    }
    return forms[move]() if move in forms else []
