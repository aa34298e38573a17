"""Two rounds of asking the network itself, two years apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from graphsvc.demo.world import REGION, SOURCE, World
from graphsvc.model.base import Record
from graphsvc.model.organisations import Need, Organisation
from graphsvc.model.survey import SurveyAnswer, SurveyRound, SurveyTie

CONSENT = (
    "Wyrażamy zgodę na zapisanie odpowiedzi w bazie OWES i na pokazanie powiązań między organizacjami. "
    "Zgodę można wycofać, pisząc do ośrodka."
)
_TEXT = "Dzień dobry, prosimy o potwierdzenie danych: {organisation}. Osobisty adres ankiety: {link}"


class Asked:
    """Makes the rounds and their answers."""

    def __init__(self, world: World) -> None:
        self.world = world

    def make(self) -> Iterator[Record]:
        """An old closed round and one that is open."""
        earlier = self._round(1, "closed", self.world.until - timedelta(days=760), None)
        yield earlier
        yield from self._answers(earlier, 0.62)
        now = self._round(2, "open", self.world.until - timedelta(days=24), earlier.id)
        yield now
        yield from self._answers(now, 0.38)

    def _round(self, number: int, state: str, opens: date, previous: str | None) -> SurveyRound:
        return SurveyRound(
            id=self.world.id("round", number),
            source=SOURCE,
            name=f"Pytamy sieć {opens.year} (demo)",
            state=state,
            opens_on=opens,
            closes_on=(self.world.until if state == "open" else opens) + timedelta(days=35),
            territories=(REGION,),
            previous=previous,
            introduction="Kilka pytań o to, z kim i jak współpracujecie. Zajmuje około 10 minut.",
            consent=CONSENT,
            invitation=_TEXT,
        )

    def _answers(self, asked: SurveyRound, share: float) -> Iterator[SurveyAnswer]:
        day = asked.opens_on or self.world.until
        alive = [o for o in self.world.organisations if self.world.alive(o, day)]
        for one in self.world.some(alive, 160, 160):
            answered = self.world.rng.random() < share
            yield self._answer(asked, one, day, answered)

    def _answer(self, asked: SurveyRound, one: Organisation, day: date, answered: bool) -> SurveyAnswer:
        world, rng = self.world, self.world.rng
        last = min(asked.closes_on or day, world.until)
        sent = datetime.combine(world.day(day, last), time(rng.randint(8, 16), 30), UTC) if answered else None
        state = (
            rng.choice(("accepted", "accepted", "sent", "rejected")) if answered else rng.choice(("invited", "begun"))
        )
        reminded = 0 if answered and rng.random() < 0.6 else rng.randint(1, 2)
        return SurveyAnswer(
            id=world.id("answer", asked.id, one.id),
            source=SOURCE,
            round=asked.id,
            organisation=one.id,
            state=state,
            invited_on=day,
            reminded_on=min(last, day + timedelta(days=7 * reminded)) if reminded else None,
            reminded=reminded,
            consented_at=sent,
            sent_at=sent,
            entry_confirmed=answered and rng.random() < 0.8,
            ties=tuple(self._ties(one, day)) if answered else (),
            unlisted=("Klub Zmyślony",) if answered and rng.random() < 0.1 else (),
            needs=tuple(Need(code=n.code, level=n.level) for n in one.needs if n.met_on is None) if answered else (),
            reviewed_on=last if state in ("accepted", "rejected") else None,
            reviewed_by="animator" if state in ("accepted", "rejected") else "",
        )

    def _ties(self, one: Organisation, day: date) -> Iterator[SurveyTie]:
        """Most of those it worked with by then, and some whom it only met; the other may see it otherwise."""
        world, rng = self.world, self.world.rng
        worked = {
            m.id
            for p in world.partnerships
            if p.starts_on and p.starts_on <= day and any(m.id == one.id for m in p.members)
            for m in p.members
            if m.id != one.id
        }
        named = [i for i in sorted(worked) if rng.random() < 0.6][:12]
        met = [i for i in sorted(world.met[one.id]) if i not in worked]
        named += world.some(met, 0, 3)
        for other in named:
            close = rng.choice("345" if other in worked else "12")
            yield SurveyTie(id=other, closeness=close, trust=rng.choice("234"), value=rng.choice("1234"))
