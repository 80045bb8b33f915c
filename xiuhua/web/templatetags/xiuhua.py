"""Filters for numbers, days and money, and the small marks. Load with `{% load xiuhua %}`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from xiuhua.kernel.authz import Refusal
from xiuhua.web.frame import citing, formats
from xiuhua.web.frame.clocks import Clock, Tone
from xiuhua.web.frame.http import in_english
from xiuhua.web.frame.telling import sentence, told

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    return formats.day(value)


@register.filter
def short_day(value: date | datetime | None) -> str:
    return formats.short_day(value)


@register.filter
def weekday(value: date | datetime) -> str:
    return formats.weekday(value)


@register.filter
def weekday_short(value: date | datetime) -> str:
    return formats.weekday_short(value)


@register.filter
def moment(value: datetime | None) -> str:
    return formats.moment(value)


@register.filter
def clock_time(value: datetime | None) -> str:
    return formats.time_of(value)


@register.filter
def num(value: int | Decimal | float | None) -> str:
    return formats.number(value)


@register.filter
def yuan(value: int | Decimal | float | None) -> str:
    return formats.yuan(value)


@register.filter
def tr(value: object) -> str:
    """A label that is data (a role, a choice) in the language of the page."""
    return told(value if isinstance(value, str) else str(value))


@register.filter
def cite(ground: str) -> str:
    """`PPL21 §62` as 行政处罚法第六十二条."""
    return citing.said(ground, in_english())


@register.filter
def cited(grounds: Iterable[str]) -> list[str]:
    """The same for several, each once: two texts of a law may have the rule under one number."""
    return list(dict.fromkeys(citing.said(ground, in_english()) for ground in grounds))


@register.filter
def said(refusal: Refusal) -> str:
    """The sentence of a refusal in the language of the page."""
    return sentence(refusal)


@register.filter
def named(thing: Any) -> str:
    """The name of a unit, act or cause in the language of the page, where it has an English one."""
    return str(getattr(thing, "name_en", "") or thing.name) if in_english() else str(thing.name)


@register.filter
def short_named(thing: Any) -> str:
    return str(getattr(thing, "name_en", "") or thing.short_name) if in_english() else str(thing.short_name)


@register.filter
def agent(text: str) -> str:
    """A browser and its system by name: Chrome 156 · Linux; what is not known is shown as it stands, cut."""
    browser = re.search(r"(Firefox|Edg|Chrome|HeadlessChrome|Version)/(\d+)", text)
    system = re.search(r"(Android|iPhone|iPad|Windows|Mac OS X|Linux)", text)
    if not (browser and system):
        return text[:60] or formats.NONE
    name = {"Edg": "Edge", "Version": "Safari", "HeadlessChrome": "Chrome"}.get(browser[1], browser[1])
    return f"{name} {browser[2]} · {system[1]}"


@register.filter
def get(mapping: Mapping[str, Any], key: str) -> Any:
    return mapping.get(key, "")


@register.filter
def record_no(value: int | None) -> str:
    """A record number in groups of three: 1 048 213."""
    return "" if value is None else f"{value:,}".replace(",", "\u202f")


@register.simple_tag
def state(label: object, tone: str = "wait") -> SafeString:
    """Where a thing is: shape, word, colour."""
    return format_html('<span class="state is-{}">{}</span>', tone, tr(label))


@register.simple_tag
def clock(face: Clock | None, with_what: bool = False) -> SafeString:
    """A deadline: 剩 3 个工作日 with its shape. `with_what` puts the thing to do before it."""
    if face is None:
        return format_html('<span class="faint">{}</span>', formats.NONE)
    what = f"{tr(face.what)} " if with_what else ""
    mark = format_html(' <span class="tag">{}</span>', _("暂定")) if face.provisional else ""
    return format_html('<span class="clock {}">{}{}</span>{}', face.tone.value, what, face.words, mark)


@register.filter
def is_over(face: Clock | None) -> bool:
    return face is not None and face.tone is Tone.OVER


@register.simple_tag(takes_context=True)
def link_with(context: template.Context, **changes: object) -> str:
    """This page's address with some parameters changed (None or "" takes one away), from the first page on."""
    query: QueryDict = context["request"].GET.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def leaf_url(context: template.Context, number: int, by: str) -> str:
    """This page's address with another number of a list that stands on it under the name `by`."""
    return link_with(context, **{by: number})


@register.simple_tag
def attributes(pairs: Mapping[str, str]) -> SafeString:
    """Attributes of an input, escaped."""
    return format_html_join("", ' {}="{}"', pairs.items())


@register.simple_tag
def share(part: int | float, whole: int | float, width: int = 100) -> str:
    """How wide a bar is: `part` of `whole` in units of `width`, with one decimal, for an SVG attribute."""
    return f"{width * part / whole:.1f}" if whole else "0"


@register.simple_tag
def keycap(key: str) -> SafeString:
    return format_html("<kbd>{}</kbd>", key)
