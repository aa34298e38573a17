"""How fast the pages are for people: real headless Chromium, and 50 people at once, on 20,000 organisations.

``python -m benchmarks.web`` writes ``benchmarks/results-web.json``. It makes the network, starts a server of its own in
a temporary folder, and ends it; about ten minutes on two idle cores. ``--ties 5000`` tries it on a smaller network.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.web_browser import Visitor, chromium, pages, pan, stock
from benchmarks.web_load import crowd
from benchmarks.web_network import Large
from graphsvc import config
from graphsvc.config import Settings
from graphsvc.render import MOST_NODES
from graphsvc.service import opened
from graphsvc.store import importing
from graphsvc.store.embedded import jars

RESULTS = Path(__file__).with_name("results-web.json")
GOALS = {
    "first_paint_ms": 700,
    "interactive_ms": 1500,
    "shift": 0,
    "weight_kb": 400,
    "pan_p95_ms": 50,
    "request_p95_ms": 150,
}
PATIENCE = 300
"""Seconds that a start may take."""
ASKED_AGAIN = 15


def paths(large: Large) -> dict[str, str]:
    """What people open, by name; the organisation is the one with the most partnerships."""
    times: dict[int, int] = {}
    for members in large.members:
        for m in members:
            times[m] = times.get(m, 0) + 1
    busiest = large.id("organisation", max(times, key=lambda m: times[m]))
    return {
        "first page": "/",
        "communities": "/network",
        "territories": "/network?level=territories",
        "1,500 organisations": many(large),
        "one community": "/network?group=1&level=organisations",
        "a year": "/network?year=2020&level=organisations",
        "two days": "/network/dates",
        "organisation": f"/organisations/{busiest}",
        "partnership": f"/partnerships/{large.id('partnership', 0)}",
        "suggestions": "/suggestions",
        "measures": "/measures",
        "map": "/map",
        "search": "/search?q=ogród",
        "saved views": "/views",
        "help": "/help",
    }


def many(large: Large) -> str:
    """The page whose picture has as many nodes as a canvas may hold."""
    return "/network?level=organisations" + "".join(f"&territory={code}" for code in large.powiats(MOST_NODES))


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address that signs in at a server over the folder's database."""
    environment = {**os.environ, "GRAPHSVC_DATA_DIR": str(folder), "GRAPHSVC_NEO4J_HEAP": "1g"}
    command = [str(Path(sys.executable).with_name("graphsvc")), "demo", "--port", "0"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)  # noqa: S603
    assert process.stdout
    try:
        for line in process.stdout:
            if found := re.match(r"open: (\S+)", line):
                yield found[1]
                break
        else:
            raise RuntimeError("the server did not start")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)


def prepare(folder: Path, large: Large) -> None:
    """The network, written into a database of its own."""
    installed = config.load().data_dir / "neo4j" / "jars"
    jars.install(installed)
    (folder / "neo4j").mkdir()
    (folder / "neo4j" / "jars").symlink_to(installed)
    with opened(Settings(neo4j_uri=None, data_dir=folder, neo4j_heap="1g")) as service:
        importing.write(service.store, large.plan())


def settled(visitor: Visitor) -> float:
    """When the server has nothing to work out any more: it stands still while it is asked, and runs beside the rest."""
    window = visitor.window()
    while 'id="later"' in window.request.get("/suggestions", timeout=PATIENCE * 1000).text():
        time.sleep(ASKED_AGAIN)
    return time.perf_counter()


def run(large: Large) -> dict[str, Any]:
    """Measure everything."""
    found: dict[str, Any] = {"organisations": large.count, "ties": large.ties, "goals": GOALS}
    with TemporaryDirectory() as name:
        folder, began = Path(name), time.perf_counter()
        prepare(folder, large)
        found["prepare_s"] = round(time.perf_counter() - began, 1)
        began = time.perf_counter()
        with served(folder) as address:
            found["start_s"] = round(time.perf_counter() - began, 1)
            with chromium(address) as visitor:
                found["pages"] = pages(visitor, paths(large))
                found["pan"] = pan(visitor, many(large))
                found["crowd"] = crowd(address, visitor.cookie, large, list(paths(large).values()))
                found["settled_s"] = round(settled(visitor) - began, 1)
                found["stock_pyvis"] = stock(visitor, folder, paths(large)["organisation"], many(large))
    return found


def told(found: dict[str, Any]) -> str:
    """The figures as lines to read."""
    lines = [f"{'page':22s} {'paint':>7s} {'ready':>7s} {'again':>7s} {'ready':>7s} {'shift':>6s} {'kB':>6s}"]
    columns = ("first_paint_ms", "interactive_ms", "again_first_paint_ms", "again_interactive_ms")
    for name, p in found["pages"].items():
        times = " ".join(f"{p[column]:5.0f}ms" for column in columns)
        lines.append(f"{name:22s} {times} {p['shift']:6.3f} {p['weight_kb']:6.0f}")
    pan, crowd = found["pan"], found["crowd"]
    lines.append(f"pan, {pan['nodes']} nodes: p95 {pan['p95_ms']:.0f} ms, median {pan['median_ms']:.0f} ms")
    for name, s in found["stock_pyvis"].items():
        lines.append(f"stock pyvis, {name}: {s['ready_ms']:.0f} ms, {s['weight_kb']:.0f} kB; {s['ratio']:.1f} x ours")
    for name, c in crowd.items():
        lines.append(f"{name}: p50 {c['p50_ms']:.0f} ms, p95 {c['p95_ms']:.0f} ms, {c['per_second']:.0f} requests/s")
    return "\n".join(lines)


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.web", description=__doc__)
    parser.add_argument("--ties", type=int, default=100_000)
    found = run(Large(parser.parse_args().ties))
    RESULTS.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    print(told(found))


if __name__ == "__main__":
    main()
