"""Shifts, where one has to be in them, swaps, and appeals."""

from __future__ import annotations

from django.db import models

from xiuhua.duty import rules
from xiuhua.duty.models.places import Beat, Point, ShiftKind
from xiuhua.duty.models.seen import AppealQuerySet, OfShiftQuerySet, OfUnitQuerySet
from xiuhua.kernel.models import LegalModel


class Shift(LegalModel):
    """One person on duty once. `attended_at` is the first check-in that counts, derived, never typed."""

    officer = models.ForeignKey("org.Officer", models.PROTECT, related_name="+", verbose_name="人员")
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name="单位", db_index=False
    )
    kind = models.ForeignKey(ShiftKind, models.PROTECT, related_name="+", verbose_name="班次")
    beat = models.ForeignKey(Beat, models.PROTECT, null=True, related_name="+", verbose_name="巡区")
    day = models.DateField("日期")
    starts_at = models.DateTimeField("开始")
    ends_at = models.DateTimeField("结束")
    attended_at = models.DateTimeField("到岗", null=True)
    excused = models.BooleanField("申诉成立", default=False)
    cancelled = models.BooleanField("已取消", default=False)

    objects = OfUnitQuerySet["Shift"].as_manager()

    class Meta:
        verbose_name = "班次"
        indexes = [
            models.Index(fields=["unit", "day"], name="shift_unit_day"),
            models.Index(fields=["officer", "day"], name="shift_officer_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "starts_at"],
                name="shift_once",
                condition=models.Q(cancelled=False),
            ),
            models.CheckConstraint(name="shift_ends", condition=models.Q(ends_at__gt=models.F("starts_at"))),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"

    @property
    def span(self) -> rules.Span:
        return rules.Span(self.starts_at, self.ends_at)


class Stop(LegalModel):
    """A point at which a check-in is due in a shift. `reached_at` is the first check-in there that counts."""

    shift = models.ForeignKey(Shift, models.PROTECT, related_name="stops")
    point = models.ForeignKey(Point, models.PROTECT, related_name="+", verbose_name="签到点")
    due_at = models.DateTimeField("应到")
    reached_at = models.DateTimeField("到达", null=True)

    objects = OfShiftQuerySet["Stop"].as_manager()

    class Meta:
        verbose_name = "应到点"
        constraints = [models.UniqueConstraint(fields=["shift", "point"], name="stop_once")]

    def __str__(self) -> str:
        return f"{self.point} {self.due_at:%H:%M}"


class Swap(LegalModel):
    """Somebody asks another to take a shift, perhaps in exchange for one of the other's."""

    shift = models.ForeignKey(Shift, models.PROTECT, related_name="swaps", verbose_name="班次")
    asker = models.ForeignKey("org.Officer", models.PROTECT, related_name="+", verbose_name="提出人")
    other = models.ForeignKey("org.Officer", models.PROTECT, related_name="+", verbose_name="对方")
    in_exchange = models.ForeignKey(
        Shift, models.PROTECT, null=True, related_name="+", verbose_name="交换的班次"
    )
    reason = models.CharField("事由", max_length=200)
    state = models.CharField(
        "状态", max_length=12, choices=[(s.value, rules.SWAP_LABELS[s]) for s in rules.SwapState]
    )
    asked_at = models.DateTimeField("提出")
    answered_at = models.DateTimeField("对方答复", null=True)
    decided_at = models.DateTimeField("批复", null=True)
    note = models.CharField("意见", max_length=200, default="")

    objects = OfShiftQuerySet["Swap"].as_manager()

    class Meta:
        verbose_name = "换班"
        constraints = [
            models.UniqueConstraint(
                fields=["shift"],
                name="one_swap_open",
                condition=models.Q(state__in=sorted(s.value for s in rules.SWAP_OPEN)),
            ),
            models.CheckConstraint(name="swap_of_two", condition=~models.Q(asker=models.F("other"))),
        ]

    def __str__(self) -> str:
        return f"{self.shift} {self.asker} → {self.other}"


class Appeal(LegalModel):
    """Somebody says why an absence, or coming late, is none; a leader decides with a reason."""

    shift = models.OneToOneField(Shift, models.PROTECT, related_name="appeal")
    officer = models.ForeignKey("org.Officer", models.PROTECT, related_name="+", verbose_name="申诉人")
    reason = models.CharField("理由", max_length=300)
    state = models.CharField(
        "状态", max_length=10, choices=[(s.value, rules.APPEAL_LABELS[s]) for s in rules.AppealState]
    )
    made_at = models.DateTimeField("提出")
    decided_at = models.DateTimeField("决定", null=True)
    decision = models.CharField("决定理由", max_length=300, default="")

    objects = AppealQuerySet["Appeal"].as_manager()

    class Meta:
        verbose_name = "考勤申诉"
        constraints = [
            models.CheckConstraint(
                name="appeal_decided_with_reason",
                condition=models.Q(state="open", decided_at__isnull=True)
                | (~models.Q(state="open") & models.Q(decided_at__isnull=False) & ~models.Q(decision="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.shift} {self.officer}"
