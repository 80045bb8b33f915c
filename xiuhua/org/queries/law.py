"""Acts of law and citations in words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from django.db.models import QuerySet

from xiuhua.kernel import queries as kernel
from xiuhua.org import rules
from xiuhua.org.models import ActOfLaw

ACTS_FILE = "reference:acts.csv"


def acts_of_law() -> QuerySet[ActOfLaw]:
    """Every act that tables cite, by short name. Published law is public."""
    return ActOfLaw.objects.order_by("short")


@lru_cache(maxsize=2)
def _titles(stamp: tuple[int | None, ...]) -> Mapping[str, rules.Title]:
    return {a.short: rules.Title(a.title, a.title_en) for a in ActOfLaw.objects.all()}


def citation(ground: str, language: str = "zh-hans") -> str:
    """`PPL21 §62; SHUM §16` as people read it, in Chinese, or in English for a language that begins with `en`.

    An act that is not in the table stays as it is written.
    """
    return rules.cite(ground, _titles(kernel.loaded(ActOfLaw, ACTS_FILE)), english=language.startswith("en"))
