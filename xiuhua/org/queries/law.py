"""Acts of law and citations in words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from django.db.models import Count, Max, QuerySet

from xiuhua.kernel.models import RecordEntry
from xiuhua.org import rules
from xiuhua.org.models import ActOfLaw

ACTS_FILE = "reference:acts.csv"


def acts_of_law() -> QuerySet[ActOfLaw]:
    """Every act that tables cite, by short name. Published law is public."""
    return ActOfLaw.objects.order_by("short")


def _stamp() -> tuple[int, int]:
    """Changes whenever the table does: rows come and change only by loading the file, which leaves a record entry."""
    rows = ActOfLaw.objects.aggregate(n=Count("pk"))["n"]
    loaded = RecordEntry.objects.filter(subject=ACTS_FILE).aggregate(last=Max("pk"))["last"]
    return rows, loaded or 0


@lru_cache(maxsize=2)
def _titles(stamp: tuple[int, int]) -> Mapping[str, rules.Title]:
    return {a.short: rules.Title(a.title, a.title_en) for a in ActOfLaw.objects.all()}


def citation(ground: str, language: str = "zh-hans") -> str:
    """`PPL21 §62; SHUM §16` as people read it, in Chinese, or in English for a language that begins with `en`.

    An act that is not in the table stays as it is written.
    """
    return rules.cite(ground, _titles(_stamp()), english=language.startswith("en"))
