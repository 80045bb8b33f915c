"""Where a `World` begins: lawful cases that have come so far along their roads that a certain matter may begin."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any

from xiuhua.cases.procedure.side import SIDES
from xiuhua.cases.procedure.side.folding import Own
from xiuhua.cases.tests.procedure import roads
from xiuhua.cases.tests.procedure.live import Live
from xiuhua.cases.tests.procedure.world import World
from xiuhua.cases.tests.procedure.world_answers import FISH, TRUCK

YEARS = ("2018", "2025")
NEW = ("2025",)
TAKING = {"seize_power": True, "kinds_allowed": ["warning", "fine", "confiscate_property"]}
POWER: dict[str, Any] = {"cause": {**TAKING, "enforcement_power": True}}
NO_POWER: dict[str, Any] = {"cause": {**TAKING, "enforcement_power": False}}


def seized(y: str, state: str) -> Own:
    """A measure that was lawfully taken when the investigation began, in force or extended."""
    block: dict[str, Any] = {
        "kind": "seize",
        "urgent": False,
        "approved_at": f"{y}-03-02T10:00",
        "implemented_at": f"{y}-03-03T10:00",
        "counts_from": f"{y}-03-03T10:00",
        "related_to_act": True,
        "living_necessity": False,
        "already_sealed": False,
        "items": [TRUCK, FISH],
        "store_place": "示例库",
    }
    if state == "extended":
        block |= {"extended_on": f"{y}-03-20", "extension_from": f"{y}-04-02"}
    return Own(SIDES["coercive_measure"], state, block)


def confiscated(y: str) -> Live:
    """A decision that fines and takes the goods."""
    case = roads.corrected(y, **NO_POWER)
    report = {"proposed_kinds": ["fine", "confiscate_property"], "proposed_fine": 1000, "tier": "ordinary"}
    said = {f"investigation_report__{key}": value for key, value in report.items()}
    case.go("close_investigation", f"{y}-03-14", **said, investigation_report__tier_reasons="初次")
    case.go("adjudicate", f"{y}-03-15", "case_centre_reviewer").go("pass_legal_review", f"{y}-03-18")
    case.go("serve_prior_notice", f"{y}-03-19", **roads.SERVED)
    case.go("waive_defence", f"{y}-03-20", "party", defence__waived_in_writing=True)
    case.go("decide_penalty", f"{y}-03-21", "bureau_deputy_head")
    return case.go("serve_decision", f"{y}-03-22", **roads.SERVED)


def handed_to_police(y: str) -> Live:
    return roads.suspected(y).go("approve_crime_referral", f"{y}-03-12", "bureau_head")


def fell(y: str) -> Live:
    case = roads.served(y, **POWER).go("publish_decision", f"{y}-03-23")
    return case.go("annul_decision", f"{y}-05-20", **roads._revoked(f"{y}-05-19"))


def overdue(y: str, blocks: Mapping[str, Any]) -> Live:
    return roads.served(y, **blocks).go("fall_overdue", f"{y}-04-07", "system")


def spot(y: str) -> Live:
    """A fine on the spot so small that it may be taken in cash under either text."""
    return roads.delivered(f"{y}-05-16", 20, cause={"floor": 10})


@dataclass(frozen=True)
class Begin:
    """A beginning: the road so far, what was done beside it since, and of what more is made from there on.

    `since` are moves as `procedure:move+days`, or days alone; `only` are procedures, or moves of the road; `years` are
    those under whose texts it can come about.
    """

    name: str
    road: Callable[[str], Live]
    only: frozenset[str]
    held: str = ""
    since: tuple[str, ...] = ()
    years: tuple[str, ...] = YEARS

    def world(self, y: str) -> World:
        """The world as it stands in the year `y`. Fails where the law forbids what is done since."""
        live = self.road(y)
        base = {key: value for key, value in live.file.items() if key != "step"}
        held = [seized(y, self.held)] if self.held else []
        found = World(base, live.steps[-1].on, live.state, Random(0), matters=held)
        for said in self.since:
            move, _, days = said.partition("+")
            found.on += timedelta(days=int(days or 0))
            if move:
                found.must(move)
        return found


def _begin(
    name: str,
    road: Callable[[str], Live],
    only: str,
    *,
    held: str = "",
    since: str = "",
    years: tuple[str, ...] = YEARS,
) -> Begin:
    return Begin(name, road, frozenset(only.split()), held, tuple(since.split()), years)


def served(y: str) -> Live:
    return roads.served(y, **POWER)


PAYABLE = "payment:start_payment_period"
SURCHARGED = f"{PAYABLE} payment:miss_due_date+16 payment:start_surcharge+1"
TRIED = " ".join(
    f"litigation:{move}"
    for move in ["file_suit", "court_registers", "serve_suit", "answer_suit", "set_trial", "attend_trial"]
)
REVIEWED = " ".join(
    f"reconsideration:{move}" for move in ["apply", "accept_application", "send_copy", "reply"]
)
DEMANDED = "demand:issue_demand demand:serve_demand"
DECIDED = f"{DEMANDED} demand:decide_own_enforcement+20"
SIGNED = f"{DEMANDED} court_application:prepare+190 court_application:sign_application"
APPLIED = f"{SIGNED} court_application:apply_to_court"
SERVED = f"{DECIDED} demand:serve_enforcement"
HEARD = " ".join(f"hearing:{move}" for move in ["receive_request", "appoint_host", "serve_hearing_notice"])
ASKED = f"{PAYABLE} payment:apply_deferral+1"
# Where a payment may stand when its decision falls.
PAYING = {
    "payable": PAYABLE,
    "asked": ASKED,
    "deferred": f"{ASKED} payment:approve_deferral",
    "in instalments": f"{ASKED} payment:approve_instalments",
    "overdue": f"{PAYABLE} payment:miss_due_date+16",
    "surcharged": SURCHARGED,
    "capped": f"{SURCHARGED} payment:cap_surcharge+40",
}
SUED = f"{SURCHARGED} litigation:file_suit litigation:court_registers"
STOPPED = "payment:pause_surcharge litigation:serve_suit litigation:answer_suit litigation:withdraw_suit"
PAUSED = {
    "with a suit": SUED,
    "that is paused": f"{SUED} payment:pause_surcharge",
    "that was paused": f"{SUED} {STOPPED}",
}
JUDGED = (
    "dismiss_claims revoke_by_court vary_by_court declare_unlawful_by_court declare_void_by_court order_duty"
)
REGISTERED = " ".join(
    f"evidence_registration:{move}"
    for move in ["ask_registration", "approve_registration", "register_items", "decide_registration"]
)
UNMET = f"{DEMANDED} +190"
IN_STORE = "confiscated_goods:take_confiscated confiscated_goods:store_confiscated"
NOTED = " ".join(
    f"property_annotation:{move}" for move in ("ask_annotation", "send_annotation", "note_annotated")
)
FALLS = "annul_decision annul_overdue_decision annul_on_spot annul_overdue"

BEGINS: tuple[Begin, ...] = (
    _begin("a measure", lambda y: roads.investigating(y, **POWER), "coercive_measure"),
    _begin("a registration", lambda y: roads.investigating(y, **POWER), "evidence_registration"),
    _begin(
        "things registered",
        lambda y: roads.investigating(y, **POWER),
        "evidence_registration",
        since=REGISTERED,
    ),
    _begin("a service", served, "service"),
    _begin("goods of a crime", handed_to_police, "coercive_measure", held="in_force"),
    _begin("extended goods of a crime", handed_to_police, "coercive_measure", held="extended"),
    _begin("goods of others", roads.transferred, "coercive_measure", held="in_force"),
    _begin("extended goods of others", roads.transferred, "coercive_measure", held="extended"),
    _begin(
        "goods that pay",
        lambda y: overdue(y, POWER),
        "coercive_measure",
        held="in_force",
        since=UNMET,
    ),
    _begin(
        "extended goods that pay",
        lambda y: overdue(y, POWER),
        "coercive_measure",
        held="extended",
        since=UNMET,
    ),
    _begin("a hearing", roads.hearing_offered, "hearing"),
    _begin("a hearing to come", roads.hearing_offered, "hearing", since=HEARD),
    _begin("confiscation", confiscated, "coercive_measure confiscated_goods", held="in_force"),
    _begin(
        "confiscation in the extension", confiscated, "coercive_measure confiscated_goods", held="extended"
    ),
    _begin("stored goods that fall", confiscated, f"confiscated_goods {FALLS}", since=IN_STORE),
    _begin("confiscated goods", confiscated, "confiscated_goods", since=IN_STORE),
    _begin(
        "confiscation that falls", confiscated, f"confiscated_goods coercive_measure {FALLS}", held="in_force"
    ),
    _begin("an annotation", lambda y: roads.investigating(y, **POWER), "property_annotation"),
    _begin(
        "an annotation that may go",
        lambda y: roads.investigating(y, **POWER),
        "property_annotation order_correction recheck_correction",
        since=NOTED,
    ),
    _begin("a payment on the spot", spot, "payment", since=PAYABLE),
    *(_begin(f"a payment {name}", served, "payment", since=since) for name, since in PAYING.items()),
    *(
        _begin(f"a payment {name} that falls", served, f"payment {FALLS}", since=s)
        for name, s in PAYING.items()
    ),
    *(
        _begin(f"a payment {name}", served, f"payment {FALLS}", since=s, years=NEW)
        for name, s in PAUSED.items()
    ),
    _begin("a reconsideration", served, "reconsideration"),
    _begin("a reply", served, "reconsideration", since=REVIEWED),
    _begin("a reconsideration on the spot", spot, "reconsideration"),
    _begin("a suit", served, "litigation"),
    _begin("a trial", served, "litigation", since=TRIED),
    *(_begin(f"after {m}", served, "litigation", since=f"{TRIED} litigation:{m}") for m in JUDGED.split()),
    _begin("a suit after a reconsideration", served, "litigation reconsideration", since=REVIEWED),
    _begin("own enforcement", lambda y: overdue(y, POWER), "demand"),
    _begin("a decision to enforce", lambda y: overdue(y, POWER), "demand", since=DECIDED),
    _begin("force that was announced", lambda y: overdue(y, POWER), "demand", since=SERVED),
    _begin("a substitute", lambda y: overdue(y, POWER), "substitute_performance", since=DEMANDED),
    _begin("the court", lambda y: overdue(y, NO_POWER), "demand court_application", since=DEMANDED),
    _begin("papers for the court", lambda y: overdue(y, NO_POWER), "court_application", since=SIGNED),
    _begin("what the court says", lambda y: overdue(y, NO_POWER), "court_application", since=APPLIED),
    _begin("a fallen decision", fell, "publication_recall payment"),
)
