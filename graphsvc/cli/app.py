"""The commands. Heavy modules are imported where they are used, so that help comes at once."""

from __future__ import annotations

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


@app.callback()
def _configure() -> None:
    config.load()
    logs.configure()
