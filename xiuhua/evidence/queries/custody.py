"""What happened to an exhibit, and all that is known of it, for its page and its package."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from xiuhua.evidence.models import Derived, Exhibit, LinkDecision, Media, TimeFact
from xiuhua.kernel import queries as kernel
from xiuhua.kernel import record
from xiuhua.kernel.models import RecordEntry, RecordQuerySet


def trail(exhibit: Exhibit) -> RecordQuerySet:
    """Every entry about the exhibit, oldest first, for a reader who may see it."""
    return kernel.history(record.subject_of(exhibit))


def said(entry: RecordEntry) -> dict[str, Any]:
    """An entry in plain words of data."""
    facts = json.loads(entry.facts)
    who = {"by": entry.actor_name, "unit": entry.unit_code}
    return {"entry": entry.pk, "at": entry.at.isoformat(), "verb": entry.verb, **who, "facts": facts}


def time_of(exhibit: Exhibit) -> datetime | None:
    """When it was captured, as it is believed today: the latest correction, else what the device said."""
    latest = TimeFact.objects.filter(exhibit=exhibit).order_by("-pk").first()
    return latest.captured_at if latest else exhibit.captured_at


def media_of(exhibit: Exhibit) -> Media | None:
    """What its file holds, once it was looked into."""
    return (
        Media.objects.filter(file=exhibit.file_id).select_related("thumbnail").first()
        if exhibit.file_id
        else None
    )


def origin_of(exhibit: Exhibit) -> Derived | None:
    """What it was made of; None for an original."""
    return Derived.objects.filter(child=exhibit).select_related("parent").first()


def decisions(subject: str) -> list[LinkDecision]:
    """What was said of exhibits proposed for `subject`."""
    return list(LinkDecision.objects.filter(subject=subject).select_related("exhibit").order_by("pk"))


def taken_for(exhibit: int, room: str) -> list[int]:
    """Keys of the things of one model (`cases.case`) for which people took this exhibit."""
    taken = LinkDecision.objects.filter(exhibit=exhibit, taken=True, subject__startswith=f"{room}:")
    return sorted({int(subject.rpartition(":")[2]) for subject in taken.values_list("subject", flat=True)})


def about(exhibit: Exhibit) -> dict[str, Any]:
    """All that is known of the exhibit, as plain data. The time of the device and its corrections stand apart."""
    file, origin, media = exhibit.file, origin_of(exhibit), media_of(exhibit)
    corrections = TimeFact.objects.filter(exhibit=exhibit).order_by("pk")
    found: dict[str, Any] = {
        "id": exhibit.pk,
        "kind": exhibit.kind,
        "name": exhibit.name,
        "captured_at": _iso(exhibit.captured_at),
        "time_corrections": [
            {
                "captured_at": _iso(row.captured_at),
                "reason": row.reason,
                "by": row.by_name,
                "at": _iso(row.at),
            }
            for row in corrections
        ],
        "device_id": exhibit.device_id,
        "source": exhibit.source,
        "collected_on": exhibit.collected_on.isoformat(),
        "collected_by": [officer.name for officer in exhibit.collected_by.order_by("pk")],
        "unit": exhibit.unit.name,
        "added_at": _iso(exhibit.added_at),
    }
    if file is not None:
        found |= {"sha256": file.sha256, "sm3": file.sm3, "size": file.size, "media_type": file.media_type}
    if media is not None:
        found["media"] = media.facts
    if origin is not None:
        found["derived_from"] = {"exhibit": origin.parent_id, **origin.how}
    return found


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
