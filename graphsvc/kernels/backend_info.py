"""What networkx reads at its own import; nothing heavy is imported here."""

from __future__ import annotations

from typing import Any

FUNCTIONS: frozenset[str] = frozenset(
    {
        "adamic_adar_index",
        "articulation_points",
        "attribute_assortativity_coefficient",
        "average_shortest_path_length",
        "betweenness_centrality",
        "biconnected_components",
        "bridges",
        "closeness_centrality",
        "clustering",
        "connected_components",
        "constraint",
        "core_number",
        "degree_assortativity_coefficient",
        "eccentricity",
        "edge_betweenness_centrality",
        "effective_size",
        "eigenvector_centrality",
        "harmonic_centrality",
        "is_connected",
        "jaccard_coefficient",
        "leiden_communities",
        "number_connected_components",
        "pagerank",
        "resource_allocation_index",
        "transitivity",
        "triangles",
    }
)
"""What kernels cover; everything else runs in networkx."""


def get_info() -> dict[str, Any]:
    """Name and functions of the backend ``graphsvc``."""
    return {
        "backend_name": "graphsvc",
        "project": "graphsvc",
        "package": "graphsvc",
        "short_summary": "Compiled kernels over compressed sparse rows.",
        "functions": {name: {} for name in sorted(FUNCTIONS)},
    }
