"""Foreign keys written as text escape the import contracts; they are held to the same layers here."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db.models import Field, ForeignObjectRel, Model

from tests.architecture.house import HEIGHT, heights, may_know


def room_of(model: type[Model]) -> str | None:
    """The room that declares the model; None for a table of a library."""
    package, _, rest = model.__module__.partition(".")
    return rest.split(".")[0] if package == "xiuhua" else None


def relations() -> list[tuple[type[Model], Field[Any, Any], type[Model]]]:
    """Every declared relation between two tables of ours: owner, field, target."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if isinstance(field, ForeignObjectRel) or not isinstance(target, type):
                continue
            if room_of(model) and room_of(target):
                found.append((model, field, target))
    return found


def test_relations_point_down_like_imports() -> None:
    wrong = [
        f"{model._meta.label}.{field.name} → {target._meta.label}"
        for model, field, target in relations()
        if not may_know(room_of(model) or "", room_of(target) or "")
    ]
    assert not wrong, "these foreign keys point up or sideways: " + "; ".join(wrong)


def test_there_are_relations_to_hold() -> None:
    assert len(relations()) > 5


def test_the_application_label_of_a_table_is_its_room() -> None:
    for model in apps.get_models():
        room = room_of(model)
        assert room is None or model._meta.app_label == room


def test_every_room_with_tables_is_installed() -> None:
    installed = {config.name.removeprefix("xiuhua.") for config in apps.get_app_configs()}
    assert {room_of(model) for model in apps.get_models()} - {None} <= installed


@pytest.mark.parametrize(
    ("room", "other", "allowed"),
    [
        ("cases", "cases", True),
        ("cases", "leads", True),
        ("leads", "kernel", True),
        ("leads", "cases", False),
        ("complaints", "cases", False),
        ("cases", "complaints", False),
        ("registers", "evidence", False),
        ("kernel", "org", False),
        ("reports", "cases", True),
        ("web", "api", False),
    ],
)
def test_a_room_knows_itself_and_what_lies_below(room: str, other: str, allowed: bool) -> None:
    assert may_know(room, other) is allowed


def test_siblings_share_a_height_and_the_ground_is_last() -> None:
    assert heights(["top", "(left) | right", "ground"]) == {"ground": 0, "left": 1, "right": 1, "top": 2}
    assert HEIGHT["kernel"] == 0
