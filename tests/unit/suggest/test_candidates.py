from __future__ import annotations

from datetime import date

import numpy as np
from scipy import sparse

from graphsvc.model.network import Network, table
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


def test_the_largest_of_a_row_are_kept_and_of_equal_ones_the_first() -> None:
    matrix = sparse.csr_array(np.array([[1.0, 3.0, 2.0, 3.0, 3.0], [0.0, 0.0, 4.0, 0.0, 0.0], np.zeros(5)]))
    assert top_of_rows(matrix, 2).toarray().tolist() == [[0, 3, 0, 3, 0], [0, 0, 4, 0, 0], [0] * 5]
    assert top_of_rows(matrix, 9).toarray().tolist() == matrix.toarray().tolist()
