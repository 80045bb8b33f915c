"""Models of legal effect: saved inside an act of the record only, deleted never, shown through `visible` only."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import EmptyResultSet
from django.db.models import Model, QuerySet

from xiuhua.kernel.authz import NOBODY
from xiuhua.kernel.models import LegalModel, LegalQuerySet, OutsideAction, RecordEntry

# The law itself: what is published may be read by anybody.
PUBLISHED = {"cases.Cause", "cases.Parameter", "cases.Tier", "cases.Band", "cases.Factor"}
LEGAL = [m for m in apps.get_models() if issubclass(m, LegalModel)]
ids = [m._meta.label for m in LEGAL]
every_legal_model = pytest.mark.parametrize("model", LEGAL, ids=ids)


def manager(model: type[Model]) -> Any:
    return model._default_manager


def test_the_main_tables_are_of_legal_effect() -> None:
    assert {"kernel.RecordEntry", "cases.Case", "leads.Lead"} <= set(ids)


@every_legal_model
def test_it_refuses_to_be_saved_outside_an_act(model: type[Model]) -> None:
    with pytest.raises(OutsideAction):
        model().save()


@every_legal_model
def test_it_refuses_to_be_deleted(model: type[Model]) -> None:
    with pytest.raises(OutsideAction):
        model(pk=1).delete()


@every_legal_model
def test_its_querysets_refuse_bulk_writes_outside_an_act(model: type[Model]) -> None:
    rows = manager(model).all()
    assert isinstance(rows, LegalQuerySet)
    with pytest.raises(OutsideAction):
        rows.update(pk=1)
    with pytest.raises(OutsideAction):
        rows.delete()
    with pytest.raises(OutsideAction):
        rows.bulk_create([model()])
    with pytest.raises(OutsideAction):
        rows.create()


def shows_nothing(rows: QuerySet[Any]) -> bool:
    """Whether the queryset can never give a row, whatever the tables hold."""
    try:
        str(rows.query)
    except EmptyResultSet:
        return True
    return False


@every_legal_model
def test_a_stranger_sees_nothing_of_it_unless_it_is_published_law(model: type[Model]) -> None:
    assert shows_nothing(manager(model).visible(NOBODY)) is (model._meta.label not in PUBLISHED)


def test_a_queryset_that_can_show_a_row_is_told_from_one_that_cannot() -> None:
    assert not shows_nothing(RecordEntry.objects.all())
    assert shows_nothing(RecordEntry.objects.none())
