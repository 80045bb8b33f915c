"""Bills for fines, and what the bank reports of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from django.db import models

from xiuhua.cases.models.case import Case, Step, seen_through
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import LegalModel, LegalQuerySet

RECONCILE = "money.reconcile"


class FineBillQuerySet(LegalQuerySet["FineBill"]):
    def visible(self, user: Actor) -> Self:
        """Whoever sees the case sees what it owes."""
        condition = seen_through(user, "case__")
        return self.none() if condition is None else self.filter(condition)


class FineBill(LegalModel):
    """A notice of payment (缴款通知): what a case owes, until when, and how far it is paid. One a case; where each of
    several parties pays apart, one a party. A decision that is made anew after it fell has a bill of its own, the next
    in `turn`; the one before stays as it was.

    `amount` is what the decision says; surcharge and waiver are added as the file states them. Money in yuan. `party`
    is the id in the file of the one who owes it, empty where the case has one; `payer` is what that one is called.
    """

    class State(models.TextChoices):
        OPEN = "open", "待缴"
        PAID = "paid", "已缴清"
        ENFORCED = "enforced", "转强制执行"
        DROPPED = "dropped", "不再收缴"

    case = models.ForeignKey(Case, models.PROTECT, related_name="bills")
    party = models.CharField("案内编号", max_length=10, default="")
    turn = models.PositiveSmallIntegerField("第几次决定", default=1, db_default=1)
    payer = models.CharField("缴款人", max_length=120, default="")
    number = models.CharField("缴款通知号", max_length=40, unique=True)
    what = models.CharField("事项", max_length=200)
    issued_on = models.DateField("开具日期")
    due_on = models.DateField("缴款期限", null=True)
    amount = models.DecimalField("应缴", max_digits=12, decimal_places=2)
    surcharge = models.DecimalField("加处罚款", max_digits=12, decimal_places=2, default=Decimal(0))
    waived = models.DecimalField("减免", max_digits=12, decimal_places=2, default=Decimal(0))
    paid = models.DecimalField("已缴", max_digits=12, decimal_places=2, default=Decimal(0))
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)

    objects = FineBillQuerySet.as_manager()

    class Meta:
        verbose_name = "缴款通知"
        indexes = [models.Index(fields=["state", "due_on"], name="bill_due")]
        constraints = [models.UniqueConstraint(fields=["case", "party", "turn"], name="bill_once")]

    def __str__(self) -> str:
        return self.number

    @property
    def left(self) -> Decimal:
        """What is still owed by the file, yuan; a surcharge that runs is not in it before it is stated."""
        return self.amount + self.surcharge - self.waived - self.paid


class BankFileQuerySet(LegalQuerySet["BankFile"]):
    def visible(self, user: Actor) -> Self:
        """A file is known by its lines only."""
        return self.none()


class BankFile(LegalModel):
    """A file of payments that the bank sent, known by its SHA-256: the same file comes in once."""

    name = models.CharField("文件名", max_length=120)
    sha256 = models.CharField("摘要", max_length=64, unique=True)
    at = models.DateTimeField("导入时间")
    by_user = models.BigIntegerField("行为人", null=True)
    by_name = models.CharField("行为人姓名", max_length=60)

    objects = BankFileQuerySet.as_manager()

    class Meta:
        verbose_name = "银行到账文件"

    def __str__(self) -> str:
        return self.name


class BankLineQuerySet(LegalQuerySet["BankLine"]):
    def visible(self, user: Actor) -> Self:
        """Payments of a case are seen by those who see it; those of none by whoever reconciles."""
        of_case = seen_through(user, "bill__case__")
        found = models.Q(pk__in=[]) if of_case is None else models.Q(bill__isnull=False) & of_case
        if not user.scope(RECONCILE).nothing:
            found |= models.Q(bill__isnull=True)
        return self.filter(found)


class BankLine(LegalModel):
    """One payment that the bank reports, by its own reference: it comes in once, and stays whatever becomes of it.

    `bill` is the one it was booked on, or the proposed one. `booked` is the part that the case took; what is more is
    a credit to be paid back.
    """

    class State(models.TextChoices):
        BOOKED = "booked", "已入账"
        PROPOSED = "proposed", "待确认"
        UNMATCHED = "unmatched", "未对上"
        SENT_BACK = "sent_back", "已退回"

    file = models.ForeignKey(BankFile, models.PROTECT, related_name="lines")
    row = models.PositiveIntegerField("行")
    reference = models.CharField("银行流水号", max_length=60, unique=True)
    paid_on = models.DateField("缴款日期")
    amount = models.DecimalField("金额", max_digits=12, decimal_places=2)
    payer = models.CharField("缴款人", max_length=120)
    bill_number = models.CharField("所填缴款通知号", max_length=40, default="")
    receipt_no = models.CharField("财政票据号码", max_length=60)
    state = models.CharField(
        "状态", max_length=10, choices=State.choices, default=State.UNMATCHED, db_index=True
    )
    bill = models.ForeignKey(FineBill, models.PROTECT, null=True, related_name="lines")
    step = models.ForeignKey(Step, models.PROTECT, null=True, related_name="+")
    booked = models.DecimalField("入账金额", max_digits=12, decimal_places=2, default=Decimal(0))
    reason = models.CharField("说明", max_length=300, default="")
    returned_on = models.DateField("多缴款退还日期", null=True)

    objects = BankLineQuerySet.as_manager()

    class Meta:
        verbose_name = "银行到账"
        constraints = [
            models.CheckConstraint(
                name="bank_line_booked",
                condition=models.Q(booked__gte=0) & models.Q(booked__lte=models.F("amount")),
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def credit(self) -> Decimal:
        """What was paid too much and not paid back yet, yuan."""
        if self.state != self.State.BOOKED or self.returned_on:
            return Decimal(0)
        return self.amount - self.booked
