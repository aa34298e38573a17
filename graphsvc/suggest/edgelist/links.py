"""A plain undirected network as link prediction sees it: so many nodes, so many links, nothing else."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Self, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graphsvc.snapshot.csr import Csr

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Columns = dict[str, Floats]
"""Features of pairs: float64 [pairs] under each feature's name."""
State: TypeAlias = Singles | sparse.csr_array
"""float32 [nodes, sources], sparse as long as that is quicker."""
FILLED = 0.05
"""Share of entries from which on an array is carried dense."""


@dataclass(frozen=True, eq=False)
class Links:
    """``nodes`` nodes, numbered from 0, and ``ends`` int64 [links, 2]: each link once, its smaller end first."""

    nodes: int
    ends: Ints

    @classmethod
    def between(cls, names: Iterable[tuple[str, str]]) -> Self:
        """Who is linked with whom, by name: loops and doubles are dropped, and who has no link.

        Nodes are numbered by name (whole numbers by value, then other names by text), so that the same network has
        the same numbers in whatever order its links come.
        """
        once = {(a, b) if a < b else (b, a) for a, b in names if a != b}
        numbers = {name: i for i, name in enumerate(sorted({name for pair in once for name in pair}, key=_by_value))}
        ends = np.array([(numbers[a], numbers[b]) for a, b in once], dtype=np.int64).reshape(-1, 2)
        ends.sort(axis=1)
        return cls(len(numbers), ends[np.lexsort((ends[:, 1], ends[:, 0]))])

    @cached_property
    def graph(self) -> Csr:
        """Both directions of every link, weight 1."""
        both = np.concatenate([self.ends, self.ends[:, ::-1]])
        return Csr.from_entries(both[:, 0], both[:, 1], np.ones(len(both)), (self.nodes, self.nodes))

    @cached_property
    def adjacency(self) -> sparse.csr_array:
        """float32 [nodes, nodes]."""
        return self.graph.to_scipy().astype(np.float32)

    @cached_property
    def degree(self) -> Floats:
        """Neighbours of each node, float64 [nodes]."""
        return np.diff(self.graph.indptr).astype(np.float64)

    @cached_property
    def degree_or_one(self) -> Floats:
        """The degree where it is a divisor: at least 1."""
        return np.maximum(self.degree, 1.0)

    def normalised(self, extra: float = 0.0) -> sparse.csr_array:
        """D^-1/2 A D^-1/2, ``extra`` added to every degree first (Chaudhuri et al. 2012); float32 [nodes, nodes]."""
        root = sparse.diags_array(1 / np.sqrt(self.degree_or_one + extra), dtype=np.float32)
        return sparse.csr_array(root @ self.adjacency @ root)

    def keys(self) -> Ints:
        """One number per link, ascending."""
        return np.sort(pair_keys(self.ends, self.nodes))


def _by_value(name: str) -> tuple[bool, int, str, str]:
    digits = name.lstrip("0") if name.isdecimal() else name
    return not name.isdecimal(), len(digits) if name.isdecimal() else 0, digits, name


def pair_keys(pairs: Ints, nodes: int) -> Ints:
    """One number per pair (smaller end first): int64 [pairs]."""
    keys: Ints = pairs[:, 0] * nodes + pairs[:, 1]
    return keys


def further(matrix: sparse.csr_array, state: State) -> State:
    """``matrix @ state``."""
    following: State = matrix @ state
    if not isinstance(following, np.ndarray) and following.nnz > FILLED * math.prod(following.shape):
        following = following.toarray()
    return following


def lower_upper(name: str, values: Floats, left: Ints, right: Ints) -> Columns:
    """A quantity of the nodes as two features of a pair that don't depend on which end comes first."""
    a, b = values[left], values[right]
    return {f"{name}_lower": np.minimum(a, b), f"{name}_upper": np.maximum(a, b)}
