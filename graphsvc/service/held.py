"""How much memory values hold, with all that they refer to; what several of them share is counted once."""

from __future__ import annotations

import gc
import sys
from itertools import islice
from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType
from typing import Any

import numpy as np
import pyarrow as pa

SAMPLE = 100
"""Entries of a list or dict that are looked at; the others count as these do."""
NOBODYS = (type, ModuleType, CodeType, BuiltinFunctionType)
"""What is there whether a value refers to it or not."""


class Held:
    """Adds up bytes; mapped files count as what they hold."""

    def __init__(self) -> None:
        self.bytes = 0.0
        self._seen: set[int] = set()

    def add(self, value: object) -> None:
        """Count a value and whatever it refers to."""
        waiting = [(value, 1.0)]
        while waiting:
            one, times = waiting.pop()
            place, size = _memory(one)
            if isinstance(one, NOBODYS) or place in self._seen:
                continue
            self._seen.add(place)
            self.bytes += times * size
            inside = _inside(one)
            step = len(inside) // SAMPLE | 1  # odd: every other one that a dict refers to is a key
            waiting += ((other, times * step) for other in islice(inside, 0, None, step))


def _memory(one: Any) -> tuple[int, int]:
    """Where a value lies, and its bytes without what it refers to. Several buffers may stand for the same memory."""
    if isinstance(one, pa.Buffer):
        return one.address, one.size
    if isinstance(one, np.ndarray) and one.base is None:
        return one.ctypes.data, one.nbytes
    return id(one), 0 if isinstance(one, pa.Table) else sys.getsizeof(one, 0)


def _inside(one: Any) -> list[Any]:
    if isinstance(one, pa.Table):
        return [b for column in one.columns for chunk in column.chunks for b in chunk.buffers() if b]
    if isinstance(one, np.ndarray):
        return [] if one.base is None else [one.base]
    if isinstance(one, FunctionType):
        return list(one.__closure__ or ())
    return gc.get_referents(one)
