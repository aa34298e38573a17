"""``graphsvc import`` and ``graphsvc export``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from graphsvc import config
from graphsvc.cli.options import AsOfOption, ProjectionOption, Scope, ScopeOption, day, format_of
from graphsvc.cli.options import Projection as ProjectionChoice
from graphsvc.cli.progress import bar, downloading
from graphsvc.cli.words import language, note, say, show, tr
from graphsvc.errors import FileError, InputError, Place
from graphsvc.i18n import msg, nmsg, number, short
from graphsvc.model.imports import ImportPlan

SHOWN = 20


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command(
        "import", help=tr("Import partnerships from a CSV or XLSX file; importing again updates, never doubles.")
    )(import_)
    app.command("export", help=tr("Write the network for another program."))(export)


def import_(
    file: Annotated[Path, typer.Argument(help=tr("The CSV or XLSX file."))],
    profile: Annotated[
        str, typer.Option("--profile", help=tr("How the file's columns map to the model: a name or a .toml file."))
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=tr("Show what would happen; write nothing."))] = False,
    report: Annotated[
        Path | None,
        typer.Option("--report", help=tr("Write the refused rows and doubtful names to this .csv or .xlsx file.")),
    ] = None,
) -> None:
    from graphsvc.service import opened

    with downloading() as progress, opened(config.load(), progress) as service:
        with bar(tr("Reading")) as count:
            plan = service.plan(file, profile, lambda rows: count(rows, 0))
        with plan:
            _tell(plan)
            if report:
                _write_report(plan, report, file)
            if not dry_run:
                with bar(tr("Writing")) as written:
                    service.write(plan, written)
    say(msg("Nothing was written: this was a dry run.") if dry_run else msg("Imported."))


def _tell(plan: ImportPlan) -> None:
    for found in plan.found:
        note(found)
    known = len(plan.known)
    say(
        msg(
            "%(partnerships)s, %(memberships)s, %(organisations)s, %(known)s of them known before.",
            partnerships=nmsg("%(n)s partnership", "%(n)s partnerships", plan.partnership_count),
            memberships=nmsg("%(n)s membership", "%(n)s memberships", plan.membership_count),
            organisations=nmsg("%(n)s organisation", "%(n)s organisations", len(plan.organisations)),
            known=number(known),
        )
    )
    if plan.refused:
        say(nmsg("%(n)s value was refused:", "%(n)s values were refused:", len(plan.refused)))
        show(
            (msg("Row"), msg("Column"), msg("Value"), msg("Why"), msg("What to do")),
            (
                (
                    f"[{r.sheet}] {r.row or ''}".strip() if r.sheet else r.row or "",
                    r.column,
                    short(r.value),
                    r.why,
                    r.what_to_do,
                )
                for r, _ in zip(plan.refused, range(SHOWN), strict=False)
            ),
        )
    if plan.doubtful:
        say(nmsg("%(n)s doubtful name was kept apart:", "%(n)s doubtful names were kept apart:", len(plan.doubtful)))
        show(
            (msg("Name"), msg("May be the same as"), msg("Likeness"), msg("Why")),
            ((d.name, d.other, round(d.score), d.why) for d, _ in zip(plan.doubtful, range(SHOWN), strict=False)),
        )
    if plan.losses:
        say(
            nmsg(
                "%(n)s partnership loses what the file says no longer:",
                "%(n)s partnerships lose what the file says no longer:",
                len(plan.losses),
            )
        )
        show(
            (msg("Partnership"), msg("Members"), msg("Fields")),
            (
                (loss.name, "; ".join(loss.members), "; ".join(name.render(language()) for name in loss.field_names))
                for loss, _ in zip(plan.losses, range(SHOWN), strict=False)
            ),
        )
    if plan.absent:
        say(
            nmsg(
                "%(n)s partnership came from a file of this name and is not in it; it stays:",
                "%(n)s partnerships came from a file of this name and are not in it; they stay:",
                len(plan.absent),
            )
        )
        show((msg("Partnership"),), ((name,) for name, _ in zip(plan.absent, range(SHOWN), strict=False)))
    if max(map(len, (plan.refused, plan.doubtful, plan.losses, plan.absent))) > SHOWN:
        note(msg("The first %(n)s are shown; --report FILE.xlsx writes them all.", n=SHOWN))


def _write_report(plan: ImportPlan, path: Path, input: Path) -> None:
    from graphsvc.exports.files import write_whole
    from graphsvc.exports.reports import import_report

    write_whole(path, import_report(plan, format_of(path, ("csv", "xlsx"), input), language()))


def export(
    file: Annotated[Path, typer.Option("-o", "--output", help=tr("The file to write; with parquet a folder."))],
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            help=tr("One of the formats in docs/exports.md; otherwise by the file's ending."),
        ),
    ] = None,
    two_mode: Annotated[
        bool,
        typer.Option(
            "--two-mode", help=tr("Organisations and partnerships as nodes, instead of ties between organisations.")
        ),
    ] = False,
    as_of: AsOfOption = None,
    scope: ScopeOption = Scope.ever,
    projection: ProjectionOption = ProjectionChoice.weighted,
) -> None:
    from graphsvc.cli.options import read
    from graphsvc.exports.files import write_whole
    from graphsvc.exports.graphs import GRAPH_FORMATS, write_graph
    from graphsvc.exports.provenance import Provenance
    from graphsvc.service.content import Content
    from graphsvc.snapshot import take

    if format == "parquet":
        _export_tables(file, two_mode or as_of or scope != Scope.ever or projection != ProjectionChoice.weighted)
        return
    chosen = next((f for f in GRAPH_FORMATS if f == (format or format_of(file, ("graphml", "gexf", "json")))), None)
    if chosen is None:
        names = ", ".join((*GRAPH_FORMATS, "parquet"))
        raise InputError(
            msg("There is no format %(name)s. Use one of: %(formats)s.", name=format, formats=names),
            place=Place(field="--format"),
        )
    network = read(None, None)
    snapshot = take(network, day(as_of), scope.value, projection.value)
    provenance = Provenance.of(snapshot, Content.of(network).digest)
    write_whole(file, write_graph(snapshot, chosen, provenance, "two-mode" if two_mode else "projection"))
    say(msg("Written: %(file)s", file=file))


def _export_tables(folder: Path, chosen: object) -> None:
    """The network as Spark reads it; ``chosen``: whether only a part or another form of it was asked for."""
    from graphsvc.service import opened
    from graphsvc.service.engines import export_tables

    if chosen:
        raise InputError(
            msg("The parquet format holds the whole network."),
            place=Place(field="--format"),
            hint=msg("Name the day, scope and projection when you measure it: graphsvc metrics --engine spark"),
        )
    if folder.exists() and not folder.is_dir():
        raise FileError(msg("This is a file; the parquet format is a folder."), place=Place(file=str(folder)))
    with downloading() as progress, opened(config.load(), progress) as service:
        say(msg("Written: %(file)s", file=export_tables(service, folder)))
