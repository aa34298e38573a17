"""Communities: two cliques of four joined by one tie."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest

from graphsvc.kernels.communities import leiden_communities, modularity
from graphsvc.kernels.components import connected_components
from graphsvc.snapshot.csr import Csr
from tests.unit.kernels.shapes import graph_of, twin

CLIQUES = graph_of(8, [*combinations(range(4), 2), *combinations(range(4, 8), 2), (3, 4)])


def test_two_cliques() -> None:
    assert leiden_communities(CLIQUES).tolist() == [0] * 4 + [1] * 4
    # 12 of 13 ties inside, each half of all ends: 12/13 - 2 · (1/2)²
    assert modularity(CLIQUES, np.repeat([0, 1], 4)) == pytest.approx(12 / 13 - 1 / 2)


def test_a_high_resolution_leaves_every_node_alone() -> None:
    assert leiden_communities(CLIQUES, resolution=20).tolist() == list(range(8))


def test_no_worse_than_networkx_louvain_and_the_same_for_the_same_seed() -> None:
    ours, theirs = twin(400, 1500)
    labels = leiden_communities(ours, seed=3)
    louvain = nx.community.louvain_communities(theirs, seed=3)
    assert modularity(ours, labels) >= nx.community.modularity(theirs, louvain) - 0.005
    assert labels.tolist() == leiden_communities(ours, seed=3).tolist()


def test_modularity_as_networkx_also_with_loops() -> None:
    theirs = nx.Graph([(0, 0), (0, 1), (1, 2), (2, 3)])
    ours = Csr.from_scipy(nx.to_scipy_sparse_array(theirs, nodelist=range(4)))
    own = nx.community.modularity(theirs, [{0, 1}, {2, 3}])
    assert modularity(ours, np.array([0, 0, 1, 1])) == pytest.approx(own)


def test_communities_hang_together() -> None:
    ours, _ = twin(400, 900)
    labels = leiden_communities(ours)
    rows = np.repeat(np.arange(ours.rows), np.diff(ours.indptr))
    inside = labels[rows] == labels[ours.indices]
    cut = Csr.from_entries(rows[inside], ours.indices[inside].astype(np.int64), ours.weights[inside], (401, 401))
    assert connected_components(cut).max() == labels.max()


def test_a_start_is_kept_where_it_is_best() -> None:
    start = leiden_communities(CLIQUES)
    assert leiden_communities(CLIQUES, start=start).tolist() == start.tolist()


def test_no_ties_and_no_nodes() -> None:
    assert leiden_communities(graph_of(3, [])).tolist() == [0, 1, 2]
    assert leiden_communities(graph_of(0, [])).tolist() == []
    assert np.isnan(modularity(graph_of(3, []), np.arange(3)))
