"""Accounts, tokens and saved views in a real database."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from graphsvc.errors import ConflictError
from graphsvc.model.accounts import Account, SavedView
from graphsvc.store.accounts import Accounts
from graphsvc.store.driver import Store
from graphsvc.store.views import Views

ANNA = Account("a1", "Anna@Example.org", "Anna", "animator", password_hash="x", territory="0262")
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def test_an_account_is_found_by_id_and_by_email_in_any_case(store: Store) -> None:
    accounts = Accounts(store)
    accounts.add(ANNA)
    assert accounts.by_id("a1") == accounts.by_email("aNNA@example.ORG") == ANNA
    assert accounts.by_email("other@example.org") is None


def test_an_email_belongs_to_one_account(store: Store) -> None:
    accounts = Accounts(store)
    accounts.add(ANNA)
    with pytest.raises(ConflictError):
        accounts.add(Account("a2", "ANNA@example.org", "Other", "reader"))
    assert [a.id for a in accounts.all()] == ["a1"]


def test_a_token_signs_in_once_and_not_when_expired(store: Store) -> None:
    accounts = Accounts(store)
    accounts.add(ANNA)
    accounts.add_token("h1", "a1", datetime.now(UTC) + timedelta(hours=1))
    assert accounts.take_token("h1", datetime.now(UTC)) == ANNA
    assert accounts.take_token("h1", datetime.now(UTC)) is None
    accounts.add_token("h2", "a1", datetime.now(UTC) + timedelta(hours=1))
    assert accounts.take_token("h2", datetime.now(UTC) + timedelta(hours=2)) is None


def test_a_token_ends_with_the_next_one_a_new_password_and_all_sessions(store: Store) -> None:
    accounts, until = Accounts(store), datetime.now(UTC) + timedelta(hours=1)
    other, now = Account("a2", "other@example.org", "Other", "reader"), ANNA
    changes: tuple[dict[str, Any], ...] = ({"role": "reader"}, {"password_hash": "y"}, {"ends": True})
    accounts.add(ANNA)
    accounts.add(other)
    accounts.add_token("others", "a2", until)
    for change, alive in zip(changes, (True, False, False), strict=True):
        accounts.add_token("before", "a1", until)
        accounts.add_token("h", "a1", until)
        accounts.change(now, **change)
        changed = now = replace(now, **({"sessions": 1} if "ends" in change else change))
        assert accounts.by_id("a1") == changed
        assert (accounts.take_token("before", datetime.now(UTC)), accounts.take_token("h", datetime.now(UTC))) == (
            None,
            changed if alive else None,
        )
    assert accounts.take_token("others", datetime.now(UTC)) == other


def interleaved(store: Store, first: str, then: Callable[[], None]) -> None:
    """``then`` begins while ``first`` is not committed yet, and waits for it."""
    with store.session() as session, session.begin_transaction() as tx, ThreadPoolExecutor(1) as other:
        tx.run(first).consume()  # type: ignore[arg-type]
        done = other.submit(then)
        with pytest.raises(TimeoutError):
            done.result(1)
        tx.commit()
        done.result(60)


@pytest.mark.parametrize(
    ("change", "left"),
    [
        ({"territory": "0201"}, {"territory": "0201", "sessions": 1}),
        ({"role": "reader"}, {"role": "reader", "sessions": 1}),
        ({"active": False, "ends": True}, {"active": False, "sessions": 2}),
    ],
)
def test_of_two_changes_at_once_none_is_lost(store: Store, change: dict[str, Any], left: dict[str, Any]) -> None:
    accounts = Accounts(store)
    accounts.add(ANNA)
    everywhere = "MATCH (a:Account {id: 'a1'}) SET a.sessions = coalesce(a.sessions, 0) + 1"
    interleaved(store, everywhere, lambda: accounts.change(ANNA, **change))
    assert accounts.by_id("a1") == replace(ANNA, **left)
    accounts.change(ANNA, name="Anna B.")  # by who read it before both
    assert accounts.by_id("a1") == replace(ANNA, name="Anna B.", **left)


@pytest.mark.parametrize("meanwhile", ["a.password_hash = 'forgotten'", "a.sessions = 1"])
def test_a_new_password_does_not_undo_another_or_the_end_of_all_sessions(store: Store, meanwhile: str) -> None:
    accounts = Accounts(store)
    accounts.add(ANNA)
    with pytest.raises(ConflictError, match="in the meantime"):
        interleaved(
            store,
            f"MATCH (a:Account {{id: 'a1'}}) SET {meanwhile}",
            lambda: accounts.change(ANNA, password_hash="y", must_change_password=True),
        )
    now = accounts.by_id("a1")
    assert now
    assert (now.password_hash, now.must_change_password) == ("forgotten" if "hash" in meanwhile else "x", False)
    accounts.change(now, password_hash="y")
    assert accounts.by_id("a1") == replace(now, password_hash="y")


def test_an_ended_session_has_no_account_and_is_kept_until_its_cookie_is_too_old(store: Store) -> None:
    accounts, now = Accounts(store), datetime.now(UTC)
    accounts.add(ANNA)
    accounts.end_session("old", now - timedelta(seconds=1))
    accounts.end_session("ended", now + timedelta(hours=1))
    accounts.end_session("ended", now + timedelta(hours=2))
    assert [accounts.of_session("a1", one) for one in ("ended", "other")] == [None, ANNA]
    assert [accounts.of_session("a2", "other"), accounts.by_id("a1")] == [None, ANNA]
    with store.session() as session:
        assert session.run("MATCH (e:EndedSession) RETURN collect(e.id) AS ids").single(strict=True)["ids"] == ["ended"]


def test_a_view_is_kept_for_its_owner_and_shared_by_token(store: Store) -> None:
    views = Views(store)
    view = SavedView("v1", "a1", "Legnica", "/network", "territory=0262", NOW, "t1", NOW + timedelta(days=7))
    views.save(view)
    assert list(views.of("a1")) == [view]
    assert views.by_token("t1") == view
    assert views.of("a2") == []
    views.save(SavedView("v1", "a2", "Taken over", "/network", "", NOW))
    views.delete("a2", "v1")
    assert list(views.of("a1")) == [view]
    views.delete("a1", "v1")
    assert views.by_token("t1") is None


def test_a_view_is_found_by_those_it_is_shown_to(store: Store) -> None:
    views, shown = (
        Views(store),
        SavedView("v2", "a1", "Shown", "/network", "q=x", NOW, readers=("a2", "role:reader"), shown_at=NOW),
    )
    views.save(shown)
    assert views.by_id("v2") == shown
    assert views.by_id("v3") is None
    colleague, reader = Account("a2", "b@example.org", "Bo", "animator"), Account("a3", "c@example.org", "Cy", "reader")
    assert [views.shown_to(a) for a in (colleague, reader)] == [[shown], [shown]]
    assert views.shown_to(ANNA) == views.shown_to(Account("a4", "d@example.org", "Di", "outreach")) == []
