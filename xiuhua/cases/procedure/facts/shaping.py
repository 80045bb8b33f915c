"""Forms as one case needs them: the bands of its norm, its parties and acts as choices, a share for each pair. Pure.

A case of one party and one act, under a norm with one range, gets the forms of the tables as they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from xiuhua.cases.procedure.facts.field import FactField, Fields, Kind, Pick, asked, optional, silent
from xiuhua.cases.procedure.facts.forms import FORMS
from xiuhua.cases.procedure.facts.picks import MITIGATION_GROUNDS, PENALTY_KINDS, TIERS
from xiuhua.cases.procedure.guards import apart
from xiuhua.cases.procedure.guards.ranges import NOT_MONEY_OF_ITS_OWN
from xiuhua.cases.procedure.guards.reading import P1, evidence, rows
from xiuhua.cases.procedure.guards.remedies import left_of_old
from xiuhua.cases.procedure.guards.several import key_of
from xiuhua.cases.procedure.guards.sharing import V1, acts, is_several, norm_for, pairs, parties

File = Mapping[str, Any]
KINDS = (*PENALTY_KINDS, ("none", "不予处罚", "No penalty"))
# Move → the block in which its penalty stands, and the block that says what it should be unless it is changed.
WEIGHED: Mapping[str, tuple[str, str]] = {
    "close_investigation": ("investigation_report", ""),
    "serve_prior_notice": ("notice", "investigation_report"),
    "decide_penalty": ("decision", "notice"),
    "decide_after_discussion": ("decision", "notice"),
}
# What the shares say instead of the block itself.
REPLACED = frozenset(
    f"investigation_report.{key}" for key in ("proposed_kinds", "proposed_fine", "tier", "tier_reasons")
) | frozenset(
    {
        "notice.planned_kinds",
        "notice.planned_fine",
        "notice.planned_confiscation",
        "decision.kinds",
        "decision.fine",
        "decision.gains",
        "decision.units",
        "decision.tier",
        "decision.mitigation_ground",
        "decision.mitigation_reason",
        "decision.aggravation_ground",
    }
)
# The closings of a case whose fine was paid.
CLOSED_WITH_MONEY = ("close_performed", "close_executed")
# What is asked of a payment, and the moves that ask it of one party alone.
MONEY = frozenset({"payment", "item", "surcharge"})
PUBLISHES = frozenset({"publish_decision", "publish_deferred", "publish_overdue", "publish_performed"})
OF_ONE = frozenset({"pay_enforced_share"})
SERVED = frozenset({"prior_notice", "hearing_right_notice", "penalty_decision", "no_penalty_decision"})


def forms_of(file: File) -> Mapping[str, Fields]:
    """The forms of the main road for this file."""
    if is_several(file):
        # Of several parties old money goes back and is not set off, so nothing can be left of it.
        return _FormsOfSeveral(file)
    changed = {"add_violation": tuple(g for f in FORMS["add_violation"] for g in _chosen(f, file))}
    if bands := rows(file.get("cause") or {}, "bands"):
        changed |= {move: _banded(move, bands) for move in WEIGHED if move != "serve_prior_notice"}
    if left := left_of_old(dict(file)):
        changed |= {move: (*FORMS[move], _rest_returned(left)) for move in CLOSED_WITH_MONEY}
    return {**FORMS, **changed}


class _FormsOfSeveral(Mapping[str, Fields]):
    """Every form of the main road, shaped when it is asked for: a page asks for one of a hundred and more."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._shaped: dict[str, Fields] = {}

    def __getitem__(self, move: str) -> Fields:
        if move not in self._shaped:
            self._shaped[move] = tuple(_several(move, FORMS[move], self._file))
        return self._shaped[move]

    def __iter__(self) -> Iterator[str]:
        return iter(FORMS)

    def __len__(self) -> int:
        return len(FORMS)


def _rest_returned(left: float) -> FactField:
    """What the new decision did not take of money set off from the old one."""
    return asked("refund.rest_returned_on", Kind.DATE, f"抵缴余款{left:g}元退还日期",
                 f"Rest of {left:g} yuan of the money set off returned on")  # fmt: skip


def of_whom(fields: Fields, file: File) -> Fields:
    """A form that takes in money or a remedy, with the question whose it is where a case has several parties."""
    if len(parties(file)) < 2:
        return fields
    return tuple(shown for field in fields for shown in _of_whom(field, file))


# Who pays, applies or sues → the path of the party, and the question.
WHOSE: Mapping[str, tuple[str, str, str]] = {
    "item.amount": ("item.party", "缴款的当事人", "Party that pays"),
    "reconsideration.applicant": ("reconsideration.party", "申请复议的当事人", "Party that applies"),
    "litigation.plaintiff": ("litigation.party", "起诉的当事人", "Party that sues"),
}


def _of_whom(field: FactField, file: File) -> Fields:
    """What the platform knows of the first party is not known of the one that is chosen."""
    if field.path not in WHOSE:
        return (field,)
    path, zh, en = WHOSE[field.path]
    return (asked(path, Kind.CHOICE, zh, en, choices=names_of(parties(file))), replace(field, default=""))


def names_of(found: Mapping[str, Mapping[str, Any]], *without: str) -> tuple[Pick, ...]:
    """Parties or acts as they are chosen: id and name."""
    return tuple((id, name, name) for id, row in found.items() if id not in without for name in (_name(row),))


def _name(row: Mapping[str, Any]) -> str:
    """What a party or an act is called."""
    return str(row.get("name") or (row.get("cause") or {}).get("name") or "")


def _band_fields(path: str, bands: Iterable[Mapping[str, Any]], source: str = "") -> Fields:
    """Under which condition of the norm another range holds, and on what ground."""
    choices = tuple((b["code"], b["label"], b.get("label_en") or b["label"]) for b in bands)
    if not choices:
        return ()
    return (
        optional(f"{path}.band", Kind.CHOICE, "适用的特别幅度", "Band of the norm", choices=choices,
                 default=source and f"{source}.band"),
        optional(f"{path}.band_ground", Kind.LONG_TEXT, "适用特别幅度的情节和依据", "Ground of the band",
                 default=source and f"{source}.band_ground"),
    )  # fmt: skip


def _banded(move: str, bands: Iterable[Mapping[str, Any]]) -> Fields:
    """The form with the bands behind the tier."""
    block, source = WEIGHED[move][0], "investigation_report" if move != "close_investigation" else ""
    fields = FORMS[move]
    place = next(n for n, f in enumerate(fields) if f.path == f"{block}.tier") + 1
    return (*fields[:place], *_band_fields(block, bands, source), *fields[place:])


def _several(move: str, fields: Fields, file: File) -> Iterator[FactField]:
    if move in WEIGHED:
        yield from shares(file, *WEIGHED[move])
        fields = tuple(f for f in fields if f.path not in REPLACED)
    document = next((f.default.removeprefix("const:") for f in fields if f.path == "service.document"), "")
    if document in SERVED and len(parties(file)) > 1 and all(f.path != "service.party" for f in fields):
        yield asked("service.party", Kind.CHOICE, "受送达的当事人", "Party served",
                    choices=names_of(parties(file)), default=f"const:{P1}")  # fmt: skip
    if document and len(parties(file)) > 1:
        yield silent("service.addressee", Kind.TEXT, "")
    if any(f.path == "heard.party" for f in fields):
        yield silent("heard.party_name", Kind.TEXT, "")
    if move in PUBLISHES and len(parties(file)) > 1:
        yield _published(file)
    for field in fields if move in OF_ONE else of_whom(_of_the_case(move, fields, file), file):
        yield from _chosen(field, file)


def _chosen(field: FactField, file: File) -> Iterator[FactField]:
    """A field that names a party or an act, as a choice; behind the facts of an act, what proves it."""
    here: tuple[Pick, ...] = ()
    match field.path:
        case "service.party" if field.kind is Kind.TEXT:
            here = names_of(parties(file))
        case "heard.party" | "request.party":
            here = names_of(parties(file), P1)
        case "item.party" if field.kind is Kind.TEXT:
            here = _whose_money(file, handed=True)
        case "ending.party":
            here = _whose_money(file)
        case "joined.id" if field.shown:
            here = names_of(parties(file), P1)
        case "added.id" if field.shown:
            here = names_of(acts(file), V1)
    yield replace(field, kind=Kind.CHOICE, choices=here) if here else field
    if field.path == "added.facts":
        yield from linked(file)


def _published(file: File) -> FactField:
    """Of whom the decision is published: each punished party by itself."""
    waiting = apart.unpublished(file)
    choices = names_of({id: parties(file)[id] for id in waiting})
    first = f"const:{waiting[0]}" if waiting else ""
    return asked(
        "publicity.party", Kind.CHOICE, "公示的当事人", "Party published", choices=choices, default=first
    )


def _whose_money(file: File, *, handed: bool = False) -> tuple[Pick, ...]:
    """The parties that still owe; `handed`: only those whose payment went on to enforcement."""
    owing = {
        alone[apart.WHOSE]: alone["party"]
        for alone in apart.open_shares(file)
        if not handed or alone["payment"].get("handed_over_on")
    }
    return names_of(owing)


def _of_the_case(move: str, fields: Fields, file: File) -> Fields:
    """Where each party pays apart, the case itself takes in no money and no surcharge."""
    if move in OF_ONE or not apart.pays_apart(file):
        return fields
    return tuple(f for f in fields if f.path.partition(".")[0] not in MONEY)


def linked(file: File) -> Iterator[FactField]:
    """Which evidence proves an act, and of which act it is only another norm."""
    proofs = tuple(
        (key_of(item, n), name, name)
        for n, item in enumerate(evidence(dict(file)))
        for name in (str(item.get("name") or item.get("note") or item.get("kind") or ""),)
    )
    if proofs:
        yield optional("added.evidence_ids", Kind.CHOICES, "证据", "Evidence", choices=proofs)
    yield optional(
        "added.same_act_as",
        Kind.CHOICE,
        "与哪一违法行为是同一行为",
        "Same act as",
        choices=names_of(acts(file)),
        help="同一行为违反多个规范的，对同一当事人只罚款一次，适用罚款数额高的规定",
    )


def shares(file: File, block: str, source: str) -> Iterator[FactField]:
    """For every party and every act what of the penalty falls to it; `source` names the block it comes from."""
    for party, act in pairs(file):
        yield from _share(file, block, source, (party, act))


def _share(file: File, block: str, source: str, pair: tuple[str, str]) -> Iterator[FactField]:
    party, act = pair
    norm, who = norm_for(file, party, act), _name(parties(file)[party])
    path, title = f"share.{party}.{act}", f"{who}·{norm.get('name') or act}"

    def told(key: str) -> str:
        return f"share:{source}.{party}.{act}.{key}" if source else ""

    def weighed(key: str) -> str:
        """What the notice does not say, the report does."""
        return f"share:investigation_report.{party}.{act}.{key}" if source else ""

    def named(zh: str, en: str) -> tuple[str, str]:
        return f"{title}：{zh}", f"{title}: {en}"

    # fmt: off
    yield asked(f"{path}.kinds", Kind.CHOICES, *named("处罚种类", "Kinds"), choices=_kinds(norm), default=told("kinds"))
    yield optional(f"{path}.fine", Kind.MONEY, *named("罚款（元）", "Fine (yuan)"), default=told("fine"))
    if block != "notice":
        yield optional(f"{path}.tier", Kind.CHOICE, *named("裁量档次", "Tier"), choices=TIERS, default=weighed("tier"))
        yield from _band_fields(path, rows(norm, "bands"), weighed("band").removesuffix(".band"))
    if block == "investigation_report":
        yield optional(f"{path}.reasons", Kind.LONG_TEXT, *named("裁量理由", "Reasons"))
    else:
        yield optional(f"{path}.gains", Kind.MONEY, *named("没收违法所得（元）", "Gains confiscated (yuan)"),
                       default=told("gains"))
    if block == "decision":
        yield optional(f"{path}.aggravation_ground", Kind.TEXT, *named("从重理由", "Reason of the heavier tier"))
        if _is_counted(norm):
            yield optional(f"{path}.units", Kind.COUNT, *named("计罚数量", "Units"))
        yield optional(f"{path}.mitigation_ground", Kind.CHOICE, *named("减轻依据", "Ground of mitigation"),
                       choices=MITIGATION_GROUNDS)
    # fmt: on
    for key, value in (
        ("party_name", who),
        ("cause_name", norm.get("name")),
        ("facts", acts(file)[act].get("facts")),
        ("violates", norm.get("violates")),
        ("basis", norm.get("basis")),
    ):
        if value:
            yield silent(f"{path}.{key}", Kind.TEXT, "const:" + str(value).replace("|", "/"))


def _is_counted(norm: Mapping[str, Any]) -> bool:
    """Whether the fine is a multiple of something, under the norm itself or under one of its bands."""
    return any(row.get("unit") not in NOT_MONEY_OF_ITS_OWN for row in (norm, *rows(norm, "bands")))


def _kinds(norm: Mapping[str, Any]) -> tuple[Pick, ...]:
    """The kinds that the norm knows, and none at all."""
    allowed = frozenset(norm.get("kinds_allowed") or ())
    return tuple(kind for kind in KINDS if kind[0] in allowed or kind[0] == "none")
