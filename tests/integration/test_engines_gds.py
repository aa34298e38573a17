"""GDS on a real Neo4j.

The plain server has none; one with it is started where GRAPHSVC_TEST_GDS names a folder of its jars
(OpenGDS of the release that fits the embedded Neo4j, ``org.neo4j.gds:proc`` and ``opengds-extension``)."""

from __future__ import annotations

import os
import shutil
import socket
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from pydantic import SecretStr

from graphsvc import config
from graphsvc.config import Settings
from graphsvc.engines import gds
from graphsvc.errors import EngineError
from graphsvc.kernels.betweenness import betweenness_centrality
from graphsvc.metrics import Measures, measure
from graphsvc.service.core import Service
from graphsvc.service.engines import measure_with_gds
from graphsvc.snapshot import take
from graphsvc.store import importing, migrations
from graphsvc.store.driver import Store, connect
from graphsvc.store.embedded import jars, process
from graphsvc.store.embedded.state import Folder
from graphsvc.store.network import read_network
from tests.integration.store.sample import circle, organisation, partnership, plan

JARS = os.environ.get("GRAPHSVC_TEST_GDS")
with_gds = pytest.mark.skipif(not JARS, reason="GRAPHSVC_TEST_GDS names no folder with the jars of OpenGDS")


def test_a_server_without_gds_is_told_apart_in_one_sentence(store: Store) -> None:
    assert not gds.is_there(store.write)
    with pytest.raises(EngineError, match=r"no Graph Data Science library") as caught:
        gds.measure(store.write)
    assert "--engine gds" in str(caught.value)


@pytest.fixture(scope="module")
def gds_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = Folder(tmp_path_factory.mktemp("gds"))
    plugins = folder.home / "plugins"
    plugins.mkdir(parents=True)
    for jar in Path(JARS or "").glob("*.jar"):
        shutil.copy(jar, plugins)
    ours = jars.install(config.load().data_dir / "neo4j" / "jars")
    theirs = [p for p in plugins.glob("*.jar") if p.name not in {o.name for o in ours}]
    process.prepare(folder, [*ours, *theirs], "512m")
    with (folder.home / "conf" / "neo4j.conf").open("a") as conf:
        conf.write("\ndbms.security.procedures.unrestricted=gds.*\n")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = process.launch(folder, port)
    try:
        until = time.monotonic() + 180
        while not process.is_ready(folder) and running.poll() is None and time.monotonic() < until:
            time.sleep(0.2)
        password = SecretStr(folder.password.read_text().strip())
        uri = f"bolt://127.0.0.1:{port}"
        with connect(Settings(neo4j_uri=uri, neo4j_password=password, data_dir=folder.root)) as found:
            migrations.migrate(found)
            yield found
    finally:
        running.terminate()
        running.wait(60)


def filled(store: Store) -> None:
    imported = circle(30, 25)
    organisations = [*imported.organisations.values(), organisation(1000), organisation(1001)]
    ended = partnership(900, [3, 17, 29], ends_on=date(2011, 1, 1))
    importing.write(store, plan([*imported.partnerships, ended], organisations))


@with_gds
@pytest.mark.parametrize(("on", "scope"), [(None, "ever"), (date(2010, 1, 12), "ever"), (date(2012, 1, 1), "active")])
def test_gds_gives_what_the_kernels_give(gds_store: Store, on: date | None, scope: str) -> None:
    filled(gds_store)
    snapshot = take(read_network(gds_store), on, scope)  # type: ignore[arg-type]
    ours, theirs = measure(snapshot), gds.measure(gds_store.write, on=on, scope=scope)  # type: ignore[arg-type]
    exact = dict(ours.organisations, betweenness=betweenness_centrality(snapshot.graph))
    for name in exact.keys() - {"community", "pagerank"}:
        np.testing.assert_allclose(theirs.organisations[name], exact[name], rtol=1e-9, atol=1e-12, err_msg=name)
    np.testing.assert_allclose(theirs.organisations["pagerank"], exact["pagerank"], atol=snapshot.graph.rows * 1e-6)
    assert_network(theirs, ours)


def assert_network(theirs: Measures, ours: Measures) -> None:
    for name in ours.network.keys() - {"modularity"}:
        np.testing.assert_allclose(theirs.network[name], ours.network[name], rtol=1e-9, err_msg=name)
    assert theirs.network["modularity"] >= ours.network["modularity"] - 0.05


@with_gds
def test_sampled_betweenness_is_within_its_bound_of_the_exact_one(gds_store: Store) -> None:
    filled(gds_store)
    exact = betweenness_centrality(take(read_network(gds_store)).graph)
    found = gds.measure(gds_store.write, pivots=20)
    assert (found.parameters["betweenness"], found.parameters["betweenness_samples"]) == ("sampled", 20)
    apart = np.abs(found.organisations["betweenness"] - exact)
    assert 0 < apart.max() <= float(found.parameters["betweenness_bound"])
    assert abs(found.organisations["betweenness"].sum() - exact.sum()) < 0.2 * exact.sum()
    assert gds.measure(gds_store.write).parameters["betweenness"] == "exact"
    assert gds_store.write("gds/version")


@with_gds
def test_the_network_that_was_measured_is_told_and_does_not_change_meanwhile(
    gds_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(gds_store)
    service = Service(gds_store, Settings(data_dir=tmp_path))
    who, measures, data = measure_with_gds(service, None, "ever", "weighted", 0)
    assert (len(who["id"]), data) == (len(measures.organisations["partners"]), service.content().digest)

    def changed(*_: object, **__: object) -> Measures:
        importing.write(gds_store, plan([partnership(901, [3, 17])], [organisation(1002)]))
        return measures

    monkeypatch.setattr(gds, "measure", changed)
    with pytest.raises(EngineError, match="changed while it was measured"):
        measure_with_gds(service, None, "ever", "weighted", 0)


@with_gds
def test_nothing_is_left_in_the_servers_memory(gds_store: Store) -> None:
    gds.measure(gds_store.write)
    with gds_store.session() as session:
        assert session.run("CALL gds.graph.list() YIELD graphName").values() == []
