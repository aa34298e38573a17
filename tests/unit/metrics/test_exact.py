import networkx as nx
import numpy as np
import pytest
from scipy import sparse

from graphsvc.metrics import exact
from graphsvc.metrics.compute import Lazily, Measures
from graphsvc.snapshot.csr import Csr


def csr(graph: nx.Graph) -> Csr:
    return Csr.from_scipy(sparse.csr_array(nx.to_numpy_array(graph, nodelist=sorted(graph))))


@pytest.mark.parametrize("nodes", [1, 2, 3, 4, 5, 9, 40])
def test_in_pieces_it_is_what_networkx_says(nodes, monkeypatch):
    monkeypatch.setattr(exact, "PIECE", 3)
    graph = nx.gnp_random_graph(nodes, 0.2, seed=nodes)
    found = exact.exact_betweenness(csr(graph), lambda done, total: None)
    assert found == pytest.approx(list(nx.betweenness_centrality(graph).values()), abs=1e-12)


def test_progress_is_told_and_may_end_it(monkeypatch):
    monkeypatch.setattr(exact, "PIECE", 10)
    told = []

    def progress(done: int, total: int) -> None:
        told.append((done, total))
        if done >= 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        exact.exact_betweenness(csr(nx.path_graph(40)), progress)
    assert told == [(0, 40), (10, 40), (20, 40)]


def test_measures_say_that_nothing_was_estimated():
    graph = csr(nx.path_graph(3))
    estimated = Measures(Lazily({"betweenness": lambda: np.zeros(3), "partners": lambda: np.ones(3)}), {}, {"seed": 4})
    found = exact.exactly(estimated, graph, lambda done, total: None)
    assert found.organisations["betweenness"].tolist() == [0, 1, 0]
    assert found.organisations["partners"].tolist() == [1, 1, 1]
    assert found.parameters == {"seed": 4, "betweenness": "exact"}
