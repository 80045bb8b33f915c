"""What goes wrong at this door, with the codes of GeoReport v2."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from xiuhua.kernel.authz import Invalid, Refused

# How the desk calls a field → how the form calls it.
FIELDS = {
    "lon": "long",
    "content": "description",
    "place": "address_string",
    "kind": "service_code",
    "reporter_email": "email",
    "reporter_phone": "phone",
    "reporter_name": "first_name",
    "reporter_account": "account_id",
}


class Wrong(Exception):
    """The answer is an error: (code, description) of each fault. Nothing was written."""

    def __init__(self, *faults: tuple[int, str]) -> None:
        self.faults = faults
        super().__init__("; ".join(said for _, said in faults))


def missing_service() -> Wrong:
    return Wrong((404, _("没有这个 service_code")))


def missing_request() -> Wrong:
    return Wrong((404, _("没有这个 service_request_id")))


def no_key() -> Wrong:
    return Wrong((403, _("缺少 api_key 或者 api_key 无效")))


def invalid(errors: Mapping[str, str]) -> Wrong:
    """400 for each field, named as the form names it."""
    return Wrong(*((400, f"{FIELDS.get(field, field)}: {_(reason)}") for field, reason in errors.items()))


def wrong_of(error: Invalid | Refused) -> Wrong:
    """What the desk said, as this door says it."""
    if isinstance(error, Invalid):
        return invalid(error.errors)
    return Wrong(*((403, r.sentence) for r in error.refusals))
