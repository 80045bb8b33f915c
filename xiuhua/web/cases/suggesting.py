"""Words that stand in a form before somebody writes: the usual official wording, made from the file. Pure.

A suggestion is no fact: it is shown in the input, and only what the person sends becomes part of the step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from xiuhua.cases.procedure.guards.reading import block

File = Mapping[str, Any]


def _said_day(text: str | None) -> str:
    """2026-11-02 as 2026年11月2日; nothing for no day."""
    if not text:
        return ""
    year, month, day = text[:10].split("-")
    return f"{year}年{int(month)}月{int(day)}日"


def _act(file: File) -> str:
    return str(block(file, "cause").get("name") or "违法行为")


def _found(file: File) -> str:
    act = block(file, "violation")
    facts = str(act.get("facts") or _act(file)).strip().rstrip("。；;，")
    return f"{_said_day(act.get('discovered_on'))}在{act.get('place') or '现场'}，{facts}"


def _requirement(file: File, now: datetime) -> str:
    return f"立即停止“{_act(file)}”的违法行为，在改正期限内改正完毕，并接受复查。"


def _exchanges(file: File, now: datetime) -> str:
    """What everybody is asked; who asks and which rights there are, the record itself opens with."""
    asked = (
        "请说明您的姓名、身份以及与本案的关系。",
        f"{_found(file)}，是否属实？请说明经过和原因。",
        "还有什么需要补充？请核对笔录，无误后逐页签名。",
    )
    return "\n".join(f"问：{question}\n答：" for question in asked)


def _recheck(file: File, now: datetime) -> str:
    return f"{_said_day(now.date().isoformat())}，执法人员到{block(file, 'violation').get('place') or '现场'}复查："


def _tier_reasons(file: File, now: datetime) -> str:
    done = block(file, "correction").get("recheck_result") == "corrected"
    corrected = "，当事人在责令改正的期限内已经改正" if done else ""
    return f"综合违法行为的事实、性质、情节和社会危害程度{corrected}。"


def _kinds(file: File, now: datetime) -> list[str]:
    """The kinds that the norm knows, where there is nothing to choose."""
    allowed = [kind for kind in block(file, "cause").get("kinds_allowed") or () if kind]
    return list(allowed) if len(allowed) == 1 else []


def _reasons(file: File, now: datetime) -> str:
    return _tier_reasons(file, now)


def _answer_to_defence(file: File, now: datetime) -> str:
    return "对当事人提出的事实、理由和证据逐项复核如下："


def _conclusion(file: File, now: datetime) -> str:
    fine = block(file, "notice").get("planned_fine")
    amount = f"罚款人民币{fine:,}元的" if fine else ""
    return f"经集体讨论，决定对当事人作出{amount}行政处罚。"


def _educated(file: File, now: datetime) -> str:
    return f"已向当事人指明“{_act(file)}”违反的规定，教育其自觉守法，不再发生同类行为。"


def _persuaded(file: File, now: datetime) -> str:
    return f"已向当事人指出“{_act(file)}”违反规定，要求当场改正。"


def _relation(file: File, now: datetime) -> str:
    party = block(file, "party")
    if party.get("kind") == "citizen":
        return "self"
    return "legal_representative" if party.get("legal_representative") else ""


def _receiver(file: File, now: datetime) -> str:
    party = block(file, "party")
    return str((party.get("kind") != "citizen" and party.get("legal_representative")) or "")


def _moment(file: File, now: datetime) -> datetime:
    return now


def _unit(file: File, now: datetime) -> str:
    return str(block(file, "case").get("handling_unit") or "")


# Path → what is suggested; an empty suggestion leaves the input as it is.
SUGGESTED: Mapping[str, Callable[[File, datetime], Any]] = {
    "correction.requirement": _requirement,
    "correction.recheck_facts": _recheck,
    "interview.exchanges": _exchanges,
    "interview.from_at": _moment,
    "interview.place": _unit,
    "interview.person.name": _receiver,
    "investigation_report.proposed_kinds": _kinds,
    "investigation_report.tier_reasons": _tier_reasons,
    "notice.reasons_text": _reasons,
    "defence.reason": _answer_to_defence,
    "discussion.conclusion": _conclusion,
    "no_penalty.education": _educated,
    "persuasion.content": _persuaded,
    "service.receiver_relation": _relation,
    "service.receiver_name": _receiver,
}
# What the person named in the file goes before what the platform filled in with the name of the unit.
OVER_KNOWN = frozenset({"service.receiver_name", "interview.person.name"})


def suggestion(path: str, known: Any, file: File, now: datetime) -> Any:
    """What stands in the input at `path`: what is known, else the usual wording, else nothing."""
    usual = SUGGESTED.get(path)
    if usual is None:
        return known
    named = path in OVER_KNOWN and known == block(file, "party").get("name")
    if known not in (None, "", []) and not named:
        return known
    return usual(file, now) or known
