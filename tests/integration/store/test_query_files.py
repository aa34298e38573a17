"""Every query file is accepted by a real server and gives the columns that its header declares."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from graphsvc.store.driver import Store
from graphsvc.store.queries import queries

SAMPLES = {
    "STRING": "x",
    "INTEGER": 1,
    "FLOAT": 1.0,
    "BOOLEAN": True,
    "DATE": date(2026, 1, 1),
    "DATETIME": datetime(2026, 1, 1, tzinfo=UTC),
    "MAP": {},
    "ANY": "x",
}


def _sample(kind: str) -> object:
    return [] if kind.startswith("LIST<") else SAMPLES[kind.rstrip("?")]


@pytest.mark.parametrize("name", sorted(n for n in queries() if not n.startswith("gds/")))
def test_server_accepts_the_query_and_columns_are_as_declared(shared_store: Store, name: str) -> None:
    query = queries()[name]
    with shared_store.session() as session:
        result = session.run("EXPLAIN " + query.text, {k: _sample(t) for k, t in query.params.items()})
        assert list(result.keys()) == list(query.returns)
