"""The JSON Schema of the lines, generated from the dataclasses and shipped as `schema.json`."""

import json
from importlib import resources
from typing import Any, Final

import msgspec

from newsspider.items import SCHEMA, Record, Visit
from newsspider.store.events import Event

#: The file of this package that holds the schema.
FILE: Final = "schema.json"


def generate() -> dict[str, Any]:
    """Return the schema of the lines of articles/ and reprints/, visits, and events/."""
    roots, definitions = msgspec.json.schema_components([Record, Visit, Event])
    del roots
    for definition in definitions.values():
        # Every field is always printed: a reader may rely on all of them.
        if "properties" in definition:
            definition["required"] = sorted(definition["properties"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A line of newsspider's exports",
        "description": (
            "Record: one line of articles/ and reprints/. Visit: one line of "
            "runs/<run>/visits.jsonl. Event: one line of events/. "
            f"Lines of this version carry schema {SCHEMA}; unknown fields are to be ignored."
        ),
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in ("Record", "Visit", "Event")],
        "$defs": definitions,
    }


def printed() -> str:
    """Return the schema as it is shipped."""
    return json.dumps(generate(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def shipped() -> str:
    """Return the schema that was shipped with this package."""
    return resources.files(__package__).joinpath(FILE).read_text("utf-8")
