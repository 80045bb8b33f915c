"""Rules beyond the kind of a field, taken from the rooms that own them."""

from __future__ import annotations

from collections.abc import Mapping

from xiuhua.web.frame.forms.fields import Check, Kind

CHECKS: Mapping[Kind, Check] = {}
