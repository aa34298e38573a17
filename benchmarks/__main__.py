"""``python -m benchmarks``: measure the kernels against their peers, write ``results.json``, print the tables."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from benchmarks.graphs import SIZES
from benchmarks.kernels import CASES, Case
from benchmarks.peers import Peers
from benchmarks.report import OURS, Row, as_json, compare, exponents, measure, per_path, ratios

RESULTS = Path(__file__).parent / "results.json"


def main() -> None:
    """Parse the options and run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=list(SIZES))
    parser.add_argument("--only", nargs="+", help="names of functions", choices=[c.name for c in CASES])
    parser.add_argument("--engines", nargs="+", help="engines to run; all unless told")
    options = parser.parse_args()
    cases = [case for case in CASES if not options.only or case.name in options.only]
    for size in options.sizes:
        _run(cases, Peers(size), options.engines)
    rows = _read()
    print(ratios(rows), exponents(rows), per_path(rows), sep="\n\n")


def _run(cases: list[Case], peers: Peers, engines: list[str] | None) -> None:
    order = list(SIZES)
    for case in cases:
        found = {}
        for engine in case.engines:
            limit = case.largest.get(engine, order[-1])
            if (engines and engine not in engines) or order.index(peers.size) > order.index(limit):
                continue
            row, found[engine] = measure(case, engine, peers)
            _write([row])
            print(
                f"{row.function:24s} {row.size:5s} {row.engine:15s} {row.seconds:10.5f} s  {row.checksum:.10g}",
                flush=True,
            )
        if case.same and "networkx" in found and OURS in found:
            print(f"{'':24s} {'':5s} {compare(found[OURS], found['networkx'])}", flush=True)


def _read() -> list[Row]:
    return [Row(**row) for row in json.loads(RESULTS.read_text())] if RESULTS.exists() else []


def _write(rows: list[Row]) -> None:
    """Keep what was measured before of other functions, sizes and engines."""
    new = {(row.function, row.size, row.engine) for row in rows}
    kept = [old for old in _read() if (old.function, old.size, old.engine) not in new]
    lines = ",\n".join(json.dumps(row) for row in as_json(kept + rows))
    draft = RESULTS.with_suffix(".part")
    draft.write_text(f"[\n{lines}\n]\n")
    draft.replace(RESULTS)


if __name__ == "__main__":
    main()
