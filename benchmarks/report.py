"""The tables made of what was measured."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from benchmarks.cells import OURS, Row, Values
from benchmarks.graphs import SIZES, graph
from benchmarks.kernels import BY_NAME
from benchmarks.results import Json

NOT_PEERS = (OURS, "dispatched")
EXACT = ("closeness", "harmonic", "mean_path", "betweenness", "edge_betweenness", "closeness_weighted", "report")
"""Exact distances and betweenness from every node, and the report, which holds them: what may grow faster than m·log n.
``report_but_exact`` is the report without."""
By = dict[tuple[str, str], dict[str, Row]]


def by_cell(rows: list[Row]) -> By:
    """Rows by function and size, then by engine."""
    by: By = defaultdict(dict)
    for row in rows:
        by[row.function, row.size][row.engine] = row
    return by


def fastest(found: dict[str, Row]) -> float | None:
    """How many times longer than ours the fastest peer took, at least; None without one."""
    peers = [row.seconds for row in found.values() if row.engine not in NOT_PEERS and not row.failed]
    return min(peers) / found[OURS].seconds if peers and OURS in found else None


def compare(ours: Values, theirs: Values) -> tuple[bool, str]:
    """Whether values are equal to 1e-9 of the largest, and their ranks too; and that in words."""
    if ours.shape != theirs.shape or (np.isnan(ours) != np.isnan(theirs)).any():
        return False, "differ in shape"
    known = ~np.isnan(ours)
    a, b = ours[known], theirs[known]
    gap = float(np.abs(a - b).max(initial=0.0) / max(np.abs(b).max(initial=0.0), 1e-300))
    ranks = np.array_equal(*(np.argsort(np.round(x, 9), kind="stable") for x in (a, b)))
    words = f"{'equal' if gap <= 1e-9 else 'DIFFER'} (largest gap {gap:.1e}), ranks {'equal' if ranks else 'DIFFER'}"
    return gap <= 1e-9 and ranks, words


def ratios(rows: list[Row]) -> str:
    """Per function and size: our seconds, and how many times longer each peer took (in brackets: processor time).

    ``dispatched``: our kernels asked through networkx, with networkx's own dictionaries as the answer.
    """
    peers = sorted({row.engine for row in rows} - {OURS})
    lines = ["| function | size | graphsvc s | checksum | " + " | ".join(f"{p} ×" for p in peers) + " |"]
    lines.append("|---" * (4 + len(peers)) + "|")
    for (function, size), found in by_cell(rows).items():
        if ours := found.get(OURS):
            cells = [_times(ours, found[p]) if p in found else "" for p in peers]
            head = f"| {function} | {size} | {ours.seconds:.5f} | {ours.checksum:.7g} | "
            lines.append(head + " | ".join(cells) + " |")
    return "\n".join(lines)


def _times(ours: Row, theirs: Row) -> str:
    if theirs.failed:
        return "failed"
    ratio = theirs.seconds / ours.seconds
    if theirs.over:
        return f"> {ratio:.1f} (> {theirs.seconds:.0f} s)"
    return f"{ratio:.2f} ({theirs.cpu / max(ours.cpu, 1e-9):.1f})"


def slower(rows: list[Row]) -> list[str]:
    """Cells in which a peer is faster than ours."""
    found = [(key, fastest(cell)) for key, cell in by_cell(rows).items()]
    return [f"{function} {size}: {ratio:.2f}" for (function, size), ratio in found if ratio is not None and ratio < 1]


def slopes(rows: list[Row]) -> dict[str, tuple[float, list[str]]]:
    """How our time grows: the slope of log(seconds) over log(m log n), and the sizes it is fitted to."""
    cost = {size: m * np.log(n) for size, (n, m) in SIZES.items()}
    by: dict[str, dict[str, float]] = defaultdict(dict)
    for row in rows:
        if row.engine == OURS:
            by[row.function][row.size] = row.seconds
    return {
        function: (_slope(cost, seconds), [s for s in SIZES if s in seconds])
        for function, seconds in by.items()
        if len(seconds) > 1
    }


def _slope(cost: dict[str, float], seconds: dict[str, float]) -> float:
    sizes = list(seconds)
    return float(np.polyfit(np.log([cost[s] for s in sizes]), np.log([seconds[s] for s in sizes]), 1)[0])


def exponents(rows: list[Row]) -> str:
    """The slopes as a table."""
    lines = ["| function | exponent over m·log n |", "|---|---|"]
    return "\n".join(
        lines + [f"| {name} | {slope:.2f} ({', '.join(sizes)}) |" for name, (slope, sizes) in slopes(rows).items()]
    )


def per_path(row: Row) -> float:
    """What the best candidates of every node cost for each path of two ties, in seconds."""
    return row.seconds / int(np.square(np.diff(graph(row.size).indptr)).sum())


def known(row: Json) -> bool:
    """Whether a row of ``results.json`` is of a kernel that is still measured."""
    return row["function"] in BY_NAME and row["size"] in SIZES
