"""The region's territories with their needs, diagnoses, strategic documents and consultations (forms b, d, e, f)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from graphsvc.demo.world import POWIATS, REGION, SOURCE, World, called, titled, year_later
from graphsvc.model.base import Record
from graphsvc.model.diagnosis import Diagnosis, Finding
from graphsvc.model.dialogue import Comment, Consultation, Planner, StrategyDocument, Voice
from graphsvc.model.geometry import point_in
from graphsvc.model.organisations import Need, Organisation
from graphsvc.model.poland import poland
from graphsvc.model.territories import Territory
from graphsvc.model.vocabulary import scheme

REVITALISED = 14
"""So many gminas have a revitalisation programme."""
_SERVICES = ("OPI", "SOPI", "ASY", "WYT", "TEL", "DDZ", "MWS", "TRA", "ASR", "PWD", "USA", "CATE", "REI", "ZIE",
             "KULT", "WOL")  # fmt: skip
_DOCUMENTS = (("SRG", 8, 0.7), ("SRPS", 6, 0.9), ("PWO", 1, 0.8), ("LPDI", 5, 0.25), ("DCUS", 3, 0.2))
"""Kind of document, years of validity, share of gminas that have it."""
_POTENTIALS = ("LOK", "WOLO", "KAD", "REL", "KULT", "BR-ROL", "BR-TUR", "GRU", "INT", "ZIE")
_SAID = (
    "Proszę dopisać podmioty ekonomii społecznej do grona realizatorów.",
    "Brakuje zadań dla organizacji z terenów wiejskich.",
    "Termin naboru jest za krótki dla małych organizacji.",
    "Warto zapisać klauzule społeczne w zamówieniach gminy.",
    "Prosimy o lokal na klub seniora w centrum miejscowości.",
    "Wskaźniki nie obejmują usług świadczonych w domu.",
)
_EXTRACT = "Gmina zleca część usług podmiotom ekonomii społecznej i wspiera powstawanie nowych."


class Places:
    """Makes the records that are about territories."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.revitalised = sorted(world.rng.sample(world.gminas, REVITALISED))
        self.needs: dict[str, tuple[Need, ...]] = {}
        self.documents: list[StrategyDocument] = []
        self.consultations: list[Consultation] = []

    def make(self) -> Iterator[Record]:
        """Everything, in an order in which links point back; the documents and consultations are kept too."""
        diagnoses = list(self._diagnoses())
        yield from self._territories()
        yield from self.world.organisations
        yield from diagnoses
        for gmina in self.world.gminas:
            self.documents += self._documents(gmina)
        yield from self.documents
        for number, document in enumerate(self.documents):
            if self.world.rng.random() < 0.45:
                self.consultations.append(self._consultation(number, document))
        yield from self.consultations
        for consultation in self.consultations:
            yield from self._comments(consultation)

    def _territories(self) -> Iterator[Record]:
        yield poland().get("02")
        yield from (poland().get(p) for p in POWIATS)
        for gmina in self.world.gminas:
            place = poland().get(gmina)
            borders = tuple(n for n in place.borders if n in self.world.gminas)
            needs = self.needs.get(gmina, ())
            yield place.model_copy(update={"source": SOURCE, "needs": needs, "borders": borders})
        yield Territory(
            code=REGION,
            name="Region pokazowy OWES (demo)",
            level="region",
            parent="02",
            covers=POWIATS,
            source=SOURCE,
        )
        for gmina in self.revitalised[:6]:
            yield self._area(gmina)

    def _area(self, gmina: str) -> Territory:
        lon, lat = point_in(gmina)
        corners = ((-0.005, -0.003), (0.004, -0.004), (0.006, 0.001), (0.002, 0.004), (-0.005, 0.003))
        ring = [[round(lon + x, 5), round(lat + y, 5)] for x, y in (*corners, corners[0])]
        return Territory(
            code=f"{gmina}:R1",
            name=f"Obszar rewitalizacji (demo), {called(gmina)}",
            level="revitalisation",
            parent=gmina,
            shape=f'{{"type":"Polygon","coordinates":[{ring}]}}'.replace(" ", ""),
            lat=lat,
            lon=lon,
            population=int(0.12 * (poland().get(gmina).population or 0)),
            source=SOURCE,
        )

    def _diagnoses(self) -> Iterator[Diagnosis]:
        """Most gminas twice, some once, some never: white spots."""
        world = self.world
        for gmina in world.gminas:
            if world.rng.random() < 0.12:
                continue
            years = (1, 5) if world.rng.random() < 0.75 else (4,)
            services = world.some(_SERVICES, 5, 9)
            for number, year in enumerate(years):
                day = world.day(year_later(world.start, year - 1), year_later(world.start, year) - timedelta(days=5))
                made = self._diagnosis(f"{gmina}/{number}", day, services, gmina)
                yield made
                self.needs[gmina] = tuple(
                    Need(code=f.code, level=f.level, group=f.group, scale=f.scale, since=day)
                    for f in made.findings
                    if f.what == "need"
                )
        for one in world.some(world.of("social_economy"), 25, 25):
            day = world.day(max(world.start, one.active_from or world.start), world.until)
            yield self._diagnosis(one.id, day, [o.code for o in one.offers], None, one)

    def _diagnosis(
        self, key: str, day: date, services: list[str], gmina: str | None, one: Organisation | None = None
    ) -> Diagnosis:
        world = self.world
        what = called(gmina) if gmina else one.name if one else ""
        findings = [self._finding(c, "need" if gmina else "potential") for c in services if world.rng.random() < 0.85]
        findings += [self._finding(c, "potential" if gmina else "need") for c in world.some(_POTENTIALS, 2, 5)]
        return Diagnosis(
            id=world.id("diagnosis", key),
            source=SOURCE,
            name=f"Diagnoza {day.year}: {what}"[:300],
            territory=gmina,
            organisation=one.id if one else None,
            made_on=day,
            method=tuple(world.some(scheme("diagnosis_method").codes, 1, 3)),
            findings=tuple(findings),
            conclusions="Najpilniejsze: usługi dla osób starszych i wsparcie rodzin." if gmina else "",
        )

    def _finding(self, code: str, what: str) -> Finding:
        rng = self.world.rng
        return Finding(
            code=code,
            what=what,
            level=rng.choices((1, 2, 3), (3, 4, 3))[0],
            group=rng.choice(scheme("target_group").codes),
            scale=rng.choice((None, 20, 40, 60, 120)) if what == "need" else None,
            source=rng.choice(("wywiady", "dane OPS", "ankieta", "spacer badawczy")),
        )

    def _documents(self, gmina: str) -> Iterator[StrategyDocument]:
        for kind, years, share in _DOCUMENTS:
            if self.world.rng.random() < share:
                yield self._document(gmina, kind, years)
        if gmina in self.revitalised:
            yield self._document(gmina, "GPR", 7)

    def _document(self, gmina: str, kind: str, years: int) -> StrategyDocument:
        world, rng = self.world, self.world.rng
        earliest = year_later(world.until, -min(years, 6))
        begun = world.day(earliest, world.until - timedelta(days=20)).replace(day=1)
        mentions = rng.random() < (0.75 if kind in ("GPR", "PWO", "LPDI") else 0.45)
        office = world.of(kinds=("GMI", "MNPP"), powiat=gmina)[0]
        near = world.of("social_economy", "ngo", "initiative_group", powiat=gmina[:4])
        others = [o for o in world.some(near, 0, 4) if world.alive(o, begun)]
        return StrategyDocument(
            id=world.id("document", gmina, kind),
            source=SOURCE,
            name=f"{titled('strategic_document', kind)}, {called(gmina)} (demo)",
            kind=kind,
            territory=gmina,
            adopted_on=begun - timedelta(days=15),
            number=f"{rng.randint(1, 60)}/{rng.randint(5, 300)}/{begun.year}",
            valid_from=begun,
            valid_to=year_later(begun, years) - timedelta(days=1),
            social_economy=mentions,
            extract=_EXTRACT if mentions else "",
            participants=(Planner(id=office.id, role="ORG"), *(self._planner(o) for o in others)),
        )

    def _planner(self, one: Organisation) -> Planner:
        return Planner(id=one.id, role=self.world.rng.choice(("ZES", "KON", "KON", "REA")))

    def _consultation(self, number: int, document: StrategyDocument) -> Consultation:
        world, rng = self.world, self.world.rng
        begun = max(world.start, (document.adopted_on or world.until) - timedelta(days=rng.randint(60, 120)))
        ended = begun + timedelta(days=38 if document.kind == "GPR" else rng.choice((14, 21, 30)))
        forms = ("UWP", *world.some([c for c in scheme("consultation_form").codes if c != "UWP"], 1, 3))
        gmina = document.territory or ""
        near = world.of("initiative_group", "ngo", "social_economy", powiat=gmina[:4])
        voices = [o for o in world.some(near, 2, 6) if world.alive(o, begun)]
        return Consultation(
            id=world.id("consultation", number),
            source=SOURCE,
            name=f"Konsultacje: {document.name}"[:300],
            territory=gmina,
            document=document.id,
            starts_on=begun,
            ends_on=ended,
            forms=forms,
            stage="RAP" if rng.random() < 0.7 else "ZAK",
            participants=tuple(Voice(id=o.id, position=rng.choice(("ZA", "ZA", "UWA", "PRZ"))) for o in voices),
            result="Uwzględniono część uwag; raport ogłoszono." if rng.random() < 0.7 else "",
        )

    def _comments(self, consultation: Consultation) -> Iterator[Comment]:
        world, rng = self.world, self.world.rng
        for number, voice in enumerate(world.some(consultation.participants, 0, 3)):
            outcome = rng.choice(("UWZ", "CZE", "NIE", "OCZ"))
            yield Comment(
                id=world.id("comment", consultation.id, number),
                source=SOURCE,
                consultation=consultation.id,
                organisation=voice.id,
                said_on=world.day(consultation.starts_on, consultation.ends_on or consultation.starts_on),
                text=rng.choice(_SAID),
                outcome=outcome,
                reason="Poza zakresem dokumentu." if outcome == "NIE" else "",
            )
