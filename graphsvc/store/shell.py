"""A prompt for Cypher: what is typed runs against the store, its rows come as a table."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

from neo4j.graph import Node, Path, Relationship
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from graphsvc.errors import GraphsvcError, InputError, QueryFileError
from graphsvc.i18n import DEFAULT_LANGUAGE, msg, nmsg
from graphsvc.store.driver import Store
from graphsvc.store.failures import translated

LEAVE = frozenset({":exit", ":quit", "exit", "quit"})
MOST_ROWS = 200
"""Rows that are shown; the rest is only counted."""


def run(store: Store, console: Console, errors: Console, language: str = DEFAULT_LANGUAGE) -> int:
    """Read statements, each ended by a semicolon, until the input ends or ``:exit``; errors don't end it. Returns the
    exit code: 0, or that of the last error where nobody types. Prompts are for who types."""
    typed, code = sys.stdin.isatty(), 0
    if typed:
        with contextlib.suppress(ImportError):
            import readline  # noqa: F401 - gives the prompt its line editing and history
        hello = msg("Connected to %(uri)s. End a query with ; and leave with :exit.", uri=store.target.uri)
        console.print(hello.render(language), markup=False)
    for statement in statements(console, prompts=("cypher> ", "   ...> ") if typed else ("", "")):
        try:
            _show(store, statement, console, language)
        except GraphsvcError as exc:
            # a query that can't be run is elsewhere a fault of the program, here of who typed it
            why = exc.message.render(language) if isinstance(exc, QueryFileError) else exc.render(language)
            errors.print(f"[red]{escape(why)}[/red]")
            code = InputError.exit_code if isinstance(exc, QueryFileError) else exc.exit_code
    return 0 if typed else code


def statements(console: Console, prompts: tuple[str, str] = ("", "")) -> Iterator[str]:
    """What is typed, up to each semicolon at the end of a line."""
    lines: list[str] = []
    while True:
        try:
            line = console.input(prompts[bool(lines)], markup=False).rstrip()
        except EOFError:
            break
        except KeyboardInterrupt:  # drops what was begun; at an empty prompt it leaves
            if not lines:
                break
            lines = []
            continue
        if not lines and line.strip() in LEAVE:
            return
        lines.append(line)
        if line.endswith(";"):
            yield "\n".join(lines).rstrip("; \n")
            lines = []
    if rest := "\n".join(lines).strip():
        yield rest


def text(value: Any) -> str:
    """A value of Neo4j as Cypher would write it."""
    if isinstance(value, Node):
        labels = "".join(f":{label}" for label in sorted(value.labels))
        return f"({labels} {_map(value)})"
    if isinstance(value, Relationship):
        return f"[:{value.type} {_map(value)}]"
    if isinstance(value, Path):
        steps = zip(value.relationships, value.nodes[1:], strict=True)
        return text(value.start_node) + "".join(f"-{text(r)}-{text(n)}" for r, n in steps)
    if isinstance(value, list):
        return "[" + ", ".join(map(text, value)) + "]"
    if isinstance(value, dict):
        return _map(value)
    return "null" if value is None else repr(value) if isinstance(value, str) else str(value)


def _map(values: Any) -> str:
    return "{" + ", ".join(f"{k}: {text(v)}" for k, v in values.items()) + "}"


def _show(store: Store, statement: str, console: Console, language: str) -> None:
    with translated(store.target), store.session() as session:
        result = session.run(statement)
        table = Table(*(escape(k) for k in result.keys()))  # noqa: SIM118 - a Result is not a mapping
        shown = 0
        for record in islice(result, MOST_ROWS):
            table.add_row(*(escape(text(v)) for v in record.values()))
            shown += 1
        more = sum(1 for _ in result)
    if table.columns:
        console.print(table)
    console.print(nmsg("%(n)s row.", "%(n)s rows.", shown + more).render(language), markup=False)
    if more:
        console.print(msg("Only the first %(shown)s are shown.", shown=shown).render(language), markup=False)
