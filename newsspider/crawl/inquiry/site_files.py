"""Loads site files one by one, and tells what is wrong with those that are broken."""

import ast
import difflib
import importlib
import importlib.util
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Final

from newsspider.errors import ConfigurationError
from newsspider.profile import Layout, SiteProfile

# SiteProfile.__init__() got an unexpected keyword argument 'host'
_UNKNOWN_FIELD: Final = re.compile(
    r"(SiteProfile|Layout)\.__init__\(\) got an unexpected keyword argument '(\w+)'"
)
# SiteProfile.__init__() missing 2 required keyword-only arguments: 'hosts' and 'start'
_MISSING_FIELDS: Final = re.compile(
    r"SiteProfile\.__init__\(\) missing \d+ required keyword-only arguments?: (.+)"
)
_FIELDS: Final = {
    "SiteProfile": tuple(spec.name for spec in fields(SiteProfile) if spec.init),
    "Layout": tuple(spec.name for spec in fields(Layout) if spec.init),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteProblem:
    """What is wrong with a site's file: the file, the line, the names of its sites, the message."""

    file: str
    line: int | None
    names: tuple[str, ...]
    message: str

    def __str__(self) -> str:
        """Say it as compilers do: file, line, message."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.message}"


def load_all(entries: Sequence[str]) -> Iterator[ModuleType | SiteProblem]:
    """Load every site file of the entries of SPIDER_MODULES: modules, packages and folders."""
    for entry in entries:
        folder = Path(entry)
        if "/" in entry or (folder.is_dir() and not _importable(entry)):
            yield from _load_folder(folder)
        elif _importable(entry):
            yield from _load_module(entry)
        else:
            yield _no_such(entry, "is neither a module nor a folder")


def shown(file: Path) -> str:
    """Return how messages name a file: relative to the working folder where it lies below it."""
    return str(file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file)


def _importable(entry: str) -> bool:
    try:
        return importlib.util.find_spec(entry) is not None
    except (ImportError, ValueError):  # a parent is missing; "a..b"
        return False


def _no_such(entry: str, what: str) -> SiteProblem:
    return SiteProblem(file=entry, line=None, names=(), message=f"SPIDER_MODULES: {entry!r} {what}")


def _load_folder(folder: Path) -> Iterator[ModuleType | SiteProblem]:
    """Load a folder that is no package on the import path, as `addsite --into` leaves it."""
    if not folder.is_dir():
        yield _no_such(str(folder), "is no folder")
        return
    for file in sorted(folder.glob("*.py")):
        if file.name != "__init__.py":
            yield _attempt(file, partial(_import_file, file))


def _import_file(file: Path) -> ModuleType:
    # Two folders may hold files of one name: the folder's hash keeps their modules apart.
    name = f"newsspider_site_{sha256(bytes(file.resolve().parent)).hexdigest()[:8]}_{file.stem}"
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise ImportError(f"{file} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


def _load_module(name: str) -> Iterator[ModuleType | SiteProblem]:
    spec = importlib.util.find_spec(name)
    origin = Path(spec.origin) if spec is not None and spec.origin else Path(name)
    loaded = _attempt(origin, partial(importlib.import_module, name))
    yield loaded
    if isinstance(loaded, SiteProblem):
        return
    for found in pkgutil.iter_modules(getattr(loaded, "__path__", ())):
        yield from _load_module(f"{name}.{found.name}")


def _attempt(file: Path, load: Callable[[], ModuleType]) -> ModuleType | SiteProblem:
    try:
        return load()
    # A site's file is somebody else's code: whatever it raises is that file's fault alone.
    except (Exception, SystemExit) as error:  # noqa: BLE001
        return SiteProblem(
            file=shown(file),
            line=_line(error, file),
            names=_names(file),
            message=_message(error),
        )


def _line(error: BaseException, file: Path) -> int | None:
    """Return the last line of `file` that was running when it raised."""
    if isinstance(error, SyntaxError) and error.filename == str(file):
        return error.lineno
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(file):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _names(file: Path) -> tuple[str, ...]:
    """Return the names of the sites that a broken file was to give: its own and those in it."""
    names = [file.stem]
    try:
        tree = ast.parse(file.read_bytes())
    except (OSError, SyntaxError, ValueError):  # ValueError: NUL bytes
        return tuple(names)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("SiteProfile"):
            names += [
                str(keyword.value.value)
                for keyword in node.keywords
                if keyword.arg == "name" and isinstance(keyword.value, ast.Constant)
            ]
    return tuple(dict.fromkeys(names))


def _message(error: BaseException) -> str:
    """Say what is wrong in the words of a profile, on one line."""
    text = " ".join(str(error).split())
    if isinstance(error, ConfigurationError):
        return text
    if unknown := _UNKNOWN_FIELD.search(text):
        owner, field_name = unknown.groups()
        close = difflib.get_close_matches(field_name, _FIELDS[owner], n=1)
        hint = f"; did you mean {close[0]}?" if close else ""
        return f"{field_name} is no field of {owner}{hint}"
    if missing := _MISSING_FIELDS.search(text):
        return f"SiteProfile lacks {missing.group(1).replace(chr(39), '')}"
    return f"{type(error).__name__}: {text}"
