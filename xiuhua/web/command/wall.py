"""The wall: up to nine channels of the registry, played in the page or drawn as a test picture.

A camera shows people: it is played on duty only, and for those who may look at positions.
"""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xiuhua.observations import actions, queries
from xiuhua.observations.queries import Channel
from xiuhua.observations.rules import WatchKind
from xiuhua.web.command import words
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, show

MOST = 9


@in_room("command", "devices.see")
@require_safe
def wall(request: Request) -> HttpResponse:
    """Those chosen in the address (`channel=`), else the first nine that are online."""
    known = queries.channels(request.actor)
    chosen = _chosen(request)
    shown = list(known.filter(pk__in=chosen) if chosen else known.filter(online=True)[:MOST])
    playable = _looked_at(request, shown)
    context = {
        "tiles": [_tile(channel, channel.pk in playable) for channel in shown],
        "shape": "is-one" if len(shown) == 1 else "is-four" if len(shown) <= 4 else "",
        "channels": [(c, c in shown) for c in known[:200]],
        "most": MOST,
    }
    return show(request, "web/command/wall.html", context)


def _looked_at(request: Request, shown: list[Channel]) -> set[int]:
    """Which of these may be played now; whoever looks at what is played is written down."""
    playable = queries.playable(request.actor, shown, request.at)
    played = {c.device_id: c.device for c in shown if c.pk in playable and queries.play_url_of(c)}
    actions.look_live(devices=played.values(), what=WatchKind.FILM, by=request.actor, at=request.at)
    return playable


def _chosen(request: Request) -> list[int]:
    return [int(value) for value in request.GET.getlist("channel") if value.isdecimal()][:MOST]


@in_room("command", "devices.see")
@require_safe
def playing(request: Request) -> JsonResponse:
    """Which of the channels on a wall that is open may still be played: a shift ends while somebody looks on."""
    shown = list(queries.channels(request.actor).filter(pk__in=_chosen(request)))
    return JsonResponse({"playing": sorted(_looked_at(request, shown))})


def _tile(channel: Channel, playable: bool) -> dict[str, object]:
    """`url` is where the media server plays it; else a test picture says `why` not."""
    url = queries.play_url_of(channel)
    return {
        "channel": channel,
        "url": url if playable else "",
        "why": _("未设媒体服务器") if playable else _("不当班或无权查看，不播放"),
        "unit": words.unit_name(channel.device.unit),
    }
