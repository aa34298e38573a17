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
from graphsvc.cli.words import language, note, say, show, t
from graphsvc.i18n import msg


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command("metrics", help=t("Measure every organisation and the network."))(metrics)
    app.command("suggest", help=t("Suggest who should work together, and say why."))(suggest)


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


def suggest(
    organisation: Annotated[
        str | None, typer.Option("--for", help=t("Suggest partners of this organisation (name or id)."))
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help=t("How many suggestions."))] = 10,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help=t("Write a .csv, .json, .xlsx or .parquet file."))
    ] = None,
    input: InputOption = None,
    profile: ProfileOption = None,
    as_of: AsOfOption = None,
    seed: SeedOption = 0,
) -> None:
    from graphsvc.cli.options import format_of
    from graphsvc.exports.files import write_whole
    from graphsvc.exports.provenance import Provenance
    from graphsvc.exports.suggestions import suggestions_table
    from graphsvc.exports.tables import TABLE_FORMATS, write_tables
    from graphsvc.snapshot import take
    from graphsvc.suggest import suggest as best

    format = format_of(output, TABLE_FORMATS) if output else None
    network = read(input, profile)
    found = best(network, day(as_of), organisation, limit, seed=seed)
    table = suggestions_table(network, found, language())
    if output and format:
        provenance = Provenance.of(take(network, day(as_of)), seed=seed)
        write_whole(output, write_tables([table], provenance, format))
        say(msg("Written: %(file)s", file=output))
        return
    if found[0].prior:
        note(msg("There is too little history to learn from: likelihoods rest on what is shipped with the program."))
    columns = table.columns
    show(
        (msg("Organisation"), msg("Could work with"), msg("Likelihood"), msg("Because")),
        zip(
            columns["a_name"],
            columns["b_name"],
            (f"{p:.0%}" for p in columns["probability"]),
            columns["reasons"],
            strict=True,
        ),
    )
