from __future__ import annotations

from datetime import date

import pytest

from graphsvc.errors import InputError
from graphsvc.model.network import Network
from graphsvc.suggest.history import History
from graphsvc.suggest.whatif import NewOrganisation, Scenario, apply, compare


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
    assert pairs(apply(path_network, Scenario("t", remove_organisations=("o2",)))) == {(0, 1)}


def test_measures_are_compared(path_network: Network) -> None:
    count = lambda network: {"ties": float(len(pairs(network)))}  # noqa: E731
    change = compare(path_network, [Scenario("s", add_links=(("o0", "o4"),))], count)["s"]["ties"]
    assert (change.before, change.after, change.difference) == (3.0, 4.0, 1.0)


def test_an_unknown_id_is_refused(path_network: Network) -> None:
    with pytest.raises(InputError):
        apply(path_network, Scenario("s", add_links=(("o0", "o9"),)))
