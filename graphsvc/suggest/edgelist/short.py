"""Walks and likeness for networks too large to carry dense columns: sparse rows of the pairs' own ends, no more."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from graphsvc.suggest.edgelist.links import Columns, Floats, Ints, Links, Singles, lower_upper

CHUNK = 1024


def short_features(links: Links, left: Ints, right: Ints, places: dict[str, Singles]) -> Columns:
    """Walks of 2 to 4 steps that meet in the middle, L3, and the mean likeness of one end to the other's neighbours.

    ``places``: unit rows [nodes, rank] by name. Time is linear in the pairs times the links two steps around.
    """
    walk = links.normalised()
    root = sparse.diags_array((links.degree_or_one**-0.25).astype(np.float32))
    damped = sparse.csr_array(root @ links.adjacency @ root)
    columns: Columns = {}
    for name, values in zip(("walk_2", "walk_3", "walk_4"), _meeting(walk, left, right), strict=True):
        columns[name] = values
        columns[f"{name}_flow"] = values * np.sqrt(links.degree_or_one[left] * links.degree_or_one[right])
    # the ends' own degrees belong to no path between: take their share out again
    ends = (links.degree_or_one[left] * links.degree_or_one[right]) ** 0.25
    columns["l3"] = _meeting(damped, left, right)[1] * ends
    for name, place in places.items():
        columns |= _near(links, name, place, left, right)
    return columns


def _near(links: Links, name: str, place: Singles, left: Ints, right: Ints) -> Columns:
    around = (links.adjacency @ place) / links.degree_or_one.astype(np.float32)[:, None]
    return {
        f"alike_{name}": _rows(place, place, left, right),
        f"around_{name}": _rows(around, around, left, right),
    } | lower_upper(
        f"alike_{name}_mean",
        np.concatenate([_rows(place, around, left, right), _rows(around, place, left, right)]),
        np.arange(len(left)),
        np.arange(len(left), 2 * len(left)),
    )


def _rows(one: Singles, other: Singles, left: Ints, right: Ints) -> Floats:
    return np.asarray(np.einsum("ij,ij->i", one[left], other[right]), dtype=np.float64)


def _meeting(matrix: sparse.csr_array, left: Ints, right: Ints) -> Floats:
    """Entries of the matrix's powers 2, 3 and 4, float64 [3, pairs]."""
    found = np.zeros((3, len(left)))
    for start in range(0, len(left), CHUNK):
        part = slice(start, start + CHUNK)
        here, there = matrix[left[part]], matrix[right[part]]
        further, opposite = here @ matrix, there @ matrix
        for i, (one, other) in enumerate(((here, there), (further, there), (further, opposite))):
            found[i, part] = one.multiply(other).sum(axis=1)
    return found
