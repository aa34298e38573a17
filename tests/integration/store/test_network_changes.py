"""A network brought up to date from what was written is the one that a whole reading gives, whatever was written."""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import pytest

from graphsvc.config import Settings
from graphsvc.demo.region import region_records
from graphsvc.errors import GraphsvcError
from graphsvc.model.meetings import Meeting
from graphsvc.model.network import SCHEMAS, Network
from graphsvc.model.organisations import Organisation
from graphsvc.model.outreach import Outreach
from graphsvc.model.partnerships import Member, Partnership
from graphsvc.model.support import ServiceDelivery
from graphsvc.service import core
from graphsvc.service.core import Service
from graphsvc.store import importing
from graphsvc.store.driver import Store
from graphsvc.store.network import read_network
from graphsvc.store.network_changes import updated
from graphsvc.store.network_state import State, changed_since, fingerprint
from graphsvc.store.records import Records
from tests.integration.store import sample

STEPS = 40
BY = "ala"


def differing(a: Network, b: Network) -> list[str]:
    return [name for name in SCHEMAS if not getattr(a, name).equals(getattr(b, name))]


class Writer:
    """Writes at random what people write; each method is one kind of change."""

    def __init__(self, store: Store, seed: int) -> None:
        self.records, self.store, self.draw = Records(store), store, random.Random(seed)  # noqa: S311 the same each time
        labels = ("Organisation", "Partnership", "Meeting", "ServiceDelivery")
        self.organisations, self.partnerships, self.meetings, self.deliveries = (
            [r.id for r in self.records.all(label)] for label in labels
        )
        self.undoable: list[str] = []
        self.away: list[str] = []

    def kinds(self) -> list[Callable[[], None]]:
        return [
            self.rename, self.move, self.join, self.found, self.found_partnership, self.meet, self.talk,
            self.put_away, self.take_out, self.merge, self.split, self.undo, self.found_unit, self.deliver,
        ]  # fmt: skip

    def some(self, ids: list[str]) -> str:
        return self.draw.choice(sorted(set(ids) - set(self.away)))

    def organisation(self) -> Organisation:
        return self.records.typed(self.some(self.organisations), Organisation)

    def keep(self, record: object) -> None:
        saved = self.records.save(record, BY)  # type: ignore[type-var]
        self.undoable.append(saved.id)

    def rename(self) -> None:
        self.keep(self.organisation().model_copy(update={"name": f"Nazwa {self.draw.random()}"}))

    def move(self) -> None:
        """To another place, with other statuses, needs and offers: those of a neighbour."""
        one, other = self.organisation(), self.organisation()
        names = ("territory", "acts_in", "statuses", "needs", "offers", "pkd", "lat", "lon")
        self.keep(one.model_copy(update={name: getattr(other, name) for name in names}))

    def join(self) -> None:
        p = self.records.typed(self.some(self.partnerships), Partnership)
        day = p.starts_on and p.starts_on + timedelta(self.draw.randrange(20))
        left = list(p.members)[: self.draw.randrange(len(p.members) + 1)]
        new = Member(id=self.some(self.organisations), role=self.draw.choice(["PAR", "LID"]), since=day)
        self.keep(p.model_copy(update={"members": (*left, new)}))

    def found(self) -> None:
        made = Organisation(name=f"Nowa {self.draw.random()}", sector="ngo", territory=self.organisation().territory)
        self.organisations.append(made.id)
        self.keep(made)

    def found_unit(self) -> None:
        made = Organisation(name=f"CIS {self.draw.random()}", sector="social_centre", founder=self.organisation().id)
        self.organisations.append(made.id)
        self.keep(made)

    def found_partnership(self) -> None:
        ids = dict.fromkeys(self.some(self.organisations) for _ in range(3))
        made = Partnership(name=f"Nowe {self.draw.random()}", members=tuple(Member(id=i) for i in ids))
        self.partnerships.append(made.id)
        self.keep(made)

    def meet(self) -> None:
        meeting = self.records.typed(self.some(self.meetings), Meeting)
        who = tuple(dict.fromkeys(self.some(self.organisations) for _ in range(4)))
        self.keep(meeting.model_copy(update={"attended": who, "held_on": date(2026, 3, self.draw.randrange(1, 28))}))

    def talk(self) -> None:
        a, b = self.draw.sample(sorted(set(self.organisations) - set(self.away)), 2)
        self.keep(Outreach(pair=(a, b), status="ZAP"))

    def deliver(self) -> None:
        """A service anew, or somebody else instead, at another place, or no longer."""
        if not self.deliveries or self.draw.random() < 0.3:
            made = ServiceDelivery(service="OPI", provider=self.some(self.organisations))
            self.deliveries.append(made.id)
            self.keep(made)
            return
        one = self.records.typed(self.some(self.deliveries), ServiceDelivery)
        fresh = {"provider": self.some(self.organisations), "territory": self.organisation().territory}
        self.keep(one.model_copy(update=fresh | {"planned": self.draw.random() < 0.3}))

    def put_away(self) -> None:
        kinds = [self.organisations, self.partnerships, self.meetings, *([self.deliveries] if self.deliveries else [])]
        id = self.some(self.draw.choice(kinds))
        self.records.delete(id, BY)
        self.away.append(id)

    def take_out(self) -> None:
        if self.away:
            self.records.take_out(self.away.pop(), BY)

    def merge(self) -> None:
        a, b = self.draw.sample(sorted(set(self.organisations) - set(self.away)), 2)
        self.records.merge(a, b, BY)
        if self.draw.random() < 0.5:
            self.records.undo(self.records.history(a)[0].id, BY)
        else:
            self.organisations.remove(b)
        self.undoable.clear()

    def split(self) -> None:
        id = self.some(self.organisations)
        made = Organisation(name=f"Część {self.draw.random()}", sector="ngo")
        moved = [str(row["id"]) for row in self.records.pointing_at(id)][:2]
        self.records.split(id, made, moved, BY)
        self.organisations.append(made.id)
        if self.draw.random() < 0.5:
            self.records.undo(self.records.history(id)[0].id, BY)
            self.organisations.remove(made.id)
        self.undoable.clear()

    def undo(self) -> None:
        if self.undoable and (id := self.undoable.pop()) not in self.away:
            change = self.records.history(id)[0]
            self.records.undo(change.id, BY)
            if change.action == "create":
                self.away.append(id)


@pytest.fixture(autouse=True)
def _same_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    """Records that are made are drawn from by their ids."""
    draw = random.Random(0)  # noqa: S311
    monkeypatch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=draw.getrandbits(128), version=4))


@pytest.mark.parametrize("seed", [1, 2])
def test_as_a_whole_reading_after_each_of_many_changes(store: Store, seed: int) -> None:
    Records(store).save_many(list(region_records()), by="demo")
    writer = Writer(store, seed)
    for kind in writer.kinds():  # the database numbers new kinds of labels and properties in transactions of its own
        kind()
    known, state = read_network(store), fingerprint(store)
    by_steps = 0
    for number in range(STEPS):
        step = writer.draw.choice(writer.kinds())
        with suppress(GraphsvcError):  # what is refused leaves nothing
            step()
        now, whole = fingerprint(store), read_network(store)
        if now == state:
            continue
        ids = changed_since(store, state, now)
        assert ids is not None, step.__name__
        fresh = updated(store, known, sorted(ids))
        if fresh is not None:
            by_steps += 1
            assert differing(fresh, whole) == [], (number, step.__name__)
        known, state = whole if fresh is None else fresh, now
    assert by_steps > STEPS / 2


def test_from_many_changes_at_once(store: Store) -> None:
    Records(store).save_many(list(region_records()), by="demo")
    writer = Writer(store, 4)
    for kind in writer.kinds():
        kind()
    known, state = read_network(store), fingerprint(store)
    for _ in range(STEPS):
        with suppress(GraphsvcError):
            writer.draw.choice(writer.kinds())()
    ids = changed_since(store, state, fingerprint(store))
    assert ids is not None
    fresh = updated(store, known, sorted(ids))
    assert fresh is not None
    assert differing(fresh, read_network(store)) == []


def test_a_table_in_which_nothing_changed_is_the_one_that_was_known(store: Store) -> None:
    Records(store).save_many(list(region_records()), by="demo")
    known, records = read_network(store), Records(store)

    def kept(record: Organisation | Partnership | Outreach) -> list[str]:
        fresh = updated(store, known, [records.save(record, BY).id])
        return [name for name in SCHEMAS if getattr(fresh, name) is getattr(known, name)]

    renamed = next(iter(records.all("Organisation"))).model_copy(update={"name": "Inna"})
    assert kept(renamed) == [name for name in SCHEMAS if name != "organisations"]
    assert kept(Outreach(pair=(renamed.id, known.organisations["id"][5].as_py()))) == [
        name for name in SCHEMAS if name not in {"outreach"}
    ]
    partnership = next(iter(records.all("Partnership")))
    left = partnership.model_copy(update={"members": partnership.members[1:]})
    assert kept(left) == [name for name in SCHEMAS if name != "memberships"]


def _read_wholly(store: Store) -> State:
    Records(store).save_many(list(region_records()), by="demo")
    return fingerprint(store)


def test_what_was_not_noted_is_not_guessed(store: Store) -> None:
    records = Records(store)
    begun = _read_wholly(store)
    id = next(iter(records.all("Organisation"))).id

    store.driver.execute_query("MATCH (o:Organisation {id: $id}) SET o.name = 'Obok'", id=id)  # by another program
    assert changed_since(store, begun, fingerprint(store)) is None
    begun = fingerprint(store)
    importing.write(store, sample.circle(10, 3))
    assert changed_since(store, begun, fingerprint(store)) is None
    begun = fingerprint(store)
    records.erase(id)
    assert changed_since(store, begun, fingerprint(store)) is None


def test_what_is_beside_the_network_costs_no_reading(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = Service(store, Settings(data_dir=tmp_path))
    service.views.delete("nobody", "nothing")
    _read_wholly(store)
    service.vocabularies.change("organisation_sector", {"ngo": {"pl": "NGO", "en": "NGO"}}, by=BY)
    network = service.network()

    def never(*_: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr(core, "read_network", never)
    service.vocabularies.change("organisation_sector", {"ngo": {"pl": "Organizacje", "en": "NGOs"}}, by=BY)
    assert service.network() is network
    service.close()
