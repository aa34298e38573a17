"""``graphsvc findings``: what the measures say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graphsvc.cli.options import (
    AsOfOption,
    InputOption,
    OutputOption,
    ProfileOption,
    Scope,
    ScopeOption,
    day,
    format_of,
    read,
)
from graphsvc.cli.words import figure, language, note, say, show, tr
from graphsvc.i18n import Message, msg

if TYPE_CHECKING:
    from graphsvc.exports.tables import Table

SHOWN = 20


class About(StrEnum):
    """See ``graphsvc.service.findings.About``."""

    roles = "roles"
    gaps = "gaps"
    robustness = "robustness"
    trends = "trends"
    change = "change"
    standing = "standing"


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command("findings", help=tr("Say who links, what is apart, what would be left, and how it moved."))(findings)


def findings(
    about: Annotated[
        About,
        typer.Argument(
            help=tr(
                "roles: who links, who is alone; gaps: what is not connected; robustness: what if they leave; "
                "trends: year by year; change: two days compared; standing: where an organisation stands."
            )
        ),
    ],
    output: OutputOption = None,
    input: InputOption = None,
    profile: ProfileOption = None,
    as_of: AsOfOption = None,
    against: Annotated[
        datetime | None,
        typer.Option("--against", formats=["%Y-%m-%d"], help=tr("change: the other day; otherwise a year before.")),
    ] = None,
    scope: ScopeOption = Scope.ever,
    organisation: Annotated[str, typer.Option("--for", help=tr("standing: the organisation, by its id."))] = "",
    measure: Annotated[
        str, typer.Option("--measure", help=tr("standing: the measure whose course over the years is told."))
    ] = "partners",
    of: Annotated[
        str,
        typer.Option("--of", help=tr("The table that a CSV or Parquet file holds, where there are several.")),
    ] = "",
) -> None:
    from graphsvc.exports.files import write_whole
    from graphsvc.exports.tables import TABLE_FORMATS
    from graphsvc.service import findings as service
    from graphsvc.service.alone import Alone

    format = format_of(output, TABLE_FORMATS) if output else None
    asked = service.Asked(day(as_of), day(against), scope.value, organisation=organisation, measure=measure)
    core = Alone(read(input, profile))
    if output and format:
        write_whole(output, service.export(core, about.value, asked, format, language(), of=of).content)
        say(msg("Written: %(file)s", file=output))
        return
    tables, _provenance = service.found(core, about.value, asked, language())
    _show(service.first(tables, of)[0])


def _show(table: Table) -> None:
    show((Message(name) for name in table.columns), _lines(islice(table.rows(), SHOWN)))
    left = len(next(iter(table.columns.values()))) - SHOWN
    if left > 0:
        note(msg("The first %(n)s are shown; -o FILE.xlsx writes them all.", n=SHOWN))


def _lines(rows: Iterable[Iterable[Any]]) -> Iterator[list[object]]:
    for row in rows:
        yield [figure(v) if v is None or isinstance(v, float) else v for v in row]
