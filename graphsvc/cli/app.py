"""The commands. Heavy modules are imported where they are used, so that help comes at once."""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated

import typer

from graphsvc import config, logs
from graphsvc.cli import analysis, data, database, findings, serving
from graphsvc.cli.usage import Commands
from graphsvc.cli.words import tr

app = Commands(
    name="graphsvc",
    help=tr("Partnership networks of social economy support centres: see, measure, and find the links worth building."),
)
app.add_typer(database.app, name="db")
for module in (serving, data, analysis, findings):
    module.add_to(app)


def _say_version(asked: bool) -> None:
    if asked:
        typer.echo(f"graphsvc {version('graphsvc')}")
        raise typer.Exit


@app.callback()
def _configure(
    _version: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help=tr("Show the version and exit."))
    ] = False,
) -> None:
    config.load()
    logs.configure()
