from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from graphsvc.engines import tables
from graphsvc.errors import FileError
from graphsvc.model.network import MEMBERSHIPS, Network, table


def test_a_network_is_written_with_its_schemas(tmp_path: Path) -> None:
    network = Network(memberships=table("memberships", [{"organisation": 0, "partnership": 1, "role": "PAR"}]))
    folder = tables.write(network, tmp_path / "made" / "here")
    assert sorted(f.name for f in folder.iterdir()) == [f"{name}.parquet" for name in sorted(tables.STREAMED)]
    assert pq.read_table(tables.path(folder, "memberships")).schema.equals(MEMBERSHIPS)


def test_batches_are_written_one_after_the_other_and_dates_read_from_text(tmp_path: Path) -> None:
    def batches(name: str) -> list[pa.RecordBatch]:
        if name != "partnerships":
            return []
        return [
            pa.record_batch({"id": ["a"], "starts_on": ["2020-02-29"], "ends_on": pa.array([None], pa.string())}),
            pa.record_batch({"id": ["b"]}),
        ]

    folder = tables.stream({name: batches(name) for name in tables.STREAMED}, tmp_path)
    found = pq.read_table(tables.path(folder, "partnerships"))
    assert found["id"].to_pylist() == ["a", "b"]
    assert found["starts_on"].to_pylist() == [date(2020, 2, 29), None]
    assert found["ends_on"].to_pylist() == [None, None]


def test_what_is_broken_off_leaves_the_tables_of_before(tmp_path: Path) -> None:
    def broken_off() -> Iterator[pa.RecordBatch]:
        yield pa.record_batch({"organisation": ["a"], "partnership": ["p"]})
        raise KeyboardInterrupt

    new = {name: [pa.record_batch({"id": ["new"]})] for name in ("organisations", "partnerships")}
    with pytest.raises(KeyboardInterrupt):
        tables.stream({**new, "memberships": broken_off()}, tmp_path / "never")
    assert not list((tmp_path / "never").iterdir())
    folder = tables.stream({name: [] for name in tables.STREAMED}, tmp_path / "again")
    with pytest.raises(KeyboardInterrupt):
        tables.stream({**new, "memberships": broken_off()}, folder)
    assert [pq.read_table(file).num_rows for file in folder.iterdir()] == [0, 0, 0]


def test_a_folder_without_a_table_is_refused_by_its_name(tmp_path: Path) -> None:
    tables.write(Network(), tmp_path)
    Path(tables.path(tmp_path, "memberships")).unlink()
    with pytest.raises(FileError, match=r"memberships\.parquet: There is no table of memberships\."):
        tables.check(tmp_path)


def test_an_address_is_left_to_the_engine() -> None:
    tables.check("s3a://bucket/network")
    assert tables.path("s3a://bucket/network/", "partnerships") == "s3a://bucket/network/partnerships.parquet"
