"""What is done with documents after they were written: signatures and seals on them, volumes they are bound into."""

from __future__ import annotations

from typing import Self

from django.db import models

from xiuhua.cases.models.case import Case, Document, PartOfCaseQuerySet, seen_through
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import LegalModel, LegalQuerySet, StoredFile


class SignatureQuerySet(LegalQuerySet["Signature"]):
    def visible(self, user: Actor) -> Self:
        """Whoever sees the case sees who signed its documents."""
        condition = seen_through(user, "document__case__")
        return self.none() if condition is None else self.filter(condition)


class Signature(LegalModel):
    """The image of a signature (without an officer: of the seal) on a document, with the entry of the act behind it."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="signatures")
    officer = models.ForeignKey("org.Officer", models.PROTECT, null=True, related_name="+")
    specimen = models.ForeignKey("org.Specimen", models.PROTECT, related_name="+")
    entry = models.BigIntegerField("记录号")
    at = models.DateTimeField("时间")

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = "签名用印"
        constraints = [
            models.UniqueConstraint(fields=["document", "officer"], name="signed_once"),
            models.UniqueConstraint(
                fields=["document"], name="sealed_once", condition=models.Q(officer__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.officer_id or ''}".strip()


class Volume(LegalModel):
    """The bound volume of a closed case (案卷) as one PDF; a new binding is a new row, the last one counts.

    `contents` holds a row for each document and exhibit: name, number, on, first, last (pages).
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="volumes")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    pages = models.PositiveIntegerField("页数")
    contents = models.JSONField("卷内目录")
    bound_at = models.DateTimeField("装订时间")
    by_name = models.CharField("装订人", max_length=60)
    entry = models.BigIntegerField("记录号")

    objects = PartOfCaseQuerySet["Volume"].as_manager()

    class Meta:
        verbose_name = "案卷"

    def __str__(self) -> str:
        return f"{self.case_id} {self.pages}"
