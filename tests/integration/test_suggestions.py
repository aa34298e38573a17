"""What was suggested and what became of it, and scenarios, in a real database."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from graphsvc.errors import NotFoundError
from graphsvc.model.organisations import Organisation
from graphsvc.model.outreach import Outreach
from graphsvc.model.suggested import SavedScenario, Shown
from graphsvc.store.driver import Store
from graphsvc.store.network import read_network
from graphsvc.store.records import Records
from graphsvc.store.suggestions import Suggestions

MONDAY, TUESDAY, WEDNESDAY = (date(2026, 3, day) for day in (2, 3, 4))


@pytest.fixture
def kept(store: Store) -> Suggestions:
    """Three organisations."""
    Records(store).save_many([Organisation(id=i, name=i.upper()) for i in ("a", "b", "c")], "ola")
    return Suggestions(store)


def test_a_pair_is_counted_once_a_day_whoever_looks(kept: Suggestions) -> None:
    assert kept.note([("b", "a"), ("a", "nobody")], "ola", MONDAY) == 1
    kept.note([("a", "b")], "jan", MONDAY)
    kept.note([("a", "b")], "ola", TUESDAY)
    assert kept.shown() == [Shown("a", "b", 2, 0, MONDAY, TUESDAY, ("ola", "jan"), 2)]


def test_days_before_the_last_decision_are_none_on_which_it_was_passed_over(store: Store, kept: Suggestions) -> None:
    """Shown on Monday and Tuesday, put off on Tuesday, shown once more on Wednesday; the decision may lack its day."""
    for day in (MONDAY, TUESDAY, WEDNESDAY):
        kept.note([("a", "b")], "ola", day)
    assert [(s.times, s.passed) for s in kept.shown()] == [(3, 3)]
    Records(store).save(Outreach(id="later", pair=("b", "a"), status="SPR", decided_on=TUESDAY), "ola")
    assert [(s.times, s.passed) for s in kept.shown()] == [(3, 3)]
    Records(store).save(Outreach(id="no", pair=("b", "a"), status="ODL", decided_on=TUESDAY), "ola")
    assert [(s.times, s.passed) for s in kept.shown()] == [(3, 1)]
    Records(store).save(Outreach(id="undated", pair=("a", "b"), status="ZAP"), "ola")
    assert [(s.times, s.passed) for s in kept.shown()] == [(3, 0)]


def test_a_decision_without_a_day_is_of_the_day_on_which_it_was_written(store: Store, kept: Suggestions) -> None:
    Records(store).save(Outreach(id="old", pair=("a", "b"), status="ODR", decided_on=MONDAY), "ola")
    Records(store).save(Outreach(id="new", pair=("a", "b"), status="ZAP"), "ola")
    today = datetime.now(UTC).date()
    assert [(p.id, p.on) for p in kept.past()] == [("new", today), ("old", MONDAY)]
    assert {row["status"]: row["on"] for row in read_network(store).outreach.to_pylist()} == {
        "ODR": MONDAY,
        "ZAP": today,
    }


def test_ignoring_can_be_taken_back(kept: Suggestions) -> None:
    kept.note([("a", "b")], "ola", MONDAY, ignored=True)
    assert kept.shown()[0].ignored == 1
    kept.take_back("b", "a")
    assert kept.shown()[0].ignored == 0


def test_what_was_ignored_of_a_duplicate_is_ignored_of_the_one_that_stays(store: Store, kept: Suggestions) -> None:
    """b is a's duplicate: a–c was shown too, b–d alone, and a–b was a pair of the two."""
    Records(store).save(Organisation(id="d", name="d"), "ola")
    for pair, ignored in ((("b", "c"), True), (("a", "c"), False), (("d", "b"), True), (("a", "b"), False)):
        kept.note([pair], "ola", MONDAY, ignored=ignored)
    Records(store).merge("a", "b", "ola")
    found = {(s.a, s.b): (s.times, s.ignored) for s in kept.shown()}
    assert (found["a", "c"], found["a", "d"]) == ((1, 1), (1, 1)), "both on Monday, which is one day"
    assert ("a", "b") not in found
    Records(store).merge("d", "a", "ola")  # and merged on
    assert ("c", "d") in {(s.a, s.b) for s in kept.shown()}
    for id in ("d", "a"):
        Records(store).undo(next(c.id for c in Records(store).history(id) if c.action == "merge"), "ola")
    assert {(s.a, s.b): (s.times, s.ignored) for s in kept.shown()} == {
        ("a", "b"): (1, 0),
        ("a", "c"): (1, 0),
        ("b", "c"): (1, 1),
        ("b", "d"): (1, 1),
    }


def test_what_became_of_a_suggestion(store: Store, kept: Suggestions) -> None:
    no = Outreach(
        pair=("c", "a"), status="ODR", refusal_reason="DAL", refusal="Two hours by bus.", decided_on=MONDAY,
        decided_by="ola", score=0.2, not_before=date(2027, 3, 2),
    )  # fmt: skip
    saved = Records(store).save(no, "ola")
    (past,) = kept.past()
    assert (past.id, past.a, past.b, past.status, past.reason) == (saved.id, "a", "c", "ODR", "DAL")
    assert (past.on, past.until, past.chance) == (MONDAY, date(2027, 3, 2), 0.2)
    (row,) = read_network(store).outreach.to_pylist()
    assert (row["reason"], row["until"]) == ("DAL", date(2027, 3, 2))


def test_of_one_day_the_decision_written_last_comes_first(store: Store, kept: Suggestions) -> None:
    """Whatever the ids: first one order of them, then the other."""
    for ids in (("x", "y"), ("w", "v")):
        for id, status in zip(ids, ("ZAP", "ODR"), strict=True):
            Records(store).save(Outreach(id=id, pair=("a", "b"), status=status, decided_on=MONDAY), "ola")
        assert [p.id for p in kept.past()][:2] == [*reversed(ids)]


def test_a_scenario_is_kept_put_away_and_brought_back(kept: Suggestions) -> None:
    scenario = SavedScenario("s", "Two bridges", "ola", datetime(2026, 3, 2, tzinfo=UTC), "link=a,b")
    kept.keep_scenario(scenario)
    assert kept.scenarios() == [scenario]
    assert kept.delete_scenario("s") == "Two bridges"
    assert kept.scenarios() == []
    kept.delete_scenario("s", back=True)
    assert kept.scenarios() == [scenario]
    with pytest.raises(NotFoundError):
        kept.delete_scenario("nothing")
