from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from graphsvc.engines import tables
from graphsvc.engines.partitions import LAST, fetch, ranges

IDS = ["", "00", "0f", "10", "7fff", "80", "fe", "ff", "ffff", "zażółć", "~"]


@pytest.mark.parametrize("count", [1, 2, 3, 16, 256, 5000])
def test_ranges_hold_every_text_once(count: int) -> None:
    found = ranges(count)
    assert len(found) == min(count, 256)
    assert [sum(low <= i < high for low, high in found) for i in IDS] == [1] * len(IDS)


def test_partitions_are_asked_for_once_each_and_written_in_order(tmp_path: Path) -> None:
    asked: list[tuple[str, str]] = []

    def read(query: str, /, **params: Any) -> Sequence[Mapping[str, Any]]:
        asked.append((query, params["from"]))
        columns = tables.STREAMED[query.removeprefix("network/partition_")].names
        return [
            {
                c: [f"{params['from']}x"] if not c.endswith(("on", "from", "to", "since", "until")) else [None]
                for c in columns
            }
        ]

    folder = fetch(read, tmp_path, partitions=8, workers=3)
    assert len(asked) == len(set(asked)) == 3 * 8
    ids = pq.read_table(tables.path(folder, "organisations"))["id"].to_pylist()
    assert ids == ["x", "20x", "40x", "60x", "80x", "a0x", "c0x", "e0x"]


def test_an_error_of_the_database_comes_through(tmp_path: Path) -> None:
    def read(query: str, /, **params: Any) -> Sequence[Mapping[str, Any]]:
        raise ConnectionError(query, params)

    with pytest.raises(ConnectionError):
        fetch(read, tmp_path)


def test_the_last_bound_sorts_after_all_ids() -> None:
    assert max([*IDS, "\uffff", LAST]) == LAST
