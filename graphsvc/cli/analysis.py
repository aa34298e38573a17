"""``graphsvc metrics``, ``suggest`` and ``evaluate``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlencode

import typer

from graphsvc import config
from graphsvc.cli.options import (
    AsOfOption,
    AsOfTodayOption,
    InputOption,
    OutputOption,
    ProfileOption,
    Projection,
    ProjectionOption,
    Scope,
    ScopeOption,
    SeedOption,
    day,
    read,
)
from graphsvc.cli.progress import bar, downloading
from graphsvc.cli.whom import SectorsOption, TerritoryOption, ThemeOption, whom
from graphsvc.cli.words import figure, language, likelihood, note, say, show, tr
from graphsvc.errors import InputError, Place
from graphsvc.i18n import msg

if TYPE_CHECKING:
    from graphsvc.metrics import Measures
    from graphsvc.model.network import Network
    from graphsvc.model.suggested import Shown
    from graphsvc.service.engines import Identity
    from graphsvc.snapshot import Projection as Projection_
    from graphsvc.snapshot import Scope as Scope_
    from graphsvc.suggest import Suggestion
    from graphsvc.suggest.edgelist import Links


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command("metrics", help=tr("Measure every organisation and the network."))(metrics)
    app.command("suggest", help=tr("Suggest who should work together, and say why."))(suggest)
    app.command("evaluate", help=tr("Measure how good the suggestions are, beside every textbook method."))(evaluate)


class Engine(StrEnum):
    """What computes the measures."""

    kernels = "kernels"
    spark = "spark"
    gds = "gds"


def metrics(
    output: OutputOption = None,
    input: InputOption = None,
    profile: ProfileOption = None,
    as_of: AsOfOption = None,
    scope: ScopeOption = Scope.ever,
    projection: ProjectionOption = Projection.weighted,
    seed: SeedOption = 0,
    engine: Annotated[
        Engine, typer.Option("--engine", help=tr("kernels: in this process; spark: beyond memory; gds: in the server."))
    ] = Engine.kernels,
    master: Annotated[
        str | None, typer.Option("--master", help=tr("Spark: the address of its master; otherwise this machine."))
    ] = None,
    memory: Annotated[
        str | None, typer.Option("--memory", help=tr("Spark: memory of its driver; 4g unless told."))
    ] = None,
    pivots: Annotated[
        int | None,
        typer.Option(
            "--pivots", min=2, help=tr("Spark: searches that betweenness and closeness rest on; 64 unless told.")
        ),
    ] = None,
) -> None:
    from graphsvc.cli.options import format_of
    from graphsvc.exports.download import measures_file, named
    from graphsvc.exports.files import write_whole
    from graphsvc.exports.provenance import Provenance
    from graphsvc.exports.tables import TABLE_FORMATS
    from graphsvc.metrics import NETWORK_MEASURES
    from graphsvc.snapshot.filter import asked_day

    format = format_of(output, TABLE_FORMATS, input) if output else None
    on = asked_day(day(as_of), scope.value)
    identity: Identity
    if engine is not Engine.spark and (master or memory or pivots):
        raise InputError(
            msg("Only the spark engine has these options."), place=Place(field="--master, --memory, --pivots")
        )
    if engine is Engine.kernels:
        identity, measures, data = _by_kernels(input, profile, on, scope.value, projection.value, seed)
    elif engine is Engine.spark:
        from graphsvc.engines.spark import MASTER, MEMORY, PIVOTS, Cluster

        cluster = Cluster(master or MASTER, memory or MEMORY)
        how = (on, scope.value, projection.value, seed, pivots or PIVOTS, cluster)
        identity, measures, data = _by_spark(input, profile, *how)
    else:
        identity, measures, data = _by_gds(input, profile, on, scope.value, projection.value, seed)
    if output and format:
        today = date.today()
        own = (on, scope.value, projection.value, data)
        provenance = Provenance(today, *own, seed=seed, parameters=measures.parameters)
        write_whole(output, measures_file(named(identity, language()), measures, format, language(), provenance))
        say(msg("Written: %(file)s", file=output))
        return
    show(
        (msg("Measure"), msg("Value"), msg("Meaning")),
        ((m.title, figure(measures.network[m.name]), m.explanation) for m in NETWORK_MEASURES),
    )


def _by_kernels(
    input: Path | None, profile: str | None, on: date | None, scope: Scope_, projection: Projection_, seed: int
) -> tuple[dict[str, list[str]], Measures, str]:
    """Who they are, their measures (communities numbered as on the page), and the digest of what was read."""
    from graphsvc.exports.download import identities
    from graphsvc.metrics import measure
    from graphsvc.metrics.whole import numbered
    from graphsvc.service.content import Content
    from graphsvc.snapshot import take

    network = read(input, profile)
    whole = take(network, projection=projection)
    snapshot = whole if on is None and scope == "ever" else take(network, on, scope, projection)
    measures = numbered(measure(snapshot, seed), snapshot, measure(whole, seed), whole)
    return identities(snapshot, language()), measures, Content.of(network).digest


def _by_spark(input: Path | None, profile: str | None, *how: Any) -> tuple[Identity, Measures, str]:
    """A folder as it is; a file by its profile."""
    from graphsvc.engines import tables
    from graphsvc.service import opened
    from graphsvc.service.engines import measure_with_spark

    if profile:
        with TemporaryDirectory(prefix="graphsvc-") as folder:
            return measure_with_spark(tables.write(read(input, profile), Path(folder)), *how)
    if input:
        return measure_with_spark(input, *how)
    with downloading() as progress, opened(config.load(), progress) as service:
        return measure_with_spark(service, *how)


def _by_gds(
    input: Path | None, profile: str | None, on: date | None, scope: Scope_, projection: Projection_, seed: int
) -> tuple[Identity, Measures, str]:
    from graphsvc.service import opened
    from graphsvc.service.engines import measure_with_gds

    if input or profile:
        raise InputError(
            msg("The gds engine works on the database, not on a file."), place=Place(field="--input, --profile")
        )
    with downloading() as progress, opened(config.load(), progress) as service:
        return measure_with_gds(service, on, scope, projection, seed)


def suggest(
    organisation: Annotated[
        str | None, typer.Option("--for", help=tr("Suggest partners of this organisation (name or id)."))
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help=tr("How many suggestions."))] = 10,
    preset: Annotated[
        str,
        typer.Option(
            "--preset",
            help=tr("quick_wins, balanced, bridge_divides, reach_isolated, business_outreach or fill_service_gaps."),
        ),
    ] = "quick_wins",
    sector: SectorsOption = None,
    territory: TerritoryOption = "",
    theme: ThemeOption = "",
    output: OutputOption = None,
    input: InputOption = None,
    profile: ProfileOption = None,
    as_of: AsOfTodayOption = None,
    seed: SeedOption = 0,
) -> None:
    from graphsvc.cli.options import format_of
    from graphsvc.exports.files import write_whole
    from graphsvc.exports.provenance import Provenance
    from graphsvc.exports.suggestions import likelihood_from, suggestions_table
    from graphsvc.exports.tables import TABLE_FORMATS, write_tables
    from graphsvc.service.content import Content
    from graphsvc.snapshot import take
    from graphsvc.suggest import suggest as best

    format = format_of(output, TABLE_FORMATS, input) if output else None
    network, shown = _suggested_from(input, profile, day(as_of))
    of = whom(network, sector or (), territory, theme)
    found = best(network, day(as_of), organisation, limit, whom=of, preset=preset, shown=shown, seed=seed)
    table = suggestions_table(network, found, language())
    if output and format:
        asked = {
            "preset": preset,
            "for": table.columns["a"][:1] if organisation else (),
            "limit": limit,
            "sector": of.sectors,
            "territory": of.territory or (),
            "theme": of.theme or (),
        }
        filters, data = urlencode(asked, doseq=True), Content.of(network).digest
        taken, parameters = take(network, day(as_of)), likelihood_from(found)
        provenance = Provenance.of(taken, data, filters=filters, seed=seed, parameters=parameters, planned=False)
        write_whole(output, write_tables([table], provenance, format))
        say(msg("Written: %(file)s", file=output))
        return
    _told(found, table.columns)


def _told(found: Sequence[Suggestion], columns: Mapping[str, Sequence[Any]]) -> None:
    if found[0].prior:
        note(msg("There is too little history to learn from: likelihoods rest on what is shipped with the program."))
    show(
        (msg("Organisation"), msg("Could work with"), msg("Likelihood"), msg("Because"), msg("Against it")),
        zip(
            columns["a_name"],
            columns["b_name"],
            (likelihood(p) for p in columns["probability"]),
            columns["reasons"],
            (" ".join(r.render(language()) for r in (*s.against, *s.remembered)) for s in found),
            strict=True,
        ),
    )


def _suggested_from(input: Path | None, profile: str | None, on: date | None) -> tuple[Network, Sequence[Shown]]:
    """The network, and what its pages have shown: a file has none, and of an earlier day it is not known."""
    from graphsvc.service import opened

    if input or profile or on not in (None, date.today()):
        return read(input, profile), ()
    with downloading() as progress, opened(config.load(), progress) as service:
        return service.network(), service.proposals.kept.shown()


class Format(StrEnum):
    """How a result is printed."""

    table = "table"
    json = "json"


def evaluate(
    split_date: Annotated[
        datetime | None,
        typer.Option(
            "--split-date",
            formats=["%Y-%m-%d"],
            help=tr("Train on what began before this day, ask about what came after."),
        ),
    ] = None,
    edges: Annotated[
        Path | None, typer.Option("--edges", help=tr("A plain edge list instead: two columns, the rest is ignored."))
    ] = None,
    test_share: Annotated[
        float, typer.Option("--test-share", help=tr("Share of the links to hide (without --split-date)."))
    ] = 0.1,
    runs: Annotated[
        int, typer.Option("--runs", help=tr("How many times to hide and guess (without --split-date)."))
    ] = 10,
    seed: SeedOption = 0,
    format: Annotated[Format, typer.Option("--format", help=tr("How to print the result."))] = Format.table,
    input: InputOption = None,
    profile: ProfileOption = None,
) -> None:
    if edges and (input or profile or split_date):
        raise InputError(
            msg("An edge list is evaluated alone."),
            place=Place(field="--edges"),
            hint=msg("Leave out --split-date, --input and --profile."),
        )
    if split_date:
        _evaluate_split(split_date.date(), seed, format, input, profile)
    elif edges or input:
        _evaluate_links(edges or _links(input, profile), test_share, runs, seed, format)
    else:
        raise InputError(
            msg("Name a day, an edge list or a file."),
            place=Place(field="--split-date, --edges, --input"),
            hint=msg("For example: graphsvc evaluate --split-date 2011-01-01"),
        )


def _links(input: Path | None, profile: str | None) -> Links:
    from graphsvc.snapshot import take
    from graphsvc.suggest.edgelist import Links

    snapshot = take(read(input, profile))
    return Links.between((snapshot.ids[a], snapshot.ids[b]) for a, b in zip(*snapshot.graph.ties, strict=True))


def _evaluate_links(source: Path | Links, test_share: float, runs: int, seed: int, format: Format) -> None:
    from graphsvc.cli.evaluated import print_runs, warn_of_runs
    from graphsvc.suggest.edgelist import evaluate as experiment

    with bar(tr("Runs")) as count:
        result = experiment(source, test_share, runs, seed, progress=count)
    warn_of_runs(result)
    if format is Format.json:
        print(result.to_json())
    else:
        print_runs(result)


def _evaluate_split(split: date, seed: int, format: Format, input: Path | None, profile: str | None) -> None:
    from graphsvc.cli.evaluated import print_split, warn_of_split
    from graphsvc.suggest.evaluation import evaluate_split

    result = evaluate_split(read(input, profile), split, seed, progress=note)
    warn_of_split(result)
    if format is Format.json:
        print(json.dumps(result.to_json(), ensure_ascii=False))
    else:
        print_split(result)
