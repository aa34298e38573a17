"""What is measured: each function with each engine that has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from benchmarks import calls
from benchmarks.calls import TOP, Run, both, nk, rx, sk
from benchmarks.graphs import SIZES
from graphsvc.kernels import betweenness as bc
from graphsvc.kernels import (
    candidates,
    communities,
    components,
    cores,
    cuts,
    degree,
    distances,
    holes,
    layout,
    mixing,
    ranking,
    stress,
    triangles,
    weighted_paths,
)

SAMPLED_SOURCES = 256
QUICK_STEPS = 5
"""In which ours, which begins from the communities, draws ties as short as igraph in fifty: see the checksums."""


@dataclass(frozen=True)
class Case:
    """A function and how each engine runs it.

    same : the values are to be networkx's
    largest : the largest size that ours is asked for: what grows with the square of it ends before
    at_least : by size, how many times longer the fastest peer is to take; 1 where nothing is said
    alone : measured in a process of its own, whose memory counts
    form : of the graph, which ours takes in place of its arrays
    """

    name: str
    engines: Mapping[str, Run]
    same: bool = True
    largest: str = "200k"
    at_least: Mapping[str, float] = field(default_factory=dict)
    alone: bool = False
    form: str = "csr"

    def wanted(self, size: str) -> float:
        """How many times longer the fastest peer is to take."""
        return self.at_least.get(size, 1.0)

    def asked(self, size: str) -> bool:
        """Whether ours is measured at that size."""
        return list(SIZES).index(size) <= list(SIZES).index(self.largest)


def _case(name: str, ours: Run, peers: Mapping[str, Run], **more: object) -> Case:
    return Case(name, {"graphsvc": ours, **peers}, **more)  # type: ignore[arg-type]


CASES = [
    _case(
        "degree",
        lambda p: degree.degree(p.csr),
        {
            "networkx": lambda p: [d for _, d in p.networkx.degree()],
            "igraph": lambda p: p.igraph.degree(),
            "networkit": nk("centrality", "DegreeCentrality"),
        },
    ),
    _case(
        "strength",
        lambda p: degree.strength(p.csr),
        {
            "networkx": lambda p: [d for _, d in p.networkx.degree(weight="weight")],
            "igraph": lambda p: p.igraph.strength(weights="weight"),
        },
    ),
    _case(
        "components",
        lambda p: components.number_connected_components(p.csr),
        {
            **both("number_connected_components"),
            "igraph": lambda p: len(p.igraph.connected_components()),
            "rustworkx": lambda p: len(rx("connected_components")(p)),
            "networkit": nk("components", "ConnectedComponents", result="numberOfComponents"),
            "scikit-network": lambda p: int(sk("topology", "get_connected_components")(p).max()) + 1,
        },
    ),
    _case(
        "core_number",
        lambda p: cores.core_number(p.csr),
        {
            **both("core_number"),
            "igraph": lambda p: p.igraph.coreness(),
            "rustworkx": rx("core_number"),
            "networkit": nk("centrality", "CoreDecomposition"),
        },
    ),
    _case("triangles", lambda p: triangles.triangles(p.csr), both("triangles")),
    _case(
        "clustering",
        lambda p: triangles.clustering(p.csr),
        {
            **both("clustering"),
            "igraph": lambda p: p.igraph.transitivity_local_undirected(mode="zero"),
            "networkit": nk("centrality", "LocalClusteringCoefficient", True),
        },
    ),
    _case(
        "clustering_weighted",
        lambda p: triangles.clustering(p.csr, weighted=True),
        both("clustering", weight="weight"),
    ),
    _case(
        "transitivity",
        lambda p: triangles.transitivity(p.csr),
        {
            **both("transitivity"),
            "igraph": lambda p: p.igraph.transitivity_undirected(),
            "rustworkx": rx("transitivity"),
            "networkit": calls.nk_transitivity,
        },
    ),
    _case(
        "pagerank",
        lambda p: ranking.pagerank(p.csr),
        {
            **both("pagerank"),
            "igraph": lambda p: p.igraph.pagerank(weights="weight"),
            "networkit": nk("centrality", "PageRank", 0.85, 1e-6, weighted=True),
            "scikit-network": sk("ranking", "PageRank", tol=1e-6, n_iter=100),
        },
    ),
    _case(
        "pagerank_personalised",
        lambda p: ranking.pagerank(p.csr, personalization=calls.restart(p)),
        {
            **both("pagerank", personalization={0: 1, 1: 1, 2: 1}),
            "igraph": lambda p: p.igraph.personalized_pagerank(reset_vertices=[0, 1, 2], weights="weight"),
        },
    ),
    _case(
        "eigenvector",
        lambda p: ranking.eigenvector_centrality(p.csr),
        {
            **both("eigenvector_centrality"),
            "igraph": lambda p: p.igraph.eigenvector_centrality(),
            "rustworkx": rx("eigenvector_centrality", weight_fn=lambda _: 1.0),
            "networkit": nk("centrality", "EigenvectorCentrality", 1e-6),
        },
    ),
    _case(
        "closeness",
        lambda p: distances.closeness_centrality(p.csr),
        {
            **both("closeness_centrality"),
            "igraph": lambda p: p.igraph.closeness(),
            "rustworkx": rx("closeness_centrality"),
            "networkit": calls.nk_closeness(),
        },
        at_least={"20k": 30.0},
    ),
    _case(
        "harmonic",
        lambda p: distances.harmonic_centrality(p.csr),
        {
            **both("harmonic_centrality"),
            "igraph": lambda p: p.igraph.harmonic_centrality(),
            "networkit": nk("centrality", "HarmonicCloseness", False),
        },
        at_least={"20k": 30.0},
    ),
    _case(
        "closeness_weighted",
        lambda p: weighted_paths.weighted_closeness(p.csr),
        {
            **both("closeness_centrality", distance="weight"),
            "igraph": lambda p: p.igraph.closeness(weights="weight"),
            "networkit": calls.nk_closeness(weighted=True),
        },
        largest="20k",
    ),
    _case(
        "mean_path",
        lambda p: distances.mean_path(p.csr),
        {"igraph": lambda p: p.igraph.average_path_length()},
    ),
    _case(
        "diameter",
        lambda p: distances.diameter(p.csr),
        {
            "igraph": lambda p: p.igraph.diameter(),
            "networkit": nk("distance", "Diameter", result="getDiameter"),
        },
    ),
    _case(
        "betweenness",
        lambda p: bc.betweenness_centrality(p.csr),
        {
            **both("betweenness_centrality"),
            "igraph": lambda p: p.igraph.betweenness(),
            "rustworkx": rx("betweenness_centrality"),
            "networkit": nk("centrality", "Betweenness", True),
        },
        largest="20k",
        at_least={"20k": 4.0},
    ),
    _case(
        "betweenness_weighted",
        lambda p: bc.betweenness_centrality(p.csr, weighted=True),
        {
            **both("betweenness_centrality", weight="weight"),
            "igraph": lambda p: p.igraph.betweenness(weights="weight"),
            "networkit": nk("centrality", "Betweenness", True, weighted=True),
        },
        largest="2k",
    ),
    _case(
        "edge_betweenness",
        lambda p: calls.once(p, bc.edge_betweenness_centrality(p.csr)),
        {
            **both("edge_betweenness_centrality"),
            "igraph": lambda p: p.igraph.edge_betweenness(),
            "rustworkx": rx("edge_betweenness_centrality"),
        },
        largest="20k",
    ),
    _case(
        "betweenness_sampled",
        lambda p: bc.sampled_betweenness(p.csr, samples=SAMPLED_SOURCES).values,
        {
            **both("betweenness_centrality", k=SAMPLED_SOURCES, seed=calls.SEED),
            "networkit": nk("centrality", "EstimateBetweenness", SAMPLED_SOURCES, True, True),
        },
        same=False,
    ),
    _case(
        "constraint",
        lambda p: holes.constraint(p.csr),
        {**both("constraint"), "igraph": lambda p: p.igraph.constraint()},
    ),
    _case("effective_size", lambda p: holes.effective_size(p.csr), both("effective_size")),
    _case(
        "articulation_points",
        lambda p: len(cuts.articulation_points(p.csr)),
        {
            **calls.counted("articulation_points"),
            "igraph": lambda p: len(p.igraph.articulation_points()),
            "rustworkx": lambda p: len(rx("articulation_points")(p)),
        },
    ),
    _case(
        "bridges",
        lambda p: len(cuts.bridges(p.csr)),
        {
            **calls.counted("bridges"),
            "igraph": lambda p: len(p.igraph.bridges()),
            "rustworkx": lambda p: len(rx("bridges")(p)),
        },
    ),
    _case(
        "biconnected_components",
        lambda p: len(cuts.cuts(p.csr).starts) - 1,
        {
            **calls.counted("biconnected_components"),
            "igraph": lambda p: len(p.igraph.biconnected_components()),
            "networkit": nk("components", "BiconnectedComponents", result="numberOfComponents"),
        },
    ),
    _case(
        "leiden_modularity",
        lambda p: communities.leiden_communities(p.csr),
        {
            "leidenalg": calls.leidenalg,
            "igraph": lambda p: (
                p.igraph.community_leiden(objective_function="modularity", weights="weight", n_iterations=2).membership
            ),
            "networkit": lambda p: nk("community", "ParallelLeiden", weighted=True, result="getPartition")(
                p
            ).getVector(),
            "scikit-network": sk("clustering", "Leiden", random_state=1),
        },
        same=False,
    ),
    _case(
        "degree_assortativity",
        lambda p: mixing.degree_assortativity(p.csr),
        {
            **both("degree_assortativity_coefficient"),
            "igraph": lambda p: p.igraph.assortativity_degree(directed=False),
        },
    ),
    _case(
        "attribute_assortativity",
        lambda p: mixing.attribute_assortativity(p.csr, p.groups),
        {
            **both("attribute_assortativity_coefficient", attribute="group"),
            "igraph": lambda p: p.igraph.assortativity_nominal(p.group_list, directed=False),
        },
    ),
    _case("ei_index", lambda p: mixing.ei_index(p.csr, p.groups), {"networkx": calls.ei_loop}),
    _case(
        "participation",
        lambda p: mixing.participation_coefficient(p.csr, p.groups),
        {"networkx": calls.participation_loop},
    ),
    _case(
        "similarity_common_neighbors",
        lambda p: candidates.similarities(p.csr, p.pairs, "common_neighbors"),
        {
            "networkx": calls.common_loop,
            "networkit": calls.nk_pairs("CommonNeighborsIndex"),
        },
    ),
    _case(
        "similarity_adamic_adar",
        lambda p: candidates.similarities(p.csr, p.pairs, "adamic_adar"),
        {**calls.among_pairs("adamic_adar_index"), "networkit": calls.nk_pairs("AdamicAdarIndex")},
    ),
    _case(
        "similarity_resource_allocation",
        lambda p: candidates.similarities(p.csr, p.pairs, "resource_allocation"),
        {**calls.among_pairs("resource_allocation_index"), "networkit": calls.nk_pairs("ResourceAllocationIndex")},
    ),
    _case(
        "similarity_jaccard",
        lambda p: candidates.similarities(p.csr, p.pairs, "jaccard"),
        {
            **calls.among_pairs("jaccard_coefficient"),
            "igraph": lambda p: p.igraph.similarity_jaccard(pairs=p.pair_list),
            "networkit": calls.nk_pairs("JaccardIndex"),
        },
    ),
    _case(
        "similarity_l3",
        lambda p: candidates.similarities(p.csr, p.pairs, "l3"),
        {"networkx": calls.l3_loop},
    ),
    _case(
        "candidates_top50",
        lambda p: candidates.top_candidates(p.csr, TOP)[1],
        {"networkx": calls.candidates_loop},
        same=False,
        at_least={"20k": 1000.0},
    ),
    _case(
        "layout_force",
        lambda p: layout.force_layout(p.csr),
        {
            "igraph": lambda p: p.igraph.layout_fruchterman_reingold().coords,
            "rustworkx": rx("spring_layout", seed=1),
        },
        same=False,
    ),
    _case(
        "layout_quick",
        lambda p: layout.force_layout(p.csr, iterations=QUICK_STEPS),
        {"igraph": lambda p: p.igraph.layout_fruchterman_reingold(niter=50, grid="grid").coords},
        same=False,
    ),
    _case(
        "layout_stress",
        lambda p: stress.stress_layout(p.csr),
        {"igraph": lambda p: p.igraph.layout_kamada_kawai().coords},
        same=False,
        largest="2k",
    ),
    _case("report", calls.report, {}, same=False, alone=True, form="snapshot"),
    _case("report_but_exact", calls.report_but_exact, {}, same=False, form="snapshot"),
]
BY_NAME = {case.name: case for case in CASES}
