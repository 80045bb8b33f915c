"""The filters of the forms: how a fact is written, and what stands in its place while it is unknown.

Every filter takes a fact and gives the same fact in other words, so the field stays known to the renderers.
A value that cannot be written so raises FieldError naming the field.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from jinja2 import pass_context
from jinja2.runtime import Context

from xiuhua.cases.documents import money, words
from xiuhua.cases.documents.citations import Act, cite
from xiuhua.cases.documents.facts import (
    BLANK,
    Fact,
    FieldError,
    items,
    naming,
    path_of,
    raw,
    unknown,
    valued,
    worded,
)

DATE_BLANK = "____年__月__日"
MOMENT_BLANK = DATE_BLANK + "__时__分"
Filter = Callable[..., object]


def filters(
    codes: Mapping[str, Mapping[str, str]], acts: Mapping[str, Act], ranks: Mapping[str, int]
) -> dict[str, Filter]:
    """The filters by name, bound to the code lists, the acts and the order of the archive of a shelf."""
    return {
        "date": _filter(words.date_zh, DATE_BLANK),
        "moment": _filter(words.moment_zh, MOMENT_BLANK),
        "clock": _filter(words.clock_zh, "__时__分"),
        "yuan": _filter(money.yuan, BLANK + "元"),
        "rmb": _filter(money.rmb, f"人民币{BLANK}（¥{BLANK}）"),
        # A statement whose sentence the form itself ends.
        "clause": _filter(lambda text: str(text).strip().rstrip("。"), BLANK),
        "digest": _filter(words.hash_groups, BLANK),
        "cite": _filter(lambda text: cite(text, acts), f"《{BLANK}》第{BLANK}条"),
        # A ground that an officer typed: cited in full where it can be read, else in the officer's own words.
        "ground": _filter(lambda text: _cited(str(text), acts), f"《{BLANK}》第{BLANK}条"),
        "until": _until,
        "period": _period,
        "id_no": _masking(words.masked_id),
        "phone": _masking(words.masked_phone),
        "address": _masking(words.masked_address),
        "code": lambda fact, name: _label(fact, codes[name]),
        "codes": lambda fact, name, glue="、": _labels(fact, codes[name], glue),
        "bodies": pass_context(lambda context, fact: _bodies(context, fact, codes["body"])),
        "officers": pass_context(_officers),
        "people": pass_context(_people),
        "or_dash": lambda fact: fact if fact else valued(fact, "/"),
        "or_empty": lambda fact: fact if fact else "",
        "number_served": _number_served,
        "day_served": _day_served,
        "total": _total,
        "distinct": _distinct,
        "archive_order": lambda rows: sorted(items(rows), key=lambda row: ranks[str(raw(row.kind))]),
    }


def _number_served(service: Fact, documents: Fact) -> Fact:
    """The number of the document that a service handed over: the one stated, else that of the last paper of its kind
    which was there on the day.
    """
    if service.document_number:
        return service.document_number
    kind, day = raw(service.document), str(raw(service.on) or "9999-12-31")
    there = [
        row.number
        for row in items(documents)
        if raw(row.kind) == kind and raw(row.number) and str(raw(row.issued_on) or "") <= day
    ]
    return there[-1] if there else valued(service.document_number, "/")


def _day_served(services: Fact, document: str) -> Fact:
    """The day on which the last service of the document took effect; not known without one."""
    there = [row for row in items(services) if raw(row.document) == document]
    days = [row.effective_on or row.post_receipt_on or row.on for row in there]
    return days[-1] if days else valued(services, None)


def _cited(text: str, acts: Mapping[str, Act]) -> str:
    try:
        return cite(text, acts)
    except ValueError:
        return text


def _filter(write: Callable[..., str], blank: str) -> Filter:
    def written(fact: Fact) -> Fact:
        value = raw(fact)
        if value is None:
            return unknown(fact, blank)
        try:
            return worded(fact, write(value))
        except (TypeError, ValueError) as wrong:
            raise FieldError(f"{path_of(fact)}: {wrong}") from wrong

    return written


def _until(start: Fact, end: Fact) -> str:
    """Two moments as one span; both fields stay marked."""
    first, last = raw(start), raw(end)
    if not isinstance(first, str) or not isinstance(last, str):
        return (
            f"{_filter(words.moment_zh, MOMENT_BLANK)(start)}至{_filter(words.moment_zh, MOMENT_BLANK)(end)}"
        )
    head, _, tail = words.between_zh(first, last).partition("至")
    return f"{worded(start, head)}至{worded(end, tail)}"


def _period(fact: Fact, unit: str | Fact = "") -> Fact:
    """A period of the law ({length, unit}) or a plain length with its unit."""
    value, named = raw(fact), raw(unit)
    if value is None:
        return unknown(fact, BLANK + "日")
    if isinstance(value, Mapping):
        value, named = value["length"], value["unit"]
    if not isinstance(value, int) or not isinstance(named, str):
        raise FieldError(f"{path_of(fact)}: {value!r} is no period")
    return worded(fact, words.period_zh(value, named))


def _masking(mask: Callable[[str], str]) -> Filter:
    @pass_context
    def masked(context: Context, fact: Fact) -> Fact:
        value = raw(fact)
        if value is None or context["audience"] != "public":
            return fact
        return worded(fact, mask(str(value)))

    return masked


def _label(fact: Fact, labels: Mapping[str, str]) -> Fact:
    value = raw(fact)
    if value is None:
        return fact
    if value not in labels:
        raise FieldError(f"{path_of(fact)}: no label for the code {value!r}")
    return worded(fact, labels[str(value)])


def _labels(fact: Fact, labels: Mapping[str, str], glue: str) -> Fact:
    known = items(fact)
    if not known or not all(known):
        return unknown(fact, BLANK)
    return worded(fact, glue.join(dict.fromkeys(str(_label(item, labels)._text) for item in known)))


def _bodies(context: Context, fact: Fact, labels: Mapping[str, str]) -> Fact:
    """Names of outside bodies by code, from the header, else the general word for them."""
    return _labels(fact, {**labels, **context["bodies"]}, "或者")


def _officers(context: Context, fact: Fact) -> Fact:
    """Officers by id as 甲（执法证号：示例0001）, from the case, else from the header."""
    rows = [row for source in (context["officers"], context["header"].officers) for row in items(source)]
    found: dict[object, str] = {}
    for row in rows:
        certificate = f"（执法证号：{raw(row.certificate_no)}）" if row.certificate_no else ""
        found.setdefault(raw(row.id), f"{raw(row.name)}{certificate}")
    return _joined(fact, found)


def _people(context: Context, fact: Fact) -> Fact:
    """Names by id, of officers and of the people whom the header names."""
    found: dict[object, str] = {raw(row.id): str(raw(row.name)) for row in items(context["officers"])}
    return _joined(fact, found | context["people"])


def _joined(fact: Fact, found: Mapping[object, str]) -> Fact:
    value = raw(fact)
    ids = [value] if isinstance(value, str) else [raw(item) for item in items(fact)]
    if not ids or any(one not in found for one in ids):
        return unknown(fact, BLANK)
    named = list(dict.fromkeys(ids))
    return worded(naming(fact, [str(one) for one in named]), "、".join(found[one] for one in named))


def _total(rows: Fact, name: str) -> Fact:
    """The sum of one money field over the members of a list."""
    values = [raw(getattr(row, name)) for row in items(rows)]
    if not values or None in values:
        return unknown(rows, BLANK)
    return valued(rows, sum((Decimal(str(value)) for value in values), Decimal(0)))


def _distinct(rows: Fact) -> list[Fact]:
    """The members of a list without those whose value came before."""
    found: dict[object, Fact] = {}
    for row in items(rows):
        found.setdefault(raw(row), row)
    return list(found.values())
