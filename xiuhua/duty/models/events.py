"""Events that raise the duty level, reserve teams, calls, tasks and joint operations."""

from __future__ import annotations

from django.db import models

from xiuhua.duty import rules
from xiuhua.duty.models.places import Plan
from xiuhua.duty.models.seen import OfOperationQuerySet, OfTaskQuerySet, OfUnitQuerySet
from xiuhua.kernel.models import Area, InsideQuerySet, LegalModel


class Event(LegalModel):
    """A major event or an emergency, from a day up to and with another; `plan` where one was started.

    `counted_from` and `counted_to`: the days over which the report counts, where they are others than those of the
    event (in 2018 all hands were on duty for 37 days and 17 of them were counted).
    """

    kind = models.CharField(
        "种类", max_length=10, choices=[(k.value, rules.EVENT_KIND_LABELS[k]) for k in rules.EventKind]
    )
    name = models.CharField("名称", max_length=80)
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="+", verbose_name="预案")
    starts_on = models.DateField("起")
    ends_on = models.DateField("止")
    all_hands = models.BooleanField("全员上岗", default=False)
    declared_at = models.DateTimeField("启动")
    ended_at = models.DateTimeField("解除", null=True)
    summary = models.TextField("小结", default="")
    counted_from = models.DateField("统计起", null=True)
    counted_to = models.DateField("统计止", null=True)

    objects = InsideQuerySet["Event"].as_manager()

    class Meta:
        verbose_name = "勤务保障"
        constraints = [
            models.CheckConstraint(
                name="event_dates", condition=models.Q(ends_on__gte=models.F("starts_on"))
            ),
            models.CheckConstraint(
                name="event_counted_dates",
                condition=models.Q(counted_from__isnull=True, counted_to__isnull=True)
                | models.Q(
                    counted_from__isnull=False,
                    counted_to__isnull=False,
                    counted_to__gte=models.F("counted_from"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class LevelOrder(LegalModel):
    """The duty level of an area (none: the whole district) or of a guarded place during an event."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="orders")
    level = models.PositiveSmallIntegerField("勤务等级")
    place_kind = models.CharField(
        "保障对象", max_length=20, choices=[(k.value, rules.PLACE_KIND_LABELS[k]) for k in rules.PlaceKind]
    )
    name = models.CharField("名称", max_length=80, default="")
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+", verbose_name="街镇")

    objects = InsideQuerySet["LevelOrder"].as_manager()

    class Meta:
        verbose_name = "勤务等级"
        constraints = [models.CheckConstraint(name="level_one_or_two", condition=models.Q(level__in=(1, 2)))]

    def __str__(self) -> str:
        return f"{self.name} {self.level}"


class Reserve(LegalModel):
    """A reserve team (机动应急保障队伍) that stands ready during an event."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="reserves")
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name="单位", db_index=False
    )
    name = models.CharField("名称", max_length=60)
    members = models.ManyToManyField("org.Officer", related_name="+", verbose_name="队员")

    objects = OfUnitQuerySet["Reserve"].as_manager()

    class Meta:
        verbose_name = "机动队伍"

    def __str__(self) -> str:
        return self.name


class Call(LegalModel):
    """Somebody is called to an emergency and answers."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="calls")
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name="单位", db_index=False
    )
    officer = models.ForeignKey("org.Officer", models.PROTECT, related_name="+", verbose_name="人员")
    called_at = models.DateTimeField("召集")
    answered_at = models.DateTimeField("答复", null=True)
    coming = models.BooleanField("能到岗", null=True)
    note = models.CharField("说明", max_length=200, default="")

    objects = OfUnitQuerySet["Call"].as_manager()

    class Meta:
        verbose_name = "召集"
        constraints = [models.UniqueConstraint(fields=["event", "officer"], name="called_once")]

    def __str__(self) -> str:
        return f"{self.event} {self.officer}"


class Task(LegalModel):
    """A daily or special task of a unit, or a check of pollution sources that a plan orders."""

    kind = models.CharField(
        "种类", max_length=12, choices=[(k.value, rules.TASK_KIND_LABELS[k]) for k in rules.TaskKind]
    )
    title = models.CharField("任务", max_length=100)
    what = models.TextField("要求", default="")
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name="单位", db_index=False
    )
    officer = models.ForeignKey(
        "org.Officer", models.PROTECT, null=True, related_name="+", verbose_name="承办人"
    )
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="tasks", verbose_name="保障")
    day = models.DateField("下达日期")
    due_at = models.DateTimeField("期限")
    state = models.CharField(
        "状态", max_length=10, choices=[(s.value, rules.TASK_LABELS[s]) for s in rules.TaskState]
    )
    issued_at = models.DateTimeField("下达")
    received_at = models.DateTimeField("签收", null=True)
    done_at = models.DateTimeField("完成", null=True)
    result = models.TextField("结果", default="")

    objects = OfUnitQuerySet["Task"].as_manager()

    class Meta:
        verbose_name = "勤务任务"
        indexes = [models.Index(fields=["unit", "state"], name="task_unit_state")]
        constraints = [
            models.CheckConstraint(
                name="task_done_with_result",
                condition=~models.Q(state="done") | (models.Q(done_at__isnull=False) & ~models.Q(result="")),
            )
        ]

    def __str__(self) -> str:
        return self.title


class TaskNote(LegalModel):
    """How a task goes on."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="notes")
    officer = models.ForeignKey(
        "org.Officer", models.PROTECT, null=True, related_name="+", verbose_name="人员"
    )
    text = models.CharField("进展", max_length=500)
    at = models.DateTimeField("时间")

    objects = OfTaskQuerySet["TaskNote"].as_manager()

    class Meta:
        verbose_name = "任务进展"

    def __str__(self) -> str:
        return self.text


class Operation(LegalModel):
    """An operation (执法整治行动) of a unit, alone or with other bodies (联合执法), and what came of it."""

    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name="单位", db_index=False
    )
    joint = models.BooleanField("联合执法", default=True)
    title = models.CharField("名称", max_length=100)
    held_on = models.DateField("日期")
    place = models.CharField("地点", max_length=120)
    what = models.TextField("内容", default="")
    our_people = models.PositiveIntegerField("本局参加人数", default=0)
    planned_at = models.DateTimeField("登记")
    reported_at = models.DateTimeField("报结果", null=True)
    checked = models.PositiveIntegerField("检查户次", default=0)
    persuaded = models.PositiveIntegerField("教育劝阻人次", default=0)
    found = models.PositiveIntegerField("发现问题", default=0)
    result = models.TextField("结果", default="")

    objects = OfUnitQuerySet["Operation"].as_manager()

    class Meta:
        verbose_name = "执法行动"

    def __str__(self) -> str:
        return self.title


class Participant(LegalModel):
    """Another body that takes part in a joint operation."""

    operation = models.ForeignKey(Operation, models.PROTECT, related_name="bodies")
    body = models.CharField("单位", max_length=60)
    people = models.PositiveIntegerField("人数", default=0)

    objects = OfOperationQuerySet["Participant"].as_manager()

    class Meta:
        verbose_name = "参加单位"

    def __str__(self) -> str:
        return self.body
