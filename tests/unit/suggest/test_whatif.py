from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from graphsvc.errors import InputError, Place
from graphsvc.model.network import Network
from graphsvc.suggest.history import History
from graphsvc.suggest.whatif import NewOrganisation, Scenario, apply


def pairs(network: Network) -> set[tuple[int, int]]:
    meetings = History.of(network).meetings
    return set(zip(meetings.a.tolist(), meetings.b.tolist(), strict=True))


def test_links_and_organisations_come_and_go(path_network: Network) -> None:
    scenario = Scenario(
        "s",
        add_links=(("o0", "new"),),
        remove_links=(("o1", "o2"),),
        add_organisations=(NewOrganisation("new", "New"),),
    )
    assert pairs(apply(path_network, scenario, date(2013, 1, 1))) == {(0, 1), (2, 3), (0, 5)}
    less = apply(path_network, Scenario("t", remove_organisations=("o2",)))
    assert less.organisations["id"].to_pylist() == ["o0", "o1", "o3", "o4"]
    assert less.partnerships["id"].to_pylist() == ["p0"]
    assert pairs(less) == {(0, 1)}


def test_a_member_leaves_a_larger_partnership_for_one_link(network_of: Callable[..., Network]) -> None:
    """Of a partnership of 0, 1 and 2 the link 0–1 goes: 1, named second, leaves; a pair of their own ends."""
    network = network_of([(None, (0, 1, 2)), (None, (0, 1)), (None, (1, 3))], 4)
    assert pairs(apply(network, Scenario("s", remove_links=(("o0", "o1"),)))) == {(0, 2), (1, 3)}


def test_who_came_back_to_a_partnership_is_one_member(network_of: Callable[..., Network]) -> None:
    """0 left the partnership with 1 and came back: without 1, or parted from it, it is nobody's any more."""
    network = network_of([(None, (0, 1, 0)), (None, (1, 2))], 3)
    gone = (Scenario("s", remove_organisations=("o1",)), Scenario("s", remove_links=(("o0", "o1"),)))
    parted = Scenario("s", remove_links=(("o1", "o0"),))
    assert [apply(network, s).partnerships["id"].to_pylist() for s in (*gone, parted)] == [[], ["p1"], ["p1"]]


def test_a_partnership_of_one_stays(network_of: Callable[..., Network]) -> None:
    """Nobody left it: 0 is alone in its own, and meets 1 in another."""
    network = network_of([(None, (0,)), (None, (1, 2))], 3)
    after = apply(network, Scenario("s", add_links=(("o0", "o1"),)))
    assert after.partnerships["id"].to_pylist() == ["p0", "p1", "s 0"]


def test_a_link_counts_once_and_goes_with_its_organisation(path_network: Network) -> None:
    twice = Scenario("s", add_links=(("o0", "o3"), ("o3", "o0")))
    assert apply(path_network, twice).partnerships.num_rows == path_network.partnerships.num_rows + 1
    gone = apply(path_network, Scenario("s", add_links=(("o0", "o4"),), remove_organisations=("o4",)))
    assert gone.partnerships.num_rows == path_network.partnerships.num_rows


def test_a_link_with_itself_is_refused(path_network: Network) -> None:
    with pytest.raises(InputError):
        apply(path_network, Scenario("s", add_links=(("o0", "o0"),)))


def test_an_unknown_id_is_refused(path_network: Network) -> None:
    with pytest.raises(InputError):
        apply(path_network, Scenario("s", add_links=(("o0", "o9"),)))


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewOrganisation("new", " "), "name"),
        (NewOrganisation("new", "New", territory="nowhere"), "territory"),
    ],
)
def test_a_new_organisation_is_what_the_form_offers(path_network: Network, new: NewOrganisation, field: str) -> None:
    with pytest.raises(InputError) as refused:
        apply(path_network, Scenario("s", add_organisations=(new,)))
    assert refused.value.place == Place(field=field)
