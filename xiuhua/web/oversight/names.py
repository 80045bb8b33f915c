"""How what was sent to a unit is called, whatever it is."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.oversight.models import Sample, Sent


@dataclass(frozen=True, slots=True)
class Home:
    """The list in which it stands."""

    name: str
    url: str


def name_of(row: Sent) -> str:
    return row.recording.file_name if isinstance(row, Sample) else str(row)


def list_of(kind: str) -> Home:
    if kind == "sample":
        return Home(_("视频抽查"), reverse("web:samples"))
    return Home(_("纠错"), reverse("web:corrections"))
