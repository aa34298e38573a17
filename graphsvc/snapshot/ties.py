"""The ties that memberships make: two organisations are tied when they are members of the same partnership.

After a small change only the rows of organisations are made anew whose partnerships are not what they were. An
organisation's mark is a sum over its partnerships of a scrambled sum over their members of 64 random bits each: while
it stays the same so does the row, but for one chance in 2^64, whatever numbers the partnerships have now.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from graphsvc.model.network import Network
from graphsvc.snapshot.csr import Csr, Floats, Int32s, Int64s
from graphsvc.snapshot.filter import Mask, rows

Projection = Literal["weighted", "count", "unweighted"]
"""Weight of a tie. ``weighted``: each shared partnership of k members adds 1/(k-1), so that every membership
spreads a weight of one (Newman, Phys. Rev. E 64, 016132, 2001); ``count``: number of shared partnerships;
``unweighted``: 1."""
Marks = npt.NDArray[np.uint64]
FEW = 0.1
"""The share of organisations up to which rows are put among those that were known."""


@dataclass(frozen=True, slots=True, eq=False)
class Ties:
    """What a network's memberships make of it; graph, shared and memberships are those of ``Snapshot``.

    ids : organisation of each row
    bits, marks : uint64 [organisations]; random bits and what they give, by which changes are told
    """

    graph: Csr
    shared: Int32s
    memberships: Csr
    ids: pa.ChunkedArray
    bits: Marks
    marks: Marks


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """Some rows of the graph: length of each, then partner, shared partnerships and weight of each entry."""

    lengths: Int64s
    indices: Int32s
    shared: Int32s
    weights: Floats


def project(network: Network, projection: Projection, before: Ties | None = None) -> Ties:
    """The ties of a network whose rows all count. ``before``: those of one like it, by the same projection."""
    ids, memberships = network.organisations["id"], _memberships(network)
    was = np.full(len(ids), -1) if before is None else _rows_in(ids, before.ids)
    bits = np.random.default_rng().integers(0, 2**64, len(ids), np.uint64)
    if before:
        bits[was >= 0] = before.bits[was[was >= 0]]
    marks = _marks(memberships, bits)
    known = np.zeros(len(ids), bool) if before is None else (was >= 0) & (marks == np.append(before.marks, 0)[was])
    if before is None or known.sum() < (1 - FEW) * len(ids):
        found = _made(memberships, np.arange(len(ids)), projection)
    else:
        found = _joined(_made(memberships, np.flatnonzero(~known), projection), before, known, was)
    indptr = np.concatenate([[0], np.cumsum(found.lengths)])
    graph = Csr(indptr, found.indices, found.weights, len(ids))
    return Ties(graph, found.shared, memberships, ids, bits, marks)


def _rows_in(ids: pa.ChunkedArray, before: pa.ChunkedArray) -> Int64s:
    """The row that each organisation had; -1 for a new one."""
    if ids.equals(before):
        return np.arange(len(ids))
    found: Int64s = pc.fill_null(pc.index_in(ids, value_set=before), -1).to_numpy().astype(np.int64)
    return found


def _marks(memberships: Csr, bits: Marks) -> Marks:
    """Sums of whole numbers modulo 2^64."""
    ones = sparse.csr_array(
        (np.ones(len(memberships.indices), np.uint64), memberships.indices, memberships.indptr),
        shape=(memberships.rows, memberships.columns),
    )
    members: Marks = ones.T @ bits
    members ^= members >> np.uint64(31)
    members *= np.uint64(0x9E3779B97F4A7C15)
    members ^= members >> np.uint64(29)
    marks: Marks = ones @ members
    return marks


def _made(memberships: Csr, some: Int64s, projection: Projection) -> _Rows:
    """Rows of the graph by one product of matrices.

    Memberships are complex numbers, with the count as the real and the weight as the imaginary part: so it gives both
    numbers of each tie.
    """
    ones, size = memberships.to_scipy(), np.bincount(memberships.indices, minlength=memberships.columns)
    both = (ones if len(some) == memberships.rows else ones[some]).astype(np.complex128)
    both.data.imag = (1.0 / np.maximum(size - 1, 1))[both.indices]
    product = both @ ones.T
    product.sort_indices()
    lengths = np.diff(product.indptr).astype(np.int64)
    others = product.indices != np.repeat(some, lengths)
    shared = product.data.real[others].astype(np.int32)
    weights = {"weighted": product.data.imag[others], "count": shared.astype(np.float64)}
    lengths -= np.diff(both.indptr) > 0  # every member shares its partnerships with itself
    return _Rows(
        lengths,
        product.indices[others].astype(np.int32),
        shared,
        weights.get(projection, np.ones(len(shared))),
    )


def _joined(fresh: _Rows, before: Ties, known: Mask, was: Int64s) -> _Rows:
    """Rows made anew among those that are ``known`` and come from before."""
    old = np.diff(before.graph.indptr)
    stays = np.zeros(len(old), bool)
    stays[was[known]] = True
    now = np.zeros(len(old), np.int32)
    now[was[was >= 0]] = np.flatnonzero(was >= 0)
    lengths = np.empty(len(known), np.int64)
    lengths[known], lengths[~known] = old[stays], fresh.lengths
    from_old, to_old = np.repeat(stays, old), np.repeat(known, lengths)

    def put(here: npt.NDArray[Any], new: npt.NDArray[Any]) -> npt.NDArray[Any]:
        out = np.empty(len(to_old), new.dtype)
        out[to_old], out[~to_old] = here, new
        return out

    return _Rows(
        lengths,
        put(now[before.graph.indices[from_old]], fresh.indices),
        put(before.shared[from_old], fresh.shared),
        put(before.graph.weights[from_old], fresh.weights),
    )


def _memberships(network: Network) -> Csr:
    table = network.memberships
    org, partnership = rows(table["organisation"]), rows(table["partnership"])
    shape = (network.organisations.num_rows, network.partnerships.num_rows)
    csr = Csr.from_entries(org.astype(np.int64), partnership.astype(np.int64), np.ones(len(org)), shape)
    csr.weights[:] = 1.0  # an organisation entered twice in a partnership is one member
    return csr
