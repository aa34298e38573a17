"""The query files under ``cypher/``: loaded once, checked against the parameters and columns that they declare.

A file begins with comments::

    // Organisations whose name is near a text.
    // params: text: STRING, limit: INTEGER
    // returns: id: STRING, name: STRING, score: FLOAT

Types are STRING, INTEGER, FLOAT, BOOLEAN, DATE, DATETIME, MAP, ANY and LIST<…>; ``?`` after a type allows null. A list
of parameters or columns may go on over several lines. ``cypher/schema/`` holds migrations and is not read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from graphsvc.errors import Place, QueryFileError
from graphsvc.i18n import msg

PACKAGE = Path(__file__).resolve().parents[1]
_TYPES: dict[str, type | tuple[type, ...]] = {
    "STRING": str,
    "INTEGER": int,
    "FLOAT": (float, int),
    "BOOLEAN": bool,
    "DATE": date,
    "DATETIME": datetime,
    "MAP": Mapping,
    "ANY": object,
}
_NAME_AND_TYPE = re.compile(rf"^(\w+)\s*:\s*((?:LIST<)*(?:{'|'.join(_TYPES)})\??(?:>\??)*)$")
_SECTION = re.compile(r"^(params|returns)\s*:?\s*(.*)$")
_NOT_CODE = re.compile(r"//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\])*'|\"(?:\\.|[^\"\\])*\"|`[^`]*`", re.DOTALL)
_PARAMETER = re.compile(r"\$(\w+)")


@dataclass(frozen=True, slots=True)
class Query:
    """One query: its text, what it needs (name to type) and what it gives."""

    name: str
    purpose: str
    params: Mapping[str, str]
    returns: Mapping[str, str]
    text: str

    def check(self, given: Mapping[str, object]) -> None:
        """Raises QueryFileError naming the parameter that is missing, not known, or of a wrong type."""
        for name in self.params.keys() - given.keys():
            raise _error(self.name, f"parameter {name} is missing")
        for name, value in given.items():
            if name not in self.params:
                raise _error(self.name, f"there is no parameter {name}")
            if not _fits(value, self.params[name]):
                raise _error(self.name, f"parameter {name} is {type(value).__name__}, not {self.params[name]}")


class Queries(Mapping[str, Query]):
    """All queries by name: the path below ``cypher/`` without its ending."""

    def __init__(self, root: Path) -> None:
        """Read every file below ``root``.

        Raises QueryFileError naming the file when a header is malformed or differs from the parameters used.
        """
        files = sorted(f for f in root.rglob("*.cypher") if f.relative_to(root).parts[0] != "schema")
        names = [f.relative_to(root).with_suffix("").as_posix() for f in files]
        self._all = {name: parse(name, f.read_text("utf-8")) for name, f in zip(names, files, strict=True)}

    def __getitem__(self, name: str) -> Query:
        try:
            return self._all[name]
        except KeyError:
            raise _error(name, "there is no such file") from None

    def __contains__(self, name: object) -> bool:
        return name in self._all

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


def folder() -> Path:
    """Where the query files are: in an installed package beside the code, in a checkout at the top level."""
    installed = PACKAGE / "_cypher"
    return installed if installed.is_dir() else PACKAGE.parent / "cypher"


@cache
def queries() -> Queries:
    """All queries, read once."""
    return Queries(folder())


def parse(name: str, content: str) -> Query:
    """A query from a file's content; raises QueryFileError when header and text don't agree."""
    lines = content.strip().splitlines()
    count = next((i for i, line in enumerate(lines) if not line.startswith("//")), len(lines))
    header = [line.removeprefix("//").strip() for line in lines[:count]]
    text = "\n".join(lines[count:]).strip().removesuffix(";")
    sections: dict[str, list[str]] = {"purpose": [], "params": [], "returns": []}
    current = "purpose"
    for line in header:
        if found := _SECTION.match(line):
            current, line = found.groups()
        sections[current].append(line)
    purpose = " ".join(sections["purpose"]).strip()
    if not purpose or not text:
        raise _error(name, "the purpose or the query is missing")
    query = Query(name, purpose, _declared(name, sections["params"]), _declared(name, sections["returns"]), text)
    used = set(_PARAMETER.findall(_NOT_CODE.sub(" ", text)))
    if used != query.params.keys():
        differing = ", ".join(sorted(used ^ query.params.keys()))
        raise _error(name, f"declared and used parameters differ: {differing}")
    return query


def _declared(name: str, lines: list[str]) -> dict[str, str]:
    entries = [e.strip(" -;.") for line in lines for e in line.split(",")]
    declared = {}
    for entry in filter(None, entries):
        found = _NAME_AND_TYPE.match(entry)
        if not found:
            raise _error(name, f"not a name and a type: {entry}")
        declared[found[1]] = found[2]
    return declared


def _fits(value: object, kind: str) -> bool:
    if kind.endswith("?"):
        return value is None or _fits(value, kind[:-1])
    if kind.startswith("LIST<"):
        return isinstance(value, (list, tuple)) and all(_fits(v, kind[5:-1]) for v in value)
    if isinstance(value, bool) and kind in ("INTEGER", "FLOAT"):
        return False
    if kind == "DATE" and isinstance(value, datetime):
        return False
    return value is not None and isinstance(value, _TYPES[kind])


def _error(name: str, why: str) -> QueryFileError:
    return QueryFileError(
        msg("The query %(name)s is wrong: %(why)s.", name=name, why=why),
        place=Place(file=f"cypher/{name}.cypher"),
        hint=msg("This is a fault of the program; please report it."),
    )
