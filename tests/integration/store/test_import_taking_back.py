from __future__ import annotations

from datetime import date

import pytest

from graphsvc.errors import NotFoundError
from graphsvc.model.base import stable_id
from graphsvc.model.meetings import Meeting
from graphsvc.store import importing
from graphsvc.store.driver import Store
from graphsvc.store.import_taking_back import PastImports, TakenBack
from graphsvc.store.network import read_network
from graphsvc.store.records import Records
from tests.integration.store import sample


def org(number: int) -> str:
    return stable_id("org", str(number))


def partnership(number: int) -> str:
    return stable_id("partnership", str(number))


def test_all_that_an_import_made_goes_and_can_be_imported_and_taken_back_again(store: Store) -> None:
    plan = sample.circle(10, 6)
    for _ in range(2):
        importing.write(store, plan)
        assert read_network(store).organisations.num_rows == 10
        assert [(p.file, p.partnerships, p.made, p.status) for p in PastImports(store).recent()] == [
            ("sample.csv", 6, True, "done")
        ]
        assert PastImports(store).take_back(plan.id, "ala") == TakenBack(6, 10, 0, 0)
        network = read_network(store)
        assert (network.organisations.num_rows, network.partnerships.num_rows) == (0, 0)
        assert [(p.made, p.status) for p in PastImports(store).recent()] == [(False, "taken back")]
        with pytest.raises(NotFoundError, match="can't be taken back"):
            PastImports(store).take_back(plan.id, "ala")
    assert Records(store).history(org(0))[0].by == "ala"


def test_what_it_changed_is_as_before(store: Store) -> None:
    organisations = [sample.organisation(n) for n in range(4)]
    older = sample.plan([sample.partnership(0, [0, 1, 2], purpose="Old")], organisations[:3])
    importing.write(store, older)
    records = Records(store)
    before = records.get(partnership(0)).record
    both = [sample.partnership(0, [0, 1], purpose="New"), sample.partnership(1, [2, 3])]
    newer = sample.plan(both, organisations, "1" * 64)
    importing.write(store, newer)
    assert records.get(partnership(0)).record.purpose == "New"
    assert PastImports(store).take_back(newer.id, "ala") == TakenBack(1, 1, 1, 0)  # organisation 3 was new
    now = records.get(partnership(0)).record
    assert now.model_copy(update={"version": 0}) == before.model_copy(update={"version": 0})
    assert read_network(store).organisations.num_rows == 3


def test_what_was_changed_or_used_since_stays(store: Store) -> None:
    plan = sample.circle(6, 3)
    importing.write(store, plan)
    records = Records(store)
    edited = records.get(partnership(0)).record
    records.save(edited.model_copy(update={"purpose": "Care"}), "ola")
    members = {m.id for m in edited.members}
    met = min(set(plan.organisations) - members)
    records.save(Meeting(id="m", name="M", held_on=date(2026, 5, 5), attended=(met,)), "ola")
    done = PastImports(store).take_back(plan.id, "ala")
    stay = members | {met}
    assert done == TakenBack(2, 6 - len(stay), 0, 1 + len(stay))
    assert set(read_network(store).organisations["id"].to_pylist()) == stay
    assert records.get(partnership(0)).record.purpose == "Care"


def test_very_large_imports_are_not_remembered(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "MOST_MADE", 10)
    monkeypatch.setattr(importing.batches, "__defaults__", (7,))
    plan = sample.circle(10, 6)
    importing.write(store, plan)
    assert [p.made for p in PastImports(store).recent()] == [False]
    with pytest.raises(NotFoundError, match="too large"):
        PastImports(store).take_back(plan.id, "ala")
    assert read_network(store).organisations.num_rows == 10


def test_small_batches_are_taken_back_whole(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing.batches, "__defaults__", (7,))
    plan = sample.circle(30, 40)
    importing.write(store, plan)
    assert PastImports(store).take_back(plan.id, "ala") == TakenBack(40, 30, 0, 0)
