"""Guards of a case with several parties or acts: who may be joined, weighed apart, told, heard and served. Pure.

A case of one party and one act passes all that look at the whole file; those of the moves that only several parties
need ask for another party first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards import filing, summary
from xiuhua.cases.procedure.guards.guard import Guard, Reads
from xiuhua.cases.procedure.guards.ranges import bounds
from xiuhua.cases.procedure.guards.reading import (
    DECISIONS,
    P1,
    block,
    come,
    evidence,
    iso,
    rows,
    same_money,
    step_of,
    written,
)
from xiuhua.cases.procedure.guards.sharing import (
    V1,
    Pair,
    Row,
    acts,
    defence_by,
    is_several,
    items,
    norm_for,
    notice_served_to,
    of_party,
    pairs,
    parties,
    served_to,
    told_of,
)
from xiuhua.cases.procedure.setting import Setting

FILE, FACTS = Reads.FILE, Reads.FACTS
KINDS = frozenset({"citizen", "organisation", "individual_business"})
TIERS = frozenset({"lighter", "ordinary", "heavier", "mitigated"})


def others(file: File, setting: Setting) -> bool:
    """Some party was joined, though it may have left again."""
    return bool(file.get("parties"))


def other_acts(file: File, setting: Setting) -> bool:
    return bool(file.get("violations"))


def before_notice(file: File, setting: Setting) -> bool:
    """No prior notice holds: whoever is joined later would be punished without one, or for what it did not name."""
    return not block(file, "notice").get("served_on")


def _stated(file: File, name: str) -> Sequence[Row]:
    """The rows of a list that the step itself brings, each with all that is known of its id."""
    known = told_of(file, name)
    return [known[row["id"]] for row in told_of(step_of(file), name).values()]


def _number(party: Row) -> str:
    return str(party.get("id_no") or party.get("usci") or party.get("licence_no") or "")


def party_known(file: File, setting: Setting) -> bool:
    """Whoever is joined is named by kind, name and number, with the reason why."""
    found = _stated(file, "parties")
    return bool(found) and all(
        party.get("kind") in KINDS
        and summary.identity_known({"party": party}, setting)
        and written(party.get("reason"))
        for party in found
    )


def party_once(file: File, setting: Setting) -> bool:
    """Nobody is a party twice: by the number, and by the name where no number tells."""
    here = list(parties(file).values())
    numbers = [_number(p) for p in here if _number(p)]
    names = [p.get("name") for p in here if not _number(p)]
    return len(numbers) == len(set(numbers)) and len(names) == len(set(names))


def _leaves(file: File, name: str, first: str) -> bool:
    """What the step takes out came in later, is known, and the reason is written."""
    found = _stated(file, name)
    before = {row["id"] for row in found if row.get("joined_on")}
    return bool(found) and all(
        row["id"] != first and row["id"] in before and written(row.get("left_reason")) for row in found
    )


def party_leaves(file: File, setting: Setting) -> bool:
    return _leaves(file, "parties", P1)


def act_leaves(file: File, setting: Setting) -> bool:
    return _leaves(file, "violations", V1)


def act_known(file: File, setting: Setting) -> bool:
    """The step speaks of an act that was joined before."""
    found = _stated(file, "violations")
    return bool(found) and all(row.get("joined_on") and not row.get("left_on") for row in found)


def act_has_basis(file: File, setting: Setting) -> bool:
    """The act that is joined has a norm that says how it is punished (PPL21 §4, §38), and its facts."""
    found = _stated(file, "violations")
    return bool(found) and all(
        bool(block(act, "cause").get("basis") and block(act, "cause").get("kinds_allowed"))
        and written(act.get("facts"))
        for act in found
    )


def _as_alone(file: File, act: Row) -> File:
    """The file as if the act were the only one; it lies where the first one does unless it says otherwise."""
    first = block(file, "violation")
    place = {"place_code": act.get("place_code") or first.get("place_code")}
    power = {} if act.get("our_power") is None else {"our_power": act["our_power"]}
    return {
        **file,
        "violation": {**act, **place},
        "cause": block(act, "cause"),
        "case": {**block(file, "case"), **power},
    }


def act_within_limitation(file: File, setting: Setting) -> bool:
    return all(filing.within_limitation(_as_alone(file, act), setting) for act in _stated(file, "violations"))


def act_our_power(file: File, setting: Setting) -> bool:
    return all(filing.our_power(_as_alone(file, act), setting) for act in _stated(file, "violations"))


def act_once(file: File, setting: Setting) -> bool:
    """The same act under the same norm is in the case once: norm, day and place tell acts apart."""
    here = [
        (block(act, "cause").get("code"), act.get("occurred_on"), act.get("place"))
        for act in acts(file).values()
    ]
    return len(here) == len(set(here))


def each_act_proved(file: File, setting: Setting) -> bool:
    """Every further act has its facts and evidence of its own that is relied on."""
    if not is_several(file):
        return True
    relied = {key_of(item, n) for n, item in enumerate(evidence(file)) if item.get("relied_on")}
    return all(
        written(act.get("facts")) and not relied.isdisjoint(act.get("evidence_ids") or ())
        for id, act in acts(file).items()
        if id != V1
    )


def key_of(item: Row, place: int) -> str:
    """By what an item of evidence is linked: its id, else its place in the list."""
    return str(item.get("id") or f"#{place + 1}")


def _complete(file: File, name: str) -> dict[Pair, Row]:
    """The items of a block; empty where a pair of party and act is missing, or nobody is punished for anything."""
    found = items(file, name)
    whole = set(found) == set(pairs(file)) and any(row.get("kinds") for row in found.values())
    return found if whole else {}


def _sum_is_said(file: File, name: str, key: str) -> bool:
    total = sum(row.get("fine") or 0 for row in items(file, name).values())
    return same_money(total, block(file, name).get(key) or 0)


def _punished(found: dict[Pair, Row]) -> Iterator[Row]:
    return (row for row in found.values() if row.get("kinds"))


def each_weighed(file: File, setting: Setting) -> bool:
    """Tier and reasons stand for every party and every act apart, and the sum is theirs; or no penalty is proposed."""
    report = block(file, "investigation_report")
    if not is_several(file) or not (report.get("proposed_fine") or report.get("proposed_kinds")):
        return True
    found = _complete(file, "investigation_report")
    apart = all(row.get("tier") in TIERS and written(row.get("reasons")) for row in _punished(found))
    return bool(found) and apart and _sum_is_said(file, "investigation_report", "proposed_fine")


def _fined_where_said(found: dict[Pair, Row]) -> bool:
    return all(("fine" in (row.get("kinds") or ())) is ((row.get("fine") or 0) > 0) for row in found.values())


def each_planned(file: File, setting: Setting) -> bool:
    """The notice says what is planned against each party for each act, and in all (PPL21 §44)."""
    if not is_several(file):
        return True
    found = _complete(file, "notice")
    return bool(found) and _fined_where_said(found) and _sum_is_said(file, "notice", "planned_fine")


def notice_reached_each(file: File, setting: Setting) -> bool:
    """The notice that holds now reached every party."""
    return not is_several(file) or all(
        come(notice_served_to(file, party), setting.day) for party in parties(file)
    )


def each_decided(file: File, setting: Setting) -> bool:
    """The decision names the penalty of every party for every act, and the sum is theirs (PPL21 §59)."""
    if not is_several(file):
        return True
    found = _complete(file, "decision")
    return bool(found) and _fined_where_said(found) and _sum_is_said(file, "decision", "fine")


def _group(file: File, act: str) -> str:
    """The act of which this one is only another norm: one act that breaks several norms stands under the first."""
    return str(acts(file)[act].get("same_act_as") or act)


def fined_once(file: File, setting: Setting) -> bool:
    """One act of one party is fined once, and by the norm with the higher fine where the law says so.

    PPL21 §29; PPL17 §24 forbade the second fine only.
    """
    if not is_several(file):
        return True
    fined: dict[Pair, list[Pair]] = {}
    for pair, row in items(file, "decision").items():
        if (row.get("fine") or 0) > 0:
            fined.setdefault((pair[0], _group(file, pair[1])), []).append(pair)
    if any(len(found) > 1 for found in fined.values()):
        return False
    if setting.params.get("same_act_higher_range") is not True:
        return True
    return all(_is_highest(file, found[0]) for found in fined.values())


def _is_highest(file: File, pair: Pair) -> bool:
    """No other norm that the same act breaks has a higher ceiling for this party."""
    party, act = pair
    same = [other for other in acts(file) if _group(file, other) == _group(file, act)]
    said = items(file, "decision")
    tops = {
        other: found[1]
        for other in same
        if (found := bounds(norm_for(file, party, other), said.get((party, other)) or {}))
    }
    return tops.get(act, 0.0) >= max(tops.values(), default=0.0)


def decision_reached_each(file: File, setting: Setting) -> bool:
    """The decision reached every party: served on one, it is not served on the others (PPL21 §61)."""
    made = block(file, "decision").get("decided_on") or block(file, "no_penalty").get("decided_on") or ""
    return not is_several(file) or all(
        come(served_to(file, DECISIONS, party, made), setting.day) for party in parties(file)
    )


def served_party_named(file: File, setting: Setting) -> bool:
    """The service that this step states is on a party of the case."""
    found = rows(step_of(file), "services")
    return bool(found) and all((row.get("party") or P1) in parties(file) for row in found)


def notice_proved(file: File, setting: Setting) -> bool:
    """The notice was issued before, and the step says on which day it reached this party."""
    found = rows(step_of(file), "services")
    issued = block(file, "notice").get("issued_on") or block(file, "notice").get("served_on") or "9999"
    return bool(found) and all(issued <= (row.get("on") or "") <= setting.day for row in found)


def _other_defence(file: File) -> tuple[str, dict[str, Any]]:
    """The party of whose defence the step speaks, and all that is known of it."""
    party = ""
    for row in rows(step_of(file), "defences"):
        party = str(row.get("party") or "")
    known = party in parties(file) and party != P1
    return (party, dict(defence_by(file, party))) if known else ("", {})


def other_defence_recorded(file: File, setting: Setting) -> bool:
    """A party beside the first spoke and it was written down, or waived in writing."""
    party, found = _other_defence(file)
    said = come(found.get("received_on"), setting.day) and written(found.get("content"))
    return bool(party) and (said or found.get("waived_in_writing") is True)


def other_defence_answered(file: File, setting: Setting) -> bool:
    """What it said was rechecked; a refusal has its reason, and no heavier fine is proposed for it (PPL21 §45)."""
    party, found = _other_defence(file)
    if not party or not found.get("received_on") or not come(found.get("rechecked_on"), setting.day):
        return False
    return found.get("adopted") is True or written(found.get("reason"))


def other_not_heavier(file: File, setting: Setting) -> bool:
    """What is proposed for it after the recheck is no more than its own notice said (PPL21 §45)."""
    party, found = _other_defence(file)
    return bool(party) and (found.get("proposed_fine") or 0) <= of_party(file, "notice", party)


def heard_or_waived(file: File, party: str, setting: Setting) -> bool:
    """The defence of a further party was rechecked, waived in writing, or its days ran out unused."""
    found = defence_by(file, party)
    if found.get("received_on"):
        return come(found.get("rechecked_on"), setting.day)
    return found.get("waived_in_writing") is True or _period_over(file, party, setting)


def _period_over(file: File, party: str, setting: Setting) -> bool:
    told, days = notice_served_to(file, party), block(file, "notice").get("defence_days")
    return bool(told) and days is not None and (setting.on - iso(told)).days > days


# fmt: off
GUARDS: tuple[Guard, ...] = (
    Guard("has_other_parties", others, FILE, "PPL21 §59",
          "本案只有一名当事人", "The case has more than one party."),
    Guard("has_other_acts", other_acts, FILE, "PPL21 §59",
          "本案只有一项违法行为", "The case has more than one act."),
    Guard("before_prior_notice", before_notice, FILE, "PPL21 §44",
          "事先告知书已经送达，不得再增减当事人或者违法行为；应当另案处理或者变更后重新告知",
          "No prior notice has been served yet."),
    Guard("joined_party_known", party_known, FACTS, "PPL21 §59",
          "追加的当事人身份未查明或者未写明理由", "The party is known by kind, name and number, with the reason."),
    Guard("party_named_once", party_once, FACTS, "PPL21 §29",
          "该当事人已是本案当事人，不得重复列为当事人", "Nobody is a party of the case twice."),
    Guard("party_may_leave", party_leaves, FACTS, "PPL21 §40",
          "只能去掉后来追加的当事人，并应当写明理由", "Who leaves was joined later, and the reason is written."),
    Guard("act_has_basis", act_has_basis, FACTS, "PPL21 §38",
          "追加的违法行为没有处罚依据或者未写明事实", "The act has a norm that punishes it, and its facts."),
    Guard("act_within_limitation", act_within_limitation, FACTS, "PPL21 §36",
          "追加的违法行为已过追责时效", "The act was found within the limitation period."),
    Guard("act_our_power", act_our_power, FACTS, "SHUM §11",
          "本机关无权查处追加的违法行为", "The authority matrix gives this act to us."),
    Guard("act_named_once", act_once, FACTS, "PPL21 §29",
          "该违法行为已在本案中，不得重复列入", "The same act under the same norm is in the case once."),
    Guard("act_joined_before", act_known, FACTS, "PPL21 §40",
          "本案没有这一追加的违法行为", "The act was joined to the case before."),
    Guard("act_may_leave", act_leaves, FACTS, "PPL21 §40",
          "只能去掉后来追加的违法行为，并应当写明理由", "What leaves was joined later, and the reason is written."),
    Guard("each_act_proved", each_act_proved, FACTS, "PPL21 §40",
          "有违法行为没有相应证据，事实不清，不得继续", "Every act has evidence of its own that is relied on."),
    Guard("each_weighed_apart", each_weighed, FACTS, "PPL21 §34",
          "未对每一当事人、每一违法行为分别裁量", "Every party and every act is weighed apart, and the sum is theirs."),
    Guard("each_planned_apart", each_planned, FACTS, "PPL21 §44",
          "告知书未分别写明对每一当事人、每一违法行为拟作出的处罚",
          "The notice states what is planned against each party for each act."),
    Guard("notice_reached_each_party", notice_reached_each, FILE, "PPL21 §44",
          "事先告知书尚未送达每一当事人", "The notice was served on every party."),
    Guard("each_decided_apart", each_decided, FACTS, "PPL21 §59",
          "决定未分别写明每一当事人、每一违法行为的处罚，或者合计不符",
          "The decision names the penalty of each party for each act, and the sum is theirs."),
    Guard("same_act_fined_once", fined_once, FACTS, "PPL21 §29",
          "同一违法行为对同一当事人只能罚款一次，并应当适用罚款数额高的规定",
          "One act of a party is fined once, under the norm with the higher fine."),
    Guard("decision_reached_each_party", decision_reached_each, FACTS, "PPL21 §61",
          "处罚决定书尚未送达每一当事人", "The decision was served on every party."),
    Guard("served_party_named", served_party_named, FACTS, "PPL21 §61",
          "受送达人不是本案当事人", "The service is on a party of the case."),
    Guard("notice_service_dated", notice_proved, FACTS, "PPL21 §44",
          "告知书送达日期早于制作日期或者晚于今天", "The notice was issued before it was served."),
    Guard("other_defence_recorded", other_defence_recorded, FACTS, "PPL21 §45",
          "未写明其他当事人的陈述申辩，也未书面放弃", "A further party's defence is recorded, or waived in writing."),
    Guard("other_defence_answered", other_defence_answered, FACTS, "PPL21 §45",
          "其他当事人的陈述申辩未经复核", "The defence of a further party was rechecked and answered."),
    Guard("other_not_heavier", other_not_heavier, FACTS, "PPL21 §45",
          "不得因陈述申辩对该当事人给予更重的处罚", "No more is proposed for a further party than it was told."),
)
# fmt: on
