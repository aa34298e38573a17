import numpy as np
import pyarrow as pa

from graphsvc.model.network import SCHEMAS
from graphsvc.store.network import _without
from graphsvc.store.network_columns import Rows, coded, dated, lists, nodes, or_null, positions, tags

ROWS = Rows([30, 10, 20])


def test_rows_are_found_by_number():
    assert ROWS.of([10, 30, 99]).tolist() == [1, 0, -1]
    assert Rows([]).of([1]).tolist() == [-1]


def test_parts_become_one_table_by_id_with_nulls():
    plain = {name: [""] for name in ("name", "kind", "phase", "description", "source")}
    part = {**plain, "themes": [["t"]]}
    found = nodes(
        [
            {"node": [7], "id": ["b"], "starts_on": ["2020-02-29"], "ends_on": [""], **part},
            {"node": [5], "id": ["a"], "starts_on": [""], "ends_on": ["2021-01-01"], **part},
        ],
        SCHEMAS["partnerships"],
    )
    assert found["id"].to_pylist() == ["a", "b"]
    assert found["node"].to_pylist() == [5, 7]
    assert [str(day) for day in found["starts_on"].to_pylist()] == ["None", "2020-02-29"]


def test_codes_are_listed_by_position_and_strangers_left_out():
    found = coded(
        [
            {"code": "A", "node": [10, 20, 99], "position": [1, 0, 0]},
            {"code": "B", "node": [10], "position": [0]},
        ],
        ROWS,
    )
    assert lists(found, 3).to_pylist() == [[], ["B", "A"], ["A"]]
    assert lists(coded([], ROWS), 3).to_pylist() == [[], [], []]


def test_statuses_stand_before_trades():
    statuses = coded([{"code": "PS", "node": [10], "position": [0]}], ROWS)
    trades = pa.array([["81"], ["56", "88"], []], pa.list_(pa.string()))
    assert tags(statuses, trades).to_pylist() == [["81"], ["PS", "56", "88"], []]


def test_days_and_rows_that_are_not_known():
    assert [str(day) for day in dated(["2024-12-31", ""]).to_pylist()] == ["2024-12-31", "None"]
    assert or_null(np.array([4, -1])).to_pylist() == [4, None]


def test_special_memberships_are_taken_out_once_each():
    assert _without(np.array([5, 3, 5, 5, 8]), np.array([5, 5, 9])).tolist() == [3, 5, 8]
    assert _without(np.empty(0, np.int64), np.array([1])).tolist() == []


def test_positions_of_a_few_ids_among_many():
    among = pa.chunked_array([["a", "b"], [], ["c", "e"]])
    assert positions(["e", "d", "a", None, "e"], among).tolist() == [3, -1, 0, -1, 3]
    assert positions([], among).tolist() == []
    assert positions(["a"], pa.chunked_array([], pa.string())).tolist() == [-1]
