"""All features of pairs, each computed from the given links alone: what a pair's own link would say never enters."""

from __future__ import annotations

import numpy as np

from graphsvc.suggest.edgelist.blocks import block_features
from graphsvc.suggest.edgelist.links import Ints, Links, Singles
from graphsvc.suggest.edgelist.local import local_features
from graphsvc.suggest.edgelist.spectral import DAMPING, deepwalk_matrix, spectral_features, spectrum
from graphsvc.suggest.edgelist.walks import likeness_features, walk_features

RANK = 64
PLACE = 16


def pair_features(links: Links, left: Ints, right: Ints, seed: int) -> tuple[tuple[str, ...], Singles]:
    """Names of the features and their table, float32 [pairs, features]; symmetric in the ends, all finite."""
    smooth = float(links.degree.mean())
    rank = int(np.clip(links.nodes // 4, 1, RANK))
    found = {
        "plain": spectrum(links.adjacency, links.nodes, rank, seed),
        "normal": spectrum(links.normalised(), links.nodes, rank, seed),
        "smooth": spectrum(links.normalised(smooth), links.nodes, rank, seed),
        "deepwalk": spectrum(deepwalk_matrix(links), links.nodes, rank, seed),
    }
    columns = local_features(links, left, right) | walk_features(links, left, right)
    for name, one in found.items():
        columns |= spectral_features(name, one, left, right, DAMPING if name in ("normal", "smooth") else ())
    places = {"smooth": found["smooth"].coordinates(PLACE), "deepwalk": found["deepwalk"].coordinates(2 * PLACE)}
    columns |= likeness_features(links, left, right, places)
    columns |= block_features(links, left, right, places["smooth"], seed)
    table = np.stack(list(columns.values()), axis=1)
    return tuple(columns), np.nan_to_num(table, posinf=1e9, neginf=-1e9).astype(np.float32)
