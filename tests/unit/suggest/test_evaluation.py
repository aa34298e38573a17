from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from graphsvc.errors import NothingToSuggestError
from graphsvc.model.network import Network, table
from graphsvc.snapshot.filter import day
from graphsvc.suggest.attributes import Attributes
from graphsvc.suggest.evaluation import evaluate_split
from graphsvc.suggest.evaluation_words import drawn
from graphsvc.suggest.features import Space
from graphsvc.suggest.ground import Ground
from graphsvc.suggest.history import History

SPLIT = date(2012, 1, 1)


def features(network: Network) -> np.ndarray:
    ground = Ground(History.of(network).until(day(SPLIT)), Attributes(network))
    return Space(ground).of(np.array([0, 0, 1]), np.array([2, 3, 3]))


def test_features_of_a_pair_see_nothing_later(network_of: Callable[..., Network]) -> None:
    past = [(date(2010, 1, 1), (0, 1)), (date(2011, 1, 1), (1, 2, 3))]
    one = network_of([*past, (date(2012, 1, 1), (0, 2))], 6)
    other = network_of([*past, (date(2012, 1, 1), (0, 4, 5)), (date(2013, 1, 1), (3, 4))], 6)
    assert features(one).tolist() == features(other).tolist()


def test_an_evaluation_of_one_later_meeting(network_of: Callable[..., Network]) -> None:
    """0 and 2 share partner 1 and meet; 3 and 4 are apart: common neighbours rank it first for both."""
    days = [(date(2010, 1, 1), (0, 1)), (date(2010, 2, 1), (1, 2)), (date(2010, 3, 1), (3, 4))]
    network = network_of([*days, (date(2012, 3, 1), (0, 2))], 5)
    result = evaluate_split(network, SPLIT).to_json()
    assert (result["organisations"], result["pairs"], result["prior"]) == (2, 1, True)
    assert result["baselines"]["common_neighbors"]["mrr"]["mean"] == 1.0
    assert set(result["model"]) >= {"hit_at_10", "precision_at_10", "mrr", "auc", "map", "global_auc", "global_ap"}


@pytest.mark.parametrize("split", [date(2009, 1, 1), date(2013, 1, 1)])
def test_a_split_outside_the_record_is_refused(path_network: Network, split: date) -> None:
    with pytest.raises(NothingToSuggestError):
        evaluate_split(path_network, split)


def test_what_is_planned_has_not_happened(network_of: Callable[..., Network]) -> None:
    """A partnership of 0 and 3 that begins next year, and whose start is the only thing on record after this day."""
    planned = date.today() + timedelta(days=300)
    days = [
        (date(2010, 1, 1), (0, 1)),
        (date(2010, 2, 1), (1, 2)),
        (date(2010, 3, 1), (3, 4)),
        (date(2012, 3, 1), (0, 2)),
    ]
    without, with_plan = (network_of([*days, *more], 5) for more in ([], [(planned, (0, 3))]))
    assert evaluate_split(with_plan, SPLIT).to_json() == evaluate_split(without, SPLIT).to_json()
    with pytest.raises(NothingToSuggestError):
        evaluate_split(with_plan, planned)


def test_the_same_seed_gives_the_same_figures_beside_every_baseline(network_of: Callable[..., Network]) -> None:
    days = [(date(2010, 1, 1), (0, 1)), (date(2010, 2, 1), (1, 2)), (date(2010, 3, 1), (3, 4))]
    network = network_of([*days, (date(2012, 3, 1), (0, 2))], 5)
    one, other = (evaluate_split(network, SPLIT, seed=3).to_json() for _ in range(2))
    assert one == other
    textbook = "random common_neighbors jaccard adamic_adar resource_allocation preferential_attachment l3 katz"
    by_hand = "same_territory_activity recent_activity_in_my_regions region_kind_recency"
    assert set(one["baselines"]) == {*textbook.split(), *by_hand.split()}
    assert all(set(interval) == {"mean", "low", "high"} for b in one["baselines"].values() for interval in b.values())


def test_over_all_pairs_one_that_both_ask_about_is_one(network_of: Callable[..., Network]) -> None:
    """Only 0 and 2 meet: of one pair no draw differs from another, though by degree its two sides stand apart."""
    days = [
        (date(2010, 1, 1), (0, 1)),
        (date(2010, 2, 1), (1, 2)),
        (date(2010, 3, 1), (2, 3)),
        (date(2010, 4, 1), (4, 5)),
    ]
    result = evaluate_split(network_of([*days, (date(2012, 3, 1), (0, 2))], 6), SPLIT)
    for figures in (result.all.model, *result.all.baselines.values()):
        for name in ("global_auc", "global_ap"):
            assert figures[name].low == figures[name].mean == figures[name].high


def test_parts_are_told_apart_by_who_asks(network_of: Callable[..., Network]) -> None:
    """0 had five partners and two partnerships, 2 one partner and two partnerships, 3 and 5 one of each. Later one of
    three brings 2, 3 and 5 together, another 0 and 2, a third 4 and the new 10."""
    past = [(0, 1, 6, 7, 8, 9), (0,), (1, 2), (1, 2), (3, 4), (4, 5)]
    later = [(2, 3, 5), (0, 2), (4, 10)]
    days = [(date(2010, 1, 1), m) for m in past] + [(date(2012, 3, 1), m) for m in later]
    result = evaluate_split(network_of(days, 11), SPLIT)
    told = (result.all, result.without_largest, result.one_partnership, result.never_seen)
    assert [(t.organisations, t.pairs) for t in told] == [(4, 4), (2, 1), (2, 3), (1, 1)]
    assert {span: t.organisations for span, t in result.by_connections.items()} == {"1-4": 3, "5-9": 1}
    assert (result.largest, result.largest_share, result.known) == ("p6", 0.75, 10)
    assert result.gaining == {"all": 4, "never_seen": 1}
    for part in told:
        for name, gain in part.gains.items():
            assert gain["map"].mean == pytest.approx(part.model["map"].mean - part.baselines[name]["map"].mean)


def test_of_many_a_part_is_asked_and_it_is_said(
    network_of: Callable[..., Network], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four gain a partner; there is room for the pairs of two, each of whom six are known."""
    days = [(date(2010, 1, 1), (k, k + 1)) for k in range(5)] + [(date(2012, 3, 1), (0, 2)), (date(2012, 3, 1), (3, 5))]
    monkeypatch.setattr("graphsvc.suggest.asked.MOST_PAIRS", 12)
    result = evaluate_split(network_of(days, 6), SPLIT)
    assert (result.all.organisations, result.gaining["all"]) == (2, 4)
    assert "Of the 4 organisations that gain a partner 2 were drawn" in str(drawn(2, 4))
    assert drawn(4, 4) is None


def test_the_largest_partnership_is_the_same_in_any_order(network_of: Callable[..., Network]) -> None:
    """Two bring one pair each."""
    past = [(date(2010, 1, 1), (k, k + 1)) for k in range(5)]
    later = [(date(2012, 3, 1), (0, 2)), (date(2012, 3, 1), (3, 5))]
    network = network_of([*past, *later], 6)
    ids = {"p5": "p6", "p6": "p5"}
    swapped = table("partnerships", [p | {"id": ids.get(p["id"], p["id"])} for p in network.partnerships.to_pylist()])
    one, other = (evaluate_split(n, SPLIT) for n in (network, replace(network, partnerships=swapped)))
    assert one.largest == other.largest == "p5"


def test_without_a_date_there_is_no_before(network_of: Callable[..., Network]) -> None:
    with pytest.raises(NothingToSuggestError, match="No partnership has a day"):
        evaluate_split(network_of([(None, (0, 1)), (None, (1, 2))], 4), SPLIT)


def test_what_is_planned_is_not_undated_and_members_alone_have_not_met(network_of: Callable[..., Network]) -> None:
    later = date.today() + timedelta(days=400)
    for partnerships, said in (
        ([(later, (0, 1)), (later, (1, 2))], "what is on record begins after today"),
        ([(date(2010, 1, 1), (0,)), (date(2013, 1, 1), (1,))], "No two organisations have worked together yet"),
        ([], "No two organisations have worked together yet"),
    ):
        with pytest.raises(NothingToSuggestError, match=said):
            evaluate_split(network_of(partnerships, 3), SPLIT)


PAST = [(date(2010, 1, 1), (0, 1)), (date(2010, 2, 1), (1, 2)), (date(2010, 3, 1), (3, 4))]


def test_where_only_newcomers_meet_those_known_before_their_figures_are_told(
    network_of: Callable[..., Network],
) -> None:
    """5 joins 1, of five who are known; 6 and 7 only each other."""
    ordinary = evaluate_split(network_of([*PAST, (date(2012, 3, 1), (0, 2))], 8), SPLIT).to_json()
    result = evaluate_split(network_of([*PAST, (date(2012, 3, 1), (1, 5)), (date(2012, 4, 1), (6, 7))], 8), SPLIT)
    told = result.to_json()
    assert told.keys() == ordinary.keys()
    assert told["model"].keys() == ordinary["model"].keys()
    assert (told["organisations"], told["pairs"], told["gaining"]) == (0, 0, {"all": 0, "never_seen": 1})
    assert (told["largest"], told["largest_share"], told["by_sector"], told["by_connections"]) == ("", None, {}, {})
    assert {value for one in told["model"].values() for value in one.values()} == {None}
    assert (told["never_seen"]["organisations"], told["never_seen"]["pairs"]) == (1, 1)
    assert 0 <= told["never_seen"]["model"]["auc"]["mean"] <= 1
    nobody_nearer = (1 + 1 / 2 + 1 / 3 + 1 / 4 + 1 / 5) / 5
    assert told["never_seen"]["baselines"]["common_neighbors"]["mrr"]["mean"] == pytest.approx(nobody_nearer)


@pytest.mark.parametrize(
    ("later", "said"),
    [((6, 7), "No two organisations known by 2012-01-01 meet later"), ((0, 1, 2, 3, 4, 5), "All who could meet")],
)
def test_newcomers_among_themselves_or_with_everybody_tell_nothing(
    network_of: Callable[..., Network], later: tuple[int, ...], said: str
) -> None:
    past = [*PAST, (date(2010, 5, 1), (0, 1, 2, 3, 4))]
    with pytest.raises(NothingToSuggestError, match=said):
        evaluate_split(network_of([*past, (date(2012, 3, 1), later)], 8), SPLIT)
