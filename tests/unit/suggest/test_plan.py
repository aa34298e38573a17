from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from graphsvc.model.network import Network
from graphsvc.suggest import Engine
from graphsvc.suggest import plan as module
from graphsvc.suggest.board import Board
from graphsvc.suggest.plan import plan
from graphsvc.suggest.prior import prior_model
from graphsvc.suggest.ranking import Links, Ranked
from graphsvc.suggest.value import PRESETS


@pytest.fixture
def engine(network_of: Callable[..., Network]) -> Engine:
    """0–1–2–3 in a row; 0 and 1 in X, 2 and 3 in Y, 4 alone in X."""
    day = date(2010, 1, 1)
    of = {k: {"territory": "X" if k in (0, 1, 4) else "Y"} for k in range(5)}
    places = [{"code": c, "name": c, "level": "powiat", "parent": ""} for c in "XY"]
    return Engine(network_of([(day, (0, 1)), (day, (1, 2)), (day, (2, 3))], 5, of=of, territories=places))


def test_no_organisation_is_in_more_conversations_than_its_share(engine: Engine) -> None:
    made = plan(engine, Board.of(engine).ranked({}, 1.0), 5, per_organisation=1)
    ends = [end for s in made.suggestions for end in (s.a, s.b)]
    assert len(ends) == len(set(ends)) == 4  # five organisations: two pairs at most
    assert made.portfolio.value == pytest.approx(made.portfolio.one_by_one)


def test_each_animator_gets_no_more_than_asked_for(engine: Engine) -> None:
    made = plan(engine, Board.of(engine).ranked({}, 1.0), 5, per_organisation=None, per_territory={"Y": 1, "X": 2})
    assert sorted(made.territory) == ["X", "X", "Y"]
    for suggestion, code in zip(made.suggestions, made.territory, strict=True):
        assert {suggestion.a, suggestion.b} & ({2, 3} if code == "Y" else {0, 1, 4})


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("homes", "can"),
    [
        (("G",) * 6, {"P": 1, "G": 5}),  # a gmina within a powiat
        (("P",) * 3 + ("Q",) * 3, {"P": 2, "Q": 4}),  # all links lie between the two
        (("G",) * 3 + ("Q",) * 3, {"P": 2, "G": 1, "Q": 3}),
    ],
)
def test_an_animator_leads_what_another_has_no_room_for(
    network_of: Callable[..., Network], homes: tuple[str, ...], can: dict[str, int], turned: bool
) -> None:
    """Whoever is named first, all that they can lead are found, and nothing brings more."""
    day = date(2010, 1, 1)
    places = [{"code": c, "name": c, "level": "powiat", "parent": ""} for c in "PQ"]
    places.append({"code": "G", "name": "G", "level": "gmina", "parent": "P"})
    of = {k: {"territory": home} for k, home in enumerate(homes)}
    network = network_of([(day, (0, 1, 2)), (day, (3, 4, 5))], 6, of=of, territories=places)
    engine = Engine(network, model=prior_model())
    ranked = Board.of(engine).ranked({}, 1.0)
    limits = dict(reversed(can.items())) if turned else can
    made = plan(engine, ranked, 6, per_organisation=None, per_territory=limits)
    assert Counter(made.territory) == can
    for suggestion, code in zip(made.suggestions, made.territory, strict=True):
        assert engine.within(code)[[suggestion.a, suggestion.b]].any()
    anywhere = plan(engine, ranked, 6, per_organisation=None)
    assert made.portfolio.chosen == anywhere.portfolio.chosen
    assert made.portfolio.bound == pytest.approx(anywhere.portfolio.bound)
    assert made.portfolio.one_by_one == pytest.approx(anywhere.portfolio.one_by_one)


def test_who_works_in_the_smaller_territory_leads_first(network_of: Callable[..., Network]) -> None:
    day = date(2010, 1, 1)
    places = [{"code": "P", "name": "P", "level": "powiat", "parent": ""}]
    places.append({"code": "G", "name": "G", "level": "gmina", "parent": "P"})
    of = {k: {"territory": "G"} for k in range(4)}
    engine = Engine(network_of([(day, (0, 1)), (day, (2, 3))], 4, of=of, territories=places), model=prior_model())
    made = plan(engine, Board.of(engine).ranked({}, 1.0), 3, per_territory={"P": 3, "G": 2})
    assert Counter(made.territory) == {"G": 2, "P": 1}


def test_a_link_is_worth_what_it_brings_itself(network_of: Callable[..., Network]) -> None:
    """Six of the social economy have all worked with two of them, so these are likely to meet; businesses are new to
    all. Who is after businesses gets conversations with businesses, though others are likelier to succeed."""
    day = date(2010, 1, 1)
    of = {k: {"sector": "business" if k > 5 else "social_economy"} for k in range(8)}
    ties = [(day, (hub, k)) for hub in (0, 1) for k in (2, 3, 4, 5)]
    engine = Engine(network_of([*ties, (day, (6, 7))], 8, of=of))
    after = PRESETS["business_outreach"]
    ranked = Board.of(engine).ranked(after.parts, after.likelihood)
    made = plan(engine, ranked, 3, per_organisation=2)
    assert ranked.links.probability.max() > max(s.probability for s in made.suggestions)
    assert [s.value["pes_business"] for s in made.suggestions] == [1.0] * 3


def test_a_need_counts_once_and_only_as_it_is_weighed(network_of: Callable[..., Network]) -> None:
    """0 and 2 are in G, which needs care that both offer: one need, however it is met."""
    day = date(2010, 1, 1)
    needs = [{"organisation": None, "territory": "G", "area": "CARE", "level": 3.0}]
    offers = [{"organisation": k, "area": "CARE"} for k in (0, 2)]
    places = [{"code": "G", "name": "G", "level": "gmina", "parent": ""}]
    network = network_of(
        [(day, (0, 1)), (day, (1, 2))], 3, of={k: {"territory": "G"} for k in (0, 2)}, territories=places,
        needs=needs, offers=offers,
    )  # fmt: skip
    engine = Engine(network)
    assert engine.value.needs_between(0, 2) == ["CARE in G"]
    for weights, counted in (({"needs_met": 1.0, "diversity": 1.0}, 0.5), ({"diversity": 1.0}, 0.0), ({}, 0.0)):
        ranked = Board.of(engine).ranked(weights, 0.5)
        made = plan(engine, ranked, 1)
        expected = ranked.links.probability[0] * (2 * ranked.worth[0] + counted)
        assert made.portfolio.value == pytest.approx(expected)


def test_links_elsewhere_are_left_out(engine: Engine) -> None:
    made = plan(engine, Board.of(engine).ranked({}, 1.0), 5, per_organisation=None, per_territory={"Z": 3})
    assert (made.suggestions, made.portfolio.value) == ((), 0)


def test_the_best_of_each_territory_are_looked_at_however_far_down_the_list(
    network_of: Callable[..., Network], monkeypatch: pytest.MonkeyPatch
) -> None:
    """0–1–2–3 in a row in X, and 4 alone in Z: two links between the others come first."""
    day = date(2010, 1, 1)
    of = {k: {"territory": "Z" if k == 4 else "X"} for k in range(5)}
    engine = Engine(network_of([(day, (0, 1)), (day, (1, 2)), (day, (2, 3))], 5, of=of))
    monkeypatch.setattr(module, "POOL", 1)
    ranked = Board.of(engine).ranked({}, 1.0)
    made = plan(engine, ranked, 5, per_organisation=None, per_territory={"Z": 3, "X": 1})
    assert made.among == 2
    assert [(4 in {s.a, s.b}, code) for s, code in zip(made.suggestions, made.territory, strict=True)] == [
        (False, "X"),
        (True, "Z"),
    ]


def test_a_pair_that_brings_most_gives_way_to_two_that_bring_more(
    network_of: Callable[..., Network], monkeypatch: pytest.MonkeyPatch
) -> None:
    """0 and 1 bring most, but then neither is left for 2 and 3, who would bring more together."""
    engine = Engine(network_of([(date(2010, 1, 1), (4, 5))], 6))
    monkeypatch.setattr(Engine, "chance", lambda _, a, b: np.where(a + b == 1, 0.5, 0.4))
    links = Links(np.array([0, 0, 1]), np.array([1, 2, 3]), np.ones(3))
    ranked = Ranked(links, engine.value.of(links.a, links.b), np.array([0.9, 0.8, 0.7]), np.ones(3), {})
    made = plan(engine, ranked, 2, per_organisation=1)
    assert {(s.a, s.b) for s in made.suggestions} == {(0, 2), (1, 3)}
    assert made.portfolio.value == pytest.approx(1.6)
    assert (made.portfolio.one_by_one, made.portfolio.guarantee) == (1.0, 1.0)
