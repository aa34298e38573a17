"""Which mentions are one organisation. Only what is safe is joined; what may be is listed for a person.

Safe: the same number in a register; names equal but for case, punctuation, spaces, spellings that the profile folds
and a legal form that only one of them gives; what a profile's ``same`` says. Never joined: different numbers in one
register, different legal forms, what ``different`` says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from graphsvc.i18n import Message, msg
from graphsvc.ingest.mentions import Mention, Mentions
from graphsvc.ingest.names import Key, Names
from graphsvc.model.base import stable_id
from graphsvc.model.imports import DoubtfulMatch, KnownOrganisation

Marks = dict[str, frozenset[str]]
"""What tells organisations apart: by register its numbers, by "" its id in the database."""
SHARED_REGISTERS = frozenset({"NIP"})
"""Registers in which several units may have one number: units of one municipality share its NIP."""


@dataclass(frozen=True, slots=True)
class Matched:
    """``of[mention]`` is the organisation's position in ``groups``; a group lists its mentions in file order."""

    of: list[int]
    groups: list[list[int]]
    ids: list[str]
    known: frozenset[str]
    """Those of ``ids`` that are in the database already."""
    doubtful: list[DoubtfulMatch]
    elsewhere: list[str]
    """Names in the database of organisations that the file does not cite."""
    dropped: frozenset[tuple[int, str]]
    """Mentions and registers whose number another organisation keeps."""


class Matcher:
    """Joins mentions (a union-find that refuses to join what must stay apart)."""

    def __init__(self, mentions: Mentions, known: Iterable[KnownOrganisation], names: Names) -> None:
        self.mentions: list[Mention] = [*mentions, *_of_known(known)]
        self.names = names
        self.doubtful: list[DoubtfulMatch] = []
        self.dropped: set[tuple[int, str]] = set()
        self._cited = len(mentions)
        self._different = [(a, b) for a, b in names.rules.different if names.key(a) == names.key(b)]
        self._keys: list[Key] = [names.key(m.name) for m in self.mentions]
        self._parent = list(range(len(self.mentions)))
        self._marks = {i: marks for i, m in enumerate(self.mentions) if (marks := self._first_marks(m))}

    def run(self) -> Matched:
        """The organisations that are cited in the file."""
        self._by_number()
        self._by_decision()
        order = sorted(range(len(self._keys)), key=lambda i: (self._keys[i].base, i))
        for _, bucket in groupby(order, lambda i: self._keys[i].base):
            if len(alike := list(bucket)) > 1:
                self._by_name(alike)
        return self._collected()

    def _first_marks(self, mention: Mention) -> Marks:
        """What may not differ within one organisation: numbers, its id in the database, what a person decided."""
        marks: dict[str, set[str]] = defaultdict(set)
        for register, number in mention.numbers:  # several of one register: others were merged into it
            if register not in SHARED_REGISTERS:
                marks[register].add(number)
        if mention.known:
            marks[""] = {mention.known}
        for i, pair in enumerate(self._different):
            if mention.name in pair:
                marks[f"different {i}"] = {mention.name}
        return {mark: frozenset(values) for mark, values in marks.items()}

    def _root(self, i: int) -> int:
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def _join(self, a: int, b: int) -> bool:
        """Joins two organisations unless their marks contradict each other."""
        a, b = sorted((self._root(a), self._root(b)))
        if a == b:
            return True
        mine, other = self._marks.get(a, {}), self._marks.get(b, {})
        if any(mine.get(mark, values).isdisjoint(values) for mark, values in other.items()):
            return False
        self._parent[b] = a
        if other:
            self._marks[a] = mine | {mark: values | mine.get(mark, values) for mark, values in other.items()}
        return True

    def _by_number(self) -> None:
        first: dict[tuple[str, str], int] = {}
        known = range(self._cited, len(self.mentions))
        for i in (*known, *range(self._cited)):
            mention = self.mentions[i]
            for number in (*mention.numbers, *([("", mention.known)] if mention.known else [])):
                other = first.setdefault(number, i)
                if self._root(other) == self._root(i):
                    continue
                shared = number[0] in SHARED_REGISTERS and self._keys[other].base != self._keys[i].base
                if shared or not self._join(other, i):
                    self._give_up(i, other, number)

    def _give_up(self, i: int, other: int, number: tuple[str, str]) -> None:
        """Two organisations with one number: the first keeps it, for a number belongs to one; a person is told."""
        self.dropped.add((i, number[0]))
        root = self._root(i)
        less = {r: n - {number[1]} if r == number[0] else n for r, n in self._marks.get(root, {}).items()}
        self._marks[root] = {r: n for r, n in less.items() if n}
        self._doubt(i, other, msg("the same number %(number)s; only one of them keeps it", number=":".join(number)))

    def _by_decision(self) -> None:
        first = {m.name: i for i, m in reversed(list(enumerate(self.mentions)))}
        for a, b in self.names.rules.same:
            if a in first and b in first:
                self._join(first[a], first[b])

    def _by_name(self, bucket: Sequence[int]) -> None:
        """Mentions whose names have the same letters."""
        forms: dict[str, list[int]] = defaultdict(list)
        for i in bucket:
            forms[self._keys[i].form].append(i)
        for same in forms.values():
            self._join_alike(same)
        named = sorted(f for f in forms if f)
        if "" in forms and len(named) == 1:
            self._join_alike([*forms[""], *forms[named[0]]])
        elif len(named) > 1:
            first, *others = (forms[f][0] for f in sorted(forms))
            for i in others:
                self._doubt(i, first, msg("the same name with another legal form"))

    def _join_alike(self, alike: Sequence[int]) -> None:
        """Those of equal name: one organisation, unless numbers tell them apart; then the rest goes to the one cited
        most often, and a person is told."""
        roots: dict[int, int] = defaultdict(int)
        for i in alike:
            roots[self._root(i)] += self.mentions[i].count
        told = sorted((r for r in roots if r in self._marks), key=lambda r: (-roots[r], self._rank(r)))
        main = told[0] if told else min(roots)
        for root in sorted(roots):
            if not self._join(main, root):
                self._doubt(root, self._root(main), msg("the same name with another number"))

    def _rank(self, root: int) -> list[tuple[str, list[str]]]:
        """An order among equals that an import run again, when some of them are known, finds again: the id last."""
        marks = [(mark, sorted(values)) for mark, values in self._marks[root].items()]
        return sorted(marks, key=lambda mark: (not mark[0], mark))

    def _doubt(self, a: int, b: int, why: Message) -> None:
        one, two = self.mentions[a], self.mentions[b]
        if a >= self._cited and b >= self._cited:
            return  # both are in the database already: no matter of this file
        if a >= self._cited:
            one, two = two, one
        self.doubtful.append(DoubtfulMatch(one.label, two.label, 100, why, tuple(one.rows)))

    def _collected(self) -> Matched:
        groups: dict[int, list[int]] = defaultdict(list)
        for i in range(self._cited):
            groups[self._root(i)].append(i)
        of = [0] * self._cited
        for position, members in enumerate(groups.values()):
            for i in members:
                of[i] = position
        ids = [self._id(root, members) for root, members in groups.items()]
        known = frozenset(min(self._marks[root][""]) for root in groups if "" in self._marks.get(root, ()))
        others = (i for i in range(self._cited, len(self.mentions)) if self._root(i) not in groups)
        elsewhere = [self.mentions[i].name for i in others]
        return Matched(of, list(groups.values()), ids, known, self.doubtful, elsewhere, frozenset(self.dropped))

    def _id(self, root: int, members: Sequence[int]) -> str:
        marks = self._marks.get(root, {})
        if "" in marks:
            return min(marks[""])
        registers = sorted(r for r in marks if not r.startswith("different "))
        if registers:
            return stable_id("organisation", registers[0], min(marks[registers[0]]))
        key = min((self._keys[i] for i in members), key=lambda k: (not k.form, k.base, k.form))
        decided = "|".join(min(marks[r]) for r in sorted(marks))
        return stable_id("organisation", key.base, key.form, decided)


def _of_known(known: Iterable[KnownOrganisation]) -> Iterable[Mention]:
    for organisation in known:
        numbers = tuple(sorted(_split(r) for r in organisation.registers))
        yield Mention(organisation.name, numbers, organisation.id)
        for name in organisation.other_names:
            yield Mention(name, (), organisation.id)


def _split(register: str) -> tuple[str, str]:
    name, _, number = register.partition(":")
    return name, number
