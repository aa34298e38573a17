from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from scipy import sparse

from graphsvc.errors import InputError, NothingToSuggestError
from graphsvc.model.network import Network, table
from graphsvc.suggest import Engine, inviting
from graphsvc.suggest.completing import complete
from graphsvc.suggest.inviting import invite

DAY = date(2010, 1, 1)


@pytest.fixture
def engine(network_of: Callable[..., Network]) -> Engine:
    """0–1–2–3 in a row and 4 alone; 0 and 1 in X, the others in Y; 3 is a business; 4 offers housing."""
    of = {k: {"territory": "X" if k < 2 else "Y"} for k in range(5)}
    of[3] = of[3] | {"sector": "business"}
    places = [{"code": c, "name": c, "level": "powiat", "parent": ""} for c in "XY"]
    offers = [{"organisation": 4, "territory": "Y", "area": "housing"}]
    return Engine(
        network_of([(DAY, (0, 1)), (DAY, (1, 2)), (DAY, (2, 3))], 5, of=of, territories=places, offers=offers)
    )


def test_no_member_completes_its_own_partnership(engine: Engine) -> None:
    found = complete(engine, ["o0", "o1"])
    assert {m.organisation for m in found} <= {2, 3, 4}
    assert [m.score for m in found] == sorted((m.score for m in found), reverse=True)
    assert all(0 <= m.score <= 1 for m in found)


def test_who_is_to_join_already_is_not_suggested(engine: Engine) -> None:
    all_of_them = {m.organisation for m in complete(engine, ["o0", "o1"])}
    assert {m.organisation for m in complete(engine, ["o0", "o1"], joining=["o3"])} == all_of_them - {3}


def test_who_left_is_not_suggested_and_who_joins_is_of_a_sector(engine: Engine) -> None:
    found = {m.organisation: m for m in complete(engine, ["o0", "o1"], left=["o2"])}
    assert 2 not in found
    new = "No member is of its sector yet."
    assert new in [str(r) for r in found[3].reasons]
    engine.attributes.sectors[4] = "business"
    assert all(
        new not in map(str, m.reasons) for m in complete(engine, ["o0", "o1"], joining=["o4"]) if m.organisation == 3
    )


def test_where_nothing_speaks_for_one_it_is_said_how_often_such_pairs_meet(network_of: Callable[..., Network]) -> None:
    engine = Engine(network_of([(DAY, (0, 1)), (DAY, (2, 3))], 5, of={4: {"kind": "X"}}))
    found = {m.organisation: m for m in complete(engine, ["o0", "o1"])}
    assert "similar pairs got together" in str(found[4].reasons[0])
    assert all(m.reasons for m in found.values())


def test_who_worked_with_a_member_says_so_and_a_new_sector_counts(engine: Engine) -> None:
    found = complete(engine, ["o0", "o1"])
    by_row = {m.organisation: [str(r) for r in m.reasons] for m in found}
    assert {m.organisation: m.about for m in found}[2] == 0
    assert "Organisation 2 and Organisation 1 have, or had, a partnership together." in by_row[2]
    assert "No member is of its sector yet." in by_row[3]
    assert "No member is of its sector yet." not in by_row[2]
    assert "Organisation 2 and Organisation 0: Both have worked with Organisation 1." in by_row[2]


def test_a_partnership_of_all_or_of_none_has_nobody_to_add(engine: Engine) -> None:
    with pytest.raises(NothingToSuggestError):
        complete(engine, range(5))
    with pytest.raises(InputError):
        complete(engine, [])


def asked(status: str, *pairs: tuple[int, int], on: date = date(2026, 1, 1)) -> list[dict[str, object]]:
    return [{"a": a, "b": b, "status": status, "on": on} for a, b in pairs]


def test_who_said_no_to_a_member_does_not_complete_its_partnership(network_of: Callable[..., Network]) -> None:
    """0–1–2–3 in a row, 4 alone. 2 has worked with 1, and is not kept away by an old no; 3 said no to 0."""
    row = [(DAY, (0, 1)), (DAY, (1, 2)), (DAY, (2, 3))]
    engine = Engine(network_of(row, 5, outreach=asked("ODR", (0, 3), (1, 2))))
    assert {m.organisation for m in complete(engine, ["o0", "o1"])} == {2, 4}
    assert all(3 not in g.introductions for g in invite(engine) if g.organisation == 0)


def test_who_is_asked_too_often_is_spared_and_it_is_said(network_of: Callable[..., Network]) -> None:
    """2 and 3 are alike for 0, but 3 was asked three times of late."""
    began = [(DAY, (0, 1)), (DAY, (1, 2)), (DAY, (1, 3)), (DAY, (4, 5))]
    fresh = network_of(began, 6)
    tired = network_of(began, 6, outreach=asked("ZAP", (3, 4), (3, 5), (2, 3), on=DAY + timedelta(days=1)))
    before, after = (
        {m.organisation: m for m in complete(Engine(n, DAY + timedelta(days=30)), ["o0"])} for n in (fresh, tired)
    )
    assert before[2].score == before[3].score
    assert after[3].score == pytest.approx(0.6 * after[2].score)
    assert "Organisation 3 was asked 3 times in the last three months." in [str(m) for m in after[3].against]
    assert after[2].against == ()


def test_of_equal_partners_the_likelier_come_first(
    network_of: Callable[..., Network], monkeypatch: pytest.MonkeyPatch
) -> None:
    """1, 2 and 3 have all worked with 0; the model would expect most of 2, then of 3 and 1, had they not met."""
    engine = Engine(network_of([(DAY, (0, 1)), (DAY, (0, 2)), (DAY, (0, 3)), (DAY, (4, 5))], 6))
    expected = np.array([0, 0.1, 0.3, 0.1, 0.5, 0.5])
    monkeypatch.setattr(Engine, "likelihood", lambda _, i, j: expected[i] + expected[j])
    found = complete(engine, ["o0"])
    assert [m.organisation for m in found] == [4, 5, 2, 1, 3]
    assert len({m.score for m in found}) == 1


def test_who_was_founded_by_another_is_neither_introduced_to_it_nor_joins_it(
    network_of: Callable[..., Network],
) -> None:
    """1 was founded by 0; both could meet 4."""
    network = network_of([(DAY, (0, 2)), (DAY, (1, 3)), (DAY, (4, 5))], 6, of={1: {"founder": 0}})
    engine = Engine(network)
    met = {(g.organisation, row) for g in invite(engine) for row in g.introductions}
    assert not met & {(0, 1), (1, 0)}
    assert {m.organisation for m in complete(engine, ["o0"])} == {2, 3, 4, 5}


def test_a_meeting_in_a_gmina_is_for_all_who_are_or_act_there(network_of: Callable[..., Network]) -> None:
    """0 and 1 are in gmina G, 2 in H and 3 in the powiat of both; 4 and 5 are elsewhere, but 4 has worked in G and 5
    works in H too."""
    places = [{"code": "P", "name": "P", "level": "powiat", "parent": ""}]
    places += [{"code": c, "name": c, "level": "gmina", "parent": "P"} for c in "GH"]
    of = {k: {"territory": home} for k, home in enumerate("GGHPXX")}
    of[5]["acts_in"] = ["H"]
    network = network_of([(DAY, (0, 2)), (DAY, (1, 3)), (DAY, (4, 5)), (DAY, (4, 2))], 6, of=of, territories=places)
    acted = [row | {"territories": ["G"] if row["id"] == "p3" else None} for row in network.partnerships.to_pylist()]
    engine = Engine(replace(network, partnerships=table("partnerships", acted)))
    assert {g.organisation for g in invite(engine, territory="G")} == {0, 1, 2, 4}
    assert {g.organisation for g in invite(engine, territory="P")} == {0, 1, 2, 3, 4, 5}
    assert {g.organisation for g in invite(engine, territory="H")} == {2, 5}


@pytest.mark.parametrize(("limit", "ties"), [(2, 0.9), (3, 0.9), (4, 1.2), (5, 2.0)])
def test_few_guests_begin_with_the_best_pair_and_many_with_who_meets_most(
    network_of: Callable[..., Network], monkeypatch: pytest.MonkeyPatch, limit: int, ties: float
) -> None:
    """0 and 1 are likely to meet, and neither meets anybody else; of the others each may meet each with 0.2."""
    chance = np.pad(np.full((6, 6), 0.2), (2, 0))
    chance[0, 1] = chance[1, 0] = 0.9
    np.fill_diagonal(chance, 0)
    monkeypatch.setattr(inviting, "_chances", lambda *_: sparse.csr_array(chance))
    guests = invite(Engine(network_of([(DAY, (0, 1))], 8)), limit=limit)
    assert sum(g.gain for g in guests) == pytest.approx(ties)


@pytest.mark.parametrize("seed", range(8))
def test_no_guest_is_one_in_whose_place_another_would_bring_more(
    network_of: Callable[..., Network], monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    half = np.triu(rng.random((12, 12)) * (rng.random((12, 12)) < 0.4), 1)
    chance = half + half.T
    monkeypatch.setattr(inviting, "_chances", lambda *_: sparse.csr_array(chance))
    guests = invite(Engine(network_of([(DAY, (0, 1))], 12)), limit=5)
    among = [g.organisation for g in guests]
    ties = chance[np.ix_(among, among)].sum() / 2
    assert sum(g.gain for g in guests) == pytest.approx(ties)
    for out in among:
        for new in set(range(12)) - set(among):
            others = [new, *(k for k in among if k != out)]
            assert chance[np.ix_(others, others)].sum() / 2 <= ties + 1e-9


def test_a_guest_is_told_why_it_should_meet_the_first(engine: Engine) -> None:
    why = {g.organisation: (g.introductions, [str(m) for m in g.reasons]) for g in invite(engine)}
    assert why[0][0][0] == 2
    assert why[0][1][0] == "Both have worked with Organisation 1."


def test_guests_are_of_the_territory_and_never_introduced_to_their_partners(engine: Engine) -> None:
    guests = {g.organisation: g.introductions for g in invite(engine, territory="Y")}
    assert set(guests) == {2, 3, 4}
    assert 3 not in guests[2]  # they work together
    assert 2 not in guests[3]


def test_guests_are_of_the_sectors(engine: Engine) -> None:
    assert {g.organisation for g in invite(engine, sectors=["ngo"])} == {0, 1, 2, 4}
    assert {g.organisation for g in invite(engine, territory="Y", sectors=["business", "ngo"])} == {2, 3, 4}
    with pytest.raises(NothingToSuggestError):
        invite(engine, sectors=["business"])  # one alone


def test_a_theme_is_worked_on_needed_or_offered(engine: Engine) -> None:
    assert {g.organisation for g in invite(engine, theme="care")} == {0, 1, 2, 3}
    with pytest.raises(NothingToSuggestError):
        invite(engine, theme="housing")  # one alone
    with pytest.raises(NothingToSuggestError):
        invite(engine, territory="nowhere")


def test_where_all_have_met_no_theme_is_blamed_that_was_not_asked_for(network_of: Callable[..., Network]) -> None:
    engine = Engine(network_of([(DAY, (0, 1, 2))], 3))
    for theme, said in ((None, "Add organisations."), ("care", "Widen the territory")):
        with pytest.raises(NothingToSuggestError) as caught:
            invite(engine, theme=theme)
        assert str(caught.value.hint).startswith(said)


def test_each_next_guest_brings_something(engine: Engine) -> None:
    guests = invite(engine, limit=3)
    assert len(guests) == 3
    assert guests[0].gain == 0  # the first meets nobody yet
    assert all(g.gain > 0 for g in guests[1:])


def test_of_many_the_pairs_that_may_be_suggested_tell_the_same(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """But for the last digit of a sum, which hangs on how many pairs are asked about at a time."""
    every = invite(engine)
    monkeypatch.setattr(inviting, "EVERY_PAIR", 1)
    some = invite(engine)
    assert [replace(g, gain=0) for g in some] == [replace(g, gain=0) for g in every]
    assert [g.gain for g in some] == pytest.approx([g.gain for g in every])


def test_who_would_meet_nobody_new_is_not_invited(network_of: Callable[..., Network]) -> None:
    """0, 1 and 2 all work together; 3 could meet 0, and is the only one who could meet anybody."""
    began = [(DAY, (0, 1, 2)), (DAY, (1, 3)), (DAY, (2, 3))]
    engine = Engine(network_of(began, 4))
    assert {g.organisation for g in invite(engine)} == {0, 3}
    homes = {k: {"territory": "X"} for k in range(3)}
    places = [{"code": "X", "name": "X", "level": "powiat", "parent": ""}]
    with pytest.raises(NothingToSuggestError, match="have worked together, have it planned"):
        invite(Engine(network_of(began, 4, of=homes, territories=places)), territory="X")


def test_a_tie_that_meets_a_need_counts_more(network_of: Callable[..., Network]) -> None:
    """2 and 3 are alike for 0, but 3 offers what 0 needs; the chance of either is the same."""
    began = [(DAY, (0, 1)), (DAY, (2, 4)), (DAY, (3, 4))]
    needs = [{"organisation": 0, "territory": "", "area": "care", "level": 3.0}]
    offers = [{"organisation": 3, "territory": "", "area": "care"}]
    plain, needy = Engine(network_of(began, 5)), Engine(network_of(began, 5, needs=needs, offers=offers))
    less, more = (sum(g.gain for g in invite(e)) for e in (plain, needy))
    both = np.array([0]), np.array([3])
    assert more - less == pytest.approx(float((plain.chance(*both) * needy.value.of(*both)["needs_met"])[0]))


def test_one_entered_twice_and_who_said_no_are_told(network_of: Callable[..., Network]) -> None:
    names = {0: {"name": "Fundacja Razem"}, 2: {"name": "Fundacja „Razem”"}}
    no = {"a": 1, "b": 3, "status": "ODR", "on": date(2012, 1, 1), "until": date(2013, 1, 1)}
    began = [(DAY, (0, 1)), (DAY, (2, 4)), (DAY, (3, 4))]
    engine = Engine(network_of(began, 5, of=names, outreach=[no]))
    found = {m.organisation: [str(said) for said in m.against] for m in complete(engine, ["o0", "o1"])}
    twice = "Their names are almost the same: perhaps this is one organisation, entered twice."
    assert f"Fundacja „Razem” and Fundacja Razem: {twice}" in found[2]
    assert "Organisation 3 and Organisation 1: This was declined before." in found[3]
    assert not any(twice in said for said in found[3])
    guests = {g.organisation: g for g in invite(engine)}
    assert any(twice in str(said) for said in guests[0].against) == (2 in guests[0].introductions)
