"""kill -9 of the importing process, or of Neo4j, at ten random moments each: running the import again ends in the
graph of an undisturbed one."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import psutil
import pytest

from graphsvc.config import Settings
from graphsvc.store import importing, migrations
from graphsvc.store.driver import Store, connect
from graphsvc.store.embedded import server
from tests.conftest import EMPTY, server_of_its_own
from tests.integration.store import sample

ORGANISATIONS, PARTNERSHIPS, BATCH = 120, 400, 60
MOMENTS = 10

IMPORT = """
import sys
from pathlib import Path
from graphsvc.config import Settings
from graphsvc.store import importing
from graphsvc.store.driver import connect
from tests.integration.store import sample
from tests.integration.store.test_killed import BATCH, ORGANISATIONS, PARTNERSHIPS
importing.batches.__defaults__ = (BATCH,)
with connect(Settings(neo4j_uri=None, data_dir=Path(sys.argv[1]))) as store:
    print("begins", flush=True)
    importing.write(store, sample.circle(ORGANISATIONS, PARTNERSHIPS), lambda done, _: print(done, flush=True))
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A data folder of its own, so that its server can be killed."""
    return server_of_its_own(tmp_path_factory.mktemp("killed"))


@pytest.fixture(scope="module")
def own_store(settings: Settings) -> Iterator[Store]:
    with connect(settings) as store:
        migrations.migrate(store)
        yield store


@pytest.fixture(scope="module")
def undisturbed(own_store: Store) -> tuple[list[Any], float]:
    """The graph of an import that nothing disturbs, and how long one takes."""
    importing.write(own_store, sample.circle(ORGANISATIONS, PARTNERSHIPS))  # also warms the server up
    graph = sample.graph(own_store)
    _empty(own_store)
    process = _import(server_folder(own_store))
    began = time.monotonic()
    assert process.wait(300) == 0
    took = time.monotonic() - began
    assert sample.graph(own_store) == graph
    return graph, took


def server_folder(store: Store) -> str:
    """The data folder of the store's server."""
    assert store._lease
    return str(store._lease._folder.root.parent)


def _empty(store: Store) -> None:
    with store.session() as session:
        session.run(EMPTY).consume()


def _import(folder: str) -> subprocess.Popen[str]:
    """The import in a process of its own, from the moment that it begins to write."""
    process = subprocess.Popen([sys.executable, "-c", IMPORT, folder], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "begins\n"
    return process


def _run_again(store: Store) -> None:
    importing.write(store, sample.circle(ORGANISATIONS, PARTNERSHIPS))


def test_the_import_is_killed(own_store: Store, undisturbed: tuple[list[Any], float]) -> None:
    graph, took = undisturbed
    moments = random.Random(1)  # noqa: S311
    broken_off = 0
    for _ in range(MOMENTS):
        _empty(own_store)
        process = _import(server_folder(own_store))
        time.sleep(moments.uniform(0.02, 0.9) * took)
        process.kill()
        process.communicate()
        broken_off += sample.graph(own_store) != graph
        _run_again(own_store)
        assert sample.graph(own_store) == graph
    assert broken_off > 0


def test_neo4j_is_killed(own_store: Store, settings: Settings, undisturbed: tuple[list[Any], float]) -> None:
    graph, took = undisturbed
    moments = random.Random(2)  # noqa: S311
    for _ in range(MOMENTS):
        _empty(own_store)
        process = _import(server_folder(own_store))
        time.sleep(moments.uniform(0.02, 0.9) * took)
        running = server.status(settings).running
        assert running
        psutil.Process(running.java.pid).kill()
        process.communicate(timeout=300)
        _run_again(own_store)
        assert sample.graph(own_store) == graph
