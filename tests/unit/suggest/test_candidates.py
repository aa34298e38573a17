from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy import sparse

from graphsvc.model.network import Network, table
from graphsvc.suggest import candidates
from graphsvc.suggest.attributes import Attributes
from graphsvc.suggest.candidates import Candidates, Width, top_of_rows
from graphsvc.suggest.ground import Ground
from graphsvc.suggest.history import NEVER, History

PLACES = 12


def everywhere() -> Ground:
    """Organisation 0 works with one partner in each of twelve powiats; 13, 14 … do so alone in two of them each, and
    the last one in all but one."""
    wide = PLACES - 1
    members = [(0, place) for place in range(PLACES)] + [(1 + place, place) for place in range(PLACES)]
    alone = [(1 + PLACES + place, place) for place in range(PLACES)]
    alone += [(1 + PLACES + place, (place + 1) % PLACES) for place in range(PLACES)]
    alone += [(1 + 2 * PLACES, place) for place in range(wide)]
    members += [(who, PLACES + k) for k, (who, _) in enumerate(alone)]
    where = [*range(PLACES), *(place for _, place in alone)]
    orgs = [{"id": f"o{k:02}", "name": f"Nazwa {k}", "tags": []} for k in range(2 + 2 * PLACES)]
    made = [
        {"id": f"p{k:03}", "name": "", "starts_on": date(2020, 1, 1), "themes": [], "territories": [f"T{place:02}"]}
        for k, place in enumerate(where)
    ]
    network = Network(
        organisations=table("organisations", orgs),
        partnerships=table("partnerships", made),
        memberships=table("memberships", [{"organisation": o, "partnership": p, "role": "PAR"} for o, p in members]),
    )
    return Ground(History.of(network).until(NEVER), Attributes(network))


def of_groups(groups: Sequence[Iterable[int]]) -> Network:
    """Partnerships of organisations 0 to 9."""
    members = [(who, k) for k, group in enumerate(groups) for who in group]
    made = [{"id": f"p{k}", "name": "", "themes": [], "territories": []} for k in range(len(groups))]
    return Network(
        organisations=table("organisations", [{"id": f"o{k}", "name": f"Nazwa {k}", "tags": []} for k in range(10)]),
        partnerships=table("partnerships", made),
        memberships=table("memberships", [{"organisation": o, "partnership": p, "role": "PAR"} for o, p in members]),
    )


def partners_for(row: int, width: Width, barred: tuple[int, ...] = ()) -> list[int]:
    ground = everywhere()
    closed = np.zeros(ground.past.history.organisations, bool)
    closed[list(barred)] = True
    i, j = Candidates(ground, closed, width).of(np.array([row]))
    assert (i == row).all()
    return j.tolist()


def test_who_works_in_many_places_keeps_those_who_share_most_of_them() -> None:
    wide = 1 + 2 * PLACES
    assert len(partners_for(0, Width())) == 1 + PLACES  # all but its partners and itself
    some = partners_for(0, Width(in_all=5))
    assert len(some) == 5
    assert wide in some
    assert partners_for(0, Width(in_all=1)) == [wide]


def test_who_is_barred_takes_nobodys_place() -> None:
    wide = 1 + 2 * PLACES
    some = partners_for(0, Width(in_all=5), barred=(wide,))
    assert len(some) == 5
    assert wide not in some


def test_who_works_with_members_of_a_very_large_partnership_is_a_candidate_of_all_in_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of 0 to 5, all in one partnership, 1 and 2 work with 6, and 3 with 7; 8 and 9 work with nobody else."""
    groups = [range(6), (1, 6), (2, 6), (3, 7), (8, 9)]
    ground = Ground(History.of(of_groups(groups)).until(NEVER), Attributes(of_groups(groups)))
    only = Width(region=0, kind_in_region=0, topic=0, anywhere=0)

    def found(width: Width) -> dict[int, list[int]]:
        i, j = Candidates(ground, np.zeros(10, bool), width).of(np.arange(10))
        return {row: j[i == row].tolist() for row in range(10)}

    every = found(only)
    assert every[0] == [6, 7]
    assert every[1] == [7]
    assert every[6] == [0, 3, 4, 5]
    monkeypatch.setattr(candidates, "LARGE", 5)
    assert [found(only)[row] for row in range(6)] == [every[row] for row in range(6)]
    assert found(replace(only, near_partners=1))[0] == [6]
    assert found(only)[8] == []


def test_the_largest_of_a_row_are_kept_and_of_equal_ones_the_first() -> None:
    matrix = sparse.csr_array(np.array([[1.0, 3.0, 2.0, 3.0, 3.0], [0.0, 0.0, 4.0, 0.0, 0.0], np.zeros(5)]))
    assert top_of_rows(matrix, 2).toarray().tolist() == [[0, 3, 0, 3, 0], [0, 0, 4, 0, 0], [0] * 5]
    assert top_of_rows(matrix, 9).toarray().tolist() == matrix.toarray().tolist()
