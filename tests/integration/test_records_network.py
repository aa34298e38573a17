"""The region read from the database is the region made without one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pyarrow as pa

from graphsvc.demo.region import region_records
from graphsvc.model.base import Record
from graphsvc.model.columns import to_network
from graphsvc.model.network import Network
from graphsvc.model.organisations import Organisation
from graphsvc.store.driver import Store
from graphsvc.store.network import read_network
from graphsvc.store.records import Records

ROWS = {"organisation": "organisations", "a": "organisations", "b": "organisations", "founder": "organisations"}
ROWS |= {"partnership": "partnerships", "meeting": "meetings"}


def named(network: Network, table: pa.Table) -> Iterator[tuple[str, ...]]:
    """Rows with ids instead of positions, in an order of their own."""
    ids = {name: getattr(network, name)["id"].to_pylist() for name in set(ROWS.values())}
    for row in table.to_pylist():
        for column, of in ROWS.items():
            if isinstance(row.get(column), int):
                row[column] = ids[of][row[column]]
        if "a" in row:
            row["a"], row["b"] = sorted((row["a"], row["b"]))
        yield tuple(f"{k}={v}" for k, v in row.items())


def no_longer_offered(record: Record) -> Record:
    """An organisation's offers end; nothing else does."""
    if not isinstance(record, Organisation):
        return record
    ended = tuple(offer.model_copy(update={"until": date(2999, 1, 1)}) for offer in record.offers)
    return record.model_copy(update={"offers": ended})


def test_both_ways_give_the_same_network(store: Store) -> None:
    records = list(map(no_longer_offered, region_records()))
    Records(store).save_many(records, by="demo")
    read, made = read_network(store), to_network(records)
    for name in read.__dataclass_fields__:
        assert sorted(named(read, getattr(read, name))) == sorted(named(made, getattr(made, name))), name
