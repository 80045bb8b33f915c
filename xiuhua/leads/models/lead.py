"""The lead itself, and who sees it."""

from __future__ import annotations

from typing import Self

from django.db import models

from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import Area, LegalModel, LegalQuerySet
from xiuhua.leads import rules
from xiuhua.leads.models.kinds import LeadKind


def seen_through(user: Actor, path: str = "") -> models.Q | None:
    """The condition under which `user` sees a lead, over relation `path`; None where nothing is seen.

    A unit sees the leads that lie with it and those it registered itself; an authority those handled in its name;
    a machine those it posted; bureau-wide posts all.
    """
    scope = user.scope("leads.see")
    if scope.everything:
        return models.Q()
    found = models.Q()
    if scope.units:
        found |= models.Q(**{f"{path}unit__in": scope.units})
        found |= models.Q(**{f"{path}registered_unit__in": scope.units})
    if scope.authorities:
        found |= models.Q(**{f"{path}authority__in": scope.authorities})
    posted = user.scope("leads.post").own_id
    if posted is not None:
        found |= models.Q(**{f"{path}registered_by": posted})
    return found or None


class LeadQuerySet(LegalQuerySet["Lead"]):
    def visible(self, user: Actor) -> Self:
        """The leads `user` may see (see `seen_through`)."""
        condition = seen_through(user)
        return self.none() if condition is None else self.filter(condition)


class Lead(LegalModel):
    """A suspicion that something is wrong somewhere (线索). Who reported it is in `Reporter`, apart from it."""

    State = rules.State

    number = models.CharField("编号", max_length=40, unique=True)
    public_id = models.CharField("查询号", max_length=20, unique=True)
    source = models.CharField(
        "来源", max_length=12, choices=[(s.value, rules.SOURCE_LABELS[s]) for s in rules.Source]
    )
    source_ref = models.CharField("来源编号", max_length=60, default="")
    # Where a wider index begins with the column, or nothing is looked up by it, it has none of its own.
    kind = models.ForeignKey(LeadKind, models.PROTECT, related_name="+", db_index=False, verbose_name="类别")
    cause_hint = models.CharField("初判案由", max_length=10, default="")
    content = models.TextField("内容")
    attributes = models.JSONField("补充内容", default=dict)
    place = models.CharField("地点", max_length=200, default="")
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="区域"
    )
    lon = models.FloatField("经度", null=True)
    lat = models.FloatField("纬度", null=True)

    received_at = models.DateTimeField("收到时间")
    registered_at = models.DateTimeField("登记时间")
    registered_by = models.ForeignKey(
        "org.Officer", models.PROTECT, null=True, related_name="+", db_index=False
    )
    registered_unit = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, related_name="+", db_index=False
    )
    has_reporter = models.BooleanField("有举报人", default=False)

    state = models.CharField(
        "状态", max_length=12, choices=[(s.value, rules.STATE_LABELS[s]) for s in rules.State]
    )
    state_since = models.DateTimeField("进入状态时间")
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="承办单位"
    )
    authority = models.ForeignKey(
        "org.Unit", models.PROTECT, null=True, related_name="+", db_index=False, verbose_name="执法主体"
    )
    verified_at = models.DateTimeField("核实时间", null=True)
    dispatched_at = models.DateTimeField("派发时间", null=True)
    accepted_at = models.DateTimeField("接收时间", null=True)
    on_scene_at = models.DateTimeField("到场时间", null=True)
    answered_at = models.DateTimeField("告知时间", null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged", db_index=False)

    due_clock = models.CharField("最近期限", max_length=40, default="")
    due_on = models.DateField("期限届满日", null=True)
    due_at = models.DateTimeField("期限届满时刻", null=True)
    due_provisional = models.BooleanField("期限暂定", default=False)

    case_subject = models.CharField("案件", max_length=80, default="")
    case_label = models.CharField("案件名称", max_length=200, default="")
    outcome = models.CharField(
        "结果", max_length=16, default="", choices=[(o.value, rules.OUTCOME_LABELS[o]) for o in rules.Outcome]
    )
    outcome_note = models.CharField("公开答复", max_length=300, default="")
    outcome_at = models.DateTimeField("结果时间", null=True)

    search = models.CharField("检索", max_length=400, default="")
    imported = models.BooleanField("历史导入", default=False)

    objects = LeadQuerySet.as_manager()

    class Meta:
        verbose_name = "线索"
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="lead_received"),
            models.Index(fields=["unit", "-received_at", "-id"], name="lead_unit_received"),
            models.Index(fields=["state", "unit"], name="lead_state"),
            models.Index(fields=["kind", "received_at"], name="lead_near"),
            models.Index(
                fields=["registered_by", "-received_at", "-id"],
                name="lead_posted",
                condition=models.Q(source="open311"),
            ),
            models.Index(
                fields=["registered_unit"],
                name="lead_registered_unit",
                condition=models.Q(registered_unit__isnull=False),
            ),
            models.Index(
                fields=["merged_into"],
                name="lead_merged_into",
                condition=models.Q(merged_into__isnull=False),
            ),
            models.Index(fields=["due_on"], name="lead_due", condition=models.Q(due_on__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_ref"],
                name="source_ref_once",
                condition=~models.Q(source_ref=""),
            ),
            models.CheckConstraint(
                name="lead_clock_and_due",
                condition=models.Q(due_clock="", due_on__isnull=True)
                | (~models.Q(due_clock="") & models.Q(due_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="lead_lon_and_lat",
                condition=models.Q(lon__isnull=True, lat__isnull=True)
                | models.Q(lon__isnull=False, lat__isnull=False),
            ),
            models.CheckConstraint(
                name="outcome_and_when",
                condition=models.Q(outcome="", outcome_at__isnull=True)
                | (~models.Q(outcome="") & models.Q(outcome_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="merged_into_something",
                condition=models.Q(state="merged", merged_into__isnull=False)
                | (~models.Q(state="merged") & models.Q(merged_into__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.number
