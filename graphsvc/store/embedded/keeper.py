"""The keeper: a small process beside the server that ends it with its last user and starts it again after a crash.

Runs as ``python -m graphsvc.store.embedded.keeper FOLDER``, in a session of its own, so that Ctrl-C in a terminal
reaches the user's process and not the database.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from filelock import Timeout

from graphsvc.store.embedded import process
from graphsvc.store.embedded.state import Folder, Process, Running

PACE = 0.25
"""Seconds between two looks at the users, the server and requests to stop."""
STOP_SECONDS = 60
START_SECONDS = 300
RESTARTS = 20
PORT_TRIES = 3


class Keeper:
    """Keeps one server of one folder until it is not wanted any more."""

    def __init__(self, folder: Folder, version: str) -> None:
        self.folder = folder
        self.version = version
        self.told_to_stop = False

    def run(self) -> int:
        """Keep the server running; the exit code is 1 when it did not start."""
        port = process.free_port()
        java = self._start(port)
        for _ in range(PORT_TRIES):
            if java is not None or process.PORT_TAKEN not in process.tail(self.folder.log):
                break
            port = process.free_port()
            java = self._start(port)
        for _ in range(RESTARTS):
            if java is None:
                return 1
            if self._watch(java):
                self._stop(java)
                return 0
            java = self._start(port)
        return 1

    def _start(self, port: int) -> subprocess.Popen[bytes] | None:
        """The server once it is ready; None when it ended before."""
        java = process.launch(self.folder, port)
        until = time.monotonic() + START_SECONDS
        while java.poll() is None and time.monotonic() < until:
            if process.is_ready(self.folder):
                running = Running(port, Process.of(java.pid), Process.of(os.getpid()), self.version)
                self.folder.save(running)
                return java
            if self._asked_to_stop() or not self._wanted():
                break
            time.sleep(PACE)
        self._end(java)
        return None

    def _watch(self, java: subprocess.Popen[bytes]) -> bool:
        """Wait until the server is to be stopped (True, the folder's lock is held) or has crashed (False)."""
        while java.poll() is None:
            if (self._asked_to_stop() or not self._wanted()) and self._take_lock():
                return True
            time.sleep(PACE)
        return False

    def _take_lock(self) -> bool:
        """Nobody can join from here on; False when somebody is just joining, or has joined."""
        self.lock = self.folder.lock(timeout=0)
        try:
            self.lock.acquire()
        except Timeout:
            return self._asked_to_stop()  # who asks for the stop holds the lock
        if self._asked_to_stop() or not self._wanted():
            return True
        self.lock.release()
        return False

    def _stop(self, java: subprocess.Popen[bytes]) -> None:
        self._end(java)
        self.folder.state.unlink(missing_ok=True)
        self.folder.stop_request.unlink(missing_ok=True)
        self.lock.release()

    @staticmethod
    def _end(java: subprocess.Popen[bytes]) -> None:
        java.terminate()
        try:
            java.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            java.kill()
            java.wait()

    def _wanted(self) -> bool:
        return self.folder.kept.exists() or bool(self.folder.user_pids())

    def _asked_to_stop(self) -> bool:
        return self.told_to_stop or self.folder.stop_request.exists()

    def tell(self, *_: object) -> None:
        """Signal handler: stop as soon as possible."""
        self.told_to_stop = True


def main() -> int:
    """Entry point of the process."""
    keeper = Keeper(Folder(Path(sys.argv[1])), sys.argv[2])
    signal.signal(signal.SIGTERM, keeper.tell)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return keeper.run()


if __name__ == "__main__":
    sys.exit(main())
