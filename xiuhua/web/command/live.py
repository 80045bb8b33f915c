"""The pass to the stream: signed, short, for whoever is signed in; the stream asks anew what that person may see."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from xiuhua.observations import actions as observations
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request

SALT = "xiuhua.command.live"
# A pass opens the stream for so long; once open, a stream ends after `stream.LONGEST` and asks for a new one.
PASS_SECONDS = 60


def make_pass(user_id: int) -> str:
    return signing.TimestampSigner(salt=SALT).sign(str(user_id))


def read_pass(text: str) -> int | None:
    """The user of a pass; None where it is forged or too old."""
    try:
        return int(signing.TimestampSigner(salt=SALT).unsign(text, max_age=PASS_SECONDS))
    except signing.BadSignature:
        return None


@in_room("command", "positions.see", "duty.work")
@require_safe
def token(request: Request) -> JsonResponse:
    """Where the stream is and the pass to it; an empty address where a bureau runs none. Asked for anew as long as
    somebody looks, so that going on looking is written down, too.
    """
    observations.look_at_map(by=request.actor, at=request.at)
    answer = JsonResponse({"url": settings.LIVE_URL, "pass": make_pass(request.actor.user_id or 0)})
    answer["Cache-Control"] = "no-store"
    return answer
