"""What the service knows of suggestions: the model, the engines that share it, the ranking of the whole network."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Protocol
from weakref import WeakSet

from graphsvc.errors import NothingToSuggestError
from graphsvc.model.network import Network
from graphsvc.service.aside import LARGE, Aside
from graphsvc.service.cache import Cache
from graphsvc.service.content import Content
from graphsvc.service.learning import Learner
from graphsvc.service.proposals import Standing
from graphsvc.service.ranking import Ranker, Ranking, work_out
from graphsvc.service.still import Still
from graphsvc.snapshot import Snapshot
from graphsvc.suggest import Engine
from graphsvc.suggest.attributes import Attributes
from graphsvc.suggest.evidence import evidence
from graphsvc.suggest.model import Model


class Core(Protocol):
    """Where the network comes from."""

    def content(self) -> Content: ...
    def snapshot(self) -> Snapshot: ...


class Suggesting:
    """Safe to share between threads. ``folder`` keeps the models, ``made`` engines and rankings."""

    def __init__(self, core: Core, folder: Path, made: Cache) -> None:
        self._core = core
        self._aside = Aside()
        self._learner, self._ranker = Learner(folder, self._aside), Ranker()
        self._made = made
        self._prepared: WeakSet[Attributes] = WeakSet()

    def rest(self) -> None:
        """Somebody is served now: what takes long stands still for a moment."""
        self._aside.rest()

    def close(self) -> None:
        """Stop what runs in the background."""
        self._aside.close()
        self._learner.close()
        self._ranker.close()

    def ranked(self) -> Ranking:
        """What the suggestions of the whole network are chosen from; the last one while it is made anew."""
        return self._ranking()[0]

    def standing(self) -> Standing:
        """All links of the whole network."""
        found, still = self._ranking()
        return (
            Standing(found.engine, found.board, still) if found.engine else Standing(self.engine(self._core.snapshot()))
        )

    def worked_out(self) -> bool:
        """Whether the suggestions of the network as it is now are worked out; waits for them a moment."""
        self._ranking()
        return self._ranker.done(self._to_rank())

    def _ranking(self) -> tuple[Ranking, Still | None]:
        """The last ranking, and what still holds of it when it is one of before."""
        version = self._to_rank()  # before the network: what is written between is ranked for who asks next
        now = self._core.snapshot()
        found = self._ranker.latest(version, now, self._rank)
        if found.engine is None or found.snapshot is now:
            return found, None
        return found, self._made.get(("still", found, now), lambda: Still(found.snapshot, now, self.engine(now)))

    def _to_rank(self) -> Hashable:
        """What a ranking is made of: the network, what it has taught, and the day, on which refusals end."""
        content = self._core.content()
        return content.digest, id(self._model(content)), date.today()

    def _rank(self, whole: Snapshot) -> Ranking:
        engine = self.engine(whole)
        self._prepare(engine)
        found = self._aside.call(work_out, whole.network, whole.as_of, engine.model)
        if found is None:
            return Ranking(whole)
        return Ranking(whole, engine=engine.knowing(found.links), board=found.board)

    def _prepare(self, engine: Engine) -> None:
        """Make what every suggestion needs, so that the first who asks for one does not wait for it."""
        with suppress(NothingToSuggestError):
            best = engine.for_organisation(int(engine.ground.known[0]))[0]
            evidence(engine, best.a, best.b, 0.0)
        self._prepared.add(engine.attributes)

    def prepared(self) -> bool:
        """Whether the suggestions for an organisation come at once."""
        whole = self._core.snapshot()
        with suppress(NothingToSuggestError):
            return whole.graph.rows < LARGE or self.engine(whole).attributes in self._prepared
        return True

    def engine(self, snapshot: Snapshot) -> Engine:
        """What makes the suggestions of a snapshot, with the likelihood that the whole network has taught. Made anew
        every day: what was to come yesterday, such as a meeting, may count today."""
        model = self._model(self._core.content())
        key = ("engine", snapshot, date.today())
        first: Engine = self._made.get(key, lambda: Engine(snapshot.network, snapshot.as_of, model=model))
        if first.model is model:
            return first
        return self._made.get((*key, id(model)), lambda: first.taught(model))

    def _model(self, content: Content) -> Model:
        return self._learner.model(*_lesson(content))

    def learning(self) -> bool:
        """Whether the network's own likelihood is learnt for the first time, or what is shown is of before it was."""
        content, (shown, _still) = self._core.content(), self._ranking()
        if self._learner.first(*_lesson(content)):
            return True
        return shown.engine is not None and shown.engine.model.prior and not self._model(content).prior

    def learning_ended(self) -> bool:
        """Whether learning the network's own likelihood was ended before there was any; it is begun again later."""
        content = self._core.content()
        return self._learner.ended(*_lesson(content))

    def learn(self, waiting: Callable[[], object]) -> Model:
        """The likelihood model of the network as it is now, waited for; see ``Learner.awaited``."""
        content = self._core.content()
        return self._learner.awaited(*_lesson(content), waiting)


def _lesson(content: Content) -> tuple[str, Callable[[], Network]]:
    """What likelihoods are learnt from today: its digest, and where it is."""
    return content.taught(date.today()), lambda: content.network
