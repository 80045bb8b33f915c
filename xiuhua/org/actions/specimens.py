"""Specimens of signatures and seals: deposited as PNG, replaced by a new one, never changed."""

from __future__ import annotations

import struct
from datetime import datetime

from xiuhua.kernel import files, record
from xiuhua.kernel.authz import Actor, Invalid, Refusal, Refused
from xiuhua.org.models import Officer, Specimen, Unit
from xiuhua.org.permissions import check_can_manage

MAX_BYTES = 300 * 1024
# Sides in pixels: smaller is a smudge in print, larger is a photograph.
SIDES = range(40, 3001)
NOT_YOURS = Refusal(
    "own_signature",
    "签名样本只能由本人留存",
    ground="电子签名法 §13",
    meaning="A signature is deposited by its owner only.",
)


def deposit_signature(*, officer: Officer, image: bytes, by: Actor, at: datetime) -> Specimen:
    """The officer deposits the own signature. Raises Refused for somebody else's, Invalid for what is no small PNG."""
    if by.officer_id != officer.pk and not by.is_system:
        raise Refused(NOT_YOURS)
    return _deposit("org.deposit_signature", image, by, at, officer=officer)


def deposit_seal(*, unit: Unit, image: bytes, by: Actor, at: datetime) -> Specimen:
    """The seal of an authority. Raises Refused for others than the system administrator, Invalid as above."""
    if not by.is_system:
        check_can_manage(by)
    return _deposit("org.deposit_seal", image, by, at, unit=unit)


def _deposit(
    verb: str,
    image: bytes,
    by: Actor,
    at: datetime,
    *,
    officer: Officer | None = None,
    unit: Unit | None = None,
) -> Specimen:
    _check(image)
    with record.act(verb, by=by, at=at) as act:
        file = files.store(image, "image/png", act=act, limit=MAX_BYTES)
        Specimen.objects.filter(officer=officer, unit=unit, ended_at__isnull=True).update(ended_at=at)
        made = Specimen(officer=officer, unit=unit, file=file, since=at)
        made.save(force_insert=True)
        whose = officer.staff_no if officer else unit.code if unit else ""
        act.entry(on=made, facts={"of": whose, "sha256": file.sha256}, label=str(officer or unit))
    return made


def _check(image: bytes) -> None:
    """Raises Invalid unless these are the bytes of a PNG of a size that can be printed."""
    if not image.startswith(b"\x89PNG\r\n\x1a\n") or len(image) < 24:
        raise Invalid({"file": "请上传 PNG 图片（透明底）"})
    if len(image) > MAX_BYTES:
        raise Invalid({"file": "图片不得超过 300 KB"})
    width, height = struct.unpack(">II", image[16:24])
    if width not in SIDES or height not in SIDES:
        raise Invalid({"file": "图片边长应在 40 至 3000 像素之间"})
