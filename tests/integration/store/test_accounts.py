"""Accounts, tokens and saved views in a real database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

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
    accounts.save(ANNA)
    assert accounts.by_id("a1") == accounts.by_email("aNNA@example.ORG") == ANNA
    assert accounts.by_email("other@example.org") is None


def test_an_email_belongs_to_one_account(store: Store) -> None:
    accounts = Accounts(store)
    accounts.save(ANNA)
    with pytest.raises(ConflictError):
        accounts.save(Account("a2", "ANNA@example.org", "Other", "reader"))
    assert [a.id for a in accounts.all()] == ["a1"]


def test_a_token_signs_in_once_and_not_when_expired(store: Store) -> None:
    accounts = Accounts(store)
    accounts.save(ANNA)
    accounts.add_token("h1", "a1", datetime.now(UTC) + timedelta(hours=1))
    assert accounts.take_token("h1", datetime.now(UTC)) == ANNA
    assert accounts.take_token("h1", datetime.now(UTC)) is None
    accounts.add_token("h2", "a1", datetime.now(UTC) + timedelta(hours=1))
    assert accounts.take_token("h2", datetime.now(UTC) + timedelta(hours=2)) is None


def test_a_token_ends_with_the_next_one_a_new_password_and_all_sessions(store: Store) -> None:
    accounts, until = Accounts(store), datetime.now(UTC) + timedelta(hours=1)
    other = Account("a2", "other@example.org", "Other", "reader")
    changes = (ANNA, replace(ANNA, password_hash="y"), ANNA.ended())
    accounts.save(other)
    accounts.add_token("others", "a2", until)
    for changed, alive in zip(changes, (True, False, False), strict=True):
        accounts.save(ANNA)
        accounts.add_token("before", "a1", until)
        accounts.add_token("h", "a1", until)
        accounts.save(changed)
        assert accounts.by_id("a1") == changed
        assert (accounts.take_token("before", datetime.now(UTC)), accounts.take_token("h", datetime.now(UTC))) == (
            None,
            changed if alive else None,
        )
    assert accounts.take_token("others", datetime.now(UTC)) == other


def test_an_ended_session_has_no_account_and_is_kept_until_its_cookie_is_too_old(store: Store) -> None:
    accounts, now = Accounts(store), datetime.now(UTC)
    accounts.save(ANNA)
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
