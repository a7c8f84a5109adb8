"""Lets Great Expectations read a DuckDB snapshot through SQLAlchemy. A table is named schema.table here, as everywhere in the house."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

import duckdb
import sqlalchemy as sa
from sqlalchemy.dialects import registry
from sqlalchemy.engine import Connection
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.engine.interfaces import DBAPIConnection, ReflectedColumn

SCHEME = "snapshot"
_SETTINGS = {"enable_external_access": False, "autoinstall_known_extensions": False}
_COLUMNS = """SELECT column_name, is_nullable FROM duckdb_columns()
WHERE database_name = current_database() AND schema_name || '.' || table_name = ? ORDER BY column_index"""


def url(snapshot: Path) -> str:
    """The connection string of a snapshot file. Percent-encoded throughout: Great Expectations would expand a `$` in it."""
    return f"{SCHEME}:///{quote(str(snapshot.resolve()), safe='')}"


class SnapshotDialect(DefaultDialect):
    """One read-only file. Every statement runs on a cursor of its own, so that a result outlives the connection it came from."""

    name = "duckdb"
    driver = SCHEME
    default_paramstyle = "qmark"
    supports_statement_cache = True
    supports_native_boolean = True
    supports_native_decimal = True

    @classmethod
    def import_dbapi(cls) -> Any:
        return duckdb

    @classmethod
    def get_pool_class(cls, url: sa.URL) -> type[sa.Pool]:
        return sa.StaticPool

    def create_connect_args(self, url: sa.URL) -> tuple[list[str], dict[str, Any]]:
        return [url.database or ""], {"read_only": True, "config": _SETTINGS}

    def initialize(self, connection: Connection) -> None:
        """Nothing to ask the file: there is no server."""

    # A read-only file has nothing to begin, commit or roll back, and DuckDB refuses to end what was not begun.
    def do_begin(self, dbapi_connection: DBAPIConnection) -> None: ...
    def do_commit(self, dbapi_connection: DBAPIConnection) -> None: ...
    def do_rollback(self, dbapi_connection: DBAPIConnection) -> None: ...

    def get_columns(self, connection: Connection, table_name: str, schema: str | None = None, **_: Any) -> list[ReflectedColumn]:
        """The columns of schema.table. Types are left open: values come as Python's own, nothing is converted."""
        rows = connection.exec_driver_sql(_COLUMNS, (str(table_name),)).all()
        if not rows:
            raise sa.exc.NoSuchTableError(table_name)
        return [{"name": name, "type": sa.types.NullType(), "nullable": nullable, "default": None} for name, nullable in rows]

    def get_pk_constraint(self, connection: Connection, table_name: str, schema: str | None = None, **_: Any) -> Any:
        return {"constrained_columns": [], "name": None}

    def has_table(self, connection: Connection, table_name: str, schema: str | None = None, **_: Any) -> bool:
        return bool(connection.exec_driver_sql(_COLUMNS, (str(table_name),)).all())


registry.register(SCHEME, __name__, SnapshotDialect.__name__)
