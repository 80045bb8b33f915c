"""What a kept file holds is read once, after it came."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from xiuhua.evidence.models import Media
from xiuhua.evidence.queries import media
from xiuhua.kernel import files, outbox, record
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import StoredFile


def look_into(*, file: StoredFile, by: Actor, at: datetime) -> Media:
    """Facts and a small picture of a file; of one that cannot be read, the reason. Said twice, written once."""
    if (known := Media.objects.filter(file=file).first()) is not None:
        return known
    path = files.path_of(file.sha256)
    try:
        facts, picture = media.facts_of(path, file.media_type), media.thumbnail(path, file.media_type)
    except media.Unreadable as error:
        facts, picture = {"unreadable": str(error)[:200]}, None
    with transaction.atomic():
        # Reading takes seconds: who comes second to the row finds what another worker wrote meanwhile.
        StoredFile.objects.select_for_update().get(pk=file.pk)
        if (known := Media.objects.filter(file=file).first()) is not None:
            return known
        return _written(file, facts, picture, by, at)


def _written(
    file: StoredFile, facts: dict[str, Any], picture: bytes | None, by: Actor, at: datetime
) -> Media:
    with record.act("evidence.look_into", by=by, at=at) as act:
        small = files.store(picture, "image/jpeg", act=act) if picture else None
        row = Media(file=file, facts=facts, thumbnail=small)
        row.save()
        act.entry(on=file, facts={name: facts[name] for name in ("seconds", "unreadable") if name in facts})
        outbox.finish()
    return row
