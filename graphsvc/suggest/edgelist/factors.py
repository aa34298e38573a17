"""Latent factors: where each node stands in a hidden space, found so that linked nodes stand near each other.

log-odds(u, v) = c + b_u + b_v + Σ_q s_q x_uq x_vq with signs s_q of +1 or -1 (logistic matrix factorisation, Johnson
2014, with the eigenmodel's signs, Hoff 2007), by stochastic descent on the links and as many times UNLINKED random
pairs. One such fit depends on where it began; the mean of several, like that of a posterior, tells far more.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from scipy.special import expit

from graphsvc.suggest.edgelist.links import Columns, Floats, Ints, Links, Singles

SHAPES = ((8, 0), (12, 4), (24, 0))
"""Coordinates of a space, and how many of them have the sign -1: there, the unlike link (Hoff 2007)."""
DRAWS = 4
AT_ONCE = 25_000
"""Links of all draws together that a pass goes through: of larger networks fewer draws are made, at least one."""
ROUNDS = 40
UNLINKED = 4
RATE, LAST_RATE = 0.1, 0.002
HELD = 0.005
"""How strongly coordinates are held to zero; the nodes' own terms, a tenth of it."""
EDGE, FINE = np.float32(12), np.float32(128)
CHANCE = expit((np.arange(2 * EDGE * FINE + 1) + 0.5) / FINE - EDGE).astype(np.float32)
"""The logistic function from -EDGE to EDGE, FINE values a unit: reading it takes half the time of an exponential."""


def factor_features(links: Links, left: Ints, right: Ints, seed: int) -> Columns:
    """Of each shape: mean log-odds and chance over the draws, how far they differ, and the coordinates' part alone."""
    rng = np.random.default_rng(seed)
    linked = np.flatnonzero(links.degree)
    draws = int(np.clip(AT_ONCE // max(len(links.ends), 1), 1, DRAWS))
    columns: Columns = {}
    for width, unlike in SHAPES:
        seeds = rng.integers(2**31, size=draws).tolist()
        found = np.array([_draw(links, linked, width, unlike, one, left, right) for one in seeds])
        odds, near, cosine = found[:, 0], found[:, 1], found[:, 2]
        name = f"factors_{width}_{unlike}"
        columns |= {
            name: odds.mean(axis=0),
            f"{name}_chance": np.log((1 / (1 + np.exp(-odds))).mean(axis=0)),
            f"{name}_doubt": odds.std(axis=0),
            f"{name}_near": near.mean(axis=0),
            f"{name}_cosine": cosine.mean(axis=0),
        }
    return columns


def _draw(links: Links, linked: Ints, width: int, unlike: int, seed: int, left: Ints, right: Ints) -> Floats:
    """Log-odds, the coordinates' part of them and its cosine, float64 [3, pairs]."""
    sign = np.where(np.arange(width) < width - unlike, 1, -1).astype(np.float32)
    place, own = (found.astype(np.float64) for found in _fit(links.ends, linked, links.nodes, sign, seed))
    near = np.einsum("ij,ij->i", place[left] * sign, place[right])
    length = np.linalg.norm(place, axis=1) + 1e-6
    return np.stack([near + own[left] + own[right], near, near / (length[left] * length[right])])


@njit(cache=True, nogil=True, fastmath=True)
def _fit(ends: Ints, linked: Ints, nodes: int, sign: Singles, seed: int) -> tuple[Singles, Singles]:
    """Coordinates [nodes, width] and own terms [nodes] after ROUNDS passes over ``ends`` [links, 2]; ``linked`` are
    the nodes that random pairs are drawn from. Numbers are drawn by xorshift64*: numba's own took half the time."""
    np.random.seed(seed)
    state = np.uint64(1 + np.random.randint(2**62))
    place = np.empty((nodes, len(sign)), dtype=np.float32)
    for u in range(nodes):
        for q in range(len(sign)):
            place[u, q] = 0.1 * np.random.randn()
    own = np.zeros(nodes, dtype=np.float32)
    common, tenth = np.float32(0), np.float32(0.1)
    half, low = np.uint64(32), np.uint64(2**32 - 1)
    for round in range(ROUNDS):
        rate = np.float32(RATE * (1 - round / ROUNDS) + LAST_RATE)
        held = rate * np.float32(HELD)
        for _ in range(len(ends)):
            risen = np.float32(0)
            for turn in range(1 + UNLINKED):
                state ^= state >> np.uint64(12)
                state ^= state << np.uint64(25)
                state ^= state >> np.uint64(27)
                drawn = state * np.uint64(0x2545F4914F6CDD1D)
                if turn == 0:
                    link = ((drawn >> half) * np.uint64(len(ends))) >> half
                    u, v = ends[link, 0], ends[link, 1]
                else:
                    u = linked[((drawn >> half) * np.uint64(len(linked))) >> half]
                    v = linked[((drawn & low) * np.uint64(len(linked))) >> half]
                    if u == v:
                        continue
                a, b = place[u], place[v]
                odds = common + own[u] + own[v]
                for q in range(len(sign)):
                    odds += sign[q] * a[q] * b[q]
                step_up = rate * (np.float32(turn == 0) - CHANCE[int((min(max(odds, -EDGE), EDGE) + EDGE) * FINE)])
                risen += step_up
                own[u] += step_up - held * tenth * own[u]
                own[v] += step_up - held * tenth * own[v]
                for q in range(len(sign)):
                    x, y = a[q], b[q]
                    a[q] = x + sign[q] * step_up * y - held * x
                    b[q] = y + sign[q] * step_up * x - held * y
            # once for a link and its non-links: as each waited for the one before, a step took a third longer
            common += risen * tenth
    return place, own
