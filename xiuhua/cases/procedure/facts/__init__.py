"""The form of each move as data, and the way from typed values to facts. Pure.

forms      which facts a move states: `FORMS[move_id]`, each field with path, kind, labels, default
filling    what the platform fills in by itself: `defaults(move_id, file, known)`
checking   what is wrong with typed values: `faults_of(fields, values, file, on)`
composing  the fragment that the step folds into the file: `compose(move_id, values)`
on_spot    the whole on-the-spot penalty as one form of twelve inputs
"""

from __future__ import annotations

from xiuhua.cases.procedure.facts.checking import faults_of
from xiuhua.cases.procedure.facts.composing import ROWS, WHOLE, compose
from xiuhua.cases.procedure.facts.field import FactField, Fields, Kind, Pick, Time, is_empty, read
from xiuhua.cases.procedure.facts.filling import Known, default_of, defaults, fill
from xiuhua.cases.procedure.facts.forms import FORMS
from xiuhua.cases.procedure.facts.on_spot import ON_SPOT, on_spot_faults, on_spot_steps

__all__ = [
    "FORMS",
    "ON_SPOT",
    "ROWS",
    "WHOLE",
    "FactField",
    "Fields",
    "Kind",
    "Known",
    "Pick",
    "Time",
    "compose",
    "default_of",
    "defaults",
    "faults_of",
    "fill",
    "is_empty",
    "on_spot_faults",
    "on_spot_steps",
    "read",
]
