"""How work is cut and graphs are turned."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numba
import numpy as np
import pytest

from graphsvc import config
from graphsvc.kernels._run import (
    CHUNKS,
    SMALL,
    arrays,
    by_degree,
    fetch,
    kept_compiled,
    njit,
    spread,
    transpose,
    without_loops,
)
from graphsvc.snapshot.csr import Csr
from tests.unit.kernels.shapes import graph_of


def test_small_work_is_one_range_and_large_work_as_many_on_any_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    assert spread(lambda a, b: (a, b), 10, SMALL - 1) == [(0, 10)]
    cut = spread(lambda a, b: (a, b), 1000, SMALL)
    monkeypatch.setattr("graphsvc.kernels._run.threads", lambda: 1)
    assert spread(lambda a, b: (a, b), 1000, SMALL) == cut
    assert len(cut) == CHUNKS
    assert [b for _, b in cut[:-1]] == [a for a, _ in cut[1:]]


def test_compiled_code_is_kept_in_the_data_folder_where_no_other_can_be_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    module, blocked = tmp_path / "module.py", tmp_path / "__pycache__"
    module.write_text("def function(): pass")
    blocked.touch()  # a file stands where numba would make its folder
    names: dict[str, Any] = {}
    exec(compile(module.read_text(), module, "exec"), names)  # noqa: S102 the text stands above
    for variable in ("HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(variable, str(blocked))
    for folder, kept in ((tmp_path / "data", True), (blocked, False)):
        monkeypatch.setattr(numba.config, "CACHE_DIR", "")
        monkeypatch.setattr(config, "load", lambda at=folder: config.Settings(data_dir=at))
        assert kept_compiled(names["function"]) is kept
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["compiled"]


def test_an_error_in_a_thread_is_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        spread(lambda a, b: 1 // 0, 1000, SMALL)


def test_transpose() -> None:
    arcs = Csr.from_entries(np.array([0, 0, 2]), np.array([2, 1, 1]), np.array([5.0, 6, 7]), (3, 3))
    assert transpose(arcs).to_scipy().toarray().tolist() == [[0, 0, 0], [6, 0, 7], [5, 0, 0]]


def test_names_by_falling_degree() -> None:
    renamed, names = by_degree(graph_of(4, [(2, 0), (2, 1), (2, 3), (0, 1)]))
    assert names.tolist() == [1, 2, 0, 3]
    assert np.diff(renamed.indptr).tolist() == [3, 2, 2, 1]


def test_loops_are_taken_out() -> None:
    looped = Csr.from_entries(np.array([0, 0, 1]), np.array([0, 1, 0]), np.ones(3), (2, 2))
    assert without_loops(looped).indices.tolist() == [1, 0]
    plain = graph_of(2, [(0, 1)])
    assert without_loops(plain) is plain


def test_arrays_are_read_only() -> None:
    assert not any(part.flags.writeable for part in arrays(graph_of(2, [(0, 1)])))


@njit
def _sum_asked_ahead(values):  # type: ignore[no-untyped-def]
    total = 0.0
    for i in range(len(values)):
        fetch(values, i + 1000)
        total += values[i]
    return total


def test_asking_memory_ahead_changes_nothing_even_past_the_end() -> None:
    assert _sum_asked_ahead(np.arange(10.0)) == 45
