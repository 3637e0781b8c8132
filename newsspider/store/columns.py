"""The types of the exports' fields for loaders that would guess them from the lines.

A guess differs from file to file: a list that happens to be empty everywhere, a time that is a day
here and a moment there. These types come from `items`, as the JSON Schema does.
"""

import types
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin, get_type_hints

from newsspider.items import Record, Visit
from newsspider.store.events import Event

if TYPE_CHECKING:
    import polars as pl

Kind = type[Record] | type[Visit] | type[Event]

_DUCKDB: dict[type, str] = {str: "VARCHAR", int: "BIGINT", float: "DOUBLE"}


def duckdb_columns(kind: Kind = Record) -> str:
    """Return the `columns` of DuckDB's `read_json`: `{'url': 'VARCHAR', ...}`."""
    columns = ", ".join(f"'{name}': '{_sql(hint)}'" for name, hint in get_type_hints(kind).items())
    return f"{{{columns}}}"


def polars_schema(kind: Kind = Record) -> "pl.Schema":
    """Return the `schema` of Polars' `read_ndjson` and `scan_ndjson`."""
    import polars as pl

    return pl.Schema({name: _polars(hint) for name, hint in get_type_hints(kind).items()})


def _sql(hint: Any) -> str:
    """Return DuckDB's name of a type."""
    hint = _plain(hint)
    if get_origin(hint) is tuple:
        return f"{_sql(get_args(hint)[0])}[]"
    if hint in _DUCKDB:
        return _DUCKDB[hint]
    inner = ", ".join(f'"{name}" {_sql(part)}' for name, part in get_type_hints(hint).items())
    return f"STRUCT({inner})"


def _polars(hint: Any) -> Any:
    import polars as pl

    hint = _plain(hint)
    if get_origin(hint) is tuple:
        return pl.List(_polars(get_args(hint)[0]))
    if hint in _DUCKDB:
        return {str: pl.String, int: pl.Int64, float: pl.Float64}[hint]
    return pl.Struct({name: _polars(part) for name, part in get_type_hints(hint).items()})


def _plain(hint: Any) -> Any:
    """Return a type without None; a closed set of strings is a string."""
    if isinstance(hint, types.UnionType) or get_origin(hint) is not None:
        members = [member for member in get_args(hint) if member is not types.NoneType]
        if get_origin(hint) is Literal:
            return str
        if get_origin(hint) is not tuple:
            (hint,) = members
            return _plain(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return str
    return hint
