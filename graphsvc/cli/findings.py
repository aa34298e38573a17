"""``graphsvc findings``: what the measures say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graphsvc.cli.options import (
    AsOfOrLastOption,
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
HEADINGS: Mapping[str, Message] = {
    "name": msg("Name"),
    "sector_label": msg("Sector"),
    "territory": msg("Territory"),
    "would_be_cut_off": msg("Would be cut off"),
    "without_a_partner": msg("Without a partner"),
    "between": msg("Between"),
    "a_label": msg("One group"),
    "a_organisations": msg("Its organisations"),
    "b_label": msg("The other group"),
    "b_organisations": msg("Its organisations"),
    "not_connected": msg("Not connected"),
    "a_name": msg("One organisation"),
    "b_name": msg("The other organisation"),
    "left": msg("Leave"),
    "left_share": msg("Share of all"),
    "largest_part": msg("Largest part"),
    "largest_part_by_chance": msg("Largest part by chance"),
    "day": msg("Day"),
    "measure": msg("Measure"),
    "title": msg("Measure"),
    "value": msg("Value"),
    "among_all": msg("Share of all with less"),
    "in_sector": msg("Of its sector"),
    "in_territory": msg("Of its territory"),
    "earlier": msg("Earlier"),
    "later": msg("Later"),
    "change": msg("Change"),
}
BY_NAME: Mapping[str, Mapping[str, Message]] = {
    "between": {"sector": msg("sectors"), "powiat": msg("powiats")},
    "change": {
        "joined": msg("joined"),
        "left": msg("left"),
        "stayed": msg("stayed"),
        "began": msg("began"),
        "ended": msg("ended"),
    },
}
"""By column: what its codes mean."""


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
    as_of: AsOfOrLastOption = None,
    against: Annotated[
        datetime | None,
        typer.Option("--against", formats=["%Y-%m-%d"], help=tr("change: the other day; otherwise a year before.")),
    ] = None,
    scope: ScopeOption = Scope.ever,
    organisation: Annotated[str, typer.Option("--for", help=tr("standing: the organisation (name or id)."))] = "",
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

    format = format_of(output, TABLE_FORMATS, input) if output else None
    asked = service.Asked(day(as_of), day(against), scope.value, organisation=organisation, measure=measure)
    core = Alone(read(input, profile))
    if output and format:
        write_whole(output, service.export(core, about.value, asked, format, language(), of=of).content)
        say(msg("Written: %(file)s", file=output))
        return
    tables, _provenance = service.found(core, about.value, asked, language())
    _show(service.first(tables, of)[0])


def _show(table: Table) -> None:
    columns = [name for name in table.columns if not {f"{name}_label", f"{name}_name"} & table.columns.keys()]
    if "title" in columns:
        columns.remove("measure")
    values = zip(*(table.columns[name] for name in columns), strict=True)
    show(map(_heading, columns), (map(_worded, columns, row) for row in islice(values, SHOWN)))
    left = len(table.columns[columns[0]]) - SHOWN
    if left > 0:
        note(msg("The first %(n)s are shown; -o FILE.xlsx writes them all.", n=SHOWN))


@cache
def _headings() -> Mapping[str, Message]:
    from graphsvc.metrics import BY_NAME

    return {**HEADINGS, **{name: measure.title for name, measure in BY_NAME.items()}}


def _heading(column: str) -> Message:
    """A column in words: those of its own, a measure, or a measure on a day."""
    known = _headings()
    measure, _, when = column.rpartition("_")
    if column not in known and measure in known:
        return msg("%(measure)s: %(when)s", measure=known[measure], when=known[when])
    return known.get(column, Message(column))


def _worded(column: str, value: Any) -> object:
    """A value for a person."""
    if isinstance(value, bool):
        return msg("yes") if value else msg("no")
    if value is None or isinstance(value, float):
        return figure(value)
    return _heading(value) if column == "measure" else BY_NAME.get(column, {}).get(value, value)
