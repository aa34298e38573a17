"""``graphsvc db``: the embedded Neo4j, and the schema of whichever database is configured."""

from __future__ import annotations

import typer

from graphsvc import config
from graphsvc.cli.progress import downloading
from graphsvc.cli.usage import Commands
from graphsvc.cli.words import console, errors, language, say, tr
from graphsvc.i18n import msg, nmsg

app = Commands(help=tr("The database: start, stop, look at and migrate it."))


@app.command(help=tr("Start the embedded Neo4j; it runs until it is stopped."))
def start() -> None:
    from graphsvc.store.embedded import server

    with downloading() as progress:
        server.start(config.load(), progress)
    status()


@app.command(help=tr("Stop the embedded Neo4j."))
def stop() -> None:
    from graphsvc.store.embedded import server

    stopped = server.stop(config.load())
    say(msg("The database has stopped.") if stopped else msg("The database was not running."))


@app.command(help=tr("Say whether the database runs, where, and who uses it."))
def status() -> None:
    from graphsvc.store.embedded import server

    found = server.status(config.load())
    if found.running is None:
        say(
            msg(
                "The embedded Neo4j %(version)s is not running. Folder: %(folder)s",
                version=found.version,
                folder=found.folder,
            )
        )
        return
    say(
        msg(
            "The embedded Neo4j %(version)s runs at %(uri)s. Folder: %(folder)s",
            version=found.version,
            uri=found.running.uri,
            folder=found.folder,
        )
    )
    users = len(found.users)
    say(nmsg("%(n)s process uses it.", "%(n)s processes use it.", users))
    if found.kept:
        say(msg("It runs until it is stopped with: graphsvc db stop"))


@app.command(help=tr("Bring the database's schema up to date."))
def migrate() -> None:
    from graphsvc.store.driver import connect
    from graphsvc.store.migrations import migrate as run

    with downloading() as progress, connect(config.load(), progress) as store:
        done = run(store)
    say(
        msg("Migrated: %(names)s.", names=", ".join(done))
        if done
        else msg("The schema is up to date; there was nothing to do.")
    )


@app.command(help=tr("Type Cypher queries and see their rows."))
def shell() -> None:
    from graphsvc.store import shell as cypher
    from graphsvc.store.driver import connect

    with downloading() as progress, connect(config.load(), progress) as store:
        code = cypher.run(store, console, errors, language())
    raise typer.Exit(code)
