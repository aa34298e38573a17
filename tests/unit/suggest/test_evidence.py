from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest

from graphsvc.model.network import Network
from graphsvc.suggest import Engine
from graphsvc.suggest.evidence import Path, evidence


def test_the_path_of_an_introduction_names_its_partnerships(path_network: Network) -> None:
    """0–1 in partnership 0, 1–2 in partnership 1: organisation 1 can introduce 0 to 2."""
    found = evidence(Engine(path_network), 0, 2, 0.0)
    assert found.paths == (Path((1,), ((0,), (1,))),)
    assert (found.partners, found.common, found.kilometres) == ((1, 2), 1, None)
    assert evidence(Engine(path_network), 0, 4, 0.0).paths == ()


def test_without_a_common_partner_two_may_introduce_one_after_the_other(path_network: Network) -> None:
    """0–1–2–3, each tie a partnership of its own."""
    assert evidence(Engine(path_network), 0, 3, 0.0).paths == (Path((1, 2), ((0,), (1,), (2,))),)


def test_of_two_chains_the_one_whose_weakest_tie_is_stronger(network_of: Callable[..., Network]) -> None:
    """From 0 to 5 by 1 and 2, who have met three times, or by 3 and 4, where each two have met twice."""
    day = date(2010, 1, 1)
    once = [(0, 1), (1, 2), (2, 5), (0, 3), (3, 4), (4, 5)]
    network = network_of([(day, pair) for pair in [*once, *once[3:], (1, 2), (1, 2)]], 6)
    assert [path.through for path in evidence(Engine(network), 0, 5, 0.0).paths] == [(3, 4)]


def test_the_change_of_reach_is_exact_and_that_of_efficiency_a_share(path_network: Network) -> None:
    """Path 0–1–2–3, 4 alone: the sum of 1/distance is 3 + 2/2 + 1/3, of 20 ordered pairs twice that."""
    found = evidence(Engine(path_network), 0, 2, 0.01)
    assert found.near == 1  # 0 and 3
    assert found.shorter == pytest.approx(0.01 / (2 * (3 + 2 / 2 + 1 / 3) / 20))


def test_needs_say_whose_and_who_offers(network_of: Callable[..., Network]) -> None:
    day = date(2010, 1, 1)
    network = network_of(
        [(day, (0, 1)), (day, (1, 2))],
        3,
        needs=[{"organisation": 2, "territory": "", "area": "care", "level": 1.0}],
        offers=[{"organisation": 0, "territory": "", "area": "care"}],
    )
    assert evidence(Engine(network), 0, 2, 0.0).needs == (("care", 2, 0, True),)


def test_what_a_sentence_counts_is_named(network_of: Callable[..., Network]) -> None:
    """Two meetings together, the later first; 1 began two partnerships where 0 works, one of them half elsewhere."""
    days = [date(2010, month, 1) for month in (1, 2, 3, 4)]
    network = network_of(
        [(days[0], (0, 2)), (days[1], (1, 3)), (days[2], (1, 3)), (days[3], (1, 4))],
        5,
        meetings=[{"id": f"m{k}", "held_on": days[k]} for k in (0, 1)],
        attendances=[{"organisation": who, "meeting": m} for who in (0, 1) for m in (0, 1)],
    )
    there = pa.array([["T"], ["T"], ["T", "U"], ["U"]], pa.list_(pa.string()))
    at = network.partnerships.schema.get_field_index("territories")
    network = replace(network, partnerships=network.partnerships.set_column(at, "territories", there))
    counted = {str(r.said): r for r in evidence(Engine(network), 0, 1, 0.0).reasons}
    assert counted["They were at 2 meetings together."].meetings == (1, 0)
    assert counted["Organisation 1 has begun 2 partnerships in T since 2008."].partnerships == (2, 1)


def test_partners_of_the_same_kind_are_named(network_of: Callable[..., Network]) -> None:
    """1 works with 2 and 3, schools as 0 is; with 3 twice."""
    day = date(2000, 1, 1)
    of = {k: {"kind": "SZK"} for k in (0, 2, 3)}
    network = network_of([(day, (1, 2)), (day, (1, 3)), (day, (1, 3)), (day, (0, 4))], 5, of=of)
    counted = {str(r.said): r.organisations for r in evidence(Engine(network), 0, 1, 0.0).reasons}
    said = "Organisation 1 has worked with 2 of 2 organisations of the same kind as Organisation 0."
    assert counted[said] == (3, 2)


def test_a_founder_is_a_way_too(network_of: Callable[..., Network]) -> None:
    """From a unit to its founder no partnership is needed."""
    day = date(2010, 1, 1)
    network = network_of([(day, (1, 2)), (day, (0, 3))], 4, of={0: {"founder": 2}})
    assert evidence(Engine(network), 0, 1, 0.0).paths == (Path((2,), ((), (0,))),)
