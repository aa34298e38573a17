"""The animator's questions, on a small graph worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from graphsvc.model.base import Record
from graphsvc.model.diagnosis import Diagnosis, Finding
from graphsvc.model.dialogue import Comment, Consultation, StrategyDocument, Voice
from graphsvc.model.initiatives import Initiative
from graphsvc.model.meetings import Contact, Meeting
from graphsvc.model.organisations import ContactPerson, Need, Offer, Organisation, Status
from graphsvc.model.outreach import Outreach
from graphsvc.model.partnerships import Member, Partnership
from graphsvc.model.poland import poland
from graphsvc.model.support import CsrOffer, PromotionTool, RevitalisationRole, ServiceDelivery
from graphsvc.model.survey import SurveyAnswer, SurveyRound, SurveyTie
from graphsvc.model.territories import Territory
from graphsvc.snapshot import take
from graphsvc.snapshot.demand import gaps
from graphsvc.snapshot.filter import day as snapshot_day
from graphsvc.store.animation import Animation
from graphsvc.store.driver import Store
from graphsvc.store.network import read_network
from graphsvc.store.records import Records

DAY = date(2026, 10, 31)
LUBIN, VILLAGE, RUDNA, LEGNICA = "021101", "021102", "021103", "026201"


def d(text: str) -> date:
    return date.fromisoformat(text)


def gmina(code: str, *needs: Need) -> Territory:
    near = tuple(n for n in poland().get(code).borders if n in (LUBIN, VILLAGE, RUDNA, LEGNICA))
    return poland().get(code).model_copy(update={"needs": needs, "borders": near})


def org(id: str, sector: str, place: str, **more: object) -> Organisation:
    own = {"id": id, "name": id.title(), "sector": sector, "territory": place, "active_from": "2010-01-01"}
    return Organisation.model_validate(own | more)


def delivery(id: str, territory: str, capacity: int, **more: object) -> ServiceDelivery:
    own = {"id": id, "service": "OPI", "provider": "coop", "territory": territory, "capacity": capacity}
    return ServiceDelivery.model_validate(own | {"since": "2026-02-01"} | more)


@pytest.fixture
def ask(store: Store) -> Animation:
    offers_care = (Offer(code="OPI", capacity=10),)
    ps = (Status(code="PS", since=d("2026-02-01")),)
    records: list[Record] = [
        gmina(LUBIN, Need(code="OPI", level=3, scale=40), Need(code="TEL", level=2), Need(code="CATE", level=1)),
        gmina(VILLAGE, Need(code="OPI", level=2, scale=5), Need(code="ASY", met_on=d("2026-01-01"))),
        gmina(RUDNA, Need(code="OPI", level=1)),
        gmina(LEGNICA),
        Territory(code="PL:test", name="Region", level="region", covers=("0211",)),
        org("coop", "social_economy", LUBIN, kind="SPS", offers=offers_care, statuses=ps, jobs=4),
        org("helper", "social_economy", RUDNA, offers=offers_care),
        org("club", "ngo", LEGNICA, offers=(Offer(code="TEL"),), needs=(Need(code="DAF"),)),
        org("firm", "business", LUBIN),
        org("office", "local_government", LUBIN, budget=1_000_000),
        org("group", "initiative_group", VILLAGE),
        org("lgd", "ngo", RUDNA, kind="LGD"),
        org("owes", "support_centre", LEGNICA),
        Partnership(
            id="p1",
            name="P1",
            phase="F4",
            starts_on=d("2026-01-10"),
            ends_on=d("2026-12-01"),
            territories=(LUBIN,),
            members=(
                Member(id="coop"), Member(id="office"),
                Member(id="group", until=d("2026-03-01")), Member(id="group", since=d("2026-05-01")),
            ),
        ),
        Partnership(
            id="p2",
            name="P2",
            phase="F4",
            starts_on=d("2025-01-10"),
            ends_on=d("2027-12-01"),
            members=(Member(id="owes"), Member(id="lgd")),
        ),
        Partnership(id="p3", name="P3", phase="FZ", starts_on=d("2020-01-10"), ends_on=d("2021-12-01"),
                    members=(Member(id="club"), Member(id="firm"))),
        Meeting(id="m", name="Debata", held_on=d("2026-03-01"), territory=LUBIN, about_social_economy=True,
                attended=("coop", "firm"), follow_up="Zaprosić", follow_up_by=d("2026-10-20")),
        Initiative(id="i1", name="Start", status="G2", territory=VILLAGE, starts_on=d("2026-05-01"),
                   next_step="Statut", next_step_by=d("2026-10-01"), partnerships=("p1",)),
        Initiative(id="i2", name="Gotowe", status="G3", territory=LUBIN, starts_on=d("2025-01-01"),
                   first_meeting="m", registered_on=d("2026-04-01"), grew_into="coop"),
        Contact(id="c", organisation="club", held_on=d("2026-09-01"), next_on=d("2026-11-02")),
        Diagnosis(id="d1", name="D1", territory=LUBIN, made_on=d("2022-01-01"),
                  findings=(Finding(code="OPI", level=2), Finding(code="LOK", what="potential", level=1))),
        Diagnosis(id="d2", name="D2", territory=LUBIN, made_on=d("2026-01-01"),
                  findings=(Finding(code="OPI", level=3), Finding(code="TEL", level=2))),
        StrategyDocument(id="gpr", name="GPR", kind="GPR", territory=RUDNA, valid_from=d("2024-01-01"),
                         valid_to=d("2027-01-31"), social_economy=True),
        StrategyDocument(id="gpr2", name="GPR 2", kind="GPR", territory=LUBIN, valid_to=d("2028-01-31")),
        RevitalisationRole(id="r", organisation="coop", territory=LUBIN, programme="gpr2"),
        Consultation(id="k", name="K", territory=RUDNA, document="gpr", starts_on=d("2026-02-01"),
                     participants=(Voice(id="group", position="ZA"), Voice(id="lgd"))),
        Comment(id="u1", consultation="k", organisation="group", text="Dopisać", outcome="UWZ"),
        Comment(id="u2", consultation="k", text="Skreślić"),
        PromotionTool(id="t1", name="Ulotka", organisation="coop", state="UZY", review_on=d("2026-10-25")),
        PromotionTool(id="t2", name="Strona", organisation="helper", state="PRZ"),
        CsrOffer(id="o1", name="Darowizna", organisation="firm", form="DAF"),
        CsrOffer(id="o2", name="Wolontariat", organisation="firm", form="WOP"),
        delivery("s1", LUBIN, 15, orderer="office", value=100_000, instrument="ZAS"),
        delivery("s2", VILLAGE, 8, orderer="office", value=100_000, instrument="OKO"),
        delivery("s3", RUDNA, 9, planned=True),
        Outreach(id="x1", pair=("club", "firm"), status="PRZ", decided_on=d("2026-05-01")),
        Outreach(id="x2", pair=("club", "coop"), status="ODR", decided_on=d("2026-05-01")),
    ]  # fmt: skip
    Records(store).save_many(records, by="test")
    return Animation(store)


def test_demand_and_its_gap(ask: Animation) -> None:
    found = {(r["territory"], r["area"]): (r["need"], r["offering"], r["served"], r["gap"]) for r in ask.demand(DAY)}
    assert found == {
        (LUBIN, "OPI"): (3, 1, 15, 2),  # 15 served of 40
        (LUBIN, "TEL"): (2, 0, 0, 2),
        (LUBIN, "CATE"): (1, 0, 0, 1),
        (VILLAGE, "OPI"): (2, 0, 8, 0),  # 8 served of 5
        (RUDNA, "OPI"): (1, 1, 0, 1),  # only planned
    }
    assert {r["area"] for r in ask.demand(DAY, LUBIN, di_only=True)} == {"OPI", "TEL"}
    assert {r["territory"] for r in ask.demand(DAY, "PL:test")} == {LUBIN, VILLAGE, RUDNA}


def test_who_could_fill_a_gap_nearest_first(ask: Animation) -> None:
    assert [(r["id"], r["reach"]) for r in ask.who_could_fill("OPI", VILLAGE, DAY)] == [("helper", 1)]
    assert [(r["id"], r["reach"]) for r in ask.who_could_fill("US04", LEGNICA, DAY)] == [
        ("club", 0),
        ("coop", 3),
        ("helper", 3),
    ]


def test_white_spots(ask: Animation) -> None:
    found = {
        r["territory"]: (r["pes"], r["partnerships"], r["meetings"], r["needs"], r["diagnosed_on"])
        for r in ask.white_spots(DAY)
    }
    others = {g for powiat in ("0211", "0262") for g in poland().gminas(powiat)} - {LUBIN, VILLAGE, RUDNA, LEGNICA}
    assert others
    assert found == dict.fromkeys(others, (0, 0, 0, 0, None)) | {
        LUBIN: (1, 1, 1, 3, d("2026-01-01")),
        VILLAGE: (0, 1, 0, 1, None),
        RUDNA: (2, 1, 0, 1, None),
        LEGNICA: (1, 1, 0, 0, None),
    }
    last = DAY + timedelta(days=31)  # of p1, see test_what_ends_soon
    assert {r["territory"]: r["partnerships"] for r in ask.white_spots(last)}[LUBIN] == 0
    assert {r["territory"] for r in ask.white_spots(DAY, "0211")} == set(poland().gminas("0211"))
    assert {r["territory"] for r in ask.white_spots(DAY, LUBIN)} == {LUBIN}
    assert {r["territory"] for r in ask.white_spots(DAY, "02")} == set(found)
    assert {r["territory"] for r in ask.white_spots(DAY, "0201")} == set(poland().gminas("0201"))


def test_diagnoses_compared(ask: Animation) -> None:
    assert [(r["id"], r["needs"], r["potentials"]) for r in ask.diagnoses(LUBIN)] == [("d2", 2, 0), ("d1", 1, 1)]
    rows = ask.diagnosis_compare(LUBIN, d("2023-01-01"), DAY)
    assert [(r["area"], r["what"], r["before"], r["after"]) for r in rows] == [
        ("OPI", "need", 2, 3),
        ("TEL", "need", None, 2),
        ("LOK", "potential", 1, None),
    ]
    assert ask.diagnosis_compare(VILLAGE, d("2023-01-01"), DAY) == []


def test_what_ends_soon(ask: Animation) -> None:
    assert [(r["id"], r["days"], r["members"]) for r in ask.renewals(DAY)] == [("p1", 31, 3)]
    assert ask.renewals(DAY, LEGNICA) == []
    assert [r["id"] for r in ask.expiring_documents(DAY, 100)] == ["gpr"]


def test_groups_tools_and_the_inactive(ask: Animation) -> None:
    assert [(r["id"], r["overdue"], r["grew_into_name"]) for r in ask.pipeline(DAY)] == [
        ("i1", True, None),
        ("i2", False, "Coop"),
    ]
    assert {(r["id"], r["preparing"]) for r in ask.pes_without_tools(DAY)} == {("helper", 1), ("club", 0), ("lgd", 0)}
    assert [(r["id"], r["last_on"]) for r in ask.inactive(DAY, months=6)] == [
        ("helper", None),
        ("owes", d("2025-01-10")),
        ("office", d("2026-01-10")),
        ("lgd", d("2026-02-01")),
        ("coop", d("2026-03-01")),
        ("firm", d("2026-03-01")),
    ]


def test_revitalisation_and_business(ask: Animation) -> None:
    assert [(r["territory"], r["pes"]) for r in ask.gpr_without_pes(DAY)] == [(RUDNA, 2)]
    matches = {r["id"]: [m["id"] for m in r["matches"]] for r in ask.csr_matches(DAY)}
    assert matches == {"o1": ["club"], "o2": []}


def test_dialogue_and_coverage(ask: Animation) -> None:
    (row,) = ask.consultations(d("2026-01-01"))
    assert [row[k] for k in ("participants", "groups", "comments", "accepted", "pending")] == [2, 1, 2, 1, 1]
    found = {
        (r["powiat"], r["sector"]): (r["organisations"], r["met"], r["debated"]) for r in ask.meeting_coverage(DAY)
    }
    assert found[("0211", "social_economy")] == (2, 1, 1)
    assert found[("0211", "business")] == (1, 1, 1)
    assert found[("0262", "ngo")] == (1, 0, 0)


def test_what_is_due(ask: Animation) -> None:
    due = [(r["id"], r["label"]) for r in ask.due(d("2026-11-03"))]
    assert due == [("i1", "Initiative"), ("m", "Meeting"), ("t1", "PromotionTool"), ("c", "Contact")]
    for ahead in (9, 180):  # what is past does not hang on how far ahead one looks
        assert [(r["id"], r["label"]) for r in ask.due(d("2026-10-25"), ahead)][:4] == due
    assert [r["id"] for r in ask.due(d("2027-01-24"))] == ["c", "p1"]  # p1 has ended, what is longer past is gone


def test_a_conversation_that_ended_in_a_no_is_neither_due_nor_counted_twice(ask: Animation, store: Store) -> None:
    records, day = Records(store), d("2026-06-01")
    begun = Outreach(id="y1", pair=("firm", "lgd"), status="ZAP", decided_on=day, next_on=d("2026-11-02"))
    records.save(begun, "test")
    assert "y1" in [r["id"] for r in ask.due(d("2026-11-03"))]
    assert ask.kpis(d("2026-01-01"), DAY)["K14"] == pytest.approx(1 / 3)
    records.save(Outreach(id="y2", pair=("lgd", "firm"), status="ODR", decided_on=day), "test")
    assert "y1" not in [r["id"] for r in ask.due(d("2026-11-03"))]
    assert ask.kpis(d("2026-01-01"), DAY)["K14"] == pytest.approx(1 / 3)


def test_jobs_count_once_and_what_is_planned_is_not_ordered(ask: Animation, store: Store) -> None:
    records = Records(store)
    before = ask.kpis(d("2026-01-01"), DAY)
    coop = records.typed("coop", Organisation)
    more = (*coop.statuses, Status(code="PS", since=d("2026-05-01")))
    records.save(coop.model_copy(update={"statuses": more}), "test")
    records.save(delivery("s9", LUBIN, 1, orderer="office", value=9_000_000, instrument="ZAS", planned=True), "test")
    assert ask.kpis(d("2026-01-01"), DAY) == before


def test_overviews_hold_what_they_say(ask: Animation, store: Store) -> None:
    """Parts of a service, closed firms and takers, roles of business, debates by their form, documents of no gmina."""
    records = Records(store)
    closed = records.typed("firm", Organisation).model_copy(update={"active_to": d("2026-01-31")})
    records.save_many(
        [
            gmina(LUBIN, Need(code="US06", level=3)),
            org("taxi", "ngo", LUBIN, offers=[{"code": "TRA"}]),
            delivery("s8", LUBIN, 3, service="TRA"),
            RevitalisationRole(id="r9", organisation="firm", territory=RUDNA, programme="gpr"),
            Meeting(id="m9", name="Debata", form="DEB", held_on=d("2026-09-01"), territory=RUDNA, attended=("helper",)),
            StrategyDocument(id="doc9", name="Plan", valid_to=d("2026-11-30")),
        ],
        by="test",
        force=True,
    )
    (row,) = [r for r in ask.demand(DAY) if r["area"] == "US06"]
    assert (row["offering"], row["delivering"], row["gap"]) == (1, 1, 0)
    assert gaps(read_network(store), snapshot_day(DAY) + 1).get((LUBIN, "US06")) is None
    assert [r["territory"] for r in ask.gpr_without_pes(DAY)] == [RUDNA]
    coverage = {(r["powiat"], r["sector"]): r["debated"] for r in ask.meeting_coverage(DAY)}
    assert coverage["0211", "social_economy"] == 2
    assert [r["id"] for r in ask.expiring_documents(DAY, 100)] == ["doc9", "gpr"]
    records.save(closed, "test")
    assert ask.csr_matches(DAY) == []


def test_an_area_in_a_gmina_counts_for_the_gmina(ask: Animation, store: Store) -> None:
    records, area = Records(store), f"{LUBIN}:centrum"
    before = {r["territory"]: r for r in ask.white_spots(DAY)}[VILLAGE]
    members = (Member(id="inn"), Member(id="shop"))
    records.save_many(
        [
            Territory(code=area, name="Centrum", level="revitalisation", parent=LUBIN),
            Territory(code=f"{VILLAGE}:las", name="Las", level="revitalisation", parent=VILLAGE),
            org("inn", "social_economy", area, offers=[{"code": "TEL"}]),
            org("shop", "business", f"{VILLAGE}:las"),
            Partnership(id="p9", name="P9", starts_on=d("2026-01-01"), members=members),
            delivery("s9", area, 30),
        ],
        by="test",
    )
    after = {r["territory"]: r for r in ask.white_spots(DAY)}
    assert after[LUBIN]["pes"] == 2
    assert after[VILLAGE]["partnerships"] == before["partnerships"] + 1
    need = {(r["territory"], r["area"]): r for r in ask.demand(DAY)}
    assert (need[LUBIN, "TEL"]["offering"], need[LUBIN, "OPI"]["served"], need[LUBIN, "OPI"]["gap"]) == (1, 45, 0)
    assert (LUBIN, "OPI") not in gaps(read_network(store), snapshot_day(DAY) + 1)
    assert next((r["id"], r["reach"]) for r in ask.who_could_fill("TEL", LUBIN, DAY)) == ("inn", 0)
    records.save(RevitalisationRole(id="r9", organisation="inn", territory=RUDNA, since=d("2026-12-01")), "test")
    assert [r["territory"] for r in ask.gpr_without_pes(DAY)] == [RUDNA]  # it begins only later


def test_demand_of_closed_firms_and_of_one_need_told_twice(ask: Animation, store: Store) -> None:
    Records(store).save_many(
        [
            gmina(RUDNA, Need(code="OPI", level=3), Need(code="OPI", level=1, scale=40)),
            org("gone", "social_economy", RUDNA, active_to="2025-12-31"),
            delivery("s8", RUDNA, 10),
            delivery("s9", RUDNA, 30, provider="gone"),
        ],
        by="test",
        force=True,
    )
    (row,) = [r for r in ask.demand(DAY) if r["territory"] == RUDNA]
    assert [row[k] for k in ("need", "people", "delivering", "served", "gap")] == [3, 40, 1, 10, 2]
    assert gaps(read_network(store), snapshot_day(DAY) + 1)[RUDNA, "OPI"] == 2


def test_who_could_help_names_each_once(ask: Animation, store: Store) -> None:
    many = [{"code": code, "capacity": k or None} for k, code in enumerate(("SOPI", "TEL", "WYT", "DDZ"))]
    Records(store).save(org("many", "social_economy", LEGNICA, offers=many), "test")
    found = ask.who_could_fill("US04", LEGNICA, DAY, 3)
    assert [(r["id"], r["capacity"]) for r in found] == [("many", 3), ("club", None), ("coop", 10)]
    assert found[0]["areas"] == ["DDZ", "SOPI", "TEL", "WYT"]


def test_revitalisation_by_programme_and_by_who_is_still_there(ask: Animation, store: Store) -> None:
    records = Records(store)
    role = RevitalisationRole(id="r8", organisation="helper", programme="gpr")
    records.save(role, "test")
    assert ask.gpr_without_pes(DAY) == []
    helper = records.typed("helper", Organisation)
    records.save(helper.model_copy(update={"active_to": d("2026-01-01")}), "test")
    assert [(r["territory"], r["pes"]) for r in ask.gpr_without_pes(DAY)] == [(RUDNA, 1)]


def test_where_and_from_when_business_offers(ask: Animation, store: Store) -> None:
    records, away = Records(store), poland().get("146501")
    records.save_many(
        [
            away,
            org("bank", "business", "146501"),
            org("far", "ngo", "146501", needs=(Need(code="WOP"),)),
            CsrOffer(id="o8", name="A", organisation="bank", form="DAF", territories=("0262",)),
            CsrOffer(id="o9", name="B", organisation="bank", form="DAF", since=d("2026-12-01")),
        ],
        by="test",
    )
    matches = {r["id"]: [m["id"] for m in r["matches"]] for r in ask.csr_matches(DAY)}
    assert matches == {"o1": ["club"], "o2": ["far"], "o8": ["club"]}
    assert [r["id"] for r in ask.csr_matches(DAY, "0262")] == ["o8"]
    assert [r["id"] for r in ask.csr_matches(DAY, "146501")] == []
    wish = records.typed("far", Organisation).needs[0].model_copy(update={"since": d("2026-11-15")})
    records.save(records.typed("far", Organisation).model_copy(update={"needs": (wish,)}), "test")
    assert {r["id"]: r["matches"] for r in ask.csr_matches(DAY)}["o2"] == []


def test_renewals_where_the_members_are(ask: Animation) -> None:
    assert [r["id"] for r in ask.renewals(d("2026-11-03"), "0211")] == ["p1"]
    assert [r["id"] for r in ask.renewals(d("2027-11-03"), RUDNA)] == ["p2"]  # names no territory; of its LGD
    assert "p2" not in [r["id"] for r in ask.renewals(d("2027-11-03"), LUBIN)]


def test_steps_without_a_status_are_due_and_a_merge_hides_none(ask: Animation, store: Store) -> None:
    records = Records(store)
    before = ask.kpis(d("2026-01-01"), DAY)["K14"]
    records.save_many(
        [
            Initiative(id="i9", name="Grupa", status="", next_step="Statut", next_step_by=d("2026-11-02")),
            Outreach(
                id="y1", pair=("club", "helper"), status="ZAP", decided_on=d("2025-06-01"), next_on=d("2026-11-02")
            ),
            Outreach(id="y2", pair=("club", "lgd"), status="", decided_on=d("2025-07-01"), next_on=d("2026-11-03")),
            org("stays", "ngo", LEGNICA),
            ContactPerson(id="cp", organisation="club", name="Jan", review_on=d("2026-11-01")),
        ],
        by="test",
    )
    records.merge("stays", "club", "test")
    due = {r["id"]: r["name"] for r in ask.due(d("2026-11-03"))}
    assert {id: due.get(id) for id in ("i9", "y1", "y2", "cp")} == {
        "i9": "Grupa", "y1": "Helper – Stays", "y2": "Lgd – Stays", "cp": "Stays",
    }  # fmt: skip
    assert ask.kpis(d("2026-01-01"), DAY)["K14"] == before


def test_a_status_that_ended_makes_nobody_a_local_action_group(ask: Animation, store: Store) -> None:
    records = Records(store)
    ended = (Status(code="LGD", since=d("2010-01-01"), until=d("2015-01-01")),)
    members = (Member(id="support"), Member(id="former"))
    records.save_many(
        [
            org("support", "support_centre", LEGNICA),
            org("former", "ngo", RUDNA, statuses=ended),
            Partnership(id="p9", name="P9", starts_on=d("2026-01-01"), members=members),
        ],
        by="test",
    )
    assert ask.kpis(d("2026-01-01"), DAY)["K06"] == 1  # of the other centre, with the other group


def test_diagnoses_of_one_day_count_together(ask: Animation, store: Store) -> None:
    more = Diagnosis(id="d3", name="D3", territory=LUBIN, made_on=d("2026-01-01"), findings=(Finding(code="ZIE"),))
    Records(store).save(more, "test")
    rows = ask.diagnosis_compare(LUBIN, d("2022-01-01"), DAY)
    assert {(r["area"], r["after"]) for r in rows} == {
        ("OPI", 3),
        ("TEL", 2),
        ("ZIE", more.findings[0].level),
        ("LOK", None),
    }


def test_indicators(ask: Animation) -> None:
    assert ask.kpis(d("2026-01-01"), DAY) == {
        "K01": 1.0,
        "K02": 1.0,
        "K03": 4.0,
        "K04": 1.0,
        "K05": 1.0,
        "K06": 1.0,
        "K07": 0.5,
        "K08": 0.2,
        "K09": 2.0,
        "K10": 1.0,
        "K11": 4 / len(poland().gminas("0211") + poland().gminas("0262")),
        "K12": 1.0,  # P1: social, public, informal; owes and lgd are both social
        "K13": 2.0,  # helper and club
        "K14": 0.5,
        "K15": 1.0,
    }


def test_partnerships_last_for_indicators_as_for_the_network(ask: Animation, store: Store) -> None:
    """On the last day no more, an idea not yet, a closed one not today, and for who left no longer."""

    def partnership(id: str, *members: Member, **more: object) -> Partnership:
        return Partnership.model_validate({"id": id, "name": id, "members": members} | more)

    club, helper = Member(id="club"), Member(id="helper")
    today = date.today()
    more = [
        partnership("ends", club, helper, starts_on=d("2026-01-01"), ends_on=DAY),
        partnership("closed", club, helper, starts_on=d("2026-01-01"), phase="FZ"),
        partnership("idea", club, helper, phase="F0"),
        partnership("old", Member(id="club", until=d("2026-05-01")), Member(id="firm"), phase="F4"),
        partnership("late", Member(id="helper", since=today + timedelta(days=9)), Member(id="firm"), phase="F4"),
    ]
    Records(store).save_many(more, by="test")
    network = read_network(store)
    for day in (DAY, today):
        now = take(network, day, "active")
        social = np.isin(now.column("sector"), ["social_economy", "ngo"])
        lasting = [any(social[now.members.row(p)]) for p in range(now.network.partnerships.num_rows)]
        alone = [bool(one) and not len(now.memberships.row(i)) for i, one in enumerate(social)]
        found = ask.kpis(d("2026-01-01"), day)
        assert (found["K09"], found["K13"]) == (sum(lasting), sum(alone)), day
    assert ask.kpis(d("2026-01-01"), d("2026-10-30"))["K13"] == 0.0
    assert {"club", "helper"} <= {id for id, one in zip(now.ids, alone, strict=True) if one}  # today


def test_what_the_network_says_of_itself(ask: Animation, store: Store) -> None:
    sent = datetime(2026, 10, 20, 9, tzinfo=UTC)
    old = SurveyRound(id="r1", name="2024", state="closed")
    new = SurveyRound(id="r2", name="2026", state="open", opens_on=d("2026-10-01"))

    def answer(id: str, round: str, one: str, state: str, *ties: SurveyTie, hashed: str = "") -> SurveyAnswer:
        moment = sent if ties else None
        return SurveyAnswer(id=id, round=round, organisation=one, state=state, ties=ties, sent_at=moment,
                            invited_on=d("2026-10-01"), token_hash=hashed)  # fmt: skip

    answers = [
        answer("a1", "r1", "coop", "accepted", SurveyTie(id="club", closeness="2"), SurveyTie(id="firm")),
        answer("a2", "r2", "coop", "sent", SurveyTie(id="club", closeness="4", trust="3"), SurveyTie(id="office")),
        answer("a3", "r2", "club", "sent", SurveyTie(id="coop", closeness="5")),
        answer("a4", "r2", "firm", "rejected", SurveyTie(id="coop")),
        answer("a5", "r2", "lgd", "invited", hashed="abc"),
    ]
    Records(store).save_many([old, new, *answers], by="test")
    assert ask.survey_rate("r2") == {"invited": 1, "begun": 0, "sent": 2, "accepted": 0, "rejected": 1}
    ties = {(r["a"], r["b"]): (r["a_closeness"], r["b_closeness"], r["mutual"]) for r in ask.survey_ties("r2")}
    assert ties == {("club", "coop"): ("5", "4", True), ("coop", "office"): (None, None, False)}
    moved = {k: [(r["a"], r["b"]) for r in v] for k, v in ask.survey_compare("r1", "r2").items()}
    assert moved == {"kept": [("club", "coop")], "new": [("coop", "office")], "gone": [("coop", "firm")]}
    assert ask.survey_of_token("abc", DAY) == {"id": "a5", "round": "r2", "organisation": "lgd"}
    assert ask.survey_of_token("xyz", DAY) is None
    assert [r["id"] for r in ask.survey_reminders(d("2026-10-08"))] == ["a5"]
    assert ask.survey_reminders(d("2026-10-07")) == []
