"""A made-up network of 20,000 organisations and about 100,000 ties on real gminas, to measure the web on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from random import Random

from benchmarks.scale import network
from graphsvc.demo.names import Names
from graphsvc.model.base import Source, stable_id
from graphsvc.model.imports import ImportPlan
from graphsvc.model.organisations import Need, Offer, Organisation
from graphsvc.model.partnerships import Member, Partnership
from graphsvc.model.poland import poland
from graphsvc.model.territories import Territory
from graphsvc.model.vocabulary import scheme

VOIVODESHIPS = ("02", "08", "16", "30")
SECTORS = {"ngo": 40, "social_economy": 15, "business": 20, "local_government": 8, "school": 7, "social_centre": 10}
FIRST, DAYS = date(2014, 1, 1), 365 * 12
SOURCE = Source(file="benchmark")


@dataclass
class Large:
    """Everything is drawn from one seed: the same network in every run."""

    ties: int = 100_000
    seed: int = 7

    @cached_property
    def gminas(self) -> list[str]:
        """Codes of the territories that organisations are in."""
        return [g for v in VOIVODESHIPS for g in poland().gminas(v)]

    @cached_property
    def members(self) -> list[list[int]]:
        """Numbers of the organisations in each partnership."""
        table = network(self.ties, self.seed).memberships
        found: list[list[int]] = []
        pairs = zip(table["partnership"].to_pylist(), table["organisation"].to_pylist(), strict=True)
        for partnership, organisation in pairs:
            if partnership == len(found):
                found.append([])
            if organisation not in found[-1]:
                found[-1].append(organisation)
        return found

    def powiats(self, most: int) -> list[str]:
        """Codes of powiats that have ``most`` organisations together, or nearly."""
        each = self.count / len(self.gminas)
        found: dict[str, int] = {}
        for gmina in self.gminas:
            found[gmina[:4]] = found.get(gmina[:4], 0) + 1
        codes, held = [], 0.0
        for code, gminas in found.items():
            if held + gminas * each <= most:
                codes.append(code)
                held += gminas * each
        return codes

    @property
    def count(self) -> int:
        """Number of organisations."""
        return self.ties // 5

    @cached_property
    def organisations(self) -> dict[str, Organisation]:
        """By id; neighbours in number are neighbours in place."""
        rng = Random(self.seed)  # noqa: S311 no secret is made of it
        phrases, areas = [Names(rng).phrase() for _ in range(300)], [c.code for c in scheme("need_area")]
        made = {}
        for n in range(self.count):
            name = f"{rng.choice(phrases)} i {rng.choice(phrases)} {n}"
            sector = rng.choices(tuple(SECTORS), tuple(SECTORS.values()))[0]
            organisation = Organisation(
                id=self.id("organisation", n),
                name=name,
                sector=sector,
                territory=self.gminas[n * len(self.gminas) // self.count],
                needs=tuple(Need(code=a) for a in rng.sample(areas, rng.randint(0, 2))),
                offers=tuple(Offer(code=a) for a in rng.sample(areas, rng.randint(0, 2))),
                source=SOURCE,
            )
            made[organisation.id] = organisation
        return made

    def partnerships(self) -> Iterator[Partnership]:
        """Begun on days spread evenly over twelve years; two thirds have an end."""
        rng = Random(self.seed + 1)  # noqa: S311
        codes = {
            name: [c.code for c in scheme(name)] for name in ("partnership_type", "partnership_phase", "need_area")
        }
        for n, members in enumerate(self.members):
            starts = FIRST + timedelta(days=rng.randrange(DAYS))
            yield Partnership(
                id=self.id("partnership", n),
                name=f"Partnerstwo {n}",
                kind=rng.choice(codes["partnership_type"]),
                phase=rng.choice(codes["partnership_phase"]),
                themes=(rng.choice(codes["need_area"]),),
                starts_on=starts,
                ends_on=starts + timedelta(days=rng.randint(200, 1500)) if rng.random() < 2 / 3 else None,
                members=tuple(Member(id=self.id("organisation", m)) for m in members),
                source=SOURCE,
            )

    def territories(self) -> tuple[Territory, ...]:
        """The gminas and all they are part of."""
        tree = poland()
        codes = dict.fromkeys(code[:length] for code in self.gminas for length in (2, 4, 6))
        return tuple(tree.by_code[code] for code in sorted(codes, key=lambda c: (len(c), c)))

    def id(self, kind: str, number: int) -> str:
        """The id of a record."""
        return stable_id("web benchmark", str(self.seed), kind, str(number))

    def plan(self) -> ImportPlan:
        """To write with ``graphsvc.store.importing``."""
        found = tuple(self.partnerships())
        memberships = sum(len(p.members) for p in found)
        return ImportPlan(
            "benchmark", "0" * 64, "benchmark", self.territories(), self.organisations, found, len(found), memberships
        )
