"""Long sums in a process of their own, at the lowest priority: pages keep the cores, the interpreter and the memory.

While somebody is served it stands still, unless a person waits for it: cores share caches and paths to the memory, so
even one that nobody else wants slows the others down. What is called and what comes of it go through pipes. The process
is ended with whoever asked, also when that was killed; when it was killed itself it is begun once more.
"""

from __future__ import annotations

import ctypes
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Lock, Thread
from time import monotonic, sleep
from typing import Any, TypeVar

import structlog

from graphsvc.model.network import Network

T = TypeVar("T")
LARGE = 2_000
"""Organisations from which on it pays: a process takes a second or two to begin."""
TRIES = 2
REST = 2.0
"""Seconds after the last request for which the work stands still,"""
LONGEST = 300.0
"""and how long in sum: where there is always somebody it is done nevertheless."""
STEP = 0.1
DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of linux/prctl.h."""
_log = structlog.get_logger()


class EndedError(Exception):
    """The process ended before it gave an answer; never seen outside this layer."""


@dataclass(slots=True)
class Wish:
    """What is wanted of a piece of work; whoever asked for it may change that while it runs, from any thread.

    awaited : a person waits for it: it goes on while others are served
    ended : nobody wants it any more
    """

    awaited: bool = False
    ended: bool = False


class Aside:
    """Calls functions of modules about a network. Safe to share between threads."""

    def __init__(self) -> None:
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = Lock()
        self._closed = False
        self._until = 0.0

    def rest(self) -> None:
        """Somebody is served now."""
        self._until = monotonic() + REST

    def call(self, function: Callable[..., T], network: Network, *more: object, wish: Wish | None = None) -> T:
        """``function(network, *more)``, here where the network is small. Raises EndedError."""
        wish = wish or Wish()
        for _ in range(TRIES):
            if wish.ended:
                break
            if network.organisations.num_rows < LARGE:
                return function(network, *more)
            with suppress(EndedError):
                return self._asked(wish, function, network, *more)
        raise EndedError(function.__name__)

    def close(self) -> None:
        """End what runs; nothing begins any more."""
        with self._lock:
            self._closed = True
            for process in self._running:
                process.kill()

    def _asked(self, wish: Wish, function: Callable[..., T], *args: object) -> T:
        with self._begun(wish) as process:
            try:
                answer: T = _answer(process, (function, args))
            except (EOFError, OSError, pickle.UnpicklingError) as exc:
                if not (self._closed or wish.ended):
                    _log.warning("process ended", work=function.__name__)
                raise EndedError from exc
            return answer

    @contextmanager
    def _begun(self, wish: Wish) -> Iterator[subprocess.Popen[bytes]]:
        with self._lock:
            if self._closed:
                raise EndedError
            command = [sys.executable, "-c", f"from {__name__} import main; main()"]
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
            self._running.add(process)
        Thread(target=self._watch, args=(process, wish), daemon=True).start()
        try:
            yield process
        finally:
            process.kill()
            with suppress(OSError), process:  # closes its pipes and waits for its end
                pass
            with self._lock:
                self._running.remove(process)

    def _watch(self, process: subprocess.Popen[bytes], wish: Wish) -> None:
        stood = 0.0
        while process.poll() is None:
            if wish.ended:
                process.kill()
            rests = monotonic() < self._until and stood < LONGEST and not wish.awaited
            process.send_signal(signal.SIGSTOP if rests else signal.SIGCONT)
            stood += STEP * rests
            sleep(STEP)


def _answer(process: subprocess.Popen[bytes], asked: object) -> Any:
    if not (process.stdin and process.stdout):
        raise EOFError
    pickle.dump(asked, process.stdin, pickle.HIGHEST_PROTOCOL)
    process.stdin.flush()
    return pickle.load(process.stdout)  # noqa: S301 of this program's own process


def main() -> None:
    """Does what is asked on standard input and gives the answer on standard output."""
    _give_way()
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what is printed would be taken for the answer
    function, args = pickle.load(sys.stdin.buffer)  # noqa: S301 of the process that began this one
    Thread(target=_end_with_input, daemon=True).start()
    with answer:
        pickle.dump(function(*args), answer, pickle.HIGHEST_PROTOCOL)


def _give_way() -> None:
    """To everybody: the cores only when nobody else wants them. Ctrl-C is for who asked."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(19)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)  # also while it stands still
        with suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def _end_with_input() -> None:
    sys.stdin.buffer.read(1)
    os._exit(1)
