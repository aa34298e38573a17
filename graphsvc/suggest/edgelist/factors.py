"""Latent factors: where each node stands in a hidden space, found so that linked nodes stand near each other.

log-odds(u, v) = c + b_u + b_v + Σ_q s_q x_uq x_vq with signs s_q of +1 or -1 (logistic matrix factorisation, Johnson
2014, with the eigenmodel's signs, Hoff 2007), by stochastic descent on the links and as many times UNLINKED random
pairs. One such fit depends on where it began; the mean of several, like that of a posterior, tells far more.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from graphsvc.suggest.edgelist.links import Columns, Floats, Ints, Links

SHAPES = ((8, 0), (12, 4), (24, 0))
"""Coordinates of a space, and how many of them have the sign -1: there, the unlike link (Hoff 2007)."""
DRAWS = 8
AT_ONCE = 50_000
"""Links of all draws together that a pass goes through: of larger networks fewer draws are made, at least one."""
ROUNDS = 40
UNLINKED = 4
RATE, LAST_RATE = 0.1, 0.002
HELD = 0.005
"""How strongly coordinates are held to zero; the nodes' own terms, a tenth of it."""


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
    sign = np.where(np.arange(width) < width - unlike, 1.0, -1.0)
    place, own = _fit(links.ends, linked, links.nodes, sign, seed)
    near = np.einsum("ij,ij->i", place[left] * sign, place[right])
    length = np.linalg.norm(place, axis=1) + 1e-6
    return np.stack([near + own[left] + own[right], near, near / (length[left] * length[right])])


@njit(cache=True, nogil=True, fastmath=True)
def _fit(ends: Ints, linked: Ints, nodes: int, sign: Floats, seed: int) -> tuple[Floats, Floats]:
    """Coordinates [nodes, width] and own terms [nodes] after ROUNDS passes over ``ends`` [links, 2]; ``linked`` are
    the nodes that random pairs are drawn from."""
    np.random.seed(seed)
    place = 0.1 * np.random.randn(nodes, len(sign))
    own = np.zeros(nodes)
    common = 0.0
    for round in range(ROUNDS):
        rate = RATE * (1 - round / ROUNDS) + LAST_RATE
        for step in range(len(ends) * (1 + UNLINKED)):
            if step % (1 + UNLINKED) == 0:
                one = np.random.randint(len(ends))
                u, v, is_link = ends[one, 0], ends[one, 1], 1.0
            else:
                u, v = linked[np.random.randint(len(linked))], linked[np.random.randint(len(linked))]
                is_link = 0.0
                if u == v:
                    continue
            odds = common + own[u] + own[v]
            for q in range(len(sign)):
                odds += sign[q] * place[u, q] * place[v, q]
            wrong = is_link - 1 / (1 + np.exp(-odds))
            common += rate * wrong / 10
            own[u] += rate * (wrong - HELD / 10 * own[u])
            own[v] += rate * (wrong - HELD / 10 * own[v])
            for q in range(len(sign)):
                a, b = place[u, q], place[v, q]
                place[u, q] += rate * (sign[q] * wrong * b - HELD * a)
                place[v, q] += rate * (sign[q] * wrong * a - HELD * b)
    return place, own
