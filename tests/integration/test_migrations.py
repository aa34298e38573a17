from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from graphsvc.config import Settings
from graphsvc.errors import SchemaVersionError
from graphsvc.store import migrations
from graphsvc.store.driver import Store, connect


def _constraints(store: Store) -> set[str]:
    with store.session() as session:
        return {r["name"] for r in session.run("SHOW CONSTRAINTS YIELD name")}


def _forget_schema(store: Store) -> None:
    with store.session() as session:
        for name in _constraints(store):
            session.run(f"DROP CONSTRAINT {name}").consume()
        session.run("MATCH (s:SchemaVersion) DELETE s").consume()


def _set_version(store: Store, version: int) -> None:
    with store.session() as session:
        session.run("MATCH (s:SchemaVersion) SET s.version = $v", v=version).consume()


def test_a_new_database_gets_every_migration_once(store: Store) -> None:
    _forget_schema(store)
    names = [m.name for m in migrations.migrations() if m.version > 0]

    assert migrations.migrate(store) == names
    assert migrations.version(store) == len(names)
    assert {"record_id", "territory_code", "import_id", "organisation_krs", "organisation_nip"} <= _constraints(store)
    assert migrations.migrate(store) == []


def test_two_processes_that_start_at_once_both_succeed(store: Store, neo4j_server: Settings) -> None:
    _forget_schema(store)

    def start() -> list[str]:
        with connect(neo4j_server) as own:
            return migrations.migrate(own)

    with ThreadPoolExecutor(2) as pool:
        done = [t.result() for t in [pool.submit(start), pool.submit(start)]]

    names = [m.name for m in migrations.migrations() if m.version > 0]
    assert sorted(done) == [[], names]


def test_a_newer_database_is_refused(store: Store) -> None:
    known = migrations.version(store)
    _set_version(store, 999)
    try:
        with pytest.raises(SchemaVersionError, match="schema 999"):
            migrations.migrate(store)
    finally:
        _set_version(store, known)


def test_names_are_found_without_polish_letters(store: Store) -> None:
    with store.session() as session:
        session.run(
            "CREATE (:Organisation {name: 'Spółdzielnia Socjalna „Żółw” w Łodzi', other_names: ['Ośrodek Źrebię']})"
        ).consume()
        for text in ("spoldzielnia", "zolw", "łodzi", "lodzi", "zrebie", "Źrebię"):
            rows = session.run("CALL db.index.fulltext.queryNodes('names', $t) YIELD node RETURN node", t=text)
            assert len(list(rows)) == 1, text
