"""The network read in ranges of ids from a real Neo4j, and measured by Spark, is the one that is read whole."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq

from graphsvc.engines import tables
from graphsvc.engines.partitions import fetch
from graphsvc.store import importing
from graphsvc.store.driver import Store
from graphsvc.store.network import read_network
from tests.integration.store.sample import circle, organisation, plan


def test_partitions_together_are_the_network(store: Store, tmp_path: Path) -> None:
    imported = circle(40, 30)
    alone = organisation(1000)
    importing.write(store, plan(list(imported.partnerships), [*imported.organisations.values(), alone]))
    whole = read_network(store)
    folder = fetch(store.read, tmp_path, partitions=16, workers=2)
    found = {name: pq.read_table(tables.path(folder, name)) for name in tables.STREAMED}
    for name in ("organisations", "partnerships"):
        columns = tables.STREAMED[name].names
        assert found[name].sort_by("id").to_pylist() == getattr(whole, name).select(columns).sort_by("id").to_pylist()
    organisations, partnerships = (getattr(whole, name)["id"] for name in ("organisations", "partnerships"))
    pairs = zip(
        organisations.take(whole.memberships["organisation"]).to_pylist(),
        partnerships.take(whole.memberships["partnership"]).to_pylist(),
        strict=True,
    )
    memberships = found["memberships"]
    read = zip(memberships["organisation"].to_pylist(), memberships["partnership"].to_pylist(), strict=True)
    assert Counter(read) == Counter(pairs)


def test_an_empty_database_is_an_empty_folder_of_tables(store: Store, tmp_path: Path) -> None:
    folder = fetch(store.read, tmp_path, partitions=2)
    assert [pq.read_table(tables.path(folder, name)).num_rows for name in tables.STREAMED] == [0, 0, 0]


def test_each_partition_is_found_by_the_index(store: Store) -> None:
    """Also where the server has not counted its index yet, and a whole scan looks as cheap as a seek."""
    imported = circle(400, 300)
    importing.write(store, plan(list(imported.partnerships), list(imported.organisations.values())))
    with store.session() as session:
        for name in ("organisations", "partnerships", "memberships"):
            text = Path(f"cypher/network/partition_{name}.cypher").read_text("utf-8")
            plan_ = session.run("EXPLAIN " + text, {"from": "20", "to": "40"}).consume().plan
            assert plan_ is not None
            assert "IndexSeekByRange" in str(plan_), name
