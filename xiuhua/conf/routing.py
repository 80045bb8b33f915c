"""Which database file a table lies in: positions have one of their own where the bureau runs on SQLite.

A minute of ten thousand positions then holds up no page. On PostgreSQL there is one database.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connections, models
from django.db.migrations.executor import MigrationExecutor

ALIAS = "positions"
APART = {("observations", name) for name in ("position", "current", "oddframe")}


class PositionsApart:
    """Django's router."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str | None:
        return ALIAS if _apart(model._meta.app_label, model._meta.model_name) else None

    db_for_write = db_for_read

    def allow_migrate(
        self, db: str, app_label: str, model_name: str | None = None, **hints: Any
    ) -> bool | None:
        if ALIAS not in settings.DATABASES:
            return None
        return _apart(app_label, model_name) is (db == ALIAS)


def _apart(app_label: str, model_name: str | None) -> bool:
    return ALIAS in settings.DATABASES and (app_label, model_name) in APART


def migrate() -> None:
    """Every database of the bureau up to date: safe to repeat."""
    call_command("migrate", verbosity=0)
    if ALIAS in settings.DATABASES:
        # Of the other rooms nothing lies in this file, and each migration looked at takes its time.
        call_command("migrate", *{room for room, _ in APART}, database=ALIAS, verbosity=0)


def is_behind() -> bool:
    """Whether a database of the bureau lacks tables of this version: nobody has served it since it was installed."""
    rooms = {room for room, _ in APART}
    for alias in settings.DATABASES:
        executor = MigrationExecutor(connections[alias])
        leaves = executor.loader.graph.leaf_nodes()
        if executor.migration_plan([leaf for leaf in leaves if alias != ALIAS or leaf[0] in rooms]):
            return True
    return False
