"""Ties put among those that were known are the ones that all memberships give, whatever has changed."""

import random

import numpy as np
import pytest

from graphsvc.model.network import Network, table
from graphsvc.snapshot import ties
from graphsvc.snapshot.ties import Ties, project

Partnerships = dict[str, list[str]]


def network(organisations: list[str], partnerships: Partnerships) -> Network:
    row = {id: n for n, id in enumerate(sorted(organisations))}
    names = sorted(partnerships)
    members = [{"organisation": row[o], "partnership": n} for n, p in enumerate(names) for o in partnerships[p]]
    return Network(
        organisations=table("organisations", [{"id": id} for id in row]),
        partnerships=table("partnerships", [{"id": id} for id in names]),
        memberships=table("memberships", members),
    )


class World:
    """Organisations and their partnerships, which change at random."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)  # noqa: S311 the same each time
        self.organisations = [f"{self.draw.random():.12f}" for _ in range(300)]
        self.partnerships: Partnerships = {}
        for _ in range(150):
            self.begin()

    def begin(self) -> None:
        self.partnerships[f"{self.draw.random():.12f}"] = self.draw.sample(self.organisations, self.draw.randrange(7))

    def end(self) -> None:
        del self.partnerships[self.draw.choice(sorted(self.partnerships))]

    def join(self) -> None:
        self.draw.choice(list(self.partnerships.values())).append(self.draw.choice(self.organisations))

    def leave(self) -> None:
        members = self.draw.choice([m for m in self.partnerships.values() if m])
        members.remove(self.draw.choice(members))

    def swap(self) -> None:
        """Two take each other's place everywhere."""
        a, b = self.draw.sample(self.organisations, 2)
        for members in self.partnerships.values():
            members[:] = [{a: b, b: a}.get(o, o) for o in members]

    def found(self) -> None:
        self.organisations.append(f"{self.draw.random():.12f}")

    def close(self) -> None:
        gone = self.organisations.pop(self.draw.randrange(len(self.organisations)))
        for members in self.partnerships.values():
            members[:] = [o for o in members if o != gone]

    def change(self) -> None:
        self.draw.choice([self.begin, self.end, self.join, self.leave, self.swap, self.found, self.close])()

    def network(self) -> Network:
        return network(self.organisations, self.partnerships)


def arrays(found: Ties) -> list[list[float]]:
    return [a.tolist() for a in (found.graph.indptr, found.graph.indices, found.graph.weights, found.shared)]


@pytest.mark.parametrize("projection", ["weighted", "count", "unweighted"])
def test_after_each_of_many_changes(projection, monkeypatch):
    rows, make = [], ties._made
    monkeypatch.setattr(ties, "_made", lambda m, some, p: rows.append(len(some)) or make(m, some, p))
    world, few = World(5), 0
    known = project(world.network(), projection)
    for _ in range(60):
        for _ in range(world.draw.randrange(3)):
            world.change()
        known = project(now := world.network(), projection, known)
        few += rows[-1] <= 30
        assert arrays(known) == arrays(project(now, projection))
    assert few > 30


def test_only_who_shares_a_partnership_that_changed_is_looked_at(monkeypatch):
    before = {"P1": ["A", "B", "C"], "P2": ["C", "D"], **{f"Q{n}": [f"E{n}", f"F{n}"] for n in range(40)}}
    names = sorted({o for members in before.values() for o in members})
    known = project(network(names, before), "weighted")
    seen, make = [], ties._made
    monkeypatch.setattr(ties, "_made", lambda m, some, p: seen.append(some.tolist()) or make(m, some, p))
    after = {"O": [], **before, "P2": ["D"]}  # all partnerships have other numbers now
    found = project(network(names, after), "weighted", known)
    assert seen == [[names.index("C"), names.index("D")]]
    assert found.graph.row(names.index("C")).tolist() == [0, 1]
    assert not len(found.graph.row(names.index("D")))
    assert project(network(names, after), "weighted", found).shared.tolist() == found.shared.tolist()
    assert seen[1:] == [[]]


def test_another_network_altogether():
    one, other = World(1).network(), World(2).network()
    assert arrays(project(other, "weighted", project(one, "weighted"))) == arrays(project(other, "weighted"))


def test_no_organisations_at_all():
    assert project(Network(), "count", project(Network(), "count")).graph.rows == 0
    one = network(["A"], {})
    assert project(one, "count", project(Network(), "count")).graph.rows == 1
    assert project(Network(), "count", project(one, "count")).graph.rows == 0
    assert np.array_equal(project(one, "count").graph.indptr, [0, 0])
