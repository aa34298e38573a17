"""Drawing pairs: the split of the experiment, and non-links to learn from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graphsvc.suggest.edgelist.links import Ints, Links, pair_keys


@dataclass(frozen=True, slots=True)
class Split:
    """A model may see ``train``; it is asked about ``hidden`` links and as many ``unlinked`` pairs, int64 [n, 2]."""

    train: Links
    hidden: Ints
    unlinked: Ints


def split_links(links: Links, share: float, rng: np.random.Generator) -> Split:
    """Hide a share of the links at random, and draw equally many pairs linked in neither part.

    All nodes stay, also those that lose their last link (the protocol of Zhang & Chen 2018). Fewer unlinked pairs
    are given only where the network has fewer.
    """
    order = rng.permutation(len(links.ends))
    count = max(1, round(share * len(links.ends)))
    hidden = links.ends[order[:count]]
    train = Links(links.nodes, links.ends[np.sort(order[count:])])
    return Split(train, hidden, unlinked_pairs(links, count, rng))


def unlinked_pairs(links: Links, count: int, rng: np.random.Generator) -> Ints:
    """``count`` different pairs without a link, uniform over such pairs of linked nodes (fewer if there are no more).

    Nodes without any link are left out: an edge list names none, so no split asks about one. int64 [count, 2].
    """
    nodes = np.flatnonzero(links.degree)
    pairs_in_all = len(nodes) * (len(nodes) - 1) // 2
    free = pairs_in_all - len(links.ends)
    if count > free // 2 or pairs_in_all < 4 * len(links.ends):
        return _from_all(links, nodes, min(count, free), rng)
    return _by_trial(links, nodes, count, rng)


def _from_all(links: Links, nodes: Ints, count: int, rng: np.random.Generator) -> Ints:
    one, other = np.triu_indices(len(nodes), 1)
    pairs = np.stack([nodes[one], nodes[other]], axis=1)
    free = pairs[~np.isin(pair_keys(pairs, links.nodes), links.keys())]
    return free[np.sort(rng.permutation(len(free))[:count])]


def _by_trial(links: Links, nodes: Ints, count: int, rng: np.random.Generator) -> Ints:
    taken = links.keys()
    keys = np.zeros(0, dtype=np.int64)
    while len(keys) < count:
        drawn = np.sort(nodes[rng.integers(0, len(nodes), (count, 2))], axis=1)
        new = pair_keys(drawn[drawn[:, 0] < drawn[:, 1]], links.nodes)
        keys = np.union1d(keys, new[~np.isin(new, taken)])
    kept = np.sort(rng.permutation(keys)[:count])
    return np.stack([kept // links.nodes, kept % links.nodes], axis=1)
