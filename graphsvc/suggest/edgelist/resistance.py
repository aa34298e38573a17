"""How well current flows between two nodes: exact for thin networks, where walks of a few steps see little.

K = (L + ε)^-1 with the Laplacian L = D - A (Chebotarev & Shamis 1997): K_uv, its cosine, the resistance
K_uu + K_vv - 2 K_uv, and K_uu of the ends, which grows towards the rim and in small components.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import SuperLU, splu

from graphsvc.suggest.edgelist.links import Columns, Ints, Links, lower_upper

GROUND = 0.01
"""ε: the conductance of each node to the ground."""
BLOCK = 256
MOST_WORK = 1_000_000_000
"""Nodes times entries of the factor, up to which the inverse is affordable (a second)."""
THIN = 2
"""Links per node from which on the factor is not even tried; of many paths nothing but the degrees is seen anyway."""


def is_thin(links: Links) -> bool:
    """Whether resistances can be computed exactly: few links a node, and factors that stay sparse."""
    return len(links.ends) <= THIN * links.nodes and _factor(links).L.nnz * links.nodes <= MOST_WORK


def resistance_features(links: Links, left: Ints, right: Ints) -> Columns:
    """The inverse of the grounded Laplacian at the pairs and at their ends."""
    factor = _factor(links)
    home, between = np.ones(links.nodes), np.zeros(len(left))
    sources = np.unique(np.concatenate([left, right]))
    order = np.argsort(left, kind="stable")
    for start in range(0, len(sources), BLOCK):
        block = sources[start : start + BLOCK]
        charge = np.zeros((links.nodes, len(block)))
        charge[block, np.arange(len(block))] = 1
        potential = factor.solve(charge)
        home[block] = potential[block, np.arange(len(block))]
        low, high = np.searchsorted(left[order], [block[0], block[-1] + 1])
        rows = order[low:high]
        between[rows] = potential[right[rows], np.searchsorted(block, left[rows])]
    return {
        "forest": between,
        "forest_cosine": between / np.sqrt(home[left] * home[right]),
        "resistance": home[left] + home[right] - 2 * between,
    } | lower_upper("forest_home", home, left, right)


def _factor(links: Links) -> SuperLU:
    grounded = sparse.diags_array(links.degree + GROUND) - links.adjacency
    symmetric = {"permc_spec": "MMD_AT_PLUS_A", "diag_pivot_thresh": 0.0, "options": {"SymmetricMode": True}}
    return splu(sparse.csc_array(grounded), **symmetric)
