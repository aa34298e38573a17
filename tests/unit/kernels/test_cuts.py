"""Cut nodes, bridges and blocks by hand: triangle 0-1-2, then 2-3, 3-4, and triangle 4-5-6; 7 alone."""

from __future__ import annotations

import networkx as nx
import numpy as np

from graphsvc.kernels.cuts import articulation_points, biconnected_components, bridges, parted_by_loss
from tests.unit.kernels.shapes import graph_of, twin

CHAIN = graph_of(8, [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (4, 5), (5, 6), (4, 6)])


def test_points_bridges_and_blocks() -> None:
    assert articulation_points(CHAIN).tolist() == [2, 3, 4]
    assert bridges(CHAIN).tolist() == [[2, 3], [3, 4]]
    blocks = {frozenset(block.tolist()) for block in biconnected_components(CHAIN)}
    assert blocks == {frozenset(b) for b in [(0, 1, 2), (2, 3), (3, 4), (4, 5, 6)]}


def test_how_many_are_parted() -> None:
    # without 2: {0, 1} from four; without 3: three from three; without 4: {5, 6} from four
    assert parted_by_loss(CHAIN).tolist() == [0, 0, 2, 3, 2, 0, 0, 0]


def test_none() -> None:
    assert articulation_points(graph_of(0, [])).tolist() == []
    assert bridges(graph_of(2, [])).tolist() == []
    assert biconnected_components(graph_of(2, [])) == []


def test_as_networkx() -> None:
    ours, theirs = twin(300, 420)
    assert articulation_points(ours).tolist() == sorted(nx.articulation_points(theirs, backend="networkx"))
    own = sorted(sorted(b) for b in nx.bridges(theirs, backend="networkx"))
    assert bridges(ours).tolist() == own
    blocks = {frozenset(b.tolist()) for b in biconnected_components(ours)}
    assert blocks == {frozenset(b) for b in nx.biconnected_components(theirs, backend="networkx")}


def test_parting_is_what_taking_a_node_away_does() -> None:
    ours, theirs = twin(120, 150)
    parted = parted_by_loss(ours)
    for component in nx.connected_components(theirs):
        for node in component:
            pieces = [len(c) for c in nx.connected_components(theirs.subgraph(component - {node}))]
            assert parted[node] == sum(pieces) - max(pieces, default=0)
    assert parted.dtype == np.int64
