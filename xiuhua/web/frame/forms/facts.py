"""The standard form for the facts of a step: fact fields become inputs, inputs become a fragment of the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.http import in_english


class FactField(Protocol):
    """What the procedure says about one fact of a step. `path` is its place in the file: `notice.issued_on`."""

    @property
    def path(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def label_zh(self) -> str: ...
    @property
    def label_en(self) -> str: ...
    @property
    def required(self) -> bool: ...
    @property
    def choices(self) -> Sequence[Any]: ...
    @property
    def default(self) -> Any: ...


KINDS = {
    "text": Kind.TEXT,
    "str": Kind.TEXT,
    "long": Kind.LONG,
    "date": Kind.DAY,
    "day": Kind.DAY,
    "datetime": Kind.MOMENT,
    "moment": Kind.MOMENT,
    "int": Kind.NUMBER,
    "number": Kind.NUMBER,
    "decimal": Kind.DECIMAL,
    "money": Kind.MONEY,
    "bool": Kind.YESNO,
    "choice": Kind.CHOICE,
    "choices": Kind.MANY,
    "many": Kind.MANY,
    "list": Kind.LINES,
    "lines": Kind.LINES,
    "long_text": Kind.LONG,
    "goods": Kind.LONG,
    "yes_no": Kind.YESNO,
    "day_count": Kind.NUMBER,
    "count": Kind.NUMBER,
    "person": Kind.CHOICE,
    "officers": Kind.MANY,
}


def field_of(fact: FactField, known: Mapping[str, tuple[Any, str]] | None = None) -> Field:
    """The input for one fact. `known` maps a path to (value, where it comes from): such a fact is shown, not asked."""
    kind = KINDS.get(str(fact.kind), Kind.TEXT)
    choices = [_choice(c) for c in fact.choices or ()]
    if kind is Kind.CHOICE and 0 < len(choices) <= 6:
        kind = Kind.CHIPS
    value, source = (known or {}).get(fact.path, (fact.default, ""))
    return Field(
        name=fact.path,
        label=fact.label_en if in_english() else fact.label_zh,
        kind=kind,
        required=fact.required,
        choices=choices,
        initial=value,
        known=source,
        wide=kind in {Kind.LONG, Kind.MANY, Kind.LINES},
    )


def _choice(choice: Any) -> tuple[str, str]:
    """A choice is a key alone, (key, Chinese) or (key, Chinese, English)."""
    if isinstance(choice, str):
        return choice, choice
    key, *labels = choice
    return str(key), str(labels[-1] if in_english() else labels[0])


def fields_of(facts: Iterable[FactField], known: Mapping[str, tuple[Any, str]] | None = None) -> list[Field]:
    return [field_of(fact, known) for fact in facts]


def fragment(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by dotted path as the nested piece of the file that a step carries; what was not said is left out.

    A path part that ends in `[]` makes a list with one element: `inspections[].on` → {"inspections": [{"on": …}]}.
    """
    out: dict[str, Any] = {}
    for path, value in values.items():
        if value is None or value == []:
            continue
        *parents, last = path.split(".")
        place = out
        for name in parents:
            if name.endswith("[]"):
                rows = place.setdefault(name[:-2], [{}])
                place = rows[0]
            else:
                place = place.setdefault(name, {})
        place[last] = plain(value)
    return out


def plain(value: Any) -> Any:
    """A value as the file keeps it: ISO text for days, local minutes for moments, numbers for money."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
