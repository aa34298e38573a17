"""Six years, month by month: people meet, and out of some meetings partnerships grow.

Who joins whom follows what is known of such networks, so that there is something to find: nearness (the same powiat,
then its neighbours), shared interests, having met, having worked together or with the same others, what one lacks and
the other has, and the pull of those who are in everything anyway.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from graphsvc.demo.world import POWIATS, SOURCE, World, titled, year_later
from graphsvc.model.meetings import Meeting, NotedNeed
from graphsvc.model.organisations import Organisation
from graphsvc.model.partnerships import Member, Partnership, PartnershipEvent
from graphsvc.model.poland import poland
from graphsvc.model.vocabulary import broad_sector, label, scheme

REGIONAL = ("OWES", "LGD", "IOB", "UCZ")
"""Kinds that work in the whole region."""
RULES = (
    "1. Decyzje zapadają na spotkaniu partnerów zwykłą większością.\n"
    "2. Lider zwołuje spotkania co najmniej raz na kwartał i prowadzi notatki.\n"
    "3. Każdy partner wyznacza jedną osobę do kontaktu.\n"
    "4. Spory rozstrzyga animator OWES."
)
_THEMES = ("OPI", "REI", "CATE", "DDZ", "PWD", "KULT", "WOL", "ZIE", "BR-ROL", "BR-GAS", "BR-TUR", "ASY", "MWS",
           "US08", "US14", "US11", "US09", "US06", "US02", "BR-REM", "BR-SZK", "US05", "US13")  # fmt: skip


def _near_powiats() -> dict[str, set[str]]:
    return {
        a: {n[:4] for g in poland().gminas(a) for n in poland().neighbours.get(g, ()) if n[:4] in POWIATS}
        for a in POWIATS
    }


@dataclass(frozen=True)
class Call:
    """What brings people together: a theme, in a powiat, on a day."""

    theme: str
    powiat: str
    day: date


class History:
    """Lets the months pass."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.near = _near_powiats()
        self.families = {code: self._family(code) for code in scheme("need_area").codes}
        people = [sum(poland().get(g).population or 0 for g in poland().gminas(p)) for p in POWIATS]
        self.weights = [n**0.7 for n in people]
        self.by_id = {o.id: o for o in world.organisations}
        self.broad = {o.id: broad_sector(o.sector) for o in world.organisations}
        self.gives = {o.id: {offer.code for offer in o.offers} for o in world.organisations}
        self.lacks = {o.id: {n.code for n in o.needs if n.met_on is None} for o in world.organisations}
        self.events: list[PartnershipEvent] = []

    def _family(self, code: str) -> frozenset[str]:
        """A service and the areas of the act that it belongs to."""
        concept = scheme("need_area").by_code[code]
        return frozenset({code, *concept.extra.get("area", ())})

    def run(self) -> None:
        """Fill the world with meetings and partnerships."""
        month = self.world.start
        while month < self.world.until:
            growth = 1 + (month - self.world.start).days / 2200
            for _ in range(round(self.world.rng.uniform(3, 5) * growth)):
                self._meet(self._call(month))
            for _ in range(round(self.world.rng.uniform(1.5, 3.4) * growth)):
                self._found(self._call(month))
            month = (month + timedelta(days=32)).replace(day=1)

    def _call(self, month: date) -> Call:
        rng = self.world.rng
        last = min(self.world.until, month + timedelta(days=27))
        return Call(rng.choice(_THEMES), rng.choices(POWIATS, self.weights)[0], self.world.day(month, last))

    def _fit(self, one: Organisation, call: Call) -> float:
        """How likely an organisation answers a call, before it is known who else comes."""
        if not self.world.alive(one, call.day):
            return 0.0
        powiat = (one.territory or "")[:4]
        near = 1.0 if powiat == call.powiat else 0.12 if powiat in self.near[call.powiat] else 0.02
        if one.kind in REGIONAL:
            near = max(near, 0.35)
        shared = len(self.families[call.theme] & self.world.interests[one.id])
        return self.world.activity[one.id] * near * (0.15 + 2.0 * shared)

    def _draw(self, weights: dict[str, float]) -> str | None:
        ids = [i for i, w in weights.items() if w > 0]
        return self.world.rng.choices(ids, [weights[i] for i in ids])[0] if ids else None

    def _meet(self, call: Call) -> None:
        world, rng = self.world, self.world.rng
        weights = {o.id: self._fit(o, call) for o in world.organisations}
        came: list[str] = []
        for _ in range(min(18, 4 + int(rng.paretovariate(1.6) * 2))):
            if chosen := self._draw(weights):
                came.append(chosen)
                weights[chosen] = 0.0
        form, scope = rng.choice(("ANI", "ANI", "GRU", "WAR", "SIE", "DEB", "SNB", "WIZ", "KONS")), rng.choice("GSR")
        place = rng.choice(poland().gminas(call.powiat))
        theme = label("need_area", call.theme, "pl")
        debate = form == "DEB" or rng.random() < 0.2
        world.meetings.append(
            Meeting(
                id=world.id("meeting", len(world.meetings)),
                source=SOURCE,
                name=f"{titled('meeting_form', form)}: {theme}",
                form=form,
                scope={"G": "GS", "S": "SE", "R": "RE"}[scope],
                held_on=call.day,
                place=poland().get(place).short_name,
                territory=place,
                themes=(call.theme,),
                about_social_economy=debate,
                agenda=f"1. Kto co robi: {theme}.\n2. Czego brakuje w okolicy.\n3. Co możemy zrobić razem.",
                people=len(came) + rng.randint(0, len(came) + 3),
                attended=tuple(came),
                needs=tuple(self._noted(call)),
                ideas="Wspólna oferta dla gminy." if rng.random() < 0.3 else "",
                follow_up=rng.choice(("", "Animator zaprosi gminę.", "Kolejne spotkanie za miesiąc.")),
                follow_up_by=call.day + timedelta(days=30) if rng.random() < 0.3 else None,
            )
        )
        self._know(world.met, came)

    def _noted(self, call: Call) -> Iterator[NotedNeed]:
        groups = scheme("target_group").codes
        if self.world.rng.random() < 0.6:
            yield NotedNeed(code=call.theme, group=self.world.rng.choice(groups))

    def _know(self, known: dict[str, set[str]], ids: list[str]) -> None:
        for one in ids:
            known[one].update(other for other in ids if other != one)

    def _found(self, call: Call) -> None:
        members = self._members(call)
        if len(members) >= 2:
            self._add(call, members)
            self._know(self.world.partners, [m.id for m in members])

    def _members(self, call: Call) -> list[Organisation]:
        weights = {o.id: w for o in self.world.organisations if (w := self._fit(o, call))}
        chosen: list[str] = []
        for _ in range(min(14, 2 + int(self.world.rng.paretovariate(1.5)))):
            pulled = weights
            if chosen:
                ids, sectors = set(chosen), {self.broad[i] for i in chosen}
                lacks = {code for i in chosen for code in self.lacks[i]}
                pulled = {i: w * self._pull(i, ids, sectors, lacks) for i, w in weights.items()}
            found = self._draw(pulled)
            if found is None:
                break
            chosen.append(found)
            del weights[found]
        return [self.by_id[i] for i in chosen]

    def _pull(self, one: str, ids: set[str], sectors: set[str], lacks: set[str]) -> float:
        """How much more an organisation joins for who is in already (``ids``), their sectors, and what they lack."""
        met, partners = self.world.met, self.world.partners
        common = sum(len(partners[one] & partners[i]) for i in ids) / len(ids) if partners[one] else 0.0
        return (
            (1 + 3.0 * len(met[one] & ids) / len(ids))
            * (1 + 1.5 * len(partners[one] & ids) / len(ids))
            * (1 + min(2.0, 0.4 * common))
            * (1.0 if self.broad[one] in sectors else 1.8)
            * (1 + 1.2 * min(2, len(self.gives[one] & lacks)))
        )

    def _kind(self, members: list[Organisation], theme: str) -> str:
        sectors = {self.broad[o.id] for o in members}
        if "PRY" in sectors and len(members) <= 4:
            return "BIZ"
        if sectors == {"PUB"}:
            return "ZIT"
        if all(o.sector == "social_economy" for o in members):
            return "KON"
        if {"PUB", "SPO"} <= sectors and theme in ("OPI", "DDZ", "ASY", "MWS", "PWD", "REI", "CATE"):
            return self.world.rng.choice(("PPS", "PPS", "PRJ"))
        return self.world.rng.choice(("LOK", "LOK", "KOA", "ROZ", "SIEC", "PRJ"))

    def _add(self, call: Call, members: list[Organisation]) -> None:
        world, rng = self.world, self.world.rng
        number = len(world.partnerships)
        recent = (world.until - call.day).days < 200
        phase = rng.choices(("F0", "F1", "F2", "F3"), (2, 2, 3, 3))[0] if recent else ""
        idea = phase in ("F0", "F1")
        ends = None if idea else self._end(call.day)
        theme = label("need_area", call.theme, "pl")
        starts = None if phase == "F0" else call.day
        made = Partnership(
            id=world.id("partnership", number),
            source=SOURCE,
            name=f"{rng.choice(('Razem', 'Sąsiedzi', 'Partnerstwo', 'Wspólnie', 'Porozumienie'))}: {theme}, "
            f"{poland().get(call.powiat).short_name} {call.day.year}/{number + 1}",
            kind=self._kind(members, call.theme),
            phase=phase or self._phase(ends),
            formalisation="NIE" if idea else rng.choice(("LIN", "POR", "POR", "UMO")),
            signed_on=None if idea else call.day,
            starts_on=starts,
            ends_on=ends,
            purpose=f"Wspólne działanie: {theme}.",
            rules="" if idea else RULES,
            document="" if idea else f"POR/{call.day.year}/{number + 1:03d}",
            themes=tuple(dict.fromkeys((call.theme, *world.some(sorted(self.families[call.theme]), 0, 2)))),
            territories=tuple(dict.fromkeys(o.territory for o in members if o.territory))[:4],
            members=tuple(self._member(o, place, starts, ends) for place, o in enumerate(members)),
        )
        world.partnerships.append(made)
        self._lead_up(made, call)
        self.events += self._events(made)

    def _end(self, begun: date) -> date | None:
        if self.world.rng.random() < 0.25:
            return None
        return year_later(begun, self.world.rng.choice((1, 2, 2, 3, 3, 5))) - timedelta(days=1)

    def _phase(self, ends: date | None) -> str:
        rng = self.world.rng
        if ends and ends < self.world.until:
            return "FX" if rng.random() < 0.1 else "FZ"
        return rng.choices(("F3", "F4", "F5", "FX"), (2, 6, 2, 1))[0]

    def _member(self, one: Organisation, place: int, starts: date | None, ends: date | None) -> Member:
        rng = self.world.rng
        role = (
            "LID" if place == 0 else "ANI" if one.kind == "OWES" else rng.choices(("PAR", "WSP", "OBS"), (8, 2, 1))[0]
        )
        last = min(filter(None, (ends, one.active_to, self.world.until)))
        since = self.world.day(starts, last) if starts and place > 2 and rng.random() < 0.15 else None
        leaves = starts and since is None and place > 0 and rng.random() < 0.08
        until = self.world.day(starts, last) if starts and leaves else None
        if until is None and one.active_to and starts and (ends is None or one.active_to <= ends):
            until = max(one.active_to, since or starts)
        return Member(id=one.id, role=role, since=since, until=until, evidence="E3" if starts else "E1")

    def _lead_up(self, made: Partnership, call: Call) -> None:
        """A meeting before it, with most of its members: what a partnership grew from."""
        if self.world.rng.random() < 0.55:
            ids = [m.id for m in made.members]
            held = max(self.world.start, call.day - timedelta(days=self.world.rng.randint(14, 120)))
            self._meet(Call(call.theme, call.powiat, held))
            last = self.world.meetings[-1]
            extra = [i for i in ids if self.world.rng.random() < 0.8 and i not in last.attended]
            both = (*last.attended[:6], *extra)
            self.world.meetings[-1] = last.model_copy(
                update={"attended": both, "partnerships": (made.id,), "people": len(both) + 4}
            )
            self._know(self.world.met, list(both))

    def _events(self, made: Partnership) -> Iterator[PartnershipEvent]:
        world = self.world
        if made.starts_on is None:
            return
        last = min(made.ends_on or world.until, world.until)
        planned = [("POD", made.starts_on)] if made.document else []
        planned += [(world.rng.choice(("SPO", "DZI", "DZI")), world.day(made.starts_on, last)) for _ in range(2)]
        if made.phase in ("FZ", "F5"):
            planned.append(("EWA", last))
        for number, (kind, day) in enumerate(planned):
            note = f"{titled('partnership_event', kind)}."
            own = world.id("event", made.id, number)
            yield PartnershipEvent(id=own, source=SOURCE, partnership=made.id, kind=kind, held_on=day, note=note)
