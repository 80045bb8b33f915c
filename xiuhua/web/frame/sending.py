"""A form that was sent: the act is tried once, and what refuses it stays with the form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from xiuhua.kernel.authz import Invalid, Refusal, Refused
from xiuhua.web.frame.forms.form import Form
from xiuhua.web.frame.http import Request


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of it: where the browser goes now, or the status and the reasons with which the form is shown."""

    went: HttpResponse | None = None
    status: int = 200
    refusals: Sequence[Refusal] = ()


def tried(request: Request, form: Form, act: Callable[[dict[str, Any]], HttpResponse]) -> Tried:
    """Lets `act` do what the form says, if it was sent; `act` answers where to go then.

    422: something was typed wrong, and the form says what. 409: the law or the authority matrix forbids it.
    """
    if request.method != "POST":
        return Tried()
    try:
        return Tried(act(form.values()))
    except Invalid as error:
        form.take(error)
        return Tried(status=422)
    except Refused as error:
        return Tried(status=409, refusals=tuple(error.refusals))
