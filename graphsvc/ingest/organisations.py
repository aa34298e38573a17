"""Groups of mentions as organisations: made when they are asked for, so that many need little memory."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graphsvc.ingest.matching import SHARED_REGISTERS, Matched
from graphsvc.ingest.mentions import Mention, Mentions
from graphsvc.ingest.profile import OrganisationRule, Profile
from graphsvc.ingest.values import OWN_NUMBERS
from graphsvc.model.base import Source
from graphsvc.model.organisations import Organisation
from graphsvc.model.vocabulary import sector_of_kind

_DEDUCED = ("sector", "kind", "territory")


class Organisations(Mapping[str, Organisation]):
    """By id, in order of first appearance."""

    def __init__(self, file: str, profile: Profile, mentions: Mentions, matched: Matched) -> None:
        self._file, self._mentions, self._matched = file, mentions, matched
        self._rules = [Rule(r) for r in profile.organisations]
        self._position = {id: i for i, id in enumerate(matched.ids)}

    def __len__(self) -> int:
        return len(self._position)

    def __iter__(self) -> Iterator[str]:
        return iter(self._position)

    def __getitem__(self, id: str) -> Organisation:
        group = self._matched.groups[self._position[id]]
        mentions = [self._mentions[i] for i in group]
        name = best_name(mentions)
        facts: dict[str, Any] = {}
        for mention in mentions:
            facts = {**mention.facts, **facts}
        names = [m.name for m in mentions]
        self._deduce(names, facts)
        facts["sector"] = facts.get("sector") or sector_of_kind(facts.get("kind", ""))
        others = tuple(dict.fromkeys(n for n in names if n != name))
        source = Source(file=self._file, row=mentions[0].rows[0])
        return Organisation(id=id, name=name, other_names=others, source=source, **self._numbers(group, facts), **facts)

    def _deduce(self, names: Sequence[str], facts: dict[str, Any]) -> None:
        """Adds what the profile's rules say and the file does not."""
        for rule in self._rules:
            lacking = {f: v for f, v in rule.says.items() if f not in facts}
            if lacking and rule.fits(names, facts):
                facts |= lacking

    def _numbers(self, group: Sequence[int], facts: Mapping[str, Any]) -> dict[str, str]:
        """Fields for the numbers; what another organisation keeps only where units share it (a local government)."""
        shares = facts["sector"] == "local_government"
        fields: dict[str, str] = {}
        for i in group:
            for register, number in self._mentions[i].numbers:
                if (i, register) in self._matched.dropped and not (shares and register in SHARED_REGISTERS):
                    continue
                own = register in OWN_NUMBERS
                fields.setdefault(register.lower() if own else "foreign_id", number if own else f"{register}:{number}")
        return fields


class Rule:
    """A rule of the profile, ready to use; all the patterns that it gives must be found."""

    def __init__(self, says: OrganisationRule) -> None:
        self.says = {f: v for f in _DEDUCED if (v := getattr(says, f))}
        self._name = re.compile(says.name) if says.name else None
        self._facts = {f: re.compile(p) for f in ("postcode", "town") if (p := getattr(says, f))}

    def fits(self, names: Sequence[str], facts: Mapping[str, str]) -> bool:
        """Does the rule speak of an organisation with these names and this address?"""
        if self._name and not any(self._name.search(n) for n in names):
            return False
        return all(p.search(facts.get(f, "")) for f, p in self._facts.items())


def best_name(mentions: Sequence[Mention]) -> str:
    """The spelling used most often, but rather one that is not words in capitals only."""
    return max(mentions, key=lambda m: (not (m.name.isupper() and " " in m.name), m.count, -m.rows[0])).name
