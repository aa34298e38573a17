"""``python -m benchmarks.linkpred FILE …``: the link prediction experiment on edge lists, beside the textbook methods.

Prints one row per file and method: AUC and average precision in %, mean ± standard deviation over the runs, and the
seconds a run of the model and all baselines took.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from graphsvc.suggest.edgelist import Result, evaluate


def main() -> None:
    """Parse the options and run, one file after the other."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.linkpred", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--test-share", type=float, default=0.1)
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path, help="also write the results there")
    options = parser.parse_args()
    results: dict[str, object] = {}
    print("| network | method | AUC | AP | s a run |", "|---|---|---|---|---|", sep="\n")
    for path in options.files:
        started = time.perf_counter()
        result = evaluate(path, options.test_share, options.runs, options.seed)
        seconds = (time.perf_counter() - started) / options.runs
        print("\n".join(rows(path.stem, result, seconds)), flush=True)
        results[path.stem] = {"seconds_a_run": seconds, **json.loads(result.to_json())}
        if options.json:
            options.json.write_text(json.dumps(results, indent=1))


def rows(name: str, result: Result, seconds: float) -> list[str]:
    """The table's rows for one network, the model first."""
    methods = {"model": result.model, **result.baselines}
    return [
        f"| {name} | {method} | {cell(found['auc'])} | {cell(found['ap'])} | {seconds:.0f} |"
        for method, found in methods.items()
    ]


def cell(measure: dict[str, float]) -> str:
    """Per cent, mean ± standard deviation."""
    return f"{100 * measure['mean']:.2f} ± {100 * measure['sd']:.2f}"


if __name__ == "__main__":
    main()
