"""Measuring one cell, a function with an engine: each engine runs in a process of its own, which can be ended."""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
import warnings
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.kernels import BY_NAME, Case
from benchmarks.peers import Peers
from graphsvc.kernels.communities import modularity

OURS = "graphsvc"
ENOUGH = 0.5
"""Seconds after which a short run is not repeated; the least of the times counts."""
REPEATS = 25
SETUP = 300.0
"""Seconds that an engine may take to start and to make its form of the graph."""
PATIENCE = 900.0
"""Seconds that ours may take."""
Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """One line of ``results.json``.

    seconds : on the clock; where ``over``, what the cell was given and did not end in
    cpu : processor seconds of all threads, steadier on a busy machine
    checksum : tells whether two engines found the same; None where ``over`` or failed
    memory : peak of the process in bytes, for what is measured in a process of its own
    """

    function: str
    size: str
    engine: str
    seconds: float
    cpu: float
    checksum: float | None
    over: bool = False
    memory: int | None = None
    failed: str = ""


class Engine:
    """A process that holds one engine's form of a graph; started when first asked, and again after it was ended."""

    def __init__(self, name: str, size: str) -> None:
        self.name, self.size = name, size
        self.process: Any = None
        self.pipe: Connection

    def measure(self, case: Case, budget: float) -> tuple[Row, Values | None]:
        """The row of a case, and its values where it ended within ``budget`` seconds."""
        if self.process is None and not self._started():
            return Row(case.name, self.size, self.name, SETUP, SETUP, None, over=True), None
        self.pipe.send(case.name)
        try:
            if self.pipe.poll(budget):
                row, values = self.pipe.recv()
                return row, values
            over, why = True, ""
        except (EOFError, OSError):
            over, why = False, "its process ended"
        self.stop()
        return Row(case.name, self.size, self.name, budget, budget, None, over=over, failed=why), None

    def stop(self) -> None:
        """End the process."""
        if self.process is not None:
            self.process.kill()
            self.process.join()
            self.process = None

    def _started(self) -> bool:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, self.name, self.size), daemon=True)
        self.process.start()
        theirs.close()
        try:
            if self.pipe.poll(SETUP) and self.pipe.recv():
                return True
        except EOFError:
            pass
        self.stop()
        return False


def _serve(pipe: Connection, engine: str, size: str) -> None:
    """In the process: answer each name of a case with its row and values."""
    warnings.simplefilter("ignore")
    peers = Peers(size)
    peers.prepare(engine)
    small = Peers("2k") if engine == OURS else None
    pipe.send(True)
    while True:
        case = BY_NAME[pipe.recv()]
        try:
            if small is not None:
                case.engines[engine](small)  # compiles, or loads what is compiled
                getattr(peers, case.form)
            pipe.send(_measured(case, engine, peers))
        except Exception as exc:
            if engine == OURS:
                raise
            why = f"{type(exc).__name__}: {exc}".splitlines()[0][:80]
            pipe.send((Row(case.name, size, engine, 0.0, 0.0, None, failed=why), None))


def _measured(case: Case, engine: str, peers: Peers) -> tuple[Row, Values]:
    run, best, cpu, spent = case.engines[engine], float("inf"), float("inf"), 0.0
    value = None
    for _ in range(REPEATS):
        began, worked = time.perf_counter(), time.process_time()
        value = run(peers)
        took = time.perf_counter() - began
        best, spent, cpu = min(best, took), spent + took, min(cpu, time.process_time() - worked)
        if spent > ENOUGH and (took < spent or took > ENOUGH * 4):
            break
    if case.name == "candidates_top50" and engine == "networkx":
        best, cpu = (seconds * peers.csr.rows / len(value) for seconds in (best, cpu))  # type: ignore[arg-type]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    checksum = _checksum(case, peers, value)
    row = Row(case.name, peers.size, engine, best, cpu, checksum, memory=memory if case.alone else None)
    return row, flat(value) if case.same else np.empty(0)


def _checksum(case: Case, peers: Peers, value: Any) -> float:
    """The modularity of communities, how near ties are drawn beside other pairs, else a sum."""
    if case.name == "leiden_modularity":
        return modularity(peers.csr, np.asarray(value, np.int32))
    if case.name.startswith("layout"):
        return closeness_of_ties(peers, np.asarray(value, np.float64))
    if case.name == "candidates_top50" and not isinstance(value, np.ndarray):
        return float(len(value))
    return float(np.nansum(flat(value)))


def closeness_of_ties(peers: Peers, places: Values) -> float:
    """Share of ties drawn shorter than a pair drawn at random, 0.5 (no better than chance) to 1."""
    rng = np.random.default_rng(11)
    ties = np.linalg.norm(places[peers.rows] - places[peers.cols], axis=1)
    others = rng.integers(0, len(places), (len(ties), 2))
    return float((ties < np.linalg.norm(places[others[:, 0]] - places[others[:, 1]], axis=1)).mean())


def flat(value: Any) -> Values:
    """Any engine's answer as an array of numbers, in the order of nodes or ties."""
    if isinstance(value, dict):
        value = [value[key] for key in sorted(value)]
    if isinstance(value, tuple):
        value = value[0]
    return np.atleast_1d(np.asarray(value, np.float64)).ravel()
