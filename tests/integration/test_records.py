"""Records in a real Neo4j: what is saved comes back, nothing is lost, everything can be undone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from graphsvc.errors import ConflictError, NotFoundError, RecordError
from graphsvc.model.meetings import Contact, Meeting
from graphsvc.model.organisations import ContactPerson, Need, Offer, Organisation, Status
from graphsvc.model.outreach import Outreach
from graphsvc.model.partnerships import Member, Partnership
from graphsvc.model.territories import ServiceArea, Territory
from graphsvc.store.driver import Store
from graphsvc.store.record_reading import Filters
from graphsvc.store.record_writing import ChangedMeanwhileError
from graphsvc.store.records import Records

LUBIN = Territory(code="021101", name="Lubin (gmina miejska)", level="gmina", parent="0211", lat=51.4, lon=16.2)
POWIAT = Territory(code="0211", name="powiat lubiński", level="powiat")
CARE = ServiceArea(code="OPI", name="usługi opiekuńcze", scheme="service")


def organisation(id: str, name: str, **more: object) -> Organisation:
    return Organisation.model_validate({"id": id, "name": name, "sector": "ngo", **more})


@pytest.fixture
def records(store: Store) -> Records:
    kept = Records(store)
    kept.save_many([POWIAT, LUBIN, CARE], by="test")
    return kept


def test_a_record_comes_back_as_it_was_saved(records: Records) -> None:
    one = organisation(
        "o1",
        "Fundacja Łąka",
        territory="021101",
        acts_in=("0211",),
        krs="12345",
        other_names=("Łąka",),
        statuses=(Status(code="PS", since=date(2024, 2, 1)), Status(code="OPP")),
        needs=(Need(code="OPI", level=3, since=date(2023, 1, 1)),),
        offers=(Offer(code="OPI", capacity=12.5),),
        active_from=date(2001, 5, 6),
    )
    saved = records.save(one, "anna")
    assert saved == one.model_copy(update={"version": 1})
    stored = records.get("o1")
    assert stored.record == saved
    assert stored.names["021101"] == "Lubin (gmina miejska)"
    assert (stored.changed_by, stored.archived) == ("anna", False)
    assert set(stored.labels) == {"Record", "Organisation", "Ngo"}


def test_a_change_of_sector_changes_the_label(records: Records) -> None:
    saved = records.save(organisation("o1", "X"), "anna")
    records.save(saved.model_copy(update={"sector": "business"}), "anna")
    assert set(records.get("o1").labels) == {"Record", "Organisation", "Business"}


def test_saving_what_did_not_change_is_no_change(records: Records) -> None:
    saved = records.save(organisation("o1", "X"), "anna")
    assert records.save(saved, "ewa") == saved
    assert [c.by for c in records.history("o1")] == ["anna"]


def test_who_was_slower_gets_both_versions(records: Records) -> None:
    read = records.save(organisation("o1", "X"), "anna")
    records.save(read.model_copy(update={"town": "Lubin"}), "ewa")
    with pytest.raises(ChangedMeanwhileError, match="ewa changed this record") as conflict:
        records.save(read.model_copy(update={"town": "Legnica"}), "anna")
    assert conflict.value.theirs.town == "Lubin"  # type: ignore[attr-defined]
    assert conflict.value.yours.town == "Legnica"  # type: ignore[attr-defined]
    assert records.typed("o1", Organisation).town == "Lubin"


def test_history_tells_who_changed_what_and_restores_any_version(records: Records) -> None:
    first = records.save(organisation("o1", "Stara"), "anna")
    records.save(first.model_copy(update={"name": "Nowa", "territory": "021101"}), "ewa")
    newest, oldest = records.history("o1")
    assert (oldest.action, oldest.by, oldest.old()) == ("create", "anna", None)
    assert newest.fields() == [("name", "Stara", "Nowa"), ("territory", None, "021101")]
    restored = records.restore("o1", 1, "jan")
    assert (restored.version, restored.name, restored.territory) == (3, "Stara", None)  # type: ignore[attr-defined]
    assert records.recent(limit=1)[0].by == "jan"


def test_undo_takes_back_the_newest_change_only(records: Records) -> None:
    first = records.save(organisation("o1", "A"), "anna")
    records.save(first.model_copy(update={"name": "B"}), "ewa")
    newest, oldest = records.history("o1")
    with pytest.raises(ConflictError, match="Undo the newest change first"):
        records.undo(oldest.id, "jan")
    records.undo(newest.id, "jan")
    assert records.typed("o1", Organisation).name == "A"


def test_deleting_hides_keeps_and_can_be_undone(records: Records) -> None:
    records.save_many([organisation("o1", "A"), organisation("o2", "B")], "anna")
    records.save(Partnership(id="p", name="P", members=(Member(id="o1"), Member(id="o2"))), "anna")
    records.delete("o1", "ewa")
    assert [s.record.id for s in records.find("Organisation").rows] == ["o2"]
    assert [m.id for m in records.typed("p", Partnership).members] == ["o1", "o2"]
    assert records.archived()[0]["by"] == "ewa"
    with pytest.raises(RecordError, match="was deleted"):
        records.save(records.get("o1").record, "anna")
    records.undo(records.history("o1")[0].id, "jan")
    assert records.find("Organisation").total == 2


def test_nothing_new_leads_to_what_was_deleted_and_what_did_may_stay(records: Records) -> None:
    records.save_many([organisation("o1", "A"), organisation("o2", "B"), organisation("o3", "C")], "anna")
    kept = records.save(Partnership(id="p", name="P", members=(Member(id="o1"), Member(id="o2"))), "anna")
    records.delete("o1", "ewa")
    for new in (Outreach(pair=("o1", "o2"), status="ZAP"), Partnership(name="Q", members=(Member(id="o1"),))):
        with pytest.raises(RecordError, match="or it was deleted"):
            records.save(new, "anna")
    assert records.find("Outreach").total == 0
    leads = kept.model_copy(update={"members": (Member(id="o1", role="LID"), Member(id="o3"))})
    assert [m.role for m in records.save(leads, "anna").members] == ["LID", "PAR"]
    restored = records.restore("p", 1, "jan")
    assert [m.id for m in restored.members] == ["o1", "o2"]  # type: ignore[attr-defined]


def test_deleting_what_someone_changed_is_refused(records: Records) -> None:
    first = records.save(organisation("o1", "A"), "anna")
    records.save(first.model_copy(update={"name": "B"}), "ewa")
    with pytest.raises(ConflictError):
        records.delete("o1", "anna", version=first.version)
    assert records.find("Organisation").total == 1


def test_a_number_of_a_register_belongs_to_one(records: Records) -> None:
    records.save(organisation("o1", "Pierwsza", krs="12345", nip="5260001246"), "anna")
    for number in ({"krs": "12345"}, {"nip": "5260001246"}):
        with pytest.raises(RecordError, match=r"Pierwsza.*has this number already"):
            records.save(organisation("o2", "Druga", **number), "anna")
    offices = [organisation(f"g{i}", "Gmina", sector="local_government", nip="5260001246") for i in (1, 2)]
    assert len(records.save_many(offices, "anna")) == 2


def test_a_link_to_nowhere_is_refused_and_nothing_is_half_written(records: Records) -> None:
    good, bad = organisation("o1", "A"), organisation("o2", "B", territory="999999")
    with pytest.raises(RecordError, match="field territory: There is no record “999999”"):
        records.save_many([good, bad], "anna")
    with pytest.raises(RecordError, match="before the start"):
        records.save_many([good, Partnership(name="P", starts_on=date(2024, 2, 1), ends_on=date(2024, 1, 1))], "anna")
    assert records.find("Organisation").total == 0
    assert records.recent(limit=1)[0].by == "test"


def test_lists_filter_sort_as_in_polish_and_page(records: Records) -> None:
    names = ["Żuk", "Zebra", "Ćma", "Cis", "Łoś", "Lis"]
    records.save_many(
        [
            organisation(f"o{i}", n, territory="021101" if i % 2 else None, confirmed_on=date(2020 + i, 1, 1))
            for i, n in enumerate(names)
        ],
        "anna",
    )

    def found(filters: Filters, **how: object) -> list[str]:
        rows = records.find("Organisation", filters, **how).rows  # type: ignore[arg-type]
        return [s.record.name for s in rows]  # type: ignore[attr-defined]

    assert found(Filters()) == ["Cis", "Ćma", "Lis", "Łoś", "Zebra", "Żuk"]
    assert found(Filters(), descending=True, limit=2) == ["Żuk", "Zebra"]
    assert found(Filters(), skip=4) == ["Zebra", "Żuk"]
    assert found(Filters(values={"territory": ["0211"]})) == ["Cis", "Lis", "Zebra"]
    assert found(Filters(values={"sector": ["business"]})) == []
    assert found(Filters(ranges={"confirmed_on": (date(2022, 1, 1), date(2023, 1, 1))})) == ["Cis", "Ćma"]
    assert found(Filters(text="los")) == ["Łoś"]
    assert found(Filters(), sort="confirmed_on")[0] == "Żuk"
    assert found(Filters(empty=("krs",)), limit=1) == ["Cis"]


def test_search_folds_diacritics_and_stops_at_nothing_strange(records: Records) -> None:
    records.save(organisation("o1", "Spółdzielnia „Źródło” (Łódź)", territory="021101"), "anna")
    assert [(f.name, f.hint) for f in records.search("spoldz zrodl", "Organisation")] == [
        ("Spółdzielnia „Źródło” (Łódź)", "Lubin (gmina miejska)")
    ]
    for strange in ('"', "a AND", "*", "x:y~", "\\", "", "(" * 500):
        records.search(strange)


def test_stale_lists_what_was_not_confirmed_oldest_first(records: Records) -> None:
    ages = {"never": None, "old": date(2020, 1, 1), "new": date(2026, 1, 1)}
    records.save_many([organisation(n, n, confirmed_on=d) for n, d in ages.items()], "anna")
    day = date.today()
    ends = {"gone": day, "going": day + timedelta(1)}
    records.save_many([organisation(n, n, active_to=d) for n, d in ends.items()], "anna")
    assert [r["name"] for r in records.stale(date(2025, 1, 1))] == ["going", "never", "old"]


def test_what_points_at_a_record(records: Records) -> None:
    records.save(organisation("o1", "A"), "anna")
    held = date(2024, 1, 1)
    met = Meeting(id="m", name="Spotkanie", held_on=held, attended=("o1",))
    called = Contact(id="c", organisation="o1", held_on=held, note="Zadzwonić")
    records.save_many([met, called], "anna")
    found = [(r["label"], r["name"], r["since"]) for r in records.pointing_at("o1")]
    assert found == [("Contact", "Zadzwonić", held), ("Meeting", "Spotkanie", held)]


def test_a_merge_joins_links_names_and_fields_and_can_be_undone(records: Records) -> None:
    keep = organisation("o1", "Fundacja A", krs="12345", needs=(Need(code="OPI"),))
    gone = organisation("o2", "Fund. A", nip="5260001246", territory="021101", offers=(Offer(code="OPI", capacity=3),))
    other = organisation("o3", "C")
    records.save_many([keep, gone, other], "anna")
    records.save(Partnership(id="p", name="P", members=(Member(id="o2", role="LID"), Member(id="o3"))), "anna")
    before = {i: records.get(i).record for i in ("o1", "o2", "p")}
    merged = records.merge("o1", "o2", "ewa")
    assert (merged.nip, merged.territory, merged.other_names) == ("5260001246", "021101", ("Fund. A",))
    assert [o.capacity for o in merged.offers] == [3]
    assert [(m.id, m.role) for m in records.typed("p", Partnership).members] == [("o1", "LID"), ("o3", "PAR")]
    assert records.find("Organisation").total == 2
    with pytest.raises(ConflictError, match="merged into another"):
        records.take_out("o2", "ewa")
    records.undo(records.history("o1")[0].id, "jan")
    for id in ("o1", "o2", "p"):
        now = records.get(id).record
        assert now.model_copy(update={"version": 0}) == before[id].model_copy(update={"version": 0})


def test_a_merge_is_undone_also_after_changes_which_stay(records: Records) -> None:
    keep = organisation("o1", "Fundacja A", needs=(Need(code="OPI"),))
    gone = organisation("o2", "Fund. A", nip="5260001246", territory="021101", offers=(Offer(code="OPI"),))
    records.save_many([keep, gone], "anna")
    merged = records.merge("o1", "o2", "ewa")
    change = records.history("o1")[0]
    records.save(merged.model_copy(update={"town": "Lubin", "confirmed_on": date(2026, 1, 1)}), "anna")
    records.undo(change.id, "jan")
    now = records.typed("o1", Organisation)
    assert (now.town, now.confirmed_on) == ("Lubin", date(2026, 1, 1))
    assert (now.nip, now.territory, now.offers, now.other_names) == (None, None, (), ())
    assert records.typed("o2", Organisation).nip == "5260001246"
    assert not records.get("o2").archived
    with pytest.raises(ConflictError, match="came apart already"):
        records.undo(change.id, "jan")
    assert records.typed("o1", Organisation).version == now.version


def test_a_merge_of_two_members_of_one_partnership(records: Records) -> None:
    records.save_many([organisation(i, i) for i in ("o1", "o2", "o3")], "anna")
    ours = tuple(Member(id=i, role=r) for i, r in (("o1", "PAR"), ("o2", "LID"), ("o3", "PAR")))
    saved = records.save(Partnership(id="p", name="P", members=ours), "anna")
    records.merge("o1", "o2", "ewa")
    assert [m.id for m in records.typed("p", Partnership).members] == ["o1", "o3"]
    renamed = records.typed("p", Partnership).model_copy(update={"name": "Q"})
    records.save(renamed, "anna")
    records.undo(records.history("o1")[0].id, "jan")
    assert records.typed("p", Partnership).members == saved.members


def test_a_merge_loses_nothing_that_goes_on(records: Records) -> None:
    """One has left a partnership in 2022, and what it needed and offered is over; for the other all that goes on."""
    over = organisation(
        "o1",
        "KIS Alfa",
        needs=(Need(code="TRA", met_on=date(2024, 1, 1)),),
        offers=(Offer(code="OPI", until=date(2024, 1, 1)),),
    )
    open_need, open_offer = Need(code="TRA", level=3, since=date(2026, 1, 1)), Offer(code="OPI", capacity=5)
    now = organisation("o2", "Klub Alfa", needs=(open_need,), offers=(open_offer, Offer(code="TEL")))
    records.save_many([over, now, organisation("o3", "C")], "anna")
    left, came = date(2022, 12, 31), date(2025, 1, 1)
    apart = (Member(id="o1", until=left), Member(id="o2", since=came, role="LID"), Member(id="o3"))
    across = (Member(id="o1", since=date(2021, 1, 1), until=left), Member(id="o2", since=date(2020, 1, 1)))
    begun = {"starts_on": date(2019, 1, 1)}
    records.save(Partnership(id="p", name="P", members=apart, **begun), "anna")
    records.save(Partnership(id="q", name="Q", members=across, **begun), "anna")
    before = {i: records.get(i).record for i in ("o1", "o2", "p", "q")}
    merged = records.merge("o1", "o2", "ewa")
    assert merged.needs == (*over.needs, open_need)
    assert sorted(o.code for o in merged.offers) == ["OPI", "OPI", "TEL"]
    assert open_offer in merged.offers

    def stays(id: str) -> list[tuple[date | None, date | None, str]]:
        ours = [m for m in records.typed(id, Partnership).members if m.id == "o1"]
        return sorted(((m.since, m.until, m.role) for m in ours), key=lambda m: m[0] or date.min)

    assert stays("p") == [(None, left, "PAR"), (came, None, "LID")]
    day = timedelta(days=1)
    inside = (date(2021, 1, 1), left, "PAR")
    assert stays("q") == [(date(2020, 1, 1), date(2020, 12, 31), "PAR"), inside, (left + day, None, "PAR")]
    assert not list(records.typed("q", Partnership).broken_rules())
    records.undo(records.history("o1")[0].id, "jan")
    for id in before:
        assert records.get(id).record.model_copy(update={"version": 0}) == before[id].model_copy(update={"version": 0})


def test_a_merge_keeps_units_what_ends_later_and_times_in_between(records: Records) -> None:
    left, came, again = date(2015, 1, 1), date(2018, 1, 1), date(2020, 6, 1)
    later = date.today() + timedelta(300)
    old, new = Offer(code="OPI", until=left), Offer(code="OPI", until=later)
    accredited = Status(code="OWES", since=came, until=later)
    expired = Status(code="OWES", until=left)
    records.save_many(
        [
            organisation("o1", "A", offers=(old,), statuses=(expired,)),
            organisation("o2", "B", offers=(new,), statuses=(accredited,)),
            organisation("cis", "CIS", founder="o1"),
            organisation("wtz", "WTZ", founder="o2"),
        ],
        "anna",
    )
    ours = (Member(id="o1", until=left), Member(id="o1", since=again), Member(id="o2", since=came, role="LID"))
    records.save(Partnership(id="p", name="P", starts_on=date(2010, 1, 1), members=ours), "anna")
    merged = records.merge("o1", "o2", "ewa")
    assert (merged.offers, merged.statuses) == ((old, new), (expired, accredited))
    assert records.typed("wtz", Organisation).founder == records.typed("cis", Organisation).founder == "o1"
    spans = sorted((m.since or date.min, m.until, m.role) for m in records.typed("p", Partnership).members)
    between = (came, again - timedelta(days=1), "LID")
    assert spans == [(date.min, left, "PAR"), between, (again, None, "PAR")]
    records.undo(records.history("o1")[0].id, "jan")
    assert records.typed("wtz", Organisation).founder == "o2"
    assert records.typed("p", Partnership).members == ours


def test_a_split_moves_each_time_of_a_member_once(records: Records) -> None:
    records.save_many([organisation("o1", "A"), organisation("o2", "B")], "anna")
    ours = (Member(id="o1", until=date(2021, 1, 1)), Member(id="o1", since=date(2023, 1, 1)), Member(id="o2"))
    records.save(Partnership(id="p", name="P", members=ours), "anna")
    assert [row["id"] for row in records.pointing_at("o1")] == ["p"]
    records.split("o1", organisation("o9", "C"), ["p", "p"], "ewa")
    assert [m.id for m in records.typed("p", Partnership).members] == ["o9", "o9", "o2"]
    records.undo(next(c.id for c in records.history("o1") if c.action == "split"), "ewa")
    assert records.typed("p", Partnership).members == ours


def test_of_two_who_save_at_once_one_is_told(records: Records) -> None:
    read = records.save(organisation("o1", "X"), "anna")

    def save(town: str) -> bool:
        try:
            records.save(read.model_copy(update={"town": town}), town)
        except ChangedMeanwhileError:
            return False
        return True

    with ThreadPoolExecutor(4) as people:
        done = list(people.map(save, ["a", "b", "c", "d"]))
    assert done.count(True) == 1
    assert records.typed("o1", Organisation).town == "abcd"[done.index(True)]


def test_an_organisation_is_not_merged_with_itself_or_with_nothing(records: Records) -> None:
    records.save(organisation("o1", "A"), "anna")
    with pytest.raises(RecordError):
        records.merge("o1", "o1", "ewa")
    with pytest.raises(NotFoundError):
        records.merge("o1", "no-such", "ewa")


def test_a_split_moves_what_is_chosen_and_can_be_undone(records: Records) -> None:
    records.save_many([organisation("o1", "A i B"), organisation("o2", "C")], "anna")
    ours = [Partnership(id=p, name=p, members=(Member(id="o1"), Member(id="o2"))) for p in ("p1", "p2")]
    records.save_many(ours, "anna")
    records.split("o1", organisation("o9", "B"), ["p2"], "ewa")

    def members(id: str) -> list[str]:
        return [m.id for m in records.typed(id, Partnership).members]

    assert (members("p1"), members("p2")) == (["o1", "o2"], ["o9", "o2"])
    with pytest.raises(ChangedMeanwhileError):  # a form that was open
        records.save(ours[1].model_copy(update={"version": 1, "purpose": "x"}), "anna")
    newest = records.history("p2")[0]
    assert (newest.by, [name for name, _, _ in newest.fields()]) == ("ewa", ["members"])
    assert len(records.history("p1")) == 1
    records.undo(records.history("o1")[0].id, "jan")
    assert members("p2") == ["o1", "o2"]
    assert records.get("o9").archived


def test_personal_data_are_erased_with_their_history(records: Records) -> None:
    records.save(organisation("o1", "A"), "anna")
    records.save(ContactPerson(id="k", organisation="o1", name="Osoba"), "anna")
    assert list(records.all("ContactPerson")) == []
    records.erase("k")
    assert records.history("k") == []
    with pytest.raises(NotFoundError):
        records.get("k")


def test_duplicates_are_found_by_name(records: Records) -> None:
    names = {"o1": "Fundacja Zielony Most", "o2": "Fundacja „Zielony Most”", "o3": "Szkoła"}
    records.save_many([organisation(i, n) for i, n in names.items()], "anna")
    assert [d["id"] for d in records.duplicates("o1")] == ["o2"]


def test_shipped_territories_and_areas_come_with_the_first_link(store: Store) -> None:
    records = Records(store)
    records.save(organisation("o1", "A", territory="021102", needs=(Need(code="SOPI"),)), "anna")
    assert records.get("o1").names["021102"] == "Lubin (gmina wiejska, powiat lubiński)"
    assert {t.code: t.parent for t in records.all("Territory")} == {"02": None, "0211": "02", "021102": "0211"}  # type: ignore[attr-defined]
    assert {a.code for a in records.all("ServiceArea")} == {"SOPI", "US04", "US06"}  # type: ignore[attr-defined]
    records.save(organisation("o2", "B", territory="021101"), "anna")
    town = next(t for t in records.all("Territory") if t.code == "021101")  # type: ignore[attr-defined]
    assert town.borders == ("021102",)  # type: ignore[attr-defined]
