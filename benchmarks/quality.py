"""``python -m benchmarks.quality``: modularity of our Leiden against leidenalg's, several seeds at each size.

Writes ``benchmarks/quality.json``: by size the modularity of each seed for both, both with two iterations.
"""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import numpy as np

from benchmarks.graphs import SIZES
from benchmarks.peers import Peers
from graphsvc.kernels.communities import leiden_communities, modularity

SEEDS = range(1, 6)


def theirs(peers: Peers, seed: int) -> float:
    """leidenalg's modularity partition, measured by our formula."""
    module = importlib.import_module("leidenalg")
    found = module.find_partition(peers.igraph, module.ModularityVertexPartition, weights="weight", seed=seed)
    return modularity(peers.csr, np.asarray(found.membership, np.int32))


def main() -> None:
    """Measure, write, print."""
    rows = {}
    for size in SIZES:
        peers = Peers(size)
        ours = [modularity(peers.csr, leiden_communities(peers.csr, seed=seed)) for seed in SEEDS]
        rows[size] = {"graphsvc": ours, "leidenalg": [theirs(peers, seed) for seed in SEEDS]}
        print(size, *(f"{name}: {np.mean(q):.4f} ({min(q):.4f} to {max(q):.4f})" for name, q in rows[size].items()))
    Path(__file__).with_name("quality.json").write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
