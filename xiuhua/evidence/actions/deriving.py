"""Clips and redacted copies: new exhibits that know their parent. Nothing of a face is looked for or kept.

A person names the regions that must not be recognised; no detector reads faces. Blurring is by large blocks of one
colour, from which nothing can be restored.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from xiuhua.evidence.actions import filming
from xiuhua.evidence.actions.adding import add
from xiuhua.evidence.actions.using import check_is_there
from xiuhua.evidence.models import Derived, Exhibit
from xiuhua.evidence.permissions import check_can_add, check_can_see
from xiuhua.evidence.queries.media import Unreadable
from xiuhua.evidence.rules import uses as rules
from xiuhua.evidence.rules.regions import Region, region_faults
from xiuhua.kernel import files, record
from xiuhua.kernel.authz import Actor, Invalid


def clip(*, exhibit: Exhibit, start: float, end: float, why: str, by: Actor, at: datetime) -> Exhibit:
    """A new exhibit with the seconds `start` to `end` of a film. Raises Invalid for a span that is none."""
    if not 0 <= start < end:
        raise Invalid({"end": "结束应晚于开始"})
    return _derive(exhibit, {"how": "clip", "start": start, "end": end}, (), why=why, by=by, at=at)


def blur(*, exhibit: Exhibit, regions: Sequence[Region], why: str, by: Actor, at: datetime) -> Exhibit:
    """A new exhibit in which the regions cannot be recognised, each for its time.

    Raises Invalid without a region, and for one that lies outside or has no time.
    """
    if found := region_faults(regions):
        raise Invalid(found)
    told = [region.told for region in regions]
    return _derive(exhibit, {"how": "blur", "regions": told}, regions, why=why, by=by, at=at)


def _derive(
    exhibit: Exhibit, how: dict[str, object], regions: Sequence[Region], *, why: str, by: Actor, at: datetime
) -> Exhibit:
    check_can_add(by)
    check_can_see(exhibit, by)
    if found := rules.use_faults(rules.Use.CLIP, why):
        raise Invalid(found)
    file = exhibit.file
    if file is None or not file.media_type.startswith(("video/", "image/")):
        raise Invalid({"exhibit": "只能由照片或录像制作副本"})
    check_is_there(exhibit)
    with TemporaryDirectory(prefix="xiuhua-derive-") as folder:
        made = Path(folder) / "made"
        media_type = _make(files.path_of(file.sha256), file.media_type, made, how, regions)
        with made.open("rb") as data:
            received = files.receive(data, media_type)
    label = "截取" if how["how"] == "clip" else "遮挡"
    with record.act("evidence.derive", by=by, at=at) as act:
        child = add(
            kind=exhibit.kind,
            name=f"{exhibit.name}（{label}）"[:120],
            file=files.store(received, act=act),
            captured_at=exhibit.captured_at,
            place=exhibit.place,
            device_id=exhibit.device_id,
            source=exhibit.source,
            collected_on=exhibit.collected_on,
            collected_by=exhibit.collected_by.all(),
            unit=exhibit.unit,
            by=by,
            at=at,
        )
        Derived(parent=exhibit, child=child, how=how).save()
        act.entry(
            on=exhibit, facts={**how, "child": child.pk, "reason": why.strip()}, verb=f"evidence.{how['how']}"
        )
    return child


def _make(
    source: Path, media_type: str, made: Path, how: dict[str, object], regions: Sequence[Region]
) -> str:
    """Write the copy; its media type. Raises Invalid if the file cannot be read or the span holds nothing."""
    try:
        if media_type.startswith("image/"):
            if how["how"] == "clip":
                raise Invalid({"exhibit": "照片不能截取时段"})
            return filming.blurred_photo(source, made, regions)
        span = (float(str(how["start"])), float(str(how["end"]))) if how["how"] == "clip" else None
        return filming.film(source, made, span, regions)
    except Unreadable as error:
        raise Invalid({"exhibit": f"文件无法处理：{error}"}) from error
