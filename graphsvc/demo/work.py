"""The animator's and the outreach officer's own records: tasks c, e, g, h, i, j, and outreach."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from graphsvc.demo.places import Places
from graphsvc.demo.world import SOURCE, World, titled
from graphsvc.model.base import Record
from graphsvc.model.initiatives import Initiative
from graphsvc.model.meetings import Contact
from graphsvc.model.organisations import ContactPerson, Organisation
from graphsvc.model.outreach import Outreach
from graphsvc.model.partnerships import Partnership
from graphsvc.model.support import CsrAction, CsrOffer, PromotionTool, RevitalisationRole, ServiceDelivery
from graphsvc.model.vocabulary import label, scheme

_DI = frozenset(c.code for c in scheme("service") if c.extra.get("di"))
_PES = ("social_economy", "ngo")
_REFUSALS = {
    "CZA": "Inne plany na ten rok.",
    "ZNA": "Spotykamy się co miesiąc na radzie.",
    "DAL": "Autobus jedzie tam półtorej godziny.",
    "ROZ": "Szukamy kogoś z własną kuchnią.",
}


class Work:
    """Makes the records of what the centre does with the region's organisations."""

    def __init__(self, world: World, places: Places) -> None:
        self.world = world
        self.places = places
        self.pes = world.of(*_PES)
        self.businesses = world.of("business")

    def make(self) -> Iterator[Record]:
        """Everything, in an order in which links point back."""
        yield from self._initiatives()
        yield from self._promotion()
        yield from self._revitalisation()
        offers = list(self._offers())
        yield from offers
        yield from self._actions(offers)
        yield from self._deliveries()
        yield from self._contacts()
        yield from self._outreach()
        yield from self._people()

    def _from(self, one: Organisation) -> date:
        return max(self.world.start, one.active_from or self.world.start)

    def _spell(self, one: Organisation, days: int) -> tuple[date, date]:
        """A time of up to ``days`` within the history and the organisation's life."""
        last = min(one.active_to or self.world.until, self.world.until)
        since = self.world.day(self._from(one), last)
        return since, min(self.world.day(since + timedelta(days=20), since + timedelta(days=days)), date(2029, 12, 31))

    def _initiatives(self) -> Iterator[Initiative]:
        world, rng = self.world, self.world.rng
        young = [o for o in world.of("social_economy") if o.active_from and o.active_from > world.start]
        groups = world.of(kinds=("GRU",))
        for number in range(48):
            founded = young[number] if number < len(young) else None
            status = "G3" if founded else rng.choice(("G1", "G1", "G2", "G2", "G4", "G5"))
            last = (founded.active_from if founded else None) or world.until
            meeting = rng.choice([m for m in world.meetings if m.held_on <= last] or world.meetings[:1])
            begun = min(meeting.held_on, last)
            name = founded.name if founded else rng.choice(groups).name
            yield Initiative(
                id=world.id("initiative", number),
                source=SOURCE,
                name=f"Inicjatywa {number + 1}: {name}"[:300],
                status=status,
                territory=founded.territory if founded else meeting.territory,
                group=None if founded else rng.choice(groups).id,
                first_meeting=meeting.id,
                starts_on=begun,
                ends_on=world.day(begun, world.until) if status == "G5" else None,
                people=rng.randint(5, 18),
                purpose=f"Chcą zająć się: {label('need_area', meeting.themes[0], 'pl')}.",
                planned_kind=founded.kind if founded else rng.choice(("SPS", "NGO-STO", "NGO-FUN", "SNP", "SPP")),
                next_step="" if status in ("G3", "G5") else rng.choice(("Biznesplan", "Statut", "Wizyta studyjna")),
                next_step_by=None if status in ("G3", "G5") else world.until + timedelta(days=rng.randint(-20, 60)),
                registered_on=last if founded else None,
                grew_into=founded.id if founded else None,
                partnerships=self._joined(founded),
            )

    def _joined(self, founded: Organisation | None) -> tuple[str, ...]:
        """The first partnership of the PES that grew out of an initiative."""
        own = (p.id for p in self.world.partnerships if founded and founded.id in {m.id for m in p.members})
        return tuple(islice(own, 1))

    def _promotion(self) -> Iterator[PromotionTool]:
        world, rng = self.world, self.world.rng
        for one in world.of("social_economy"):
            for number in range(rng.choices((0, 1, 2, 3), (4, 4, 2, 1))[0]):
                kind, state = rng.choice(scheme("promo_tool").codes), rng.choice(scheme("promo_tool_state").codes)
                made, review = self._spell(one, 900)
                yield PromotionTool(
                    id=world.id("tool", one.id, number),
                    source=SOURCE,
                    name=f"{titled('promo_tool', kind)}: {one.name}"[:300],
                    organisation=one.id,
                    kind=kind,
                    state=state,
                    made_on=made if state in ("GOT", "UZY", "NIE") else None,
                    review_on=review,
                )

    def _revitalisation(self) -> Iterator[RevitalisationRole]:
        world, rng = self.world, self.world.rng
        programmes = [d for d in self.places.documents if d.kind == "GPR"]
        for programme in programmes[: len(programmes) * 2 // 3]:
            near = world.of(*_PES, powiat=(programme.territory or "")[:4])
            for one in world.some(near, 1, 4):
                since = max(programme.valid_from or world.start, self._from(one))
                yield RevitalisationRole(
                    id=world.id("revitalisation", programme.id, one.id),
                    source=SOURCE,
                    organisation=one.id,
                    role=rng.choice(scheme("revitalisation_role").codes),
                    territory=programme.territory,
                    programme=programme.id,
                    undertaking=rng.choice(("Kawiarnia w dawnym dworcu", "Klub w kamienicy", "Zielone podwórko", "")),
                    since=since,
                )

    def _offers(self) -> Iterator[CsrOffer]:
        world, rng = self.world, self.world.rng
        forms = scheme("csr_form").codes
        makers = [(o, "offer") for o in world.some(self.businesses, 45, 45)]
        makers += [(o, "interest") for o in world.some(world.of("social_economy"), 30, 30)]
        for number, (one, side) in enumerate(makers):
            wanted = [c.code for c in (one.offers if side == "offer" else one.needs) if c.code in forms]
            form = rng.choice(wanted or forms)
            since, until = self._spell(one, 700)
            state = rng.choice(("OTW", "OTW", "ROZ", "ZRE", "WYC"))
            yield CsrOffer(
                id=world.id("csr offer", number),
                source=SOURCE,
                name=f"{titled('csr_form', form)}: {one.name}"[:300],
                organisation=one.id,
                side=side,
                form=form,
                state=state,
                since=since,
                until=until if rng.random() < 0.4 else None,
                territories=((one.territory or "")[:4],),
                description="Do uzgodnienia na spotkaniu.",
            )

    def _actions(self, offers: list[CsrOffer]) -> Iterator[CsrAction]:
        world, rng = self.world, self.world.rng
        by_id = {o.id: o for o in world.organisations}
        for number, offer in enumerate(o for o in offers if o.side == "offer" and o.state in ("ROZ", "ZRE", "OTW")):
            receiver = rng.choice(world.of("social_economy", powiat=offer.territories[0]) or self.pes)
            if offer.state == "OTW" and rng.random() < 0.6:
                continue
            since = max(offer.since or world.start, self._from(receiver))
            yield CsrAction(
                id=world.id("csr action", number),
                source=SOURCE,
                name=f"{titled('csr_form', offer.form)} dla: {receiver.name}"[:300],
                giver=by_id[offer.organisation].id,
                receiver=receiver.id,
                form=offer.form,
                offer=offer.id if offer.state == "ZRE" else None,
                value=float(rng.choice((1_000, 2_500, 5_000, 12_000, 40_000))),
                since=since,
                until=since + timedelta(days=rng.choice((1, 30, 365))),
            )

    def _deliveries(self) -> Iterator[ServiceDelivery]:
        world, rng = self.world, self.world.rng
        for one in self.pes:
            for number, offer in enumerate(o for o in one.offers if o.code in scheme("service") and rng.random() < 0.6):
                gmina = rng.choice(one.acts_in or (one.territory or "",))
                orderers = world.of("social_centre", "local_government", powiat=gmina)
                since, until = self._spell(one, 1_000)
                yield ServiceDelivery(
                    id=world.id("delivery", one.id, number),
                    source=SOURCE,
                    service=offer.code,
                    provider=one.id,
                    orderer=rng.choice(orderers).id if orderers and rng.random() < 0.7 else None,
                    territory=gmina,
                    instrument=rng.choice(scheme("social_clause").codes),
                    group=rng.choice(scheme("target_group").codes),
                    deinstitutionalised=offer.code in _DI,
                    planned=since > world.until - timedelta(days=60),
                    capacity=rng.choice((5, 10, 15, 20, 30)),
                    value=float(rng.choice((20_000, 60_000, 120_000, 240_000))),
                    since=since,
                    until=until if rng.random() < 0.6 else None,
                )

    def _contacts(self) -> Iterator[Contact]:
        world, rng = self.world, self.world.rng
        often = world.some(world.organisations, 260, 260)
        for number in range(700):
            one = rng.choice(often)
            held, _ = self._spell(one, 1)
            result = rng.choice(("", *scheme("contact_result").codes))
            yield Contact(
                id=world.id("contact", number),
                source=SOURCE,
                organisation=one.id,
                kind=rng.choice(scheme("contact_kind").codes),
                held_on=held,
                result=result,
                next_on=held + timedelta(days=rng.randint(7, 60)) if result in ("ODP", "ZAI") else None,
                note="Rozmowa o możliwej współpracy." if rng.random() < 0.4 else "",
            )

    def _pair(self, taken_up: bool) -> tuple[Organisation, Organisation, Partnership | None]:
        """Two organisations, and the partnership that came of it where the suggestion was taken up."""
        world, rng = self.world, self.world.rng
        if taken_up:
            shared = rng.choice([p for p in world.partnerships if p.starts_on])
            by_id = {o.id: o for o in world.organisations}
            a, b = rng.sample([m.id for m in shared.members], 2)
            return by_id[a], by_id[b], shared
        one = rng.choice(self.pes)
        near = world.of(*_PES, "business", "local_government", powiat=(one.territory or "")[:4])
        others = [o for o in near if o.id != one.id and o.id not in world.partners[one.id]]
        return one, rng.choice(others or self.businesses), None

    def _outreach(self) -> Iterator[Outreach]:
        """Suggestions taken up or refused: pairs near each other that have not worked together, some that then did."""
        world, rng = self.world, self.world.rng
        for number in range(130):
            one, other, shared = self._pair(number % 4 == 0)
            status = "PRZ" if shared else rng.choice(("NOW", "SPR", "ZAP", "ODR", "ODR", "ODL", "WYG"))
            day = (shared.starts_on if shared else None) or world.day(max(world.start, self._from(one)), world.until)
            yield Outreach(
                id=world.id("outreach", number),
                source=SOURCE,
                pair=(one.id, other.id),
                status=status,
                reasons=tuple(world.some(scheme("suggestion_reason").codes, 1, 2)),
                score=round(rng.betavariate(2, 4), 3),
                shown=rng.randint(1, 5),
                channel=rng.choice(scheme("outreach_channel").codes),
                decided_on=None if status == "NOW" else day,
                decided_by="" if status == "NOW" else "animator",
                refusal_reason=list(_REFUSALS)[number % 4] if status == "ODR" else "",
                refusal=list(_REFUSALS.values())[number % 4] if status == "ODR" else "",
                not_before=day + timedelta(days=365) if status == "ODR" else None,
                next_on=day + timedelta(days=14) if status in ("SPR", "ZAP") else None,
                partnership=shared.id if shared else None,
            )

    def _people(self) -> Iterator[ContactPerson]:
        for number, one in enumerate(self.world.some(self.pes, 30, 30)):
            yield ContactPerson(
                id=self.world.id("person", number),
                source=SOURCE,
                organisation=one.id,
                name=f"Osoba Zmyślona {number + 1}",
                function="koordynacja",
                email=f"osoba{number + 1}@example.org",
                legal_basis="dane zmyślone",
                review_on=self.world.until + timedelta(days=200),
            )
