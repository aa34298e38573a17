"""Bringing the database's schema up to this code's: numbered files, each run once, in order, by one process."""

from __future__ import annotations

import re
from dataclasses import dataclass

import neo4j

from graphsvc.errors import QueryFileError, SchemaVersionError
from graphsvc.i18n import msg
from graphsvc.store.driver import Store
from graphsvc.store.failures import translated
from graphsvc.store.queries import folder, queries

INDEX_SECONDS = 600
_COMMENT = re.compile(r"^\s*//.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Migration:
    """One file of ``cypher/schema``. Its statements can be run again without harm."""

    version: int
    name: str
    statements: tuple[str, ...]


def migrations() -> tuple[Migration, ...]:
    """All migrations, the one numbered 0 (which makes the lock) included.

    Raises QueryFileError when a number is missing or there twice.
    """
    found = []
    for file in sorted((folder() / "schema").glob("*.cypher")):
        text = _COMMENT.sub("", file.read_text("utf-8"))
        statements = tuple(s.strip() for s in text.split(";\n") if s.strip())
        found.append(Migration(int(file.stem.partition("_")[0]), file.stem, statements))
    if [m.version for m in found] != list(range(len(found))):
        raise QueryFileError(msg("The numbers of the files in cypher/schema are not 0, 1, 2 ….")) from None
    return tuple(found)


def version(store: Store) -> int:
    """The number of the last migration that the database has had."""
    return int(store.read("store/schema_version")[0]["version"])


def migrate(store: Store) -> list[str]:
    """Run what is missing; the names of the migrations run now. Two processes at once wait for each other.

    Raises SchemaVersionError when the database is newer than this code.
    """
    all_of_them = migrations()
    _refuse_newer(version(store), all_of_them)
    if version(store) == all_of_them[-1].version:
        return []
    _run(store, all_of_them[0])
    with translated(store.target), store.session() as holder, holder.begin_transaction() as lock:
        rows = list(lock.run(queries()["store/schema_lock"].text))
        had = int(rows[0]["version"])
        _refuse_newer(had, all_of_them)
        done = [m for m in all_of_them if m.version > had]
        for migration in done:
            _run(store, migration)
        store.read("store/await_indexes", seconds=INDEX_SECONDS)
        if done:
            record = queries()["store/schema_record"]
            lock.run(record.text, version=done[-1].version, name=done[-1].name).consume()
        lock.commit()
    return [m.name for m in done]


def _run(store: Store, migration: Migration) -> None:
    """Each statement in a transaction of its own, as Neo4j asks for changes of the schema."""
    with translated(store.target), store.session() as session:
        for statement in migration.statements:
            session.execute_write(_run_one, statement)


def _run_one(tx: neo4j.ManagedTransaction, statement: str) -> None:
    tx.run(statement).consume()


def _refuse_newer(found: int, known: tuple[Migration, ...]) -> None:
    if found > known[-1].version:
        raise SchemaVersionError(
            msg(
                "The database has schema %(found)s, and this version of graphsvc knows only up to %(known)s.",
                found=found,
                known=known[-1].version,
            ),
            hint=msg("Install the newer version of graphsvc again, or use a database of its own for this one."),
        )
