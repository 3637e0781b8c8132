"""docs/output.md is true: its expressions run and print what it says, its tables name every field."""

import gzip
import re
from contextlib import redirect_stdout
from dataclasses import fields
from io import StringIO
from pathlib import Path

import pytest

from newsspider.disk import Disk
from newsspider.items import Image, Record, Related, Visit
from newsspider.store.blocks import compress
from newsspider.store.columns import duckdb_columns, polars_schema
from newsspider.store.events import Event
from newsspider.store.lines import decode

PROJECT = Path(__file__).resolve().parents[2]
PAGE = PROJECT / "docs" / "output.md"
SAMPLES = PROJECT / "tests" / "store" / "samples" / "schema-1"
EXAMPLE = re.compile(r"```python\n(.*?)```\n```text\n(.*?)```", re.DOTALL)


def test_the_examples_print_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("duckdb", "polars", "pandas"):
        pytest.importorskip(name)
    monkeypatch.setenv("POLARS_FMT_STR_LEN", "32")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "exports").symlink_to(SAMPLES)
    namespace: dict[str, object] = {}
    examples = EXAMPLE.findall(PAGE.read_text("utf-8"))
    assert len(examples) == 5
    for code, said in examples:
        with redirect_stdout(StringIO()) as printed:
            exec(compile(code, str(PAGE), "exec"), namespace)  # noqa: S102 (our own page)
        assert printed.getvalue().strip() == said.strip(), code


def test_the_macro_for_the_shell_has_the_types_of_the_dataclasses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    duckdb = pytest.importorskip("duckdb")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "exports").symlink_to(SAMPLES)
    (sql,) = re.findall(r"```sql\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert duckdb_columns() in sql
    with duckdb.connect() as database:
        macro, query = sql.strip().removesuffix(";").split(";\n")
        database.execute(macro)
        assert dict(database.execute(query).fetchall()) == {"zhongyuan": 3, "xinan": 2}


@pytest.mark.parametrize(("heading", "kind"), [("A record", Record), ("A visit", Visit), ("An event", Event)])
def test_the_tables_name_every_field_once(heading: str, kind: type) -> None:
    text = PAGE.read_text("utf-8")
    section = text[text.index(f"## {heading}") :].split("\n## ")[0]
    named = [
        name
        for row in re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
        for name in re.findall(r"`(\w+)`", row)
    ]
    assert sorted(named) == sorted(spec.name for spec in fields(kind))


@pytest.mark.parametrize("kind", [Record, Visit, Event])
def test_types_do_not_depend_on_the_lines(kind: type[Record] | type[Visit] | type[Event]) -> None:
    """Loaded alone, the emptiest line has the types of all."""
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("polars")
    assert list(polars_schema(kind)) == [spec.name for spec in fields(kind)]
    with duckdb.connect() as database:
        described = database.sql(
            f"DESCRIBE SELECT * FROM read_json('{SAMPLES}/runs/*/*.jsonl', columns={duckdb_columns(kind)})"
        ).fetchall()
    assert [row[0] for row in described] == [spec.name for spec in fields(kind)]
    assert not {row[1] for row in described} & {"JSON", "JSON[]", '"NULL"'}


@pytest.mark.parametrize("by_hand", [False, True])
def test_compressed_files_load_with_the_same_expressions(tmp_path: Path, *, by_hand: bool) -> None:
    """Our blocks, more than one of them, and plain gzip."""
    duckdb, polars, pandas = (pytest.importorskip(name) for name in ("duckdb", "polars", "pandas"))
    count = 0
    for path in SAMPLES.glob("[ar][re]*s/*/*.jsonl"):
        packed = tmp_path / path.relative_to(SAMPLES).with_suffix(".jsonl.gz")
        packed.parent.mkdir(parents=True, exist_ok=True)
        data = path.read_bytes() * 60
        count += data.count(b"\n")
        (tmp_path / "plain").write_bytes(data)
        if by_hand:
            packed.write_bytes(gzip.compress(data))
        else:
            compress(tmp_path / "plain", packed, Disk())
    pattern = f"{tmp_path}/[ar][re]*s/*/*.jsonl.gz"
    with duckdb.connect() as database:
        query = f"SELECT count(*) FROM read_json('{pattern}', columns={duckdb_columns()})"
        assert database.execute(query).fetchone() == (count,)
    assert polars.read_ndjson(pattern, schema=polars_schema()).height == count
    paths = tmp_path.glob("[ar][re]*s/*/*.jsonl.gz")
    assert sum(len(pandas.read_json(path, lines=True, dtype=False)) for path in paths) == count


def test_what_is_loaded_is_what_is_stored() -> None:
    polars = pytest.importorskip("polars")
    paths = sorted(SAMPLES.glob("[ar][re]*s/*/*.jsonl"))
    records = [decode(line, Record) for path in paths for line in path.read_bytes().splitlines()]
    frame = polars.read_ndjson(str(SAMPLES / "[ar][re]*s/*/*.jsonl"), schema=polars_schema())
    assert frame.height == len(records) == 5
    rows = {(row["id"], row["version"]): row for row in frame.to_dicts()}
    for record in records:
        row = rows[record.id, record.version]
        assert row["body"] == record.body
        assert row["channel"] == list(record.channel)
        assert [Related(**link) for link in row["related"]] == list(record.related)
        assert [Image(**image) for image in row["images"]] == list(record.images)
