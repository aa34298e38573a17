"""Expected values worked out by hand for the network of conftest.py."""

from dataclasses import replace

import numpy as np
import pytest

from graphsvc.metrics import NETWORK_MEASURES, ORGANISATION_MEASURES, compute, measure
from graphsvc.metrics.compute import codes
from graphsvc.model.network import Network, table
from graphsvc.snapshot import take

NAN = np.nan
ORGANISATIONS = {
    "partnerships": [1, 2, 1, 1, 1, 1, 0],
    "partners": [1, 2, 1, 2, 2, 2, 0],
    "weighted_degree": [1, 2, 1, 1, 1, 1, 0],
    "betweenness": [0, 1 / 15, 0, 0, 0, 0, 0],  # one pair of 6·5/2 goes through B
    "closeness": [2 / 3 * 2 / 6, 2 / 6, 2 / 3 * 2 / 6, 2 / 6, 2 / 6, 2 / 6, 0],
    "clustering": [0, 0, 0, 1, 1, 1, 0],
    "core_number": [1, 1, 1, 2, 2, 2, 0],
    "community": [1, 1, 1, 2, 2, 2, 3],
    "constraint": [1, 0.5, 1, 1.125, 1.125, 1.125, NAN],  # each of a triangle: 2 (1/2 + 1/4)²
    "participation": [0, 0, 0, 0.5, 0.5, 0, NAN],  # D's partners: a school and an ngo
}
OF_NETWORK = {
    "organisations": 7,
    "all_partnerships": 3,
    "ties": 5,
    "density": 5 / 21,
    "components": 3,
    "largest_component": 3 / 7,
    "isolated": 1,
    "ei_sector": (4 - 1) / 5,  # only D-E stays inside a sector
    "ei_territory": -1,
    "assortativity_territory": 1,
}


@pytest.mark.parametrize("name", ORGANISATIONS)
def test_measure_of_organisations(network, name):
    assert measure(take(network)).organisations[name] == pytest.approx(ORGANISATIONS[name], nan_ok=True)


@pytest.mark.parametrize("name", OF_NETWORK)
def test_measure_of_the_network(network, name):
    assert measure(take(network)).network[name] == pytest.approx(OF_NETWORK[name])


def test_who_is_of_no_known_group_does_not_count_as_one_more(network):
    """Of A - B and the triangle of D, E and F, only A, B and D say where they are: A - B is the only tie that tells."""
    organisations = network.organisations.to_pylist()
    for row in organisations:
        row["territory"] = {"A": "02", "B": "04", "D": "02"}.get(row["id"], "")
    one = measure(take(replace(network, organisations=table("organisations", organisations)))).network
    assert (one["ei_territory"], one["assortativity_territory"]) == (1, -1)
    for row in organisations:
        row["territory"] = ""
    none = measure(take(replace(network, organisations=table("organisations", organisations)))).network
    assert np.isnan([none["ei_territory"], none["assortativity_territory"]]).all()


def test_pagerank_sums_to_one(network):
    assert measure(take(network)).organisations["pagerank"].sum() == pytest.approx(1)


def test_modularity_of_the_two_groups(network):
    # weights 2 in the path, 1.5 in the triangle; each whole group is a community: 1 - (2/3.5)² - (1.5/3.5)²
    assert measure(take(network)).network["modularity"] == pytest.approx(1 - (2 / 3.5) ** 2 - (1.5 / 3.5) ** 2)


def test_every_measure_is_there_and_defined_once(network):
    measures = measure(take(network))
    assert list(measures.organisations) == [m.name for m in ORGANISATION_MEASURES]
    assert list(measures.network) == [m.name for m in NETWORK_MEASURES]


def test_an_empty_network_has_measures_without_values():
    measures = measure(take(Network()))
    assert all(len(v) == 0 for v in measures.organisations.values())
    assert measures.network["organisations"] == 0
    assert np.isnan(measures.network["density"])


def test_codes():
    assert codes(["b", "a", "b"]).tolist() == [1, 0, 1]


def test_an_estimate_says_how_far_it_may_be_off(network, monkeypatch):
    monkeypatch.setattr(compute, "EXACT_UP_TO", 3)
    monkeypatch.setattr(compute, "SAMPLES", 5)
    measures, exact = measure(take(network)), np.array(ORGANISATIONS["betweenness"])
    bound = measures.parameters["betweenness_bound"]
    assert measures.parameters["betweenness"] == "sampled"
    assert measures.parameters["betweenness_samples"] == 5
    assert measures.parameters["confidence"] == 0.95
    assert np.abs(measures.organisations["betweenness"] - exact).max() <= bound <= 1
