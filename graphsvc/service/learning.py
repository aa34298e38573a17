"""The likelihood model of the whole network, learnt in the background whenever the history has changed.

Until the first is learnt the prior shipped with the project serves, afterwards the last one that was learnt: a page
never waits for training. What was learnt is kept on disk for the next start.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version as installed
from pathlib import Path
from threading import Lock
from time import monotonic

import structlog

from graphsvc.errors import GraphsvcError, NothingToSuggestError
from graphsvc.i18n import msg
from graphsvc.model.network import Network
from graphsvc.service import sealed
from graphsvc.service.aside import STEP, Aside, EndedError, Wish
from graphsvc.suggest import Engine
from graphsvc.suggest.model import FORMAT, Model
from graphsvc.suggest.prior import prior_model

KEPT = 3
AGAIN = 6 * 3600.0
"""Seconds after which learning that was ended is begun again by itself: where memory was short, it may be so again."""
VERSION = installed("graphsvc")
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Asked:
    """A model that is being learnt, or was; None where that was ended before it was done."""

    future: Future[Model | None]
    wish: Wish

    @property
    def ended(self) -> bool:
        """Whether there is no model and none comes."""
        return self.future.done() and self.future.result() is None


class Learner:
    """Keeps the models in ``folder``, which only the owner may write to: a pickle is trusted as code is."""

    def __init__(self, folder: Path, aside: Aside) -> None:
        self._folder, self._aside = folder, aside
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="learn")
        self._lock = Lock()
        self._asked: dict[str, _Asked] = {}
        self._latest: Model | None = None
        self._again = 0.0

    def model(self, version: str, network: Callable[[], Network]) -> Model:
        """The model for a network's digest; the latest before it while it is being learnt, or when that was ended."""
        with self._lock:
            future = self._begun(version, network).future
        return (future.result() if future.done() else None) or self._latest or prior_model()

    def first(self, version: str, network: Callable[[], Network]) -> bool:
        """Whether the very first model is still being learnt, and the prior serves for that long."""
        with self._lock:
            return not self._begun(version, network).future.done() and self._latest is None

    def ended(self, version: str, network: Callable[[], Network]) -> bool:
        """Whether learning was ended before there was any model, and the prior serves until it is begun again."""
        with self._lock:
            return self._begun(version, network).ended and self._latest is None

    def awaited(self, version: str, network: Callable[[], Network], waiting: Callable[[], object]) -> Model:
        """The model for a network's digest, for a person who waits: it goes on while pages are served, and the models
        of networks of before are given up for it. ``waiting`` is called meanwhile; where it raises, learning ends.

        Raises GraphsvcError when learning was ended otherwise, and what ``waiting`` raises.
        """
        with self._lock:
            if version in self._asked and self._asked[version].wish.ended:
                del self._asked[version]
            asked = self._begun(version, network)
            for other in self._asked.values():
                other.wish.ended |= other is not asked
        asked.wish.awaited = True
        try:
            while not wait([asked.future], STEP).done:
                waiting()
        except BaseException:
            asked.wish.ended = True
            raise
        model = asked.future.result()
        if model is None:
            raise GraphsvcError(
                msg("Learning was ended before it was done."),
                hint=msg("Begin it again; if it ends again, this machine has too little memory for it."),
            )
        return model

    def _begun(self, version: str, network: Callable[[], Network]) -> _Asked:
        """Of earlier networks only what is still being learnt is remembered."""
        known = self._asked.get(version)
        if known is None or (known.ended and monotonic() >= self._again):
            found, wish = self._found(version), Wish()
            future = found or self._pool.submit(self._learn, version, network, wish)
            running = {before: asked for before, asked in self._asked.items() if not asked.future.done()}
            self._asked = running | {version: _Asked(future, wish)}
        return self._asked[version]

    def close(self) -> None:
        """Do not learn what has not begun."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _found(self, version: str) -> Future[Model | None] | None:
        """What an earlier start has learnt of the same network."""
        model = _read(self._path(version))
        if model is None:
            return None
        self._latest, found = model, Future[Model | None]()
        found.set_result(model)
        return found

    def _path(self, version: str) -> Path:
        return self._folder / f"{hashlib.sha256(f'{VERSION} {FORMAT} {version}'.encode()).hexdigest()[:32]}.model"

    def _learn(self, version: str, network: Callable[[], Network], wish: Wish) -> Model | None:
        try:
            model = self._aside.call(learn, network(), wish=wish)
        except (GraphsvcError, EndedError):
            wish.ended, self._again = True, monotonic() + AGAIN
            return None
        if model is None:
            return prior_model()
        self._keep(self._path(version), model)
        self._latest = model
        return model

    def _keep(self, path: Path, model: Model) -> None:
        try:
            sealed.keep(path, pickle.dumps(model))
            for old in sorted(self._folder.glob("*.model"), key=lambda p: -p.stat().st_mtime)[KEPT:]:
                old.unlink(missing_ok=True)
        except OSError as exc:
            _log.warning("model not kept", why=str(exc))  # it will be learnt again


def learn(network: Network) -> Model | None:
    """The model of a network; None where there is nothing to learn from yet, of which whoever asks for suggestions is
    told. Runs in a process of its own."""
    with suppress(NothingToSuggestError):
        return Engine(network).model
    return None


def _read(path: Path) -> Model | None:
    try:
        model = pickle.loads(sealed.read(path))  # noqa: S301 written by this program into the owner's folder
    except (OSError, pickle.UnpicklingError, AttributeError, EOFError, ImportError):  # damaged, or of another version
        return None
    return model if isinstance(model, Model) else None
