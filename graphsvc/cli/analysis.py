"""``graphsvc metrics``, ``suggest`` and ``evaluate``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graphsvc.cli.options import (
    AsOfOption,
    InputOption,
    ProfileOption,
    Projection,
    ProjectionOption,
    Scope,
    ScopeOption,
    SeedOption,
    day,
    read,
)
from graphsvc.cli.words import language, say, show, t
from graphsvc.i18n import msg


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command("metrics", help=t("Measure every organisation and the network."))(metrics)


def metrics(
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help=t("Write a .csv, .json, .xlsx or .parquet file."))
    ] = None,
    input: InputOption = None,
    profile: ProfileOption = None,
    as_of: AsOfOption = None,
    scope: ScopeOption = Scope.ever,
    projection: ProjectionOption = Projection.weighted,
    seed: SeedOption = 0,
) -> None:
    from graphsvc.cli.options import format_of
    from graphsvc.exports.download import measures_file
    from graphsvc.exports.files import write_whole
    from graphsvc.exports.provenance import Provenance
    from graphsvc.exports.tables import TABLE_FORMATS
    from graphsvc.metrics import NETWORK_MEASURES, measure
    from graphsvc.snapshot import take

    format = format_of(output, TABLE_FORMATS) if output else None
    snapshot = take(read(input, profile), day(as_of), scope.value, projection.value)
    measures = measure(snapshot, seed)
    if output and format:
        content = measures_file(snapshot, measures, format, language(), Provenance.of(snapshot, seed=seed))
        write_whole(output, content)
        say(msg("Written: %(file)s", file=output))
        return
    show(
        (msg("Measure"), msg("Value"), msg("Meaning")),
        ((m.title, f"{measures.network[m.name]:.4g}", m.explanation) for m in NETWORK_MEASURES),
    )
