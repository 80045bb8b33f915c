"""What oversight keeps at one place of the world of `visible`: a drawn recording with a fault, and the rows for all."""

from __future__ import annotations

from datetime import date, datetime

from xiuhua.cases.models import Remedy
from xiuhua.evidence.models import Recording
from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM
from xiuhua.org.models import Unit
from xiuhua.oversight import models as oversight
from xiuhua.oversight.rules import LIMIT_CODES


def lay(unit: Unit, at: datetime) -> None:
    """Rows of `unit`, named by its mark."""
    mark, month, sourced = (
        f"OVER{unit.code}",
        at.date().replace(day=1),
        {"source": "示例", "certainty": "design"},
    )
    with record.act("示例", by=SYSTEM, at=at) as act:
        if not oversight.Goal.objects.exists():
            oversight.Goal(unit="*", monthly=2, valid_from=date(2018, 1, 1), **sourced).save()
            oversight.Item(code="uniform", position=1, name="示例", name_en="sample", **sourced).save()
            said = {
                "value": 5,
                "measure": "working_day",
                "meaning": "示例",
                "meaning_en": "sample",
                **sourced,
            }
            for code in LIMIT_CODES:
                oversight.Limit(code=code, **said).save()
        draw = oversight.Draw(month=month, seed=f"示例{mark}", drawn_at=at, drawn_by=1, drawn_name="示例")
        draw.save()
        sample = oversight.Sample(
            draw=draw,
            recording=Recording.objects.filter(unit=unit).latest("pk"),
            unit=unit,
            month=month,
            place=1,
            state="sent",
            look_by=at.date(),
            looked_at=at,
            reviewer=1,
            note=mark,
            faults=1,
            due_on=at.date(),
            appeal_by=at.date(),
        )
        sample.save()
        item = oversight.Item.objects.get()
        oversight.Finding(sample=sample, item=item, verdict="fault", note=mark).save()
        remedy = Remedy.objects.filter(case__handling_unit=unit).latest("pk")
        correction = oversight.Correction(
            number=mark,
            remedy=remedy,
            case=remedy.case,
            unit=unit,
            state="sent",
            outcome="revoked",
            ended_on=at.date(),
            found=mark,
            opened_at=at,
            sent_on=at.date(),
            due_on=at.date(),
            appeal_by=at.date(),
        )
        correction.save()
        act.entry(on=sample, facts={})
