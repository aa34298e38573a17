from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, replace
from datetime import date, timedelta

import numpy as np
import pytest

from graphsvc.errors import InputError, NotFoundError, NothingToSuggestError
from graphsvc.model.network import Network, table
from graphsvc.snapshot.filter import day
from graphsvc.suggest import engine, suggest
from graphsvc.suggest.board import Board
from graphsvc.suggest.engine import Engine
from graphsvc.suggest.model import Calibration, Judge, Linear, Model
from graphsvc.suggest.value import PRESETS

DAY = date(2010, 1, 1)


def test_partners_of_partners_come_first(path_network: Network) -> None:
    found = suggest(path_network, for_organisation="o0", limit=3)
    assert [s.a for s in found] == [0, 0, 0]
    assert found[0].b in (2, 3)
    assert found[0].prior
    assert all(0 < s.probability < 1 and 0 <= s.score <= 1 and s.reasons for s in found)


def test_an_organisation_without_a_partnership_gets_suggestions(path_network: Network) -> None:
    assert {s.b for s in suggest(path_network, for_organisation=4)} == {0, 1, 2, 3}


def test_a_newcomer_gets_who_is_active_where_it_is(network_of: Callable[..., Network]) -> None:
    """Two partnerships in A and two in B; the newcomers, alike but for their home, are shown their neighbours first."""
    homes = {k: {"territory": home} for k, home in enumerate("AAABBBAB")}
    network = network_of([(DAY, (0, 1)), (DAY, (1, 2)), (DAY, (3, 4)), (DAY, (4, 5))], 8, of=homes)
    projects = [{"id": f"p{k}", "starts_on": DAY, "territories": [home]} for k, home in enumerate("AABB")]
    network = replace(network, partnerships=table("partnerships", projects))
    near = {6: {0, 1, 2}, 7: {3, 4, 5}}
    assert {k: {s.b for s in suggest(network, for_organisation=k, limit=3)} for k in near} == near


def test_pairs_that_met_are_not_suggested(path_network: Network) -> None:
    met = {(0, 1), (1, 2), (2, 3)}
    assert not met & {(s.a, s.b) for s in suggest(path_network, limit=50)}


def test_a_pair_has_the_same_probability_in_every_list(path_network: Network) -> None:
    """Of either of the two, of the whole network, and by itself; one of them has no partnership yet."""
    asked = Engine(path_network)
    told: dict[tuple[int, ...], list[float]] = {}
    for one in (*asked.overall(50), *(s for row in range(5) for s in asked.for_organisation(row, 50))):
        told.setdefault(tuple(sorted((one.a, one.b))), []).append(one.probability)
    assert [len(of) for of in told.values()] == [3] * 7
    for (a, b), of in told.items():
        assert of == pytest.approx(3 * asked.chance(np.array([a]), np.array([b])).tolist())


def test_as_of_an_earlier_day_knows_nothing_later(path_network: Network) -> None:
    """In 2011 organisation 3 was not yet there; 4, whose dates are not known, always was."""
    assert {s.b for s in suggest(path_network, date(2011, 6, 1), 0)} == {2, 4}


def test_a_common_partner_is_named_as_reason_and_introducer(path_network: Network) -> None:
    first = next(s for s in suggest(path_network, for_organisation=0) if s.b == 2)
    assert first.introducers == (1,)
    assert "Both have worked with Organisation 1." in [str(r) for r in first.reasons]


def test_a_refused_pair_stays_away_until_its_day(network_of: Callable[..., Network]) -> None:
    refused = {"a": 0, "b": 2, "status": "ODR", "reason": "no time", "on": date(2013, 1, 1), "until": date(2014, 1, 1)}
    network = network_of([(DAY, (0, 1)), (date(2013, 6, 1), (1, 2))], 4, outreach=[refused])
    assert 2 not in {s.b for s in suggest(network, date(2013, 6, 2), 0)}
    assert 2 in {s.b for s in suggest(network, date(2014, 6, 2), 0)}


@pytest.mark.parametrize(
    ("members", "count"), [([], 2), ([], 5), ([(DAY, (0, 1, 2, 3))], 4)], ids=["two", "no ties", "complete"]
)
def test_nothing_to_suggest_is_said(network_of: Callable[..., Network], members: list[object], count: int) -> None:
    with pytest.raises(NothingToSuggestError) as caught:
        suggest(network_of(members, count))
    assert caught.value.exit_code == 2
    assert str(caught.value).endswith(".")
    assert "day" not in f"{caught.value} {caught.value.hint}"  # none was named


def test_of_an_organisation_that_knows_all_it_is_said_so(network_of: Callable[..., Network]) -> None:
    star = network_of([(DAY, (0, 1)), (DAY, (0, 2)), (DAY, (0, 3))], 4)
    for asked in (lambda: suggest(star, for_organisation="o0"), lambda: Board.of(Engine(star), 0)):
        with pytest.raises(NothingToSuggestError, match="All whom Organisation 0 could meet have worked with it"):
            asked()
    assert {s.b for s in suggest(star, for_organisation="o1")} == {2, 3}


def test_an_unknown_organisation_gets_near_names(path_network: Network) -> None:
    with pytest.raises(NotFoundError) as caught:
        suggest(path_network, for_organisation="Organisaton 1")
    assert "Organisation 1" in caught.value.near


def test_near_names_heed_no_diacritics(network_of: Callable[..., Network]) -> None:
    network = network_of([(DAY, (0, 1)), (DAY, (1, 2))], 3, of={0: {"name": "Zażółć"}, 1: {"name": "Iza"}})
    with pytest.raises(NotFoundError) as caught:
        Engine(network).row_of("zazolc")
    assert caught.value.near[0] == "Zażółć"


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("owes", ("Ośrodek Wsparcia Ekonomii Społecznej",)),  # by its initials; a part of two words is no name
        ("biuro drenik", ("Biuro rachunkowe Drenik",)),
        ("xyz", ()),
    ],
)
def test_near_names_are_near_word_by_word(
    network_of: Callable[..., Network], asked: str, near: tuple[str, ...]
) -> None:
    names = ("Ośrodek Wsparcia Ekonomii Społecznej", "Biuro rachunkowe Drenik", "Biuro rachunkowe Solid")
    network = network_of([(DAY, (0, 1)), (DAY, (1, 2))], 3, of={k: {"name": name} for k, name in enumerate(names)})
    with pytest.raises(NotFoundError) as caught:
        Engine(network).row_of(asked)
    assert caught.value.near == near


@pytest.mark.parametrize("name", ["fundacja łąka", "FUNDACJA „ŁĄKA”", "o1"])
def test_a_name_need_not_be_written_exactly(network_of: Callable[..., Network], name: str) -> None:
    found = Engine(network_of([(DAY, (0, 1, 2))], 3, of={1: {"name": "Fundacja „Łąka”"}}))
    assert found.row_of(name) == 1


def test_of_several_with_one_name_the_ids_are_told(network_of: Callable[..., Network]) -> None:
    of = {0: {"name": "Fundacja Łąka"}, 1: {"name": "Fundacja „Łąka”"}, 2: {"name": "Fundacja Łąka"}}
    found = Engine(network_of([(DAY, (0, 1, 2))], 3, of=of))
    with pytest.raises(InputError) as caught:
        found.row_of("Fundacja Łąka")
    assert str(caught.value) == "There are 2 organisations called “Fundacja Łąka”. Give the id of one: o0, o2."
    assert found.row_of("Fundacja „Łąka”") == 1  # exactly so only one is written


def test_names_that_are_far_from_it_are_not_offered(path_network: Network) -> None:
    with pytest.raises(NotFoundError) as caught:
        suggest(path_network, for_organisation="zzz qq")
    assert str(caught.value) == "There is no organisation called “zzz qq”."


@pytest.mark.parametrize(("until", "back"), [(date(2099, 1, 1), False), (date(2014, 1, 1), True)])
def test_without_a_day_a_refusal_counts_as_of_today(
    network_of: Callable[..., Network], until: date, back: bool
) -> None:
    refused = {"a": 0, "b": 2, "status": "ODR", "on": date(2013, 1, 1), "until": until}
    network = network_of([(DAY, (0, 1)), (date(2013, 6, 1), (1, 2))], 4, outreach=[refused])
    assert (2 in {s.b for s in suggest(network, None, 0)}) == back


def test_before_anybody_was_there_a_later_day_is_the_way_out(network_of: Callable[..., Network]) -> None:
    """A partnership of no known day has always been, its members not."""
    of = {k: {"active_from": DAY} for k in range(4)}
    early = Engine(network_of([(None, (0, 1)), (DAY, (2, 3))], 4, of=of), date(1990, 1, 1))
    with pytest.raises(NothingToSuggestError, match="Fewer than two") as caught:
        early.overall()
    assert str(caught.value.hint) == "Choose a later day."


def test_what_is_written_down_after_the_last_partnership_counts(path_network: Network) -> None:
    """A need and a meeting of 2014, the partnerships being of 2010 to 2012; a meeting yet to be held doesn't."""
    late, planned = date(2014, 1, 1), date(2999, 1, 1)
    network = replace(
        path_network,
        needs=table("needs", [{"organisation": 0, "area": "U-OPI", "level": 3.0, "since": late}]),
        offers=table("offers", [{"organisation": 2, "area": "U-OPI"}]),
        meetings=table("meetings", [{"id": "m0", "held_on": late}, {"id": "m1", "held_on": planned}]),
        attendances=table("attendances", [{"organisation": who, "meeting": m} for who in (0, 2) for m in (0, 1)]),
    )

    def told(as_of: date | None) -> tuple[float, float]:
        space = Engine(network, as_of).space
        row = dict(zip(space.names, space.of(np.array([0]), np.array([2]))[0].tolist(), strict=True))
        return row["needs_of_i"], row["meetings"]

    assert told(None) == pytest.approx((np.log1p(3), np.log1p(1)))
    assert told(late) == pytest.approx((np.log1p(3), np.log1p(1)))
    assert told(date(2013, 1, 1)) == (0, 0)


@pytest.mark.parametrize("preset", PRESETS)
def test_a_list_and_a_board_rank_alike(path_network: Network, preset: str) -> None:
    found = Engine(path_network)
    listed, weighed = found.ranked(found.links, preset), Board.of(found).ranked(*reversed(astuple(PRESETS[preset])))
    assert (listed.links.a.tolist(), listed.links.b.tolist()) == (weighed.links.a.tolist(), weighed.links.b.tolist())
    assert listed.score == pytest.approx(weighed.score)


def test_how_likely_a_newcomers_pairs_are_does_not_hang_on_the_order_of_records(
    network_of: Callable[..., Network],
) -> None:
    """Organisations 0 to 6 have from one to three partners, 7 and 8 none; newcomers are told to prefer few partners."""
    ties = [(0, 1), (1, 2), (2, 3), (1, 3), (4, 5), (5, 6)]

    def likelihoods(row: Sequence[int]) -> dict[frozenset[int], float]:
        """Of the pairs of organisations, where organisation k is kept in ``row[k]``."""
        network = network_of([(DAY, (row[a], row[b])) for a, b in ties], 9)
        names = Engine(network).space.names
        degree, nothing = np.array([float(n == "degree_j") for n in names]), np.zeros(len(names))
        warm, cold = (Linear(names, nothing, nothing + 1, sign * degree) for sign in (1, -1))
        links = Engine(network, model=Model(Judge(warm, Calibration((1.0,), (), 0.0, 365)), cold)).links
        pairs = zip(links.a.tolist(), links.b.tolist(), links.probability.tolist(), strict=True)
        return {frozenset((row.index(a), row.index(b))): p for a, b, p in pairs}

    kept = likelihoods(range(9))
    assert likelihoods([4, 8, 1, 0, 7, 3, 5, 2, 6]) == pytest.approx(kept)
    assert kept[frozenset((7, 0))] > kept[frozenset((7, 1))]


def test_likelihood_is_the_same_in_many_chunks(path_network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = np.array([0, 0, 0, 1, 1, 4, 4]), np.array([2, 3, 4, 3, 4, 0, 1])
    whole = Engine(path_network).likelihood(*asked)
    monkeypatch.setattr(engine, "PAIRS_AT_ONCE", 2)
    monkeypatch.setattr(engine, "FEATURE_STEPS", 1_000_000)
    assert Engine(path_network).likelihood(*asked) == pytest.approx(whole, rel=1e-12)


def test_many_who_ask_at_once_are_told_what_one_is(path_network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each asks a network of its own whose features are not made yet, in chunks spread over the kernels' threads."""
    asked = np.array([0, 0, 0, 1, 1, 4, 4]), np.array([2, 3, 4, 3, 4, 0, 1])
    alone = Engine(path_network).likelihood(*asked).tolist()
    monkeypatch.setattr(engine, "PAIRS_AT_ONCE", 2)
    monkeypatch.setattr(engine, "FEATURE_STEPS", 1_000_000)
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda _: Engine(path_network).likelihood(*asked), range(16)))
    assert all(found == pytest.approx(alone, rel=1e-12) for found in told)


def test_many_without_a_partnership_are_not_all_looked_at(network_of: Callable[..., Network]) -> None:
    """Two of 2,000 work together: not each of two million pairs, but for everybody somebody."""
    links = Engine(network_of([(DAY, (0, 1))], 2000)).links
    assert len(links.a) < 100_000
    assert len(np.unique(np.concatenate([links.a, links.b]))) == 2000


PLANNED = date.today() + timedelta(days=400)


def test_a_partnership_that_is_planned_makes_the_record_no_longer(network_of: Callable[..., Network]) -> None:
    """All ages, likelihoods and what was learnt are those without it; only its own two are not suggested."""
    began = [(DAY, (0, 1)), (date(2012, 1, 1), (1, 2)), (date(2013, 1, 1), (3, 4))]
    found = [Engine(network_of([*began, *more], 6)) for more in ([], [(PLANNED, (0, 3))])]
    i, j = np.array([0, 0, 2]), np.array([2, 4, 5])
    without, with_plan = (one.chance(i, j).tolist() for one in found)
    assert with_plan == without
    assert [one.ground.past.end for one in found] == [day(date(2013, 1, 1)) + 1] * 2
    assert [3 in one.links_of(0).b for one in found] == [True, False]
    assert (0, 3) not in {(s.a, s.b) for s in found[1].overall(50)}


def test_an_idea_is_no_work_together_and_is_not_suggested_once_more(network_of: Callable[..., Network]) -> None:
    """Phase F0 without a day: as a plan. With a day it has begun."""
    began = [(DAY, (0, 1)), (date(2012, 1, 1), (1, 2)), (None, (0, 3))]
    network = network_of(began, 5)
    partnerships = network.partnerships.to_pylist()
    known, idea = Engine(network), Engine(_with(network, [*partnerships[:2], partnerships[2] | {"phase": "F0"}]))
    assert (3 in known.ground.tied.row(0), 3 in idea.ground.tied.row(0)) == (True, False)
    assert 3 not in idea.links_of(0).b
    assert 4 in idea.links_of(0).b
    dated = partnerships[2] | {"phase": "F0", "starts_on": DAY}
    assert 3 in Engine(_with(network, [*partnerships[:2], dated])).ground.tied.row(0)


def _with(network: Network, partnerships: list[dict[str, object]]) -> Network:
    return replace(network, partnerships=table("partnerships", partnerships))


def test_an_organisation_is_not_suggested_to_its_founder_nor_to_another_of_it(
    network_of: Callable[..., Network],
) -> None:
    network = network_of([(DAY, (0, 3)), (DAY, (1, 4)), (DAY, (2, 5))], 6, of={1: {"founder": 0}, 2: {"founder": 0}})
    ready = Engine(network)
    assert ready.allowed(np.array([0, 2, 1, 0]), np.array([1, 0, 2, 4])).tolist() == [False, False, False, True]
    pairs = {(s.a, s.b) for s in ready.overall(50)}
    assert not pairs & {(0, 1), (0, 2), (1, 2)}
    assert {(0, 4), (1, 3)} <= pairs
    assert not {s.b for s in ready.for_organisation(0, 50)} & {1, 2}
    of = {1: {"founder": 0}, 2: {"founder": 1}}  # a unit of a unit
    assert not Engine(network_of([(DAY, (0, 3)), (DAY, (2, 5))], 6, of=of)).allowed(np.array([0]), np.array([2])).any()


def test_who_has_ended_gets_no_suggestions_and_who_ends_later_does(network_of: Callable[..., Network]) -> None:
    of = {0: {"active_to": date(2015, 1, 1)}, 1: {"active_to": PLANNED}}
    ready = Engine(network_of([(DAY, (0, 3)), (DAY, (1, 3)), (DAY, (2, 4))], 5, of=of))
    with pytest.raises(NothingToSuggestError) as caught:
        ready.for_organisation(0)
    assert str(caught.value.message) == "Organisation 0 has ended or has not begun, so nobody is suggested to it."
    assert {s.b for s in ready.for_organisation(1)} == {2, 4}
    assert 1 in {end for s in ready.overall(50) for end in (s.a, s.b)}


def test_who_has_planned_its_first_partnership_is_there_as_before(network_of: Callable[..., Network]) -> None:
    """0 is to begin with 3; of 1 it is known that it will begin only then."""
    began = [(PLANNED, (0, 3)), (PLANNED, (1, 3)), (DAY, (2, 3)), (DAY, (2, 4))]
    ready = Engine(network_of(began, 5, of={1: {"active_from": PLANNED}}))
    assert ready.present.tolist() == [True, False, True, True, True]
    assert {s.b for s in ready.for_organisation(0)} == {2, 4}


def test_links_among_some_are_those_of_all(network_of: Callable[..., Network]) -> None:
    network = network_of([(DAY, (k, k + 1)) for k in range(0, 20, 2)] + [(DAY, (0, 2, 4))], 20)
    some, every, found = np.arange(1, 11), Engine(network), Engine(network)
    inside = {
        (a, b): p
        for a, b, p in zip(every.links.a.tolist(), every.links.b.tolist(), every.links.probability, strict=True)
        if {a, b} <= set(some.tolist())
    }
    for ready in (found, every):
        among = ready.links_among(some)
        assert dict(zip(zip(among.a.tolist(), among.b.tolist(), strict=True), among.probability, strict=True)) == inside
    assert "links" not in vars(found)


def test_who_begins_on_a_day_to_come_is_not_suggested_yet(network_of: Callable[..., Network]) -> None:
    ready = Engine(network_of([(DAY, (0, 1)), (DAY, (2, 3))], 5, of={4: {"active_from": PLANNED}}))
    assert 4 not in {end for s in ready.overall(50) for end in (s.a, s.b)}
    with pytest.raises(NothingToSuggestError):
        ready.for_organisation(4)


@pytest.mark.parametrize("shared", ["", "T"])
def test_of_many_who_offers_what_another_needs_is_looked_at(network_of: Callable[..., Network], shared: str) -> None:
    """300 in 200 partnerships; of two without any one offers what the other needs, here or elsewhere."""
    rng = np.random.default_rng(0)
    began = [(DAY, (k, (k + 1) % 300)) for k in range(300)]
    began += [(DAY, rng.choice(300, 3, replace=False).tolist()) for _ in range(200)]
    needs = [{"organisation": 300, "territory": "", "area": "care", "level": 3.0}]
    offers = [{"organisation": end, "territory": "", "area": "care"} for end in (301, 7)]
    ready = Engine(network_of(began, 302, of={301: {"territory": shared}}, needs=needs, offers=offers))
    links = set(zip(ready.links.a.tolist(), ready.links.b.tolist(), strict=True))
    assert {(300, 301), (7, 300)} <= {(min(pair), max(pair)) for pair in links}
    assert len(links) < 302 * 301 / 4
    assert {301, 7} <= set(ready.links_of(300).b.tolist())
    assert 300 in ready.links_of(301).b
    assert 300 in {end for s in ready.overall(1, "fill_service_gaps") for end in (s.a, s.b)}
