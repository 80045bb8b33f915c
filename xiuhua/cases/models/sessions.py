"""Sessions on hard cases (疑难案件会商): advice, with minutes. The decision stays with those whom the law names."""

from __future__ import annotations

from typing import Self

from django.db import models

from xiuhua.cases.models.case import Case, PartOfCaseQuerySet, seen_through
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import LegalModel, LegalQuerySet


class HardSessionQuerySet(LegalQuerySet["HardSession"]):
    def visible(self, user: Actor) -> Self:
        """Seen by those who see one of its cases; who sat in it sees the session, and of its cases what they see."""
        condition = models.Q()
        through = seen_through(user, "case__")
        if through is not None:
            condition |= models.Q(pk__in=SessionItem.objects.filter(through).values("session"))
        if user.officer_id is not None and user.can("cases.see"):
            sat = SessionSeat.objects.filter(officer=user.officer_id).values("session")
            condition |= models.Q(pk__in=sat)
        return self.filter(condition) if condition else self.none()


class HardSession(LegalModel):
    """One session. `minutes` are the words that the chair signed; `minutes_hash` their SHA-256, empty until then."""

    held_on = models.DateField("日期")
    place = models.CharField("地点", max_length=100)
    chair = models.ForeignKey("org.Officer", models.PROTECT, related_name="+", verbose_name="主持人")
    convened_at = models.DateTimeField("召集时间")
    convened_by = models.CharField("召集人", max_length=60)
    minutes = models.TextField("纪要", default="")
    minutes_hash = models.CharField("纪要摘要", max_length=64, default="")
    signed_at = models.DateTimeField("签署时间", null=True)

    objects = HardSessionQuerySet.as_manager()

    class Meta:
        verbose_name = "疑难案件会商"
        indexes = [models.Index(fields=["-held_on", "-id"], name="session_held")]

    def __str__(self) -> str:
        return f"{self.held_on} {self.place}"


class SessionPartQuerySet(LegalQuerySet["SessionSeat"]):
    def visible(self, user: Actor) -> Self:
        """Who sat in a session is seen by those who see the session."""
        return self.filter(session__in=HardSession.objects.visible(user))


class SessionSeat(LegalModel):
    """Somebody who takes part in a session."""

    session = models.ForeignKey(HardSession, models.PROTECT, related_name="seats")
    officer = models.ForeignKey("org.Officer", models.PROTECT, related_name="+", verbose_name="参加人")

    objects = SessionPartQuerySet.as_manager()

    class Meta:
        verbose_name = "会商参加人"
        constraints = [models.UniqueConstraint(fields=["session", "officer"], name="seat_once")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.officer_id}"


class SessionItem(LegalModel):
    """A case on the agenda of a session: what was asked, and what the session came to."""

    session = models.ForeignKey(HardSession, models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, models.PROTECT, related_name="session_items")
    question = models.CharField("议题", max_length=300)
    conclusion = models.CharField("会商意见", max_length=500, default="")

    objects = PartOfCaseQuerySet["SessionItem"].as_manager()

    class Meta:
        verbose_name = "会商案件"
        constraints = [models.UniqueConstraint(fields=["session", "case"], name="agenda_once")]

    def __str__(self) -> str:
        return self.question


class SessionOpinionQuerySet(LegalQuerySet["SessionOpinion"]):
    def visible(self, user: Actor) -> Self:
        """What was said of a case is seen by those who see the case."""
        condition = seen_through(user, "item__case__")
        return self.none() if condition is None else self.filter(condition)


class SessionOpinion(LegalModel):
    """What one participant said of one case; said again before the minutes are signed, the later words stand."""

    item = models.ForeignKey(SessionItem, models.PROTECT, related_name="opinions")
    officer = models.ForeignKey("org.Officer", models.PROTECT, related_name="+", verbose_name="发言人")
    text = models.CharField("意见", max_length=500)
    at = models.DateTimeField("时间")

    objects = SessionOpinionQuerySet.as_manager()

    class Meta:
        verbose_name = "会商意见"
        constraints = [models.UniqueConstraint(fields=["item", "officer"], name="opinion_once")]

    def __str__(self) -> str:
        return self.text
