from __future__ import annotations

from collections.abc import Callable
from datetime import date

import networkx as nx
import pytest

from graphsvc.model.network import Network
from graphsvc.service import scenarios
from graphsvc.service.alone import Alone
from graphsvc.service.scenarios import Scenarios
from graphsvc.suggest import paths
from graphsvc.suggest.whatif import NewOrganisation, Scenario
from tests.unit.suggest.conftest import make


@pytest.fixture
def row() -> Network:
    """Ten in a row and back to the first."""
    return make([(date(2020, 1, 1), (k, (k + 1) % 10)) for k in range(10)], 10)


CHANGES: tuple[tuple[Scenario, Callable[[nx.Graph], object]], ...] = (
    (Scenario("", add_organisations=(NewOrganisation("new-1", "N"),)), lambda g: g.add_node("N")),
    (Scenario("", add_links=(("o0", "o5"),)), lambda g: g.add_edge(0, 5)),
    (Scenario("", remove_organisations=("o3",)), lambda g: g.remove_node(3)),
    (Scenario("", remove_links=(("o0", "o1"),)), lambda g: g.remove_edge(0, 1)),
)


@pytest.mark.parametrize(("scenario", "change"), CHANGES)
def test_efficiency_is_exact_before_and_after_however_large_the_network(
    row: Network, scenario: Scenario, change: Callable[[nx.Graph], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Suggestions make do with a sample of large networks; a sample before and another after would tell of chance."""
    monkeypatch.setattr(paths, "EXACT_UP_TO", 5)
    monkeypatch.setattr(paths, "SOURCES", 3)
    graph = nx.cycle_graph(10)
    before = nx.global_efficiency(graph)
    change(graph)
    effect = Scenarios(Alone(row)).effect(scenario)
    assert effect.samples == 0
    assert effect.efficiency == pytest.approx((before, nx.global_efficiency(graph)))


def test_what_is_planned_is_not_there_before_the_change(row: Network) -> None:
    """A ring of ten; that 0 and 5 will work together is planned. To try it is to add it now."""
    days = [(date(2020, 1, 1), (k, (k + 1) % 10)) for k in range(10)]
    planned = make([*days, (date(2999, 1, 1), (0, 5, 10))], 11)
    scenario = Scenario("", add_links=(("o0", "o5"),))
    (before, after), alone = (Scenarios(Alone(planned)).effect(scenario).network[m] for m in ("ties", "isolated"))
    assert (before, after, alone) == (10, 11, (1, 1))
    assert Scenarios(Alone(row)).now.network is row


@pytest.mark.parametrize("scenario", [scenario for scenario, _ in CHANGES])
def test_a_sample_that_holds_everybody_says_what_all_ways_say(
    row: Network, scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    exact = Scenarios(Alone(row)).effect(scenario)
    monkeypatch.setattr(scenarios, "EXACT_WORK", 0)
    sampled = Scenarios(Alone(row)).effect(scenario)
    assert sampled.samples == scenarios.SOURCES
    assert sampled.efficiency == pytest.approx(exact.efficiency)


def test_a_sample_is_the_same_before_and_after(row: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of a ring have the same ways, so any three tell its efficiency; a newcomer with none lowers it exactly."""
    monkeypatch.setattr(scenarios, "EXACT_WORK", 0)
    monkeypatch.setattr(scenarios, "SOURCES", 3)
    effect = Scenarios(Alone(row)).effect(CHANGES[0][0])
    assert effect.efficiency[0] == pytest.approx(nx.global_efficiency(nx.cycle_graph(10)))
    assert effect.efficiency[1] == pytest.approx(effect.efficiency[0] * (10 * 9) / (11 * 10))


@pytest.mark.parametrize("seed", range(5))
def test_a_rise_is_no_matter_of_who_is_drawn(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixty with a hub, a row of five and, of fourteen who are alone, one to whom the hub is tied, as to the row."""
    monkeypatch.setattr(scenarios, "EXACT_WORK", 0)
    monkeypatch.setattr(scenarios, "SOURCES", 8)
    graph = nx.disjoint_union(nx.barabasi_albert_graph(60, 2, seed=3), nx.path_graph(5))
    network = make([(date(2020, 1, 1), tie) for tie in graph.edges], 80)
    graph.add_nodes_from(range(65, 80))
    for end in (64, 65 + seed):
        effect = Scenarios(Alone(network)).effect(Scenario("", add_links=(("o0", f"o{end}"),)))
        more = graph.copy()
        more.add_edge(0, end)
        exact = nx.global_efficiency(more) - nx.global_efficiency(graph)
        assert effect.efficiency[1] - effect.efficiency[0] == pytest.approx(exact)
