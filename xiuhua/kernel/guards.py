"""What the database itself refuses on the tables of the record, on SQLite and PostgreSQL alike.

1. Entries, leaves and checkpoints are written once: UPDATE, DELETE and (SQLite) REPLACE are refused.
2. A tile only grows: an UPDATE must keep the hashes that are there and add some. The head of the log only
   moves on.
3. On PostgreSQL TRUNCATE is refused too, and the triggers also fire for replication roles.
4. On PostgreSQL every statement that writes entries takes its transaction number before it takes ids: the
   sealer needs that order to know when an id can no longer appear (see `sealing`).

There is no setting that lifts them. Whoever owns the tables can drop a trigger, therefore `record verify`
looks whether they are all in place, and the log finds what was done without them. On PostgreSQL let the
application connect as a role that does not own the tables.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

# Table → the columns of which a new row may share none (ONCE) or not all (GROWING) with a row that is there.
ONCE = {
    "kernel_recordentry": ("id",),
    "kernel_leaf": ("index", "entry_id"),
    "kernel_checkpoint": ("size",),
}
GROWING = {"kernel_tile": ("level", "index"), "kernel_loghead": ("id",)}

_SAYS = "the record is written once: {table} refuses {what}"

# The one UPDATE that each of these tables allows.
_MAY = {
    "kernel_tile": 'NEW.level = OLD.level AND NEW."index" = OLD."index" AND NEW.width > OLD.width'
    " AND length(NEW.data) = 32 * NEW.width AND substr(NEW.data, 1, 32 * OLD.width) = OLD.data",
    "kernel_loghead": "NEW.id = OLD.id AND NEW.origin = OLD.origin AND NEW.verifier_key = OLD.verifier_key"
    " AND NEW.size >= OLD.size AND NEW.settled >= OLD.settled",
}


def _sqlite() -> dict[str, tuple[str, str]]:
    """Trigger name → (table, its statement)."""
    made = {}
    for table, keys in (ONCE | GROWING).items():
        says = {what: _SAYS.format(table=table, what=what) for what in ("UPDATE", "DELETE", "REPLACE")}
        when = f"WHEN NOT ({_MAY[table]})" if table in _MAY else ""
        # REPLACE removes the old row without firing its DELETE trigger.
        same = (" OR " if table in ONCE else " AND ").join(f'"{key}" = NEW."{key}"' for key in keys)
        for what, event, condition in (
            ("UPDATE", "UPDATE", when),
            ("DELETE", "DELETE", ""),
            ("REPLACE", "INSERT", f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"),  # noqa: S608 - our own names only
        ):
            name = f"{table}_no_{what.lower()}"
            made[name] = (
                table,
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{says[what]}'); END",
            )
    return made


_REFUSE = """
BEGIN
  RAISE EXCEPTION 'the record is written once: % refuses %', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'integrity_constraint_violation';
END
"""
_NUMBER = """
BEGIN
  PERFORM pg_current_xact_id();
  RETURN NULL;
END
"""
_FUNCTIONS = {"kernel_refuse": _REFUSE, "kernel_number_first": _NUMBER}


def _postgresql() -> dict[str, tuple[str, str]]:
    """Trigger name → (table, its statement)."""
    made = {}
    for table in ONCE | GROWING:
        when = f"WHEN (NOT ({_MAY[table]}))" if table in _MAY else ""
        for what, each in (("UPDATE", f"FOR EACH ROW {when}"), ("DELETE", "FOR EACH ROW"), ("TRUNCATE", "")):
            name = f"{table}_no_{what.lower()}"
            made[name] = (
                table,
                f"CREATE TRIGGER {name} BEFORE {what} ON {table} {each} EXECUTE FUNCTION kernel_refuse()",
            )
    made["kernel_recordentry_number_first"] = (
        "kernel_recordentry",
        "CREATE TRIGGER kernel_recordentry_number_first BEFORE INSERT ON kernel_recordentry "
        "FOR EACH STATEMENT EXECUTE FUNCTION kernel_number_first()",
    )
    return made


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every guard in place, anew where it is there already; tables of a later migration are left out."""
    remove(connection)
    postgresql = connection.vendor == "postgresql"
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for function, body in _FUNCTIONS.items() if postgresql else ():
            cursor.execute(
                f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $body${body}$body$"
            )
        for name, (table, statement) in _guards(connection).items():
            if table not in tables:
                continue
            cursor.execute(statement)
            if postgresql:
                cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}")


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the guards away: for the reverse of their migration, and where a test empties its database."""
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for name, (table, _) in _guards(connection).items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if postgresql else ""))
        for function in _FUNCTIONS if postgresql else ():
            cursor.execute(f"DROP FUNCTION IF EXISTS {function}()")


def _guards(connection: BaseDatabaseWrapper) -> dict[str, tuple[str, str]]:
    return _postgresql() if connection.vendor == "postgresql" else _sqlite()


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of guards that are gone, switched off, or say something else than they should."""
    if connection.vendor != "postgresql":
        there = _rows(connection, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return [name for name, (_, statement) in _sqlite().items() if there.get(name) != statement]
    triggers = _rows(
        connection,
        "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE tgenabled = 'A' AND NOT tgisinternal",
    )
    bodies = _rows(connection, "SELECT proname, prosrc FROM pg_proc WHERE proname LIKE 'kernel\\_%'")
    gone = [name for name in _postgresql() if name not in triggers]
    return gone + [name for name, body in _FUNCTIONS.items() if bodies.get(name) != body]


def _rows(connection: BaseDatabaseWrapper, sql: str) -> dict[Any, Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return dict(cursor.fetchall())
