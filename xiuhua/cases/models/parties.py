"""Further parties of a case: who was joined to the one that the case was opened against."""

from __future__ import annotations

from django.db import models

from xiuhua.cases.models.case import Case, PartOfCaseQuerySet
from xiuhua.kernel.models import LegalModel


class CaseParty(LegalModel):
    """A party that was joined to a case, by its id in the file; who was released again has `left_on`.

    The file says everything of it; this row is what a party's own page finds the case by.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="joined_parties")
    party = models.ForeignKey("registers.Party", models.PROTECT, related_name="+", verbose_name="当事人")
    code = models.CharField("案内编号", max_length=10)
    joined_on = models.DateField("追加日期")
    left_on = models.DateField("去掉日期", null=True)

    objects = PartOfCaseQuerySet["CaseParty"].as_manager()

    class Meta:
        verbose_name = "追加的当事人"
        constraints = [models.UniqueConstraint(fields=["case", "code"], name="case_party_once")]

    def __str__(self) -> str:
        return f"{self.case} {self.code}"
