"""Exhibits, and what of them stands in the file of a case."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from xiuhua.evidence.models import Exhibit
from xiuhua.kernel import clock
from xiuhua.kernel.authz import Actor


def exhibits(user: Actor) -> QuerySet[Exhibit]:
    """The exhibits `user` may see, the last added first, with their files."""
    return Exhibit.objects.visible(user).select_related("file").order_by("-pk")


def evidence_block(exhibit: Exhibit) -> dict[str, Any]:
    """An item of `evidence` in a case file; what nobody told is left out."""
    captured = exhibit.captured_at
    block = {
        "id": str(exhibit.pk),
        "kind": exhibit.kind,
        "name": exhibit.name,
        "note": exhibit.note,
        "source": exhibit.source,
        "collected_on": exhibit.collected_on.isoformat(),
        "collected_by": [str(pk) for pk in exhibit.collected_by.order_by("pk").values_list("pk", flat=True)],
        "captured_at": f"{captured.astimezone(clock.SHANGHAI):%Y-%m-%dT%H:%M}" if captured else "",
        "place": exhibit.place,
        "device_id": exhibit.device_id,
        "carrier": exhibit.carrier,
        "sha256": exhibit.file.sha256 if exhibit.file else "",
    }
    return {name: value for name, value in block.items() if value}
