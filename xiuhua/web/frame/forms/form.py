"""A form: its fields, what was typed into them, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from xiuhua.kernel.authz import Invalid
from xiuhua.web.frame.forms import fields as f
from xiuhua.web.frame.forms.fields import Field, Kind
from xiuhua.web.frame.telling import told


@dataclass(frozen=True, slots=True)
class Bound:
    """A field with what stands in it."""

    field: Field
    raw: Sequence[str]
    error: str = ""
    echo: str = ""

    @property
    def id(self) -> str:
        return "f-" + self.field.name.replace(".", "-")

    @property
    def text(self) -> str:
        return self.raw[-1] if self.raw else ""

    @property
    def shown(self) -> str:
        """The words of the key in a search field, however it came there: known before, sent, or kept in a draft."""
        return self.field.named(self.text) if self.field.named and self.text else ""

    @property
    def is_many(self) -> bool:
        return self.field.kind is Kind.MANY

    @property
    def kind(self) -> str:
        return self.field.kind.value

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        """(value, label, chosen) of every choice."""
        return [(key, label, key in self.raw) for key, label in self.field.choices]

    @property
    def checkable(self) -> bool:
        """Whether the server can say something about the text when the person leaves the field."""
        return self.field.kind in CHECKED


CHECKED = frozenset(
    {
        Kind.DAY,
        Kind.MOMENT,
        Kind.MONEY,
        Kind.NUMBER,
        Kind.DECIMAL,
        Kind.PHONE,
        Kind.ID_NUMBER,
        Kind.CREDIT_CODE,
        Kind.PLATE,
    }
)


class Saved(Protocol):
    """What was typed into a form and not sent, as it is kept: under which key, what, and since when."""

    key: str
    data: Mapping[str, Sequence[str]]
    saved_at: datetime


class Form:
    """`Form(fields, now=…)` is empty, with `data=request.POST` it is what was sent, with `draft=` what was saved.

    `values()` reads everything and raises Invalid with all faults; the faults stay in `errors`, so that the same form
    can be shown again. `take(error)` puts the faults of an action beside their fields.
    """

    def __init__(
        self,
        fields: Sequence[Field],
        *,
        now: datetime,
        data: MultiValueDict[str, str] | None = None,
        files: MultiValueDict[str, UploadedFile[Any]] | None = None,
        draft: Saved | None = None,
    ) -> None:
        self.fields = {fld.name: fld for fld in fields}
        self.now = now
        self.data = data
        self.files: MultiValueDict[str, UploadedFile[Any]] = files if files is not None else MultiValueDict()
        # What was sent stands before what was saved.
        self.draft = draft if data is None else None
        self.errors: dict[str, str] = {}
        self.general: list[str] = []

    def _raw(self, fld: Field) -> Sequence[str]:
        if fld.known:
            return [f.text_of(fld, fld.initial)]
        if self.data is not None:
            return self.data.getlist(fld.name)
        if self.draft is not None and fld.name in self.draft.data:
            return self.draft.data[fld.name]
        if isinstance(fld.initial, list | tuple) and fld.kind is Kind.MANY:
            return [str(item) for item in fld.initial]
        return [f.text_of(fld, fld.initial)]

    def values(self) -> dict[str, Any]:
        """Field name → value, None where nothing was said. Raises Invalid naming every field that is wrong."""
        out: dict[str, Any] = {}
        self.errors = {}
        for fld in self.fields.values():
            try:
                out[fld.name] = self._value(fld)
            except ValueError as error:
                self.errors[fld.name] = str(error)
        if self.errors:
            raise Invalid(dict(self.errors))
        return out

    def read(self, fld: Field) -> Any:
        """The value of one field as it stands; raises ValueError with the reason."""
        return self._value(fld)

    def _value(self, fld: Field) -> Any:
        if fld.known:
            return fld.initial
        value: Any
        if fld.kind is Kind.FILES:
            value = self.files.getlist(fld.name)
        else:
            value = f.read(fld, self._raw(fld), self.now)
        if fld.required and (
            value is None or value in ("", []) or (value is False and fld.kind is not Kind.YESNO)
        ):
            raise ValueError(_("必填"))
        return value

    def take(self, error: Invalid) -> None:
        """Put the faults an action found beside their fields; what names no field that is seen goes to the top."""
        for name, reason in error.errors.items():
            if name in self.fields and self.fields[name].kind is not Kind.HIDDEN:
                self.errors[name] = told(reason)
            else:
                self.general.append(told(reason))

    def bound(self, name: str) -> Bound:
        fld = self.fields[name]
        raw = self._raw(fld)
        error = self.errors.get(name, "")
        return Bound(fld, raw, error, "" if error else self._echo(fld, raw))

    def _echo(self, fld: Field, raw: Sequence[str]) -> str:
        if fld.kind not in CHECKED or not any(raw):
            return ""
        try:
            return f.echo(fld, f.read(fld, raw, self.now))
        except ValueError:
            return ""

    def __iter__(self) -> Iterator[Bound]:
        return (self.bound(name) for name in self.fields)

    def __getitem__(self, name: str) -> Bound:
        return self.bound(name)

    @property
    def asked(self) -> int:
        """How many inputs a person has to look at: what is known or hidden does not count."""
        return sum(1 for fld in self.fields.values() if not fld.known and fld.kind is not Kind.HIDDEN)
