from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from graphsvc.ingest.plan import read_plan
from graphsvc.model.base import Source, stable_id
from graphsvc.model.imports import Loss
from graphsvc.model.partnerships import Member, Partnership
from graphsvc.store import importing
from graphsvc.store.driver import Store
from graphsvc.store.records import Records
from tests.integration.store import sample

FIRST = stable_id("partnership", "0")


def _org(number: int) -> str:
    return stable_id("org", str(number))


def _count(store: Store, what: str) -> int:
    with store.session() as session:
        record = session.run(f"MATCH {what} RETURN count(*) AS n").single()
        assert record
        return int(record["n"])


def test_everything_of_the_plan_is_written(store: Store) -> None:
    done = importing.write(store, sample.circle(10, 6))

    assert (done.partnerships, done.memberships, done.changed) == (6, 18, 0)
    assert done.created == 1 + 10 + 6
    assert _count(store, "(o:Organisation)-[:MEMBER_OF {role: 'LID'}]->(:Partnership)") == 6
    assert _count(store, "(:Ngo:Organisation:Record)") == 4
    assert _count(store, "(:Partnership)-[:ACTS_IN]->(:Territory {code: '0262', name: 'Legnica'})") == 6
    assert _count(store, "(:Organisation)-[:HAS_STATUS]->(:Status {code: 'PS'})") == 2
    assert _count(store, "(:Import {status: 'done', file: 'sample.csv', partnerships: 6, memberships: 18})") == 1


def test_records_read_back_equal_those_written(store: Store) -> None:
    plan = sample.circle(10, 6)
    importing.write(store, plan)
    records = Records(store)
    for id, organisation in plan.organisations.items():
        assert records.get(id).record == organisation
    for partnership in plan.partnerships:
        assert records.get(partnership.id).record == partnership


def test_small_batches_give_the_same_graph(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = sample.circle(30, 40)
    importing.write(store, plan)
    at_once = sample.graph(store)
    with store.session() as session:
        session.run("MATCH (n) WHERE NOT n:SchemaVersion DETACH DELETE n").consume()
    monkeypatch.setattr(importing.batches, "__defaults__", (7,))
    seen: list[int] = []
    importing.write(store, plan, lambda done, _total: seen.append(done))

    assert len(seen) > 10
    assert seen == sorted(seen)
    assert seen[-1] == plan.membership_count
    assert sample.graph(store) == at_once


def test_importing_again_changes_nothing(store: Store) -> None:
    plan = sample.circle(10, 6)
    importing.write(store, plan)
    before = sample.graph(store)
    again = importing.write(store, plan)

    assert (again.created, again.changed) == (0, 0)
    assert sample.graph(store) == before
    assert _count(store, "(:Change)") == 0


def test_a_newer_file_updates_and_keeps_a_trace(store: Store) -> None:
    organisations = [sample.organisation(n) for n in range(4)]
    importing.write(store, sample.plan([sample.partnership(0, [0, 1, 2], purpose="Help")], organisations))
    newer = sample.plan(
        [sample.partnership(0, [0, 3], name="Renamed", ends_on=date(2012, 1, 1))], organisations, sha256="1" * 64
    )
    assert importing.against(store, newer)[0] == [Loss("Partnership 0", ("Org 1", "Org 2"), ("purpose",))]
    done = importing.write(store, newer)

    assert (done.created, done.changed) == (0, 1)
    now = Records(store).get(FIRST).record
    assert now.name == "Renamed"
    assert [m.id for m in now.members] == [stable_id("org", "0"), stable_id("org", "3")]
    (change,) = Records(store).history(FIRST)
    assert change.action == "import"
    assert {name for name, _, _ in change.fields()} == {"name", "purpose", "ends_on", "members"}
    assert importing.write(store, newer).changed == 0


def test_partnerships_that_are_no_longer_in_their_file_are_told_and_stay(store: Store) -> None:
    organisations = [sample.organisation(n) for n in range(2)]
    both = sample.plan([sample.partnership(n, [0, 1]) for n in (0, 1)], organisations)
    assert importing.against(store, both)[1] == []
    importing.write(store, both)
    assert importing.against(store, both)[1] == []
    less = sample.plan([sample.partnership(1, [0, 1]), sample.partnership(2, [0, 1])], organisations, "1" * 64)
    assert importing.against(store, less)[1] == ["Partnership 0"]
    assert importing.against(store, replace(less, file="other.csv"))[1] == []
    importing.write(store, less)
    assert not Records(store).get(FIRST).archived


def test_another_file_only_adds(store: Store) -> None:
    organisations = [sample.organisation(n) for n in range(4)]
    first = sample.partnership(0, [0, 1, 2], purpose="Help", ends_on=date(2012, 1, 1))
    importing.write(store, sample.plan([first], organisations))
    few = Source(file="few.csv", row=2)
    less = sample.partnership(0, [3, 1], source=few, starts_on=None, territories=(), name="Renamed")
    few_rows = sample.plan([less], organisations, "1" * 64, "few.csv")
    assert importing.against(store, few_rows)[0] == []
    done = importing.write(store, few_rows)

    assert (done.created, done.changed) == (0, 1)
    now = Records(store).typed(FIRST, Partnership)
    assert (now.name, now.purpose, now.starts_on, now.ends_on) == ("Renamed", "Help", first.starts_on, first.ends_on)
    assert now.territories == ("0262",)
    assert [(m.id, m.role) for m in now.members] == [
        (stable_id("org", str(n)), "LID" if n in (0, 3) else "PAR") for n in (0, 1, 2, 3)
    ]
    assert importing.write(store, few_rows).changed == 0


def test_another_file_gives_roles_and_days_and_who_left_comes_back(store: Store) -> None:
    first = sample.partnership(0, [0, 1, 2])
    left = date(2012, 6, 30)
    members = [m.model_copy(update={"until": left}) if m.id == _org(2) else m for m in first.members]
    organisations = [sample.organisation(n) for n in range(3)]
    importing.write(store, sample.plan([first.model_copy(update={"members": tuple(members)})], organisations))
    said = (
        Member(id=_org(0), until=date(2013, 5, 1)),  # "partner" may be what the file doesn't say
        Member(id=_org(1), role="LID", since=date(2011, 1, 1)),
        Member(id=_org(2), since=date(2014, 1, 1)),
    )
    newer = first.model_copy(update={"source": Source(file="2014.csv", row=2), "members": said})
    plan = sample.plan([newer], organisations, "1" * 64, "2014.csv")
    importing.write(store, plan)

    assert Records(store).typed(FIRST, Partnership).members == (
        Member(id=_org(0), role="LID", until=date(2013, 5, 1)),
        Member(id=_org(1), role="LID", since=date(2011, 1, 1)),
        Member(id=_org(2), until=left),
        Member(id=_org(2), since=date(2014, 1, 1)),
    )
    assert importing.write(store, plan).changed == 0


def test_what_a_second_file_brought_stays_when_the_first_one_comes_again(store: Store) -> None:
    organisations = [sample.organisation(n) for n in range(3)]
    first = sample.plan([sample.partnership(0, [0, 1])], organisations)
    members = (Member(id=_org(0)), Member(id=_org(2), since=date(2011, 1, 1), until=date(2013, 5, 1)))
    more = sample.partnership(0, [], ends_on=date(2014, 1, 1), source=Source(file="2013.csv", row=2))
    second = sample.plan([more.model_copy(update={"members": members})], organisations, "1" * 64, "2013.csv")
    for plan in (first, second, first):
        assert importing.against(store, plan)[0] == []
        importing.write(store, plan)
    now = Records(store).typed(FIRST, Partnership)
    assert (now.ends_on, [m.id for m in now.members]) == (date(2014, 1, 1), [_org(0), _org(1), _org(2)])


def test_days_of_members_stay_inside_those_of_their_partnership(store: Store) -> None:
    organisations = [sample.organisation(n) for n in range(4)]
    begin, end = date(2010, 1, 1), date(2012, 1, 1)
    members = (
        Member(id=_org(0), since=begin, until=date(2013, 5, 1)),
        Member(id=_org(1), since=date(2012, 6, 1)),
        Member(id=_org(2)),
        Member(id=_org(3), since=begin, until=date(2011, 1, 1)),
        Member(id=_org(3), since=date(2013, 1, 1), until=date(2014, 1, 1)),
        Member(id=_org(3), since=date(2015, 1, 1)),
    )
    first = sample.partnership(0, [], starts_on=begin).model_copy(update={"members": members})
    importing.write(store, sample.plan([first], organisations))
    shorter = sample.partnership(0, [2], ends_on=end, source=Source(file="2.csv", row=2))
    importing.write(store, sample.plan([shorter], organisations, "1" * 64, "2.csv"))
    records = Records(store)
    now = records.typed(FIRST, Partnership)
    spans = [(begin, end), (end, None), (None, None), (begin, date(2011, 1, 1)), (end, end)]
    assert [(m.since, m.until) for m in now.members] == spans
    records.save(now.model_copy(update={"purpose": "Help"}), "test")  # no rule is broken


def test_two_times_of_one_member_that_another_file_gives_both_stay(store: Store) -> None:
    organisations = [sample.organisation(n) for n in range(2)]
    importing.write(store, sample.plan([sample.partnership(0, [0, 1])], organisations))
    times = [(date(2010, 6, 1), date(2012, 1, 1)), (date(2014, 1, 1), date(2016, 1, 1))]
    members = tuple(Member(id=_org(1), since=since, until=until) for since, until in times)
    other = sample.partnership(0, [], source=Source(file="2.csv", row=2)).model_copy(update={"members": members})
    plan = sample.plan([other], organisations, "1" * 64, "2.csv")
    for changed in (1, 0):
        assert importing.write(store, plan).changed == changed
        now = Records(store).typed(FIRST, Partnership).members
        assert [(m.since, m.until) for m in now if m.id == _org(1)] == times


def test_a_split_is_not_undone_by_the_file_that_it_came_from(store: Store) -> None:
    plan = sample.plan([sample.partnership(0, [0, 1])], [sample.organisation(n) for n in range(2)])
    importing.write(store, plan)
    made = Records(store).split(_org(0), sample.organisation(9), [FIRST], "test")
    importing.write(store, plan)
    assert made.id in [m.id for m in Records(store).typed(FIRST, Partnership).members]


def test_what_was_put_together_comes_apart_as_it_was_also_after_the_file_was_imported_again(
    store: Store, tmp_path: Path
) -> None:
    """Both are in the first partnership, only the one that goes in the second."""
    file = tmp_path / "partnerships.csv"
    names = [
        ("Pierwsze", "Fundacja Jeden"),
        ("Pierwsze", "Fundacja Dwa"),
        ("Drugie", "Fundacja Dwa"),
        ("Drugie", "Gmina Lubin"),
    ]
    file.write_text("Partnerstwo;Organizacja\n" + "".join(f"{p};{o}\n" for p, o in names), "utf-8")
    records = Records(store)

    def bring_in() -> importing.Written:
        with read_plan(file, "partnerstwa", known=importing.known_organisations(store)) as plan:
            return importing.write(store, plan)

    def members() -> dict[str, set[str]]:
        called = {r.record.id: r.record.name for r in records.find("Organisation").rows}  # type: ignore[attr-defined]
        found = (records.typed(s.record.id, Partnership) for s in records.find("Partnership").rows)
        return {p.name: {called[m.id] for m in p.members} for p in found}

    bring_in()
    before = members()
    ids = {r.record.name: r.record.id for r in records.find("Organisation").rows}  # type: ignore[attr-defined]
    records.merge(ids["Fundacja Jeden"], ids["Fundacja Dwa"], "ala")
    merged = members()
    assert bring_in().changed == 0
    assert members() == merged == {"Pierwsze": {"Fundacja Jeden"}, "Drugie": {"Fundacja Jeden", "Gmina Lubin"}}
    records.undo(records.history(ids["Fundacja Jeden"])[0].id, "ala")
    assert members() == before


def test_what_a_person_changed_stays(store: Store) -> None:
    organisations = [sample.organisation(n) for n in range(3)]
    importing.write(store, sample.plan([sample.partnership(0, [0, 1])], organisations))
    records = Records(store)
    record = records.get(FIRST).record
    records.save(record.model_copy(update={"name": "By hand"}), by="ala")
    newer = sample.plan([sample.partnership(0, [0, 2], name="By file", purpose="Help")], organisations, "1" * 64)
    importing.write(store, newer)

    now = records.get(FIRST).record
    assert now.name == "By hand"
    assert now.purpose == "Help"
    assert [m.id for m in now.members] == [stable_id("org", "0"), stable_id("org", "1")]


def test_a_known_organisation_gets_names_and_what_was_empty(store: Store) -> None:
    importing.write(store, sample.plan([], [sample.organisation(2, name="Alfa", town="Lubin")]))
    with_more = sample.organisation(
        2, name="ALFA Sp. z o.o.", town="Legnica", sector="business", website="https://a.pl"
    )
    importing.write(store, sample.plan([], [with_more], "1" * 64))

    now = Records(store).get(stable_id("org", "2")).record
    assert (now.name, now.town, now.website) == ("Alfa", "Lubin", "https://a.pl")
    assert now.other_names == ("ALFA Sp. z o.o.",)
    assert now.sector == "business"
    assert _count(store, "(:Organisation:Business)") == 1
    assert _count(store, "(:Organisation:Other)") == 0


def test_known_organisations_come_with_names_and_numbers(store: Store) -> None:
    one = sample.organisation(0, krs="0000000001", other_names=("Zero",), short_name="O0")
    importing.write(store, sample.plan([], [one, sample.organisation(1)]))

    found = {k.id: k for k in importing.known_organisations(store)}
    assert len(found) == 2
    assert found[one.id].other_names == ("Zero", "O0")
    assert found[one.id].registers == ("KRS:0000000001",)


def test_a_name_that_an_organisation_had_means_it_still(store: Store) -> None:
    records = Records(store)
    one = sample.organisation(0, name='Fundacja "Stara"')
    for name in (one.name, 'Fundacja "Nowa"', "Fundacja trzecia", 'Fundacja "Nowa"'):
        now = records.get(one.id).record if name != one.name else one
        records.save(now.model_copy(update={"name": name, "town": name[9:12]}), by="test")
    records.save(records.get(one.id).record.model_copy(update={"town": "Legnica"}), by="test")
    (known,) = importing.known_organisations(store)
    assert known.name == 'Fundacja "Nowa"'
    assert set(known.other_names) == {'Fundacja "Stara"', "Fundacja trzecia"}


def test_an_import_follows_who_was_merged_into_whom(store: Store) -> None:
    numbers = ("0000012345", "0000054321")
    kept, gone = (sample.organisation(n, name=f"Fundacja {'AB'[n]}", krs=numbers[n]) for n in range(2))
    records = Records(store)
    records.save_many([kept, gone], by="test")
    records.merge(kept.id, gone.id, by="test")
    known = {o.id: o for o in importing.known_organisations(store)}
    assert set(known) == {kept.id}
    assert known[kept.id].other_names == ("Fundacja B",)
    assert known[kept.id].registers == ("KRS:0000012345", "KRS:0000054321")


def test_units_may_have_the_nip_of_who_founded_them(store: Store) -> None:
    founder = sample.organisation(0, name="Stowarzyszenie", nip="5260001246")
    units = [sample.organisation(n, name=f"CIS {n}", nip="5260001246", founder=founder.id) for n in (1, 2)]
    importing.write(store, sample.plan([sample.partnership(0, [0, 1, 2])], [founder, *units]))
    assert _count(store, "(o:Organisation {nip: '5260001246'})") == 3
    assert _count(store, "(o:Organisation {nip_unique: '5260001246'})") == 1
    again = sample.plan(
        [sample.partnership(0, [0, 1, 2])], [founder, *(u.model_copy(update={"town": "L"}) for u in units)]
    )
    importing.write(store, again)
    assert _count(store, "(o:Organisation {nip_unique: '5260001246'})") == 1


def test_what_was_deleted_is_back_when_a_file_names_it(store: Store) -> None:
    plan = sample.circle(10, 6)
    importing.write(store, plan)
    records = Records(store)
    gone, ended = stable_id("org", "0"), FIRST
    for id in (gone, ended):
        records.delete(id, by="ala")
    done = importing.write(store, plan)

    assert (done.created, done.changed) == (0, 2)
    assert not records.get(gone).archived
    assert [m.id for m in records.get(ended).record.members] == [m.id for m in plan.partnerships[0].members]
    assert [(c.action, c.by) for c in records.history(gone)] == [("take_out", "sample.csv"), ("delete", "ala")]
    assert _count(store, "(:Organisation)-[:MEMBER_OF]->(:Partnership)") == 18
