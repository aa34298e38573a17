"""A real Neo4j for the tests: one embedded server a session in a folder of its own, emptied before each test.

The jars come from the user's data folder, so that they are fetched once for the service and all test runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from pydantic import SecretStr

from graphsvc import config
from graphsvc.config import Settings
from graphsvc.store import migrations
from graphsvc.store.driver import Store, connect
from graphsvc.store.embedded import jars, server

# The same examples each time, however slow the machine is: a suite that decides about a change must not fail by chance.
settings.register_profile("tests", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tests")

EMPTY = """
MATCH (n) WHERE NOT n:SchemaVersion
CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS
"""


def pytest_sessionstart(session: pytest.Session) -> None:
    """Tests in several processes find the jars installed: two that install them would get in each other's way."""
    several, is_worker = session.config.getoption("numprocesses", None), hasattr(session.config, "workerinput")
    unit_only = all(Path(arg).is_relative_to("tests/unit") for arg in session.config.args)
    if several and not is_worker and not unit_only:
        jars.install(config.load().data_dir / "neo4j" / "jars")


def server_of_its_own(folder: Path) -> Settings:
    """Settings of a server that a test may kill; its jars are links to the ones installed."""
    installed = config.load().data_dir / "neo4j" / "jars"
    jars.install(installed)
    (folder / "neo4j").mkdir()
    (folder / "neo4j" / "jars").symlink_to(installed)
    return Settings(neo4j_uri=None, data_dir=folder)


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings that name a running server, as a user would name their own."""
    folder = tmp_path_factory.mktemp("graphsvc")
    embedded = Settings(neo4j_uri=None, data_dir=folder, neo4j_java="-XX:TieredStopAtLevel=1")  # starts sooner
    with server.use(embedded, jars_in=config.load().data_dir / "neo4j" / "jars") as lease:
        yield Settings(
            neo4j_uri=lease.uri,
            neo4j_username=lease.username,
            neo4j_password=SecretStr(lease.password),
            neo4j_database=None,
            data_dir=folder,
        )


@pytest.fixture(scope="session")
def shared_store(neo4j_server: Settings) -> Iterator[Store]:
    """A migrated store whose data tests leave behind; ``store`` is the one to use."""
    with connect(neo4j_server) as store:
        migrations.migrate(store)
        yield store


@pytest.fixture
def store(shared_store: Store) -> Store:
    """A migrated, empty store."""
    with shared_store.session() as session:
        session.run(EMPTY).consume()
    return shared_store
