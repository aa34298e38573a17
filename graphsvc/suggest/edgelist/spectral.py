"""The leading eigenvectors of a network, found by a fixed number of rounds so that the cost is known beforehand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from scipy import sparse

from graphsvc.suggest.edgelist.links import Columns, Floats, Ints, Links, Singles, further, lower_upper

BLOCK = 512
ROUNDS = 6
SPARE = 16
RANKS = (1, 2, 4, 8, 16, 32, 64)
DAMPING = (0.5, 0.8, 0.95)


class Operator(Protocol):
    """A symmetric matrix that can be multiplied with a block of vectors."""

    def __matmul__(self, block: Singles, /) -> Singles: ...


@dataclass(frozen=True, slots=True)
class Spectrum:
    """``values`` float64 [rank], the largest in size first, and ``vectors`` float32 [nodes, rank]."""

    values: Floats
    vectors: Singles

    def coordinates(self, rank: int) -> Singles:
        """Unit rows of the first ``rank`` vectors, each weighted by its eigenvalue's size."""
        scaled = self.vectors[:, :rank] * np.abs(self.values[:rank]).astype(np.float32)
        unit: Singles = scaled / np.maximum(np.linalg.norm(scaled, axis=1, keepdims=True), 1e-9)
        return unit


def spectrum(matrix: Operator, nodes: int, rank: int, seed: int) -> Spectrum:
    """The ``rank`` eigenpairs of largest size of a symmetric matrix, by subspace iteration (Halko et al. 2011)."""
    width = min(nodes, rank + SPARE)
    block = np.random.default_rng(seed).standard_normal((nodes, width), dtype=np.float32)
    for _ in range(ROUNDS):
        block = np.linalg.qr(matrix @ (matrix @ block))[0]
    values, turn = np.linalg.eigh(block.T @ (matrix @ block))
    order = np.argsort(-np.abs(values), kind="stable")[:rank]
    return Spectrum(values[order].astype(np.float64), block @ turn[:, order])


def spectral_features(name: str, found: Spectrum, left: Ints, right: Ints, dampings: tuple[float, ...] = ()) -> Columns:
    """Low-rank reconstructions of the matrix, its projections and resolvents, raw and as cosines.

    ``dampings`` a: the tail Σ_k (a λ)^k of the walks of any length, where the eigenvalues are at most 1.
    """
    weights = _weights(found.values, dampings)
    table = np.stack(list(weights.values()), axis=1).astype(np.float32)
    products = found.vectors[left] * found.vectors[right]
    pairs = (products @ table).astype(np.float64)
    own = np.abs((found.vectors**2) @ table).astype(np.float64)
    columns: Columns = {}
    for i, key in enumerate(weights):
        columns[f"{name}_{key}"] = pairs[:, i]
        if key in ("rank_1", "space_1"):
            # the cosine of one coordinate is 1 but for rounding
            continue
        columns[f"{name}_{key}_cosine"] = pairs[:, i] / np.sqrt(np.maximum(own[left, i] * own[right, i], 1e-12))
    return columns | lower_upper(f"{name}_centrality", np.abs(found.vectors[:, 0]).astype(np.float64), left, right)


def _weights(values: Floats, dampings: tuple[float, ...]) -> dict[str, Floats]:
    ranks = [rank for rank in RANKS if rank < len(values)] + [len(values)]
    first = {rank: (np.arange(len(values)) < rank).astype(np.float64) for rank in ranks}
    weights = {f"rank_{rank}": values * mask for rank, mask in first.items()}
    weights |= {f"space_{rank}": mask for rank, mask in first.items()}
    for a in dampings:
        damped = a * np.clip(values, -1, 1)
        weights[f"resolvent_{a}"] = damped**2 / (1 - damped)
    return weights


def deepwalk_matrix(links: Links, window: int = 5) -> sparse.csr_array:
    """log max(1, M): M how much oftener two nodes meet on walks than by chance (NetMF, Qiu et al. 2018). float32."""
    walk = sparse.csr_array(sparse.diags_array((1 / links.degree_or_one).astype(np.float32)) @ links.adjacency)
    by_chance = (links.degree_or_one * window / max(links.degree.sum(), 1)).astype(np.float32)
    parts = []
    for start in range(0, links.nodes, BLOCK):
        total = step = walk[:, start : start + BLOCK]
        for _ in range(window - 1):
            step = further(walk, step)
            total = total + step
        oftener = total / by_chance[None, start : start + BLOCK]
        logs = sparse.csr_array(oftener * (oftener > 1))
        logs.data = np.log(logs.data)
        parts.append(logs)
    logs = sparse.csr_array(sparse.hstack(parts))
    return sparse.csr_array((logs + logs.T) / 2)
