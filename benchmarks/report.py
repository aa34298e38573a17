"""Measuring, and the tables made of what was measured."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from benchmarks.graphs import SIZES, graph
from benchmarks.kernels import Case
from benchmarks.peers import Peers
from graphsvc.kernels.communities import modularity

ENOUGH = 0.5
"""Seconds after which a short run is not repeated; the least of the times counts."""
REPEATS = 7
OURS = "graphsvc"


@dataclass(frozen=True)
class Row:
    """One line of ``results.json``; ``cpu``: processor seconds of all threads, steadier on a busy machine."""

    function: str
    size: str
    engine: str
    seconds: float
    cpu: float
    checksum: float


def measure(case: Case, engine: str, peers: Peers) -> tuple[Row, Any]:
    """The least time of some runs, after one that is not counted for ours (it may compile)."""
    run, best, cpu, spent = case.engines[engine], float("inf"), float("inf"), 0.0
    getattr(peers, {"scikit-network": "sknetwork", OURS: "csr", "leidenalg": "igraph"}.get(engine, engine))
    value = run(peers) if engine == OURS or peers.size == "2k" else None
    for _ in range(REPEATS):
        began, worked = time.perf_counter(), time.process_time()
        value = run(peers)
        took = time.perf_counter() - began
        best, spent, cpu = min(best, took), spent + took, min(cpu, time.process_time() - worked)
        if spent > ENOUGH:
            break
    if case.name == "candidates_top50" and engine == "networkx":
        best, cpu = (seconds * peers.csr.rows / len(value) for seconds in (best, cpu))
    return Row(case.name, peers.size, engine, best, cpu, _checksum(case, peers, value)), value


def _checksum(case: Case, peers: Peers, value: Any) -> float:
    """A number that tells whether two runs found the same: the modularity of communities, else a sum."""
    if case.name == "leiden_modularity":
        return modularity(peers.csr, np.asarray(value, np.int32))
    if case.name in ("layout_force", "candidates_top50") and not isinstance(value, np.ndarray):
        return float(len(value))
    return float(np.nansum(flat(value)))


def flat(value: Any) -> Any:
    """Any engine's answer as an array of numbers, in the order of nodes or ties."""
    if isinstance(value, dict):
        value = [value[key] for key in sorted(value)]
    if isinstance(value, tuple):
        value = value[0]
    return np.atleast_1d(np.asarray(value, np.float64)).ravel()


def compare(ours: Any, theirs: Any) -> str:
    """Whether values are equal to 1e-9 of the largest, and their ranks too."""
    a, b = flat(ours), flat(theirs)
    if a.shape != b.shape or (np.isnan(a) != np.isnan(b)).any():
        return "differ in shape"
    known = ~np.isnan(a)
    gap = float(np.abs(a - b)[known].max(initial=0.0) / max(np.abs(b[known]).max(initial=0.0), 1e-300))
    ranks = np.array_equal(*(np.argsort(np.round(x[known], 9), kind="stable") for x in (a, b)))
    return f"{'equal' if gap <= 1e-9 else 'DIFFER'} (largest gap {gap:.1e}), ranks {'equal' if ranks else 'DIFFER'}"


def ratios(rows: list[Row]) -> str:
    """Per function and size: our seconds, and how many times longer each peer took (in brackets: processor time)."""
    by: dict[tuple[str, str], dict[str, Row]] = defaultdict(dict)
    for row in rows:
        by[row.function, row.size][row.engine] = row
    peers = sorted({row.engine for row in rows} - {OURS})
    lines = ["| function | size | graphsvc s | " + " | ".join(f"{p} ×" for p in peers) + " |"]
    lines.append("|---" * (3 + len(peers)) + "|")
    for (function, size), found in by.items():
        if ours := found.get(OURS):
            cells = [_times(ours, found[p]) if p in found else "" for p in peers]
            lines.append(f"| {function} | {size} | {ours.seconds:.4f} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _times(ours: Row, theirs: Row) -> str:
    return f"{theirs.seconds / ours.seconds:.1f} ({theirs.cpu / max(ours.cpu, 1e-9):.1f})"


def exponents(rows: list[Row]) -> str:
    """How our time grows: the slope of log(seconds) over log(m log n)."""
    cost = {size: m * np.log(n) for size, (n, m) in SIZES.items()}
    by: dict[str, dict[str, float]] = defaultdict(dict)
    for row in rows:
        if row.engine == OURS:
            by[row.function][row.size] = row.seconds
    lines = ["| function | exponent over m·log n |", "|---|---|"]
    for function, seconds in by.items():
        if len(seconds) > 1:
            sizes = [size for size in SIZES if size in seconds]
            slope = np.polyfit(np.log([cost[s] for s in sizes]), np.log([max(seconds[s], 1e-6) for s in sizes]), 1)[0]
            lines.append(f"| {function} | {slope:.2f} ({', '.join(sizes)}) |")
    return "\n".join(lines)


def per_path(rows: list[Row]) -> str:
    """What the best candidates of every node cost for each path of two ties."""
    lines = []
    for row in rows:
        if (row.function, row.engine) == ("candidates_top50", OURS):
            paths = int(np.square(np.diff(graph(row.size).indptr)).sum())
            lines.append(f"candidates_top50 {row.size}: {row.seconds / paths * 1e9:.1f} ns per two-hop path")
    return "\n".join(lines)


def as_json(rows: list[Row]) -> list[dict[str, Any]]:
    """Rows as plain dictionaries."""
    return [asdict(row) for row in rows]
