"""Like cases: closed ones of the own unit for the same cause, whose words may be taken over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xiuhua.cases.models import Case
from xiuhua.cases.procedure.facts.likeness import names_in, texts_of
from xiuhua.cases.queries.files import file_of
from xiuhua.cases.queries.lists import listed
from xiuhua.cases.queries.places import Place
from xiuhua.kernel.authz import Actor

SHOWN = 6


@dataclass(frozen=True, slots=True)
class Like:
    """A like case with the words that a step of it left: path of the form → words."""

    case: Case
    texts: Mapping[str, str]


def likes(user: Actor, case: Case) -> Sequence[Case]:
    """Closed cases of the same unit and the same cause that `user` may see, the last closed first."""
    rows = listed(user).filter(
        handling_unit=case.handling_unit_id,
        cause__code=case.cause.code,
        procedure=case.procedure,
        closed_on__isnull=False,
    )
    return list(rows.exclude(pk=case.pk).order_by("-closed_on", "-pk")[:SHOWN])


def like_of(user: Actor, place: Place, move: str, pk: int) -> Like | None:
    """One like case with what its last step `move` may lend; None for a case that is none or out of reach."""
    case = next((c for c in likes(user, place.case) if c.pk == pk), None)
    if case is None:
        return None
    step = case.steps.filter(move=move, matter=None).order_by("-seq").first()
    return Like(case, texts_of(place.forms[move], step.facts, _names(case)) if step else {})


def _names(case: Case) -> set[str]:
    return names_in(file_of(case)) | {case.party_name, case.place, case.number}
