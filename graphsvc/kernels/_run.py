"""How kernels are compiled and spread over threads.

Kernels release the interpreter lock and run on ordinary threads over fixed ranges of nodes. numba's own parallel
loops are not used: their portable threading layer ends the process when two web workers enter it at once, and the
way they split a sum depends on the number of cores. Here a sum is always split alike, so results are the same
on every machine.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from itertools import pairwise
from threading import current_thread
from typing import Any, TypeVar

import numba
import numpy as np
import numpy.typing as npt
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from graphsvc import config
from graphsvc.snapshot.csr import Csr, Floats, Int32s, Int64s, Uint32s

T = TypeVar("T")
Uint64s = npt.NDArray[np.uint64]


def kept_compiled(function: Callable[..., Any]) -> bool:
    """Whether compiled code outlives the process: beside the package or in the user's cache, as numba does it, else in
    the data folder; nowhere where none of them can be written (numba would then refuse to compile at all)."""
    for _ in range(2):
        try:
            numba.njit(cache=True)(function)  # looks for a folder, and compiles nothing
            return True
        except RuntimeError:
            folder = config.load().data_dir / "compiled"
            numba.config.CACHE_DIR = str(folder)  # type: ignore[attr-defined]  # numba names its settings when it runs
    return False


njit: Callable[..., Any] = partial(numba.njit, cache=kept_compiled(lambda: None), nogil=True)

POOL = "kernels"
CHUNKS = 16
"""Ranges that a node loop is cut into, on whatever machine."""
SMALL = 300_000
"""Steps below which threads cost more than they save."""


def arrays(graph: Csr) -> tuple[Int64s, Int32s, Floats]:
    """The three arrays, read only: so memory-mapped and ordinary ones share one compiled form of a kernel."""
    return graph.read_only


def unsigned(indptr: Int64s, indices: Int32s) -> tuple[Uint64s, Uint32s]:
    """The same arrays: a kernel then need not ask of each index whether it counts from the end."""
    return indptr.view(np.uint64), indices.view(np.uint32)


def threads() -> int:
    """Threads to use: the cores that this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(work: Callable[[int, int], T], n: int, steps: int, chunks: int = CHUNKS) -> list[T]:
    """``work(start, stop)`` over ``chunks`` ranges of ``range(n)`` (one where it is small); results in their order.

    steps : rough cost of it all, which with ``n`` alone decides the ranges
    """
    if steps < SMALL:
        return [work(0, n)]
    ranges = list(pairwise(np.linspace(0, n, min(chunks, max(n, 1)) + 1).astype(np.int64).tolist()))
    if threads() == 1 or current_thread().name.startswith(POOL):  # a thread of the pool must not wait for the pool
        return [work(a, b) for a, b in ranges]
    return list(_pool(os.getpid()).map(lambda r: work(*r), ranges))


@cache
def _pool(_process: int) -> ThreadPoolExecutor:
    """The threads of this process, kept: a fork has none of its parent's."""
    return ThreadPoolExecutor(threads(), POOL)


def without_loops(graph: Csr) -> Csr:
    """The graph less its loops; itself where it has none."""
    if not graph.looped:
        return graph
    rows = np.repeat(np.arange(graph.rows, dtype=np.int32), np.diff(graph.indptr))
    keep = graph.indices != rows
    ptr = np.concatenate([[0], np.cumsum(np.bincount(rows[keep], minlength=graph.rows))]).astype(np.int64)
    return Csr(ptr, graph.indices[keep], graph.weights[keep], graph.columns)


def transpose(graph: Csr) -> Csr:
    """The graph with its arcs reversed; indices stay ascending."""
    indptr, indices, weights = arrays(graph)
    ptr, idx, wts = _transpose(indptr, indices, weights, graph.columns)
    return Csr(ptr, idx, wts, graph.rows)


def by_degree(graph: Csr) -> tuple[Csr, Int32s]:
    """The graph with its nodes renamed by falling degree, and the new name of each node; rows are not ascending.

    Searches then meet most nodes in a small part of memory.
    """
    indptr, indices, weights = arrays(graph)
    order, names = falling(indptr)
    ptr, idx, wts = _renamed(indptr, indices, weights, order, names)
    return Csr(ptr, idx, wts, graph.columns), names


def _fetch_entry(_context, array, _index):  # type: ignore[no-untyped-def]
    def codegen(context, builder, signature, args):  # type: ignore[no-untyped-def]
        data = context.make_array(signature.args[0])(context, builder, args[0]).data
        place = builder.bitcast(builder.gep(data, [args[1]]), ir.PointerType(ir.IntType(8)))
        flag = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [place.type, flag, flag, flag])
        prefetch = builder.module.declare_intrinsic("llvm.prefetch", [place.type], kind)
        builder.call(prefetch, [place, flag(0), flag(3), flag(1)])  # to read, keep in every cache, data
        return context.get_dummy_value()

    return types.none(array, types.intp), codegen


fetch: Any = intrinsic(_fetch_entry)
"""``fetch(array, i)``: ask memory for an entry that will be read soon; an entry past the end does no harm."""
AHEAD = 8
"""Nodes by which their ties are asked for before they are read."""


@njit
def ask_ahead(indptr, indices, weights, order, at):  # type: ignore[no-untyped-def]
    """Have memory bring the ties of nodes further on in an order that is not memory's."""
    if at + 2 * AHEAD < len(order):
        fetch(indptr, order[at + 2 * AHEAD])
        fetch(indices, indptr[order[at + AHEAD]])
        fetch(weights, indptr[order[at + AHEAD]])


@njit
def falling(indptr):  # type: ignore[no-untyped-def]
    """Nodes by falling degree, equal ones as they are, and the place of each."""
    n = len(indptr) - 1
    top = 0
    for v in range(n):
        top = max(top, indptr[v + 1] - indptr[v])
    starts = np.zeros(top + 2, np.int32)
    for v in range(n):
        starts[top - (indptr[v + 1] - indptr[v]) + 1] += 1
    for d in range(top + 1):
        starts[d + 1] += starts[d]
    order, names = np.empty(n, np.int32), np.empty(n, np.int32)
    for v in range(n):
        d = top - (indptr[v + 1] - indptr[v])
        order[starts[d]] = v
        names[v] = starts[d]
        starts[d] += 1
    return order, names


@njit
def _renamed(indptr, indices, weights, order, names):  # type: ignore[no-untyped-def]
    ptr = np.zeros(len(order) + 1, np.int64)
    idx, wts = np.empty_like(indices), np.empty_like(weights)
    at = 0
    for i in range(len(order)):
        for e in range(indptr[order[i]], indptr[order[i] + 1]):
            idx[at], wts[at] = names[indices[e]], weights[e]
            at += 1
        ptr[i + 1] = at
    return ptr, idx, wts


@njit
def _transpose(indptr, indices, weights, columns):  # type: ignore[no-untyped-def]
    ptr = np.zeros(columns + 1, np.int64)
    for j in indices:
        ptr[j + 1] += 1
    for j in range(columns):
        ptr[j + 1] += ptr[j]
    fill = ptr[:-1].copy()
    idx = np.empty(len(indices), np.int32)
    wts = np.empty(len(indices), np.float64)
    for i in range(len(indptr) - 1):
        for e in range(indptr[i], indptr[i + 1]):
            j = indices[e]
            idx[fill[j]] = i
            wts[fill[j]] = weights[e]
            fill[j] += 1
    return ptr, idx, wts
