"""RFC 3161 time stamps over the SHA-256 of an exhibit's file, from the authority that the settings name.

The request and what is read of the answer are DER by hand: a dozen fields. Whether the token is signed by the right
authority is checked by whoever relies on it, with the authority's certificate (`openssl ts -verify`).
"""

from __future__ import annotations

import secrets
from datetime import datetime

import httpx
from django.conf import settings

from xiuhua.evidence.models import Exhibit, TimeStamp
from xiuhua.evidence.permissions import check_can_add, check_can_see
from xiuhua.evidence.rules import stamps as rules
from xiuhua.kernel import record
from xiuhua.kernel.authz import Actor, Invalid

WAIT_SECONDS = 20


def stamp(*, exhibit: Exhibit, by: Actor, at: datetime) -> TimeStamp:
    """Ask the authority for a token and keep it. Raises Invalid without an authority, a file or a true answer."""
    check_can_add(by)
    check_can_see(exhibit, by)
    if not settings.TIME_STAMP_URL:
        raise Invalid({"stamp": "尚未设置时间戳机构"})
    if exhibit.file is None:
        raise Invalid({"stamp": "没有文件的证据不能加盖时间戳"})
    digest, nonce = bytes.fromhex(exhibit.file.sha256), secrets.randbits(63)
    answer = _ask(rules.request(digest, nonce))
    try:
        told = rules.answer(answer)
        rules.must_answer(told, digest, nonce)
    except ValueError as error:
        raise Invalid({"stamp": f"时间戳机构的答复不可用：{error}"}) from error
    with record.act("evidence.stamp", by=by, at=at) as act:
        row = TimeStamp(
            exhibit=exhibit, token=answer, said_at=told.at, authority=settings.TIME_STAMP_URL[:200], at=at
        )
        row.save()
        act.entry(on=exhibit, facts={"at": told.at, "authority": settings.TIME_STAMP_URL})
    return row


def _ask(request: bytes) -> bytes:
    headers = {"Content-Type": "application/timestamp-query"}
    try:
        answer = httpx.post(
            settings.TIME_STAMP_URL, content=request, headers=headers, timeout=WAIT_SECONDS
        ).raise_for_status()
    except httpx.HTTPError as error:
        raise Invalid({"stamp": f"时间戳机构没有答复：{error}"}) from error
    return answer.content
