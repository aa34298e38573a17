import functools
import sys
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pytest

from graphsvc.service.held import Held

MB = 1_000_000


def held(*values: object) -> float:
    found = Held()
    for value in values:
        found.add(value)
    return found.bytes


@dataclass
class Some:
    numbers: np.ndarray
    other: object = None


def made() -> np.ndarray:
    return np.zeros(MB, np.int8)


@pytest.mark.parametrize(
    "within",
    [
        lambda array: array,
        lambda array: [array],
        lambda array: {"a": (array, 1)},
        lambda array: Some(array),
        lambda array: array[10:20],  # a view keeps the whole of it
        lambda array: lambda: array,
        lambda array: functools.partial(len, array),
        lambda array: functools.cache(lambda: array),
        lambda array: pa.table({"a": pa.array(array)}),
    ],
)
def test_what_a_value_refers_to_counts(within):
    assert MB <= held(within(made())) < 1.01 * MB


def test_what_is_shared_counts_once():
    array = made()
    table = pa.table({"a": pa.array(array)})
    assert held(array, Some(array, array[5:]), table.select(["a"]), table.slice(3)) < 1.01 * MB
    assert held(array, made()) >= 2 * MB


def test_long_lists_are_told_from_some_of_their_entries():
    texts = [f"organisation number {n}" for n in range(50_000)]
    whole = sys.getsizeof(texts) + sum(map(sys.getsizeof, texts))
    assert held(texts) == pytest.approx(whole, rel=0.02)
    assert held({text: n for n, text in enumerate(texts)}) > 0.8 * whole
    arrays = [made() for _ in range(120)]
    assert held(arrays) == pytest.approx(120 * MB, rel=0.01)


def test_what_refers_to_itself_has_an_end():
    one: list[object] = [made()]
    one.append(one)
    assert held(one) < 1.01 * MB


def test_modules_and_types_are_nobodys():
    assert held(np, Some, len) == 0
