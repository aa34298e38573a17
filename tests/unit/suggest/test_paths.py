from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from graphsvc.snapshot.csr import Csr
from graphsvc.suggest.paths import Distances


def csr(graph: nx.Graph) -> Csr:
    return Csr.from_scipy(nx.to_scipy_sparse_array(graph, nodelist=range(len(graph)), weight=None))


def test_the_gain_is_that_of_networkx_for_every_missing_tie() -> None:
    graph = nx.disjoint_union(nx.path_graph(6), nx.cycle_graph(4))
    missing = np.array(list(nx.non_edges(graph)))
    distances, before = Distances(csr(graph)), nx.global_efficiency(graph)
    assert distances.efficiency == pytest.approx(before)
    gains = distances.efficiency_gain(missing[:, 0], missing[:, 1])
    for (a, b), gain in zip(missing.tolist(), gains.tolist(), strict=True):
        more = graph.copy()
        more.add_edge(a, b)
        assert gain == pytest.approx(nx.global_efficiency(more) - before)
