"""The form of every move of both procedures, in one table. Pure data."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from xiuhua.cases.procedure.facts.carrying_out import CARRYING_OUT_FORMS
from xiuhua.cases.procedure.facts.deciding import DECIDING_FORMS
from xiuhua.cases.procedure.facts.field import Fields
from xiuhua.cases.procedure.facts.investigation import INVESTIGATION_FORMS
from xiuhua.cases.procedure.facts.on_scene import SUMMARY_FORMS
from xiuhua.cases.procedure.facts.several_forms import SEVERAL_FORMS

FORMS: Mapping[str, Fields] = MappingProxyType(
    {**SUMMARY_FORMS, **INVESTIGATION_FORMS, **DECIDING_FORMS, **CARRYING_OUT_FORMS, **SEVERAL_FORMS}
)
