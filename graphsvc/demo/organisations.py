"""The region's organisations: who they are, where, what they care for, need and offer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from graphsvc.demo.names import Names
from graphsvc.demo.world import POWIATS, REGION, SOURCE, World, called
from graphsvc.model.organisations import Need, Offer, Organisation, Status
from graphsvc.model.poland import poland

PES = ("social_economy", "ngo")
FOUNDED_KINDS = ("WTZ", "ZAZ", "CIS", "KIS")
QUIET = 7
"""So many gminas keep to themselves: white spots."""
_NOTE = "Zapis zmyślony: dane pokazowe, nie dotyczą prawdziwej organizacji."


@dataclass(frozen=True)
class Plan:
    """So many of one kind: how they are named, what they care for, do, and lack."""

    kind: str
    sector: str
    count: int
    name: str
    interests: tuple[str, ...]
    offers: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    activity: float = 1.0
    status: str = ""


_CARE = ("OPI", "SOPI", "ASY", "WYT", "DDZ", "TEL")

PLANS = (
    Plan("SPS", "social_economy", 34, "Spółdzielnia Socjalna „{}”",
         ("BR-GAS", "BR-SPR", "BR-REM", "BR-REK", "CATE", "ZIE", "OPI", "ASY", "REI", "US04", "US13", "US14"),
         ("CATE", "ZIE", "OPI", "ASY", "BR-GAS", "BR-SPR", "BR-REM", "BR-KRA", "BR-DRU", "TRA"),
         ("FIN", "LOK", "MAR", "ZAK", "PRB", "SPR"), 1.6, "PS"),
    Plan("SNP", "social_economy", 14, "„{}” spółka non profit",
         ("OPI", "SOPI", "DDZ", "MWS", "REI", "US04", "US06", "US12"), ("OPI", "SOPI", "DDZ", "MWS", "WYT"),
         ("FIN", "LOK", "KAD"), 1.8, "PS"),
    Plan("CIS", "social_economy", 5, "Centrum Integracji Społecznej „{}”", ("REI", "US14", "US08", "ZIE", "BR-REM"),
         ("REI", "ZIE", "BR-REM"), ("ZAT", "ZAK", "SPR"), 2.2),
    Plan("KIS", "social_economy", 4, "Klub Integracji Społecznej „{}”", ("REI", "US14", "US08"), ("REI",),
         ("LOK", "ZAT"), 1.2),
    Plan("ZAZ", "social_economy", 4, "Zakład Aktywności Zawodowej „{}”", ("REI", "CATE", "BR-GAS", "US06", "US14"),
         ("CATE", "BR-GAS", "BR-DRU", "REI"), ("ZAK", "MAR"), 2.0),
    Plan("WTZ", "social_economy", 7, "Warsztat Terapii Zajęciowej „{}”", ("REI", "US06", "US14", "BR-REK"),
         ("REI", "BR-REK"), ("ZAT", "DAR", "TRA"), 1.3),
    Plan("SPP", "social_economy", 3, "Spółdzielnia Pracy „{}”", ("BR-REM", "BR-STO", "US08"),
         ("BR-REM", "BR-STO", "BR-SPR"), ("MAR", "ZAK"), 0.9),
    Plan("NGO-STO", "ngo", 42, "Stowarzyszenie „{}”",
         ("WOL", "KULT", "US09", "US11", "PWD", "US02", "DDZ", "US10", "ASY", "US05"),
         ("WOL", "KULT", "PWD", "WOLO", "DDZ", "REL", "WIE"), ("LOK", "FIN", "DAF", "UZY", "KAD"), 1.2, "OPP"),
    Plan("NGO-FUN", "ngo", 26, "Fundacja „{}”",
         ("ASY", "WYT", "PWD", "USA", "US02", "US03", "US06", "MWS", "BR-SZK", "US07"),
         ("ASY", "WYT", "PWD", "USA", "BR-SZK", "WIE", "KAD"), ("FIN", "DAF", "PRB", "LOK"), 1.5, "OPP"),
    Plan("NGO-KGW", "ngo", 28, "Koło Gospodyń Wiejskich „{}”", ("BR-ROL", "BR-GAS", "KULT", "US09", "US11", "WOL"),
         ("BR-ROL", "BR-GAS", "WOLO", "KULT"), ("LOK", "SPR", "DAR", "MAR"), 0.7),
    Plan("NGO-OSP", "ngo", 14, "Ochotnicza Straż Pożarna „{}”", ("WOL", "US11", "US10", "TRA"),
         ("WOLO", "LOK", "SPR"), ("FIN", "SPR"), 0.4),
    Plan("LGD", "ngo", 3, "Lokalna Grupa Działania „{}”", ("US11", "BR-ROL", "BR-TUR", "US09", "US10", "KULT"),
         ("FIN", "REL", "WIE"), ("KAD",), 4.0, "LGD"),
    Plan("MIK", "business", 26, "{}", ("BR-GAS", "BR-REM", "BR-DRU", "BR-IT", "BR-ROL", "BR-TUR"),
         ("DAR", "PRB", "ZAK", "MAR"), ("BR-SPR", "BR-DRU", "BR-GAS"), 0.4),
    Plan("MAL", "business", 24, "{} sp. z o.o.", ("BR-REM", "BR-STO", "BR-TRA", "US08", "US14", "ZIE"),
         ("DAR", "DAF", "ZAK", "ZAT", "UZY"), ("BR-SPR", "BR-GAS", "ZIE", "BR-KRA"), 0.6),
    Plan("SRE", "business", 16, "{} sp. z o.o.", ("US08", "US14", "US13", "BR-SPR", "US07"),
         ("DAF", "WOP", "ZAK", "ZAT", "SPO"), ("BR-SPR", "BR-GAS", "ZIE", "BR-DRU"), 0.9),
    Plan("DUZ", "business", 7, "{} S.A.", ("US13", "US07", "US05", "US08", "US10"),
         ("DAF", "WOP", "SPO", "ZAK", "MZS", "PRB"), ("BR-GAS", "ZIE", "BR-KRA", "BR-SPR"), 1.3),
    Plan("IOB", "business", 3, "Izba Gospodarcza „{}”", ("US08", "BR-SZK", "US14"), ("REL", "WIE", "PRB"), (), 1.5),
    Plan("SPD", "school", 12, "Szkoła Podstawowa „{}” (demo)", ("US07", "KULT", "PWD", "US10"), ("LOK", "WOLO"),
         ("CATE", "KULT", "SPO"), 0.6),
    Plan("SPO-PON", "school", 11, "Zespół Szkół „{}” (demo)", ("US07", "US08", "BR-SZK", "WOL"),
         ("WOLO", "LOK", "WIE"), ("ZAT", "CATE"), 0.8),
    Plan("UCZ", "school", 2, "Uczelnia „{}” (demo)", ("US07", "BR-SZK", "US05"), ("WIE", "WOLO"), (), 1.4),
    Plan("PAR", "other", 12, "Parafia „{}” (demo)", ("US04", "WOL", "CATE", "US02"), ("LOK", "WOLO"),
         ("FIN", "DDZ"), 0.5),
    Plan("GRU", "initiative_group", 22, "Grupa „{}”", ("US11", "WOL", "KULT", "ZIE", "US02", "US10"), ("WOLO",),
         ("LOK", "WIE", "FIN"), 0.6),
    Plan("RAD", "initiative_group", 6, "Rada seniorów „{}”", ("DDZ", "US04", "US11", "TEL"), ("REL", "WOLO"),
         ("DDZ", "TRA"), 0.8),
)  # fmt: skip


class Maker:
    """Makes the organisations of a world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.names = Names(world.rng)
        self.quiet = frozenset(world.rng.sample(world.gminas, QUIET))
        self.weights = [(poland().get(g).population or 0) ** 0.8 for g in world.gminas]

    def make(self) -> None:
        """Fill the world: public units first, since others hang on them."""
        self._public()
        for plan in PLANS:
            for number in range(plan.count):
                self._add(plan, number, self._gmina())

    def _gmina(self) -> str:
        return self.world.rng.choices(self.world.gminas, self.weights)[0]

    def _public(self) -> None:
        for code in self.world.gminas:
            town = poland().get(code)
            kind = "MNPP" if town.parent == "0262" else "GMI"
            title = f"{called(code)[0].upper()}{called(code)[1:]} (demo)"
            office = Plan(kind, "local_government", 1, title, ("US04", "US09", "US11", "US13"),
                          ("LOK", "FIN", "INT"), ("OPI", "DDZ", "ZIE", "CATE", "REI"), 1.8)  # fmt: skip
            self._add(office, code, code)
            kind = self.world.rng.choices(("OPS", "CUS", ""), (5, 1, 1.5))[0]
            if kind:
                title = "Ośrodek Pomocy Społecznej" if kind == "OPS" else "Centrum Usług Społecznych"
                unit = Plan(kind, "social_centre", 1, f"{title}, {called(code)} (demo)", ("US04", "US02", *_CARE),
                            ("INT", "KAD"), ("OPI", "SOPI", "ASY", "WYT"), 2.0)  # fmt: skip
                self._add(unit, code, code)
            if self.world.rng.random() < 0.4:
                house = Plan("KUL", "local_government", 1, f"Dom kultury, {called(code)} (demo)",
                             ("US09", "KULT", "US11"), ("LOK", "KULT"), ("WOL", "MAR"), 0.9)  # fmt: skip
                self._add(house, code, code)
        for powiat in POWIATS:
            self._of_powiat(powiat)
        owes = Plan("OWES", "support_centre", 1, "Ośrodek Wsparcia Ekonomii Społecznej (demo)",
                    ("US14", "US11", "REI", "BR-SZK", "US08"), ("WIE", "REL", "BR-SZK"), (), 9.0, "OWES")  # fmt: skip
        self._add(owes, 0, "026201")

    def _of_powiat(self, powiat: str) -> None:
        name = poland().get(powiat).short_name
        seat = max(poland().gminas(powiat), key=lambda g: poland().get(g).population or 0)
        care = Plan("PCPR", "social_centre", 1, f"Powiatowe Centrum Pomocy Rodzinie, {name} (demo)",
                    ("US02", "US03", "US06", "USA"), ("INT", "KAD"), ("USA", "ASR", "WYT"), 1.8)  # fmt: skip
        jobs = Plan("PUP", "labour_office", 1, f"Powiatowy Urząd Pracy, {name} (demo)", ("US08", "US14", "REI"),
                    ("FIN", "WIE"), ("REI", "ZAT"), 1.7)  # fmt: skip
        office = Plan("POW", "local_government", 1, f"Powiat {name} (demo)", ("US03", "US06", "US08", "US05"),
                      ("FIN", "LOK"), ("MWS", "USA", "REI"), 1.9)  # fmt: skip
        for plan in (care, jobs) if powiat == "0262" else (office, care, jobs):
            self._add(plan, powiat, seat)

    def _add(self, plan: Plan, number: object, gmina: str) -> None:
        world, rng = self.world, self.world.rng
        place = poland().get(gmina)
        begun = self._begun(plan)
        ended = world.day(begun + timedelta(days=700), world.until) if self._closed(plan, begun) else None
        name = plan.name.format(self.names.firm() if plan.sector == "business" and plan.kind != "IOB" else
                                self.names.phrase() if "{}" in plan.name else "")  # fmt: skip
        made = Organisation(
            id=world.id("organisation", plan.kind, number),
            source=SOURCE,
            name=name,
            sector=plan.sector,
            kind=plan.kind,
            territory=gmina,
            acts_in=self._acts_in(plan, gmina),
            founder=self._founder(plan, gmina),
            town=place.short_name,
            lat=round((place.lat or 0) + rng.uniform(-0.02, 0.02), 5),
            lon=round((place.lon or 0) + rng.uniform(-0.03, 0.03), 5),
            description=_NOTE,
            statuses=tuple(self._statuses(plan, begun)),
            needs=tuple(self._needs(plan, begun)),
            offers=tuple(self._offers(plan, begun)),
            csr_policy="Firma wspiera lokalne inicjatywy." if plan.kind in ("SRE", "DUZ") else "",
            jobs=rng.randint(3, 14) if plan.status == "PS" and begun >= world.start else None,
            budget=float((place.population or 0) * 7_000) if plan.kind in ("GMI", "MNPP") else None,
            active_from=begun,
            active_to=ended,
            confirmed_on=self._confirmed(ended),
            confirmed_by="animator",
        )
        world.organisations.append(made)
        shy = 0.02 if gmina in self.quiet else 1.0
        world.activity[made.id] = shy * plan.activity * min(12.0, rng.paretovariate(1.3))
        world.interests[made.id] = frozenset(rng.sample(plan.interests, min(len(plan.interests), rng.randint(3, 5))))

    def _begun(self, plan: Plan) -> date:
        public = plan.sector in ("local_government", "social_centre", "labour_office", "school", "support_centre")
        young = 0 if public else 0.45 if plan.sector in ("social_economy", "initiative_group") else 0.15
        if self.world.rng.random() < young:
            return self.world.day(self.world.start, self.world.until - timedelta(days=120))
        return self.world.day(date(1999, 1, 1), self.world.start)

    def _closed(self, plan: Plan, begun: date) -> bool:
        may = plan.sector in ("social_economy", "ngo", "business", "initiative_group")
        return may and (self.world.until - begun).days > 1400 and self.world.rng.random() < 0.07

    def _confirmed(self, ended: date | None) -> date:
        last = ended or self.world.until
        return last - timedelta(days=int(min(1500, self.world.rng.expovariate(1 / 260))))

    def _acts_in(self, plan: Plan, gmina: str) -> tuple[str, ...]:
        if plan.kind == "OWES":
            return (REGION,)
        return (gmina, *self._reach(gmina, plan.sector)) if plan.sector in PES else ()

    def _reach(self, gmina: str, sector: str) -> list[str]:
        beside = [g for g in poland().neighbours.get(gmina, ()) if g in self.world.gminas]
        return self.world.some(beside, 0, 3 if sector == "social_economy" else 1)

    def _founder(self, plan: Plan, gmina: str) -> str | None:
        if plan.kind in FOUNDED_KINDS or plan.kind in ("OPS", "CUS", "PCPR"):
            hosts = self.world.of("local_government", powiat=gmina) or self.world.of("local_government")
            return self.world.rng.choice(hosts).id
        return None

    def _statuses(self, plan: Plan, begun: date) -> Iterator[Status]:
        world = self.world
        shares = {"PS": 0.75, "OPP": 0.2, "OWES": 1.0, "LGD": 1.0}
        if plan.status and world.rng.random() < shares[plan.status]:
            since = world.day(max(begun, date(2022, 11, 1)) if plan.status == "PS" else begun, world.until)
            lost = plan.status == "PS" and (world.until - since).days > 400 and world.rng.random() < 0.1
            until = world.day(since + timedelta(days=300), world.until) if lost else None
            yield Status(code=plan.status, since=since, until=until)

    def _needs(self, plan: Plan, begun: date) -> Iterator[Need]:
        world = self.world
        for code in world.some(plan.needs, 0, 3):
            since = world.day(max(begun, world.start), world.until)
            met = world.rng.random() < 0.25
            yield Need(
                code=code,
                level=world.rng.randint(1, 3),
                since=since,
                met_on=world.day(since, world.until) if met else None,
            )

    def _offers(self, plan: Plan, begun: date) -> Iterator[Offer]:
        world = self.world
        for code in world.some(plan.offers, 1, 3):
            yield Offer(
                code=code,
                capacity=float(world.rng.choice((5, 10, 15, 20, 40))),
                since=world.day(max(begun, world.start), world.until),
            )
