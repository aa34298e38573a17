"""Spark in local mode on a network of 2 million ties, held against the kernels.

``python -m benchmarks.scale [--ties N]`` writes ``benchmarks/scale.json``: by step the seconds, the bytes shuffled, and
how far the result is from the kernels' (or that it is within the stated bound). docs/scale.md reasons from them.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csgraph

from benchmarks.graphs import filled
from graphsvc.engines import spark, tables
from graphsvc.kernels.betweenness import sampled_betweenness
from graphsvc.kernels.candidates import top_candidates
from graphsvc.kernels.communities import leiden_communities, modularity
from graphsvc.kernels.components import connected_components
from graphsvc.kernels.cores import core_number
from graphsvc.kernels.degree import degree, strength
from graphsvc.kernels.holes import constraint
from graphsvc.kernels.ranking import pagerank
from graphsvc.kernels.triangles import clustering
from graphsvc.model.network import Network
from graphsvc.snapshot import Snapshot, take

SIZES, SHARES = np.array([2, 3, 4, 5]), np.array([0.5, 0.25, 0.15, 0.1])
PIVOTS = 16
TOP = 20
CHECKED = 64
"""Organisations whose closeness is computed exactly to compare with."""


def network(ties: int, seed: int = 7) -> Network:
    """Partnerships of 2 to 5 members, most within a community, appeal heavy-tailed; about ``ties`` ties."""
    rng = np.random.default_rng(seed)
    n, count = ties // 5, round(ties / float((SHARES * SIZES * (SIZES - 1) / 2).sum()))
    sizes = rng.choice(SIZES, count, p=SHARES)
    appeal = np.minimum(rng.pareto(1.3, n) + 1, np.sqrt(n))
    ends = np.cumsum(appeal)
    lead = np.searchsorted(ends, rng.random(count) * ends[-1])
    partnership = np.repeat(np.arange(count), sizes)
    near = np.clip(lead[partnership] + np.rint(rng.laplace(0, 40, len(partnership))).astype(np.int64), 0, n - 1)
    anywhere = np.searchsorted(ends, rng.random(len(partnership)) * ends[-1])
    organisation = np.where(rng.random(len(partnership)) < 0.7, near, anywhere)
    return Network(
        organisations=filled("organisations", n, sector=_texts(rng, 10, n), territory=_texts(rng, 300, n)),
        partnerships=filled("partnerships", count),
        memberships=filled("memberships", len(partnership), organisation=organisation, partnership=partnership),
    )


def _texts(rng: np.random.Generator, kinds: int, n: int) -> list[str]:
    texts: list[str] = rng.integers(kinds, size=n).astype(str).tolist()
    return texts


class Steps:
    """Runs each step, and notes how long it took and when."""

    def __init__(self) -> None:
        self.notes: dict[str, dict[str, Any]] = {}

    def run(self, name: str, work: Callable[[], Any]) -> Any:
        begun, clock = time.time(), time.perf_counter()
        result = work()
        self.notes[name] = {"seconds": round(time.perf_counter() - clock, 2), "_from": begun, "_to": time.time()}
        print(name, self.notes[name]["seconds"], flush=True)
        return result


def main() -> None:
    """Measure, compare, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--ties", type=int, default=2_030_000, help="about; one in a hundred is lost")
    parser.add_argument("--memory", default="8g")
    parser.add_argument("--master", default="local[2]")
    parser.add_argument("--collect", type=int, default=5_000_000, help="ties above which communities move on Spark")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        data, log = Path(scratch, "network"), Path(scratch, "log")
        log.mkdir()
        net = network(wanted.ties)
        tables.write(net, data)
        options = {"spark.eventLog.enabled": "true", "spark.eventLog.dir": log.as_uri(), "spark.local.dir": scratch}
        options |= {"spark.eventLog.compress": "false", "spark.eventLog.rolling.enabled": "false"}
        steps = Steps()
        with spark.session(wanted.master, wanted.memory, options) as session:
            found, stored = measured(session, data, steps, wanted.collect)
        _noted(next(log.iterdir()), steps)
    snapshot = steps.run("kernels: projection", lambda: take(net))
    checks = compare(snapshot, found, steps)
    ties = len(snapshot.graph.indices) // 2
    result = {"organisations": snapshot.graph.rows, "ties": ties, "stored_bytes": stored, "pivots": PIVOTS, "top": TOP}
    Path(__file__).with_name("scale.json").write_text(
        json.dumps({**result, "steps": steps.notes, "checks": checks}, indent=1) + "\n"
    )
    print(json.dumps(checks, indent=1))


def measured(session: Any, data: Path, steps: Steps, collect: int) -> tuple[dict[str, Any], int]:
    """Every step on Spark: its columns by name, and the bytes that the ties take in the cluster's memory."""
    from pyspark.sql import functions as F

    from graphsvc.engines.spark import communities, components, cores, mixing, open_pairs, paths, ranking, triangles
    from graphsvc.engines.spark.graph import Graph, kept
    from graphsvc.engines.spark.reading import read

    def arrays(frame: Any) -> dict[str, Any]:
        table = frame.orderBy(frame.columns[0]).toArrow()
        return {name: table[name].to_numpy() for name in table.column_names}

    def materialised(frame: Any) -> Any:
        frame = kept(frame)
        frame.count()
        return frame

    def opened() -> Graph:
        made = Graph.of(read(session, data), "weighted")
        made.nodes.count()
        return made

    graph = steps.run("read and project", opened)
    stored = sum(info.memSize() + info.diskSize() for info in session.sparkContext._jsc.sc().getRDDStorageInfo())
    found = arrays(graph.nodes.select("node", "degree", "strength"))
    component = steps.run("components", lambda: materialised(components.components(graph)))
    found |= arrays(component)
    found |= steps.run("pagerank", lambda: arrays(ranking.pagerank(graph)))
    found |= steps.run("cores", lambda: arrays(cores.core_numbers(graph)))
    found |= steps.run("clustering and constraint", lambda: arrays(triangles.circles(graph)))
    found |= steps.run("communities", lambda: arrays(communities.communities(graph, 1, collect)))
    sector = graph.nodes.select("node", F.col("sector").alias("group"))
    found["mixing"] = steps.run("mixing by sector", lambda: mixing.mixing(graph, sector))
    sampled = steps.run("betweenness and closeness", lambda: paths.sampled_paths(graph, component, PIVOTS, 1))
    found |= arrays(sampled.values) | {"distance_bound": sampled.distance_bound}
    top = steps.run("candidates", lambda: open_pairs.top_candidates(graph, TOP).orderBy("a", "b").toArrow())
    found["candidates"] = top
    return found, int(stored)


def _noted(log: Path, steps: Steps) -> None:
    """What Spark's event log says of each step: tasks, their processor time, bytes moved between them.

    Processor time tells the cost also on a machine that others use at the same time.
    """
    tasks = [e for e in _events(log) if e["Event"] == "SparkListenerTaskEnd"]
    for note in steps.notes.values():
        begun, ended = note.pop("_from"), note.pop("_to")
        inside = [e["Task Metrics"] for e in tasks if begun <= e["Task Info"]["Finish Time"] / 1000 <= ended]
        cpu = sum(m["Executor CPU Time"] + m["Executor Deserialize CPU Time"] for m in inside) / 1e9
        moved = sum(m["Shuffle Write Metrics"]["Shuffle Bytes Written"] for m in inside)
        note |= {"tasks": len(inside), "cpu_seconds": round(cpu, 1), "shuffled_bytes": moved}


def _events(log: Path) -> Iterator[dict[str, Any]]:
    with log.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def compare(snapshot: Snapshot, found: dict[str, Any], steps: Steps) -> dict[str, Any]:
    """Largest difference from the kernels by measure, or whether both lie within their bounds of each other."""
    graph = snapshot.graph
    kernels: dict[str, Callable[[], Any]] = {
        "degree": lambda: degree(graph),
        "strength": lambda: strength(graph),
        "pagerank": lambda: pagerank(graph),
        "core_number": lambda: core_number(graph),
        "clustering": lambda: clustering(graph),
        "constraint": lambda: constraint(graph),
    }
    checks: dict[str, Any] = {}
    for name, work in kernels.items():
        exact = steps.run(f"kernels: {name}", work)
        mine = np.asarray(found[name], np.float64)
        assert np.array_equal(np.isnan(mine), np.isnan(np.asarray(exact, np.float64)))
        checks[name] = {"largest difference": float(np.nanmax(np.abs(mine - exact)))}
        assert np.allclose(mine, exact, rtol=1e-9, atol=1e-12, equal_nan=True), name
    parts = connected_components(graph)
    pairs = np.unique(np.stack([parts, found["component"]]), axis=1)
    assert pairs.shape[1] == parts.max() + 1 == len(np.unique(found["component"]))
    checks["components"] = {"the same": int(parts.max()) + 1}
    checks |= (
        _communities(snapshot, found, steps) | _paths(snapshot, found, steps) | _candidates(snapshot, found, steps)
    )
    for note in steps.notes.values():
        note.pop("_from", None), note.pop("_to", None)
    return checks


def _communities(snapshot: Snapshot, found: dict[str, Any], steps: Steps) -> dict[str, Any]:
    graph = snapshot.graph
    leiden = steps.run("kernels: communities", lambda: leiden_communities(graph, seed=1))
    labels = np.unique(found["community"], return_inverse=True)[1].astype(np.int32)
    return {"modularity": {"spark": modularity(graph, labels), "kernel": modularity(graph, leiden)}}


def _paths(snapshot: Snapshot, found: dict[str, Any], steps: Steps) -> dict[str, Any]:
    graph = snapshot.graph
    other = steps.run("kernels: betweenness", lambda: sampled_betweenness(graph, samples=256, seed=2))
    apart = np.abs(found["betweenness"] - other.values)
    assert (apart <= found["betweenness_bound"] + other.bound).all()
    sizes = np.bincount(connected_components(graph))[connected_components(graph)]
    some = np.random.default_rng(3).choice(np.flatnonzero(sizes == sizes.max()), CHECKED, replace=False)
    steps_to = csgraph.shortest_path(graph.to_scipy(), unweighted=True, indices=some)
    means = np.where(np.isfinite(steps_to), steps_to, 0).sum(axis=1) / (sizes[some] - 1)
    mine = (sizes[some] - 1) / found["closeness"][some] / (graph.rows - 1)
    assert (np.abs(mine - means) <= found["distance_bound"]).all()
    top = np.argsort(other.values)[-100:]
    return {
        "betweenness": {
            "largest difference": float(apart.max()),
            "bound": float((found["betweenness_bound"] + other.bound).max()),
            "top 100 also among spark's top 100": len(set(top) & set(np.argsort(found["betweenness"])[-100:])),
        },
        "closeness": {
            "largest difference of the mean distance": float(np.abs(mine - means).max()),
            "mean distance": float(means.mean()),
            "bound": found["distance_bound"],
        },
    }


def _candidates(snapshot: Snapshot, found: dict[str, Any], steps: Steps) -> dict[str, Any]:
    """Scores of each organisation, best first: the ties among equal scores may be broken either way."""
    names, scores = steps.run("kernels: candidates", lambda: top_candidates(snapshot.graph, TOP))
    table = found["candidates"]
    a, score = table["a"].to_numpy(), table["score"].to_numpy()
    order = np.lexsort((-score, a))
    exact = scores[names >= 0]
    assert len(exact) == len(score)
    assert np.array_equal(a[order], np.repeat(np.arange(len(names)), (names >= 0).sum(axis=1)))
    return {"candidates": {"pairs": len(exact), "largest difference": float(np.abs(score[order] - exact).max())}}


if __name__ == "__main__":
    main()
