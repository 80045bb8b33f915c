"""Nobody is all-powerful: rights come from posts, and no post and no flag opens everything."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model

from tests.architecture.house import PACKAGE
from xiuhua.kernel.authz import NOBODY, Actor
from xiuhua.org import rules

ASKS = re.compile(r"is_superuser|is_staff|\.has_perms?\(|create_superuser|PermissionsMixin|ModelBackend\.has")
PERSONAL = {"registers.see", "cases.see", "leads.see", "evidence.see"}


def asks_for_a_superuser(folder: Path) -> list[str]:
    """Modules that mention Django's own rights, which know a person for whom everything is allowed."""
    return sorted(
        path.name
        for path in folder.rglob("*.py")
        if not {"tests", "migrations"} & set(path.parts) and ASKS.search(path.read_text())
    )


def test_no_account_carries_a_flag_that_opens_everything() -> None:
    fields = {field.name for field in get_user_model()._meta.get_fields()}
    assert not fields & {"is_superuser", "is_staff", "user_permissions", "groups"}


def test_django_s_own_administration_is_not_installed() -> None:
    assert not apps.is_installed("django.contrib.admin")


def test_no_code_asks_whether_somebody_is_a_superuser() -> None:
    assert asks_for_a_superuser(PACKAGE) == []


@pytest.mark.parametrize("line", ["if user.is_superuser: pass", "user.has_perm('x')"])
def test_code_that_asks_is_found(tmp_path: Path, line: str) -> None:
    (tmp_path / "views.py").write_text(line)
    assert asks_for_a_superuser(tmp_path) == ["views.py"]


def test_no_role_holds_every_permission() -> None:
    every = frozenset[str]().union(*(role.permissions for role in rules.ROLES.values()))
    assert [role.id for role in rules.ROLES.values() if role.permissions == every] == []


def test_who_administers_accounts_reads_no_personal_register() -> None:
    administrators = [role for role in rules.ROLES.values() if "org.manage" in role.permissions]
    assert administrators
    assert [role.id for role in administrators if role.permissions & PERSONAL] == []


@pytest.mark.parametrize(
    "actor", [NOBODY, Actor(name="示例", user_id=1, officer_id=1)], ids=["nobody", "without a post"]
)
def test_without_a_post_nothing_is_open(actor: Actor) -> None:
    every = frozenset[str]().union(*(role.permissions for role in rules.ROLES.values()))
    assert [p for p in every if actor.can(p) or not actor.scope(p).nothing] == []
