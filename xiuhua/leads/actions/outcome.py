"""What came of a lead, and who is told."""

from __future__ import annotations

import re
from datetime import datetime

from xiuhua.kernel import record
from xiuhua.kernel.authz import Actor, Invalid, Said
from xiuhua.leads import permissions, rules
from xiuhua.leads.actions.moving import label_of, moving, said, save
from xiuhua.leads.models import Lead, Reporter

LONGEST_NOTE = 300
WAYS = {
    "phone": "电话",
    "text": "短信",
    "letter": "书面",
    "email": "电子邮件",
    "in_person": "当面",
    "interface": "原来件渠道",
}
# A run of digits as long as a telephone or identity number has no business in a sentence for the public.
_NUMBER = re.compile(r"\d{7,}")


def public(outcome: str, sentence: str) -> str:
    """The sentence for the public, without one the usual sentence of the outcome.

    Raises Invalid for an unknown outcome, a sentence that is too long, or one that holds a personal number.
    """
    if outcome not in set(rules.Outcome):
        raise Invalid({"outcome": "没有这种办理结果"})
    sentence = sentence.strip() or rules.OUTCOME_SENTENCES[rules.Outcome(outcome)]
    if len(sentence) > LONGEST_NOTE:
        raise Invalid({"public_note": Said("最长%(n)s字", n=LONGEST_NOTE)})
    if _NUMBER.search(sentence):
        raise Invalid({"public_note": "公开答复不得含有电话、证件等号码"})
    return sentence


def close(lead: Lead, outcome: str, sentence: str, act: record.Act) -> None:
    """The lead and all that were merged into it have this outcome. The caller saves the lead and writes its entry."""
    _tell(lead, outcome, sentence, act.at)
    for other in lead.merged.select_for_update().order_by("pk"):
        _tell(other, outcome, sentence, act.at)
        save(other)
        facts = {"outcome": outcome, "of": lead.number, "public_note": sentence}
        act.entry(on=other, facts=facts, label=label_of(other), verb="leads.share_outcome")


def _tell(lead: Lead, outcome: str, sentence: str, at: datetime) -> None:
    lead.outcome, lead.outcome_note, lead.outcome_at = outcome, sentence, at
    # Who reported through the open interface reads the answer there: it is given by being published.
    if lead.has_reporter and lead.source == rules.Source.OPEN311:
        lead.answered_at = lead.answered_at or at


def record_outcome(*, lead: Lead, outcome: str, public_note: str, by: Actor, at: datetime) -> Lead:
    """What came of the case: the only way back from a case to its lead. The same outcome said again changes nothing.

    Raises Refused for a lead that was not handed to a case, Invalid for an unknown outcome or sentence.
    """
    sentence = public(outcome, public_note)
    lead.refresh_from_db()
    if lead.outcome == outcome:
        return lead
    with moving(
        "record_outcome", lead, lambda: permissions.check_can_record_outcome(lead, by), by=by, at=at
    ) as act:
        close(lead, outcome, sentence, act)
        facts = {"outcome": outcome, "public_note": sentence, "case": lead.case_subject}
        act.entry(on=lead, facts=facts, label=label_of(lead))
    return lead


def tell_reporter(*, lead: Lead, way: str, note: str, by: Actor, at: datetime) -> Lead:
    """The reporter was told what was found, within five working days of receipt (SHUM §26).

    `way`: phone, text, letter, email, in_person or interface; `note`: what was said. Raises Invalid for another way or
    without a note, Refused where nobody reported or who did was told.
    """
    if way not in WAYS:
        raise Invalid({"way": "没有这种告知方式"})
    note = said("note", note, "请写明告知的内容")
    with moving(
        "tell_reporter", lead, lambda: permissions.check_can_tell_reporter(lead, by), by=by, at=at
    ) as act:
        lead.answered_at = at
        act.entry(on=lead, facts={"way": way, "note": note}, label=label_of(lead))
    return lead


def reveal_reporter(*, lead: Lead, reason: str, by: Actor, at: datetime) -> Reporter:
    """Who reported, to somebody who works the lead. Every look is an act with its reason, in the record.

    Raises Refused for everybody else (SHUM §26), Invalid without a reason.
    """
    permissions.check_can_reveal_reporter(lead, by)
    reason = said("reason", reason, "请写明查看举报人信息的原因")
    with record.act("leads.reveal_reporter", by=by, at=at) as act:
        reporter = Reporter.objects.get(lead=lead)
        act.entry(on=lead, facts={"reason": reason}, label=label_of(lead))
    return reporter
