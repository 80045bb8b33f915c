"""What phones send: check-ins, findings, and the deliveries that let each message count once."""

from __future__ import annotations

from django.db import models

from xiuhua.duty import rules
from xiuhua.duty.models.places import Point
from xiuhua.duty.models.roster import Shift
from xiuhua.duty.models.seen import OfUnitQuerySet
from xiuhua.kernel.models import LegalModel


class Delivery(models.Model):
    """A message of a phone that was taken. The key is the phone's; the database takes it once.

    `answer` is what the phone was told, so that a message sent again is answered the same.
    """

    key = models.UUIDField("消息编号", unique=True)
    officer = models.ForeignKey("org.Officer", models.PROTECT, related_name="+", verbose_name="人员")
    kind = models.CharField("种类", max_length=20)
    answer = models.JSONField("答复", default=dict)
    taken_at = models.DateTimeField("收到")

    class Meta:
        verbose_name = "手机消息"

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class CheckIn(LegalModel):
    """Somebody said to be at a point. `at` is the phone's moment, `received_at` ours; what the phone said is kept.

    That somebody was there is known as the roster is; position, phone and signs are for `queries.check_ins`.
    """

    officer = models.ForeignKey(
        "org.Officer", models.PROTECT, related_name="+", verbose_name="人员", db_index=False
    )
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name="单位", db_index=False
    )
    point = models.ForeignKey(Point, models.PROTECT, related_name="+", verbose_name="签到点")
    shift = models.ForeignKey(Shift, models.PROTECT, null=True, related_name="check_ins", verbose_name="班次")
    at = models.DateTimeField("签到时间")
    received_at = models.DateTimeField("收到时间")
    lon = models.FloatField("经度")
    lat = models.FloatField("纬度")
    accuracy = models.FloatField("定位误差（米）")
    distance = models.FloatField("距签到点（米）")
    device = models.CharField("手机", max_length=64, default="")
    mock = models.BooleanField("模拟定位", default=False)
    verdict = models.CharField(
        "判定", max_length=10, choices=[(v.value, rules.VERDICT_LABELS[v]) for v in rules.Verdict]
    )
    signs = models.CharField("可疑迹象", max_length=60, default="")
    review = models.CharField(
        "核查",
        max_length=10,
        default="",
        blank=True,
        choices=[(r.value, rules.REVIEW_LABELS[r]) for r in rules.Review],
    )
    review_note = models.CharField("核查说明", max_length=200, default="")
    reviewed_at = models.DateTimeField("核查时间", null=True)
    counted = models.BooleanField("计入", default=False)

    objects = OfUnitQuerySet["CheckIn"].as_manager()

    class Meta:
        verbose_name = "签到"
        indexes = [
            models.Index(fields=["officer", "-at"], name="checkin_officer"),
            models.Index(fields=["unit", "-at"], name="checkin_unit"),
            models.Index(fields=["device", "-at"], name="checkin_device", condition=~models.Q(device="")),
            models.Index(fields=["-at"], name="checkin_doubtful", condition=models.Q(verdict="doubtful")),
        ]
        constraints = [
            models.CheckConstraint(
                name="checkin_review_with_note",
                condition=models.Q(review="", reviewed_at__isnull=True)
                | (~models.Q(review="") & models.Q(reviewed_at__isnull=False) & ~models.Q(review_note="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.point} {self.at:%Y-%m-%d %H:%M}"

    @property
    def sign_list(self) -> list[rules.Sign]:
        return [rules.Sign(code) for code in self.signs.split(";") if code]


class Finding(LegalModel):
    """Something found on patrol. What it is stands in its lead; here stand who found it, when, and on which shift."""

    lead = models.OneToOneField("leads.Lead", models.PROTECT, related_name="+", verbose_name="线索")
    officer = models.ForeignKey("org.Officer", models.PROTECT, related_name="+", verbose_name="发现人")
    unit = models.ForeignKey(
        "org.Unit", models.PROTECT, related_name="+", verbose_name="单位", db_index=False
    )
    shift = models.ForeignKey(Shift, models.PROTECT, null=True, related_name="findings", verbose_name="班次")
    day = models.DateField("发现日期")
    found_at = models.DateTimeField("发现时间")
    received_at = models.DateTimeField("收到时间")
    persuaded = models.BooleanField("当场劝阻", default=False)

    objects = OfUnitQuerySet["Finding"].as_manager()

    class Meta:
        verbose_name = "巡查发现"
        indexes = [models.Index(fields=["unit", "day"], name="finding_unit_day")]

    def __str__(self) -> str:
        return f"{self.lead}"
