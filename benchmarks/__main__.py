"""``python -m benchmarks``: measure the kernels against their peers, write ``results.json``, print the tables.

Ours is measured first. A peer is then given as long as it takes to decide the target (``Case.at_least``), FLOOR at
least; what takes longer is written down as over that time, and is not tried at a larger size.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import asdict

from benchmarks.cells import ENOUGH, OURS, PATIENCE, Engine, Row, Values
from benchmarks.graphs import SIZES
from benchmarks.kernels import BY_NAME, CASES, Case
from benchmarks.report import by_cell, compare, exponents, known, ratios
from benchmarks.results import keep, load
from benchmarks.targets import reading, table, targets

FLOOR = 6.0
"""Seconds that every peer is given."""
MARGIN = 1.1
"""Of the time that decides the target."""


def main() -> None:
    """Parse the options and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument("--only", nargs="+", help="names of functions", choices=list(BY_NAME), default=list(BY_NAME))
    parser.add_argument("--engines", nargs="+", help="engines to run beside ours; all unless told")
    options = parser.parse_args()
    began, run = time.perf_counter(), Run(options.engines)
    for size in options.sizes:
        run.size(size, [case for case in CASES if case.name in options.only])
    print(ratios(run.rows), exponents(run.rows), sep="\n\n")
    print(f"\n{table([*targets(run.rows, run.unequal, run.compared), *reading(load())])}")
    print(f"\nIn {time.perf_counter() - began:.0f} s.")


class Run:
    """Rows measured so far, on top of those of an earlier run that are not measured again."""

    def __init__(self, engines: list[str] | None) -> None:
        self.engines = engines
        self.rows = [Row(**row) for row in load() if known(row)]
        self.unequal: list[str] = []
        self.compared = 0

    def size(self, size: str, cases: list[Case]) -> None:
        """Measure all cases at a size, each engine in its process."""
        processes: dict[str, Engine] = {}
        for case in cases:
            for engine in case.engines:
                if case.alone and engine in processes:
                    processes.pop(engine).stop()
                processes.setdefault(engine, Engine(engine, size))
            if case.asked(size):
                self._case(case, size, processes)
        for process in processes.values():
            process.stop()

    def _case(self, case: Case, size: str, processes: dict[str, Engine]) -> None:
        row, ours = processes[OURS].measure(case, PATIENCE)
        if row.checksum is None:
            raise SystemExit(f"{case.name} {size}: {row.failed or f'over {PATIENCE:g} s'}")
        self._keep(row)
        budget = max(FLOOR, MARGIN * case.wanted(size) * row.seconds + ENOUGH)
        found: dict[str, Values] = {} if ours is None else {OURS: ours}
        for engine in [e for e in case.engines if e != OURS and (not self.engines or e in self.engines)]:
            row, values = self._peer(case, size, processes[engine], budget)
            self._keep(row)
            if values is not None:
                found[engine] = values
        if case.same and "networkx" in found:
            for engine in {OURS, "dispatched"} & found.keys():
                self._compared(case, size, engine, found[engine], found["networkx"])

    def _peer(self, case: Case, size: str, process: Engine, budget: float) -> tuple[Row, Values | None]:
        """Measured, unless its time at the next smaller size tells that it would not end."""
        order = list(SIZES)
        smaller = order[order.index(size) - 1] if size != order[0] else ""
        before = by_cell(self.rows).get((case.name, smaller), {}).get(process.name)
        if before is not None and not before.failed:
            growth = SIZES[size][1] / SIZES[smaller][1]
            if before.over or before.seconds * growth > budget:
                return Row(case.name, size, process.name, budget, budget, None, over=True), None
        return process.measure(case, budget)

    def _compared(self, case: Case, size: str, engine: str, ours: Values, theirs: Values) -> None:
        equal, words = compare(ours, theirs)
        self.compared += 1
        if not equal:
            self.unequal.append(f"{case.name} {size} {engine}")
        print(f"{'':30s} {size:5s} {engine:15s} {words}", flush=True)

    def _keep(self, row: Row) -> None:
        """Write the rows with this one in place of an older one."""
        key = (row.function, row.size, row.engine)
        self.rows = [old for old in self.rows if (old.function, old.size, old.engine) != key] + [row]
        keep([asdict(row)])
        sum_ = row.failed or ("over" if row.over else f"{row.checksum:.10g}")
        took = f"{row.seconds:10.5f} s {row.cpu:10.5f} of processors"
        print(f"{row.function:30s} {row.size:5s} {row.engine:15s} {took}  {sum_}", flush=True)


if __name__ == "__main__":
    main()
