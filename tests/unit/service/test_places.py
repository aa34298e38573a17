"""Places of the picture: what a restart and a change leave of them."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from graphsvc.model.network import Network, table
from graphsvc.service.places import Places
from graphsvc.snapshot import Snapshot, take

RING = [(n, (n + 1) % 30) for n in range(30)]


def network(*partnerships: tuple[int, ...], count: int = 32) -> Snapshot:
    """Of ``count`` organisations; two of the 32 have no tie in ``RING``."""
    members = [{"organisation": o, "partnership": p} for p, all_ in enumerate(partnerships) for o in all_]
    ids = [{"id": f"o{n:02}", "sector": "ngo"} for n in range(count)]
    held = table("partnerships", [{"id": f"p{p}"} for p in range(len(partnerships))])
    return take(Network(table("organisations", ids), held, table("memberships", members)))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "made when it is needed" / "places.arrow"


def test_a_restart_moves_nothing(file: Path) -> None:
    before = Places(file).of(network(*RING))
    again = Places(file)
    assert np.array_equal(again.of(network(*RING)), before)
    fresh = Places(file.with_name("none")).of(network(*RING, (0, 10)))
    assert not np.array_equal(again.of(network(*RING, (0, 10))), fresh)  # it went on from what was kept


def test_a_partnership_moves_only_those_whose_ties_it_changes(file: Path) -> None:
    before = Places(file).of(network(*RING))
    after = Places(file).of(network(*RING, (3, 13, 23)))
    assert np.flatnonzero((after != before).any(axis=1)).tolist() == [3, 13, 23]


@pytest.mark.parametrize("count", [32, 33])
def test_who_is_new_or_had_no_partner_begins_among_the_partners(file: Path, count: int) -> None:
    before = Places(file).of(network(*RING))
    after = Places(file).of(network(*RING, (3, 4, count - 1), count=count))
    gap = np.linalg.norm(after[count - 1] - before[[3, 4]].mean(axis=0))
    assert gap < np.linalg.norm(before[3] - before[18]) / 2


def test_where_most_are_new_the_picture_is_made_anew(file: Path, tmp_path: Path) -> None:
    Places(file).of(network((0, 1), count=2))
    large = network(*RING, *combinations(range(5), 2))
    assert np.array_equal(Places(file).of(large), Places(tmp_path / "other").of(large))


def test_what_cannot_be_read_or_written_is_made_and_lasts_as_long_as_the_process(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"not places")
    Places(file).of(network(*RING))
    assert file.read_bytes() != b"not places"
    nowhere = Places(file / "below a file")
    before = nowhere.of(network(*RING))
    after = nowhere.of(network(*RING, (3, 13)))
    assert np.flatnonzero((after != before).any(axis=1)).tolist() == [3, 13]


def test_a_network_of_nobody(file: Path) -> None:
    assert Places(file).of(network(count=0)).shape == (0, 2)
