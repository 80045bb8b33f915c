"""Files sent with a form that was not in order: kept beside the draft, so that nobody takes the photos again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from xiuhua.kernel.authz import Actor, Invalid
from xiuhua.web.models import KeptFile

MOST_FILES = 10
MOST_BYTES = 20 * 1024 * 1024


def add(actor: Actor, key: str, files: Iterable[UploadedFile[Any]], at: datetime) -> None:
    """Keep what was sent now, after what was kept before. Raises Invalid for too many or too large files."""
    sent = list(files)
    if len(sent) + len(of(actor, key)) > MOST_FILES:
        raise Invalid({"photos": "最多10张"})
    if any((file.size or 0) > MOST_BYTES for file in sent):
        raise Invalid({"photos": "一个文件最大20 MB"})
    KeptFile.objects.bulk_create(
        KeptFile(user_id=actor.user_id or 0, key=key, name=(f.name or "")[:120], data=f.read(), kept_at=at)
        for f in sent
    )


def of(actor: Actor, key: str) -> list[KeptFile]:
    """What is kept for a form of this person, in the order in which it came."""
    return list(KeptFile.objects.filter(user_id=actor.user_id or 0, key=key).order_by("pk"))


def drop(actor: Actor, key: str) -> None:
    KeptFile.objects.filter(user_id=actor.user_id or 0, key=key).delete()
