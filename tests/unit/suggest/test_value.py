from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from graphsvc.model.network import Network, table
from graphsvc.suggest import Engine
from graphsvc.suggest.attributes import Attributes
from graphsvc.suggest.features.shared import needs_and_offers
from graphsvc.suggest.ground import Ground
from graphsvc.suggest.history import NEVER, History, end_of
from graphsvc.suggest.prior import prior_model
from graphsvc.suggest.value import Value, likelihood_of, weigh


def test_parts_of_a_link_between_two_pairs(network_of: Callable[..., Network]) -> None:
    """0–1 and 2–3; 0 is a social enterprise that needs care (level 3), 2 a business that offers it."""
    day = date(2015, 1, 1)
    network = network_of(
        [(day, (0, 1)), (day, (2, 3))],
        4,
        of={0: {"sector": "social_economy"}, 2: {"sector": "business"}},
        needs=[{"organisation": 0, "territory": "", "area": "care", "level": 3.0}],
        offers=[{"organisation": 2, "territory": "", "area": "care"}],
    )
    value = Value(Ground(History.of(network).until(NEVER), Attributes(network)))
    parts = {name: float(part[0]) for name, part in value.of(np.array([0]), np.array([2])).items()}
    assert parts["joins_components"] == parts["pes_business"] == parts["diversity"] == parts["brokerage"] == 1.0
    assert parts["isolated_reached"] == 0.5
    assert parts["needs_met"] == pytest.approx(1 - np.exp(-1))
    assert value.areas_met(0, 2) == [("care", True)]


def test_two_of_one_sector_who_know_nobody_bring_no_diversity(network_of: Callable[..., Network]) -> None:
    """0 works with the business 1; 2 is alone and an NGO as 0, 3 alone and a school."""
    sectors = {1: {"sector": "business"}, 3: {"sector": "school"}}
    network = network_of([(date(2015, 1, 1), (0, 1))], 5, of=sectors)
    value = Value(Ground(History.of(network).until(NEVER), Attributes(network)))
    found = value.of(np.array([2, 2, 0, 0]), np.array([4, 3, 2, 3]))["diversity"]
    assert found.tolist() == [0.0, 1.0, 0.25, 1.0]  # half of 0 and its partners are NGOs, of 2 all


def test_what_a_gmina_needs_its_office_needs_and_no_one_else_there(network_of: Callable[..., Network]) -> None:
    """0 is the gmina's office, 1 its house of culture, 3 the office of the powiat, which has its seat in that gmina."""
    day, there = date(2015, 1, 1), {"sector": "local_government", "territory": "G"}
    network = network_of(
        [(day, (0, 1)), (day, (2, 3))],
        4,
        of={
            0: there | {"kind": "GMI", "name": "Gmina Góra"},
            1: there | {"kind": "KUL"},
            3: there | {"kind": "POW", "name": "Powiat górowski"},
        },
        territories=[
            {"code": "G", "name": "G", "level": "gmina", "parent": "P"},
            {"code": "P", "name": "P", "level": "powiat", "parent": ""},
        ],
        needs=[
            {"organisation": None, "territory": "G", "area": "care", "level": 3.0},
            {"organisation": None, "territory": "P", "area": "transport", "level": 1.0},
        ],
        offers=[{"organisation": 2, "territory": "", "area": area} for area in ("care", "transport")],
    )
    value = Value(Ground(History.of(network).until(NEVER), Attributes(network)))
    met = [dict(value.areas_met(k, 2)) for k in (0, 1, 3)]
    assert [found["care"] for found in met] == [True, False, False]
    assert [found["transport"] for found in met] == [False, False, True]
    assert value.needs_between(0, 2) == value.needs_between(1, 2) == ["care in G", "transport in P"]


def test_likelihood_and_value_are_weighed() -> None:
    score = weigh(likelihood_of(np.array([0.1, 0.001])), {"reach": np.array([0.0, 1.0])}, 0.25, {"reach": 2.0})
    assert score == pytest.approx([0.25, 0.75])


def test_reach_brokerage_and_the_isolated_on_a_path(path_network: Network) -> None:
    """0–1–2–3, 4 alone. 0 tied to 2 comes near 3, to 3 only near 3 itself, 1 tied to 4 brings 4 near 0, 1 and 2.
    0 and 2 share 1: brokerage 1 / (1 + 1). 4 has nobody, so it has no circle to bring together and is wholly reached;
    of the others the least has 1 partner: 1 / 2."""
    value = Value(Ground(History.of(path_network).until(NEVER), Attributes(path_network)))
    parts = value.of(np.array([0, 0, 4]), np.array([2, 3, 1]))
    assert parts["reach"] == pytest.approx(np.log1p([1, 1, 3]) / np.log1p(10))
    assert parts["brokerage"] == pytest.approx([0.5, 1.0, 0.0])
    assert parts["isolated_reached"] == pytest.approx([0.5, 0.5, 1.0])
    assert parts["joins_components"].tolist() == [0, 0, 1]


def test_a_white_spot_is_a_need_of_a_gmina_that_nobody_there_offers_to_meet(network_of: Callable[..., Network]) -> None:
    """Gmina X needs care (level 3) and transport (1); 1 offers both from Y, and 2 offers transport in X already. So 0,
    which is in X, gains both needs by 1, but only care is a white spot."""
    day = date(2015, 1, 1)
    network = network_of(
        [(day, (0, 2)), (day, (1, 3))],
        4,
        of={0: {"territory": "X"}, 1: {"territory": "Y"}, 2: {"territory": "X"}},
        needs=[
            {"organisation": None, "territory": "X", "area": "care", "level": 3.0},
            {"organisation": None, "territory": "X", "area": "transport", "level": 1.0},
        ],
        offers=[
            {"organisation": 1, "territory": "Y", "area": "care"},
            {"organisation": 1, "territory": "Y", "area": "transport"},
            {"organisation": 2, "territory": "X", "area": "transport"},
        ],
    )
    value = Value(Ground(History.of(network).until(NEVER), Attributes(network)))
    parts = value.of(np.array([0]), np.array([1]))
    assert parts["needs_met"] == pytest.approx(1 - np.exp(-4 / 3))
    assert parts["white_spots"] == pytest.approx(1 - np.exp(-3 / 3))
    assert value.needing("care").tolist() == [True, False, True, False]
    assert value.offering("care").tolist() == [False, True, False, False]
    acting = table("offers", [*network.offers.to_pylist(), {"organisation": 3, "territory": "X", "area": "care"}])
    network = replace(network, offers=acting)  # 3 is nowhere, but acts in X: then no need is a white spot
    value = Value(Ground(History.of(network).until(NEVER), Attributes(network)))
    assert value.of(np.array([0]), np.array([1]))["white_spots"] == 0


def test_what_a_gmina_needs_is_met_through_those_who_serve_it_not_through_a_business(
    network_of: Callable[..., Network],
) -> None:
    """0 and 1 are in gmina X, which needs care; 2 offers it elsewhere. 1 is a business, and needs transport itself."""
    day = date(2015, 1, 1)
    network = network_of(
        [(day, (0, 1)), (day, (2, 3))],
        4,
        of={0: {"territory": "X"}, 1: {"territory": "X", "sector": "business"}},
        needs=[
            {"organisation": None, "territory": "X", "area": "care", "level": 3.0},
            {"organisation": 1, "territory": "", "area": "transport", "level": 3.0},
        ],
        offers=[{"organisation": 2, "territory": "", "area": area} for area in ("care", "transport")],
    )
    value = Value(Ground(History.of(network).until(NEVER), Attributes(network)))
    parts = value.of(np.array([0, 1]), np.array([2, 2]))
    assert parts["needs_met"] == pytest.approx([1 - np.exp(-1), 1 - np.exp(-1)])
    assert parts["white_spots"] == pytest.approx([1 - np.exp(-1), 0])
    assert [value.areas_met(k, 2) for k in (0, 1)] == [[("care", False)], [("transport", True)]]
    assert [value.needs_between(k, 2) for k in (0, 1)] == [["care in X"], ["transport 1"]]
    assert value.needing("care").tolist() == [True, False, False, False]
    assert value.offering("care").tolist() == [False, False, True, False]


def test_a_business_that_needs_what_its_gmina_needs_meets_a_need_of_its_own_only(
    network_of: Callable[..., Network],
) -> None:
    """0 is a business in gmina X; both need care, which 2 offers."""
    needs = [{"organisation": k, "territory": "X", "area": "care", "level": 3.0} for k in (None, 0)]
    network = network_of(
        [(date(2015, 1, 1), (0, 1)), (date(2015, 1, 1), (2, 3))],
        4,
        of={0: {"territory": "X", "sector": "business"}},
        needs=needs,
        offers=[{"organisation": 2, "territory": "", "area": "care"}],
    )
    value = Value(Ground(History.of(network).until(NEVER), Attributes(network)))
    assert value.needs_between(0, 2) == ["care 0"]


def test_a_need_of_a_powiat_is_one_need_in_all_its_gminas(network_of: Callable[..., Network]) -> None:
    """0 and 1 are in gminas X and Y of powiat P, which needs care; 2, elsewhere, offers it. Gmina Z is in no powiat."""
    day = date(2015, 1, 1)
    network = network_of(
        [(day, (0, 1)), (day, (2, 3))],
        4,
        of={k: {"territory": code} for k, code in enumerate("XYZZ")},
        territories=[{"code": c, "name": c, "level": "gmina", "parent": "P" if c in "XY" else ""} for c in "XYZ"]
        + [{"code": "P", "name": "P", "level": "powiat", "parent": ""}],
        needs=[{"organisation": None, "territory": "P", "area": "care", "level": 3.0}],
        offers=[{"organisation": 2, "territory": "Z", "area": "care"}],
    )
    value = Value(Ground(History.of(network).until(NEVER), Attributes(network)))
    parts = value.of(np.array([0, 1, 3]), np.array([2, 2, 2]))
    assert parts["needs_met"] == pytest.approx([1 - np.exp(-1), 1 - np.exp(-1), 0])
    assert parts["white_spots"] == pytest.approx(parts["needs_met"])
    assert value.needs_between(0, 2) == value.needs_between(2, 1) == ["care in P"]


def test_distances_rest_on_the_network_not_on_the_day_of_needs(network_of: Callable[..., Network]) -> None:
    ground = Ground(History.of(network_of([(date(2015, 1, 1), (0, 1))], 3)).until(NEVER), Attributes(network_of([], 3)))
    assert Value(ground, 18_000).distances is Value(ground, 18_001).distances


def test_needs_and_offers_count_on_their_day_also_after_the_last_partnership(
    network_of: Callable[..., Network],
) -> None:
    """The last partnership began in 2015. 0 needs care since 2016; 1 offered it until the last day of 2017, 2 offers it
    still; a need of transport is met on the first day of 2018."""
    network = network_of(
        [(date(2015, 1, 1), (0, 3)), (date(2015, 1, 1), (1, 2))],
        4,
        needs=[
            {"organisation": 0, "territory": "", "area": "care", "level": 1.0, "since": date(2016, 1, 1)},
            {"organisation": 0, "territory": "", "area": "transport", "level": 1.0, "met_on": date(2018, 1, 1)},
        ],
        offers=[
            {"organisation": 1, "territory": "", "area": "care", "until": date(2017, 12, 31)},
            {"organisation": 2, "territory": "", "area": "care"},
            {"organisation": 2, "territory": "", "area": "transport"},
        ],
    )

    def met(on: date | None) -> list[list[str]]:
        value = Engine(network, on, model=prior_model()).value
        return [[area for area, _ in value.areas_met(0, other)] for other in (1, 2)]

    assert met(date(2015, 12, 31)) == [[], ["transport"]]
    assert met(date(2017, 12, 31)) == [["care"], ["care", "transport"]]
    assert met(date(2018, 1, 1)) == met(None) == [[], ["care"]]


def test_a_service_meets_the_need_for_the_area_that_it_is_part_of(network_of: Callable[..., Network]) -> None:
    """Care services are part of social assistance, not the other way round."""
    day, (service, area) = date(2015, 1, 1), ("OPI", "US04")
    began = [(day, (0, 1)), (day, (2, 3))]
    need = [{"organisation": 0, "territory": "", "area": area, "level": 3.0}]
    for needed, offered, met in ((area, service, True), (service, area, False)):
        offer = [{"organisation": 2, "territory": "", "area": offered}]
        network = network_of(began, 4, needs=[need[0] | {"area": needed}], offers=offer)
        ground = Ground(History.of(network).until(NEVER), Attributes(network))
        value, both = Value(ground), (np.array([0]), np.array([2]))
        assert (value.of(*both)["needs_met"][0] > 0) == met
        assert value.areas_met(0, 2) == ([(area, True)] if met else [])
        assert (needs_and_offers(ground)[1][[2]] @ needs_and_offers(ground)[0][[0]].T).sum() == 3 * met


def test_who_has_ended_offers_nothing(network_of: Callable[..., Network]) -> None:
    day = date(2015, 1, 1)
    network = network_of(
        [(day, (0, 1)), (day, (2, 3))],
        4,
        of={2: {"active_to": date(2016, 1, 1)}},
        needs=[{"organisation": 0, "territory": "", "area": "care", "level": 3.0}],
        offers=[{"organisation": 2, "territory": "", "area": "care"}],
    )
    ground = Ground(History.of(network).until(NEVER), Attributes(network))
    assert Value(ground).areas_met(0, 2) == []


@pytest.mark.parametrize(
    ("people", "capacity", "left"), [(None, None, 0.0), (30.0, 30.0, 0.0), (30.0, 10.0, 2.0), (30.0, None, 2.0)]
)
def test_where_a_service_is_delivered_the_need_is_covered_as_far_as_it_reaches(
    network_of: Callable[..., Network], people: float | None, capacity: float | None, left: float
) -> None:
    """Gmina X needs care (level 3), where 2 delivers it from 2016 on; 1, elsewhere, offers it; 3 delivers it in Y."""
    needs = [{"organisation": None, "territory": "X", "area": "care", "level": 3.0, "people": people}]
    delivered = {"area": "care", "capacity": capacity}
    network = network_of(
        [(date(2015, 1, 1), (0, 2)), (date(2015, 1, 1), (1, 3))],
        4,
        of={0: {"territory": "X"}},
        needs=needs,
        offers=[{"organisation": 1, "territory": "", "area": "care"}],
        deliveries=[
            delivered | {"organisation": 2, "territory": "X", "since": date(2016, 1, 1)},
            delivered | {"organisation": 3, "territory": "Y"},
        ],
    )
    one, other = np.array([0]), np.array([1])
    for on, level in ((date(2015, 6, 1), 3.0), (date(2016, 1, 1), left)):
        value = Value(Ground(History.of(network).until(end_of(on)), Attributes(network)), end_of(on))
        assert value.needs_met(one, other) == pytest.approx(1 - np.exp(-level / 3))
        assert value.areas_met(0, 1) == ([("care", False)] if level else [])


def test_who_delivers_a_service_offers_it(network_of: Callable[..., Network]) -> None:
    """0 needs care; 1 delivers it in Y until the last day of 2016."""
    network = network_of(
        [(date(2015, 1, 1), (0, 2)), (date(2015, 1, 1), (1, 3))],
        4,
        needs=[{"organisation": 0, "territory": "", "area": "care", "level": 3.0}],
        deliveries=[{"organisation": 1, "territory": "Y", "area": "care", "until": date(2016, 12, 31)}],
    )
    for on, offering in ((date(2016, 12, 31), True), (date(2017, 1, 1), False)):
        value = Value(Ground(History.of(network).until(end_of(on)), Attributes(network)), end_of(on))
        assert value.offering("care").tolist() == [False, offering, False, False]
        assert bool(value.areas_met(0, 1)) == offering
    assert needs_and_offers(Ground(History.of(network).until(NEVER), Attributes(network)))[
        1
    ].toarray().ravel().tolist() == [0, 1, 0, 0]
