"""All features of pairs, each computed from the given links alone: what a pair's own link would say never enters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graphsvc.suggest.edgelist.blocks import block_features
from graphsvc.suggest.edgelist.factors import factor_features
from graphsvc.suggest.edgelist.links import Ints, Links, Singles
from graphsvc.suggest.edgelist.local import local_features
from graphsvc.suggest.edgelist.resistance import is_thin, resistance_features
from graphsvc.suggest.edgelist.short import short_features
from graphsvc.suggest.edgelist.spectral import DAMPING, Spectrum, deepwalk_matrix, spectral_features, spectrum
from graphsvc.suggest.edgelist.walks import likeness_features, walk_features

RANK = 64
RANK_OF_LARGE = 32
PLACE = 16
LARGE = 300_000_000
"""Nodes times links' ends (the work of one dense step) from which on only sparse features are computed."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which features a network can bear. Decided once: its lessons have fewer links, but need the same columns.

    ``large``: dense columns would cost too much, from about 9,000 nodes with four links each; ``thin``: few links a
    node, so that resistances cost little.
    """

    large: bool
    thin: bool

    @classmethod
    def of(cls, links: Links) -> Scope:
        """By nodes times links' ends, and by how far the inverse of the Laplacian fills up."""
        large = links.nodes * 2 * len(links.ends) > LARGE
        return cls(large, not large and is_thin(links))


def pair_features(
    links: Links, left: Ints, right: Ints, seed: int, scope: Scope | None = None
) -> tuple[tuple[str, ...], Singles]:
    """Names of the features and their table, float32 [pairs, features]; symmetric in the ends, all finite.

    ``scope``: that of these links unless given.
    """
    scope = scope or Scope.of(links)
    found = _spectra(links, scope.large, seed)
    places = {"smooth": found["smooth"].coordinates(PLACE)}
    columns = local_features(links, left, right)
    for name, one in found.items():
        columns |= spectral_features(name, one, left, right, DAMPING if name in ("normal", "smooth") else ())
    if scope.large:
        columns |= short_features(links, left, right, places)
    else:
        places["deepwalk"] = found["deepwalk"].coordinates(2 * PLACE)
        columns |= walk_features(links, left, right) | likeness_features(links, left, right, places)
        columns |= factor_features(links, left, right, seed) | block_features(links, left, right, seed)
    if scope.thin:
        columns |= resistance_features(links, left, right)
    table = np.stack(list(columns.values()), axis=1)
    return tuple(columns), np.nan_to_num(table, posinf=1e9, neginf=-1e9).astype(np.float32)


def _spectra(links: Links, large: bool, seed: int) -> dict[str, Spectrum]:
    smooth = float(links.degree.mean())
    rank = int(np.clip(links.nodes // 4, 1, RANK_OF_LARGE if large else RANK))
    matrices = {
        "plain": links.adjacency,
        "normal": links.normalised(),
        "smooth": links.normalised(smooth),
    } | ({} if large else {"deepwalk": deepwalk_matrix(links)})
    return {name: spectrum(matrix, links.nodes, rank, seed) for name, matrix in matrices.items()}
