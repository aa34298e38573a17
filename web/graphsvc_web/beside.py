"""The tables beside a picture: the same groups, or the same ties, sorted and paged."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import numpy as np

from graphsvc.render import Picture
from graphsvc_web import pictures
from graphsvc_web.collate import sort_key
from graphsvc_web.listing import Page, names, page_of, ranks
from graphsvc_web.pictures import Scene

NEAREST = 3
"""Groups named as those that a group works with most."""
KINDS = ("ended", "began", "suggested", "")
"""What a tie may be besides a tie, in the order of the column."""


def groups(scene: Scene) -> Page:
    """The bubbles of a far picture: members, pairs that work across, and with which groups most of them."""
    drawn = pictures.draw(scene)
    known = {node["id"]: node for node in drawn.nodes}
    across = _across(drawn)
    keys = {
        "name": ranks([sort_key(node["title"]) for node in drawn.nodes]),
        "members": np.array([node["members"] for node in drawn.nodes], dtype=np.int64),
        "across": np.array([across[node["id"]].total() for node in drawn.nodes], dtype=np.int64),
    }

    def cells(i: int) -> dict[str, Any]:
        node = drawn.nodes[i]
        near = [(known[id], pairs) for id, pairs in across[node["id"]].most_common(NEAREST)]
        return {"node": node, "across": across[node["id"]].total(), "near": near}

    return page_of(np.arange(len(drawn.nodes)), keys, scene.view.sort, scene.view.page, cells, usual="-members")


def _across(drawn: Picture) -> defaultdict[str, Counter[str]]:
    """Pairs that work together, by group and other group."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for edge in drawn.edges:
        found[edge["from"]][edge["to"]] += edge["shared"]
        found[edge["to"]][edge["from"]] += edge["shared"]
    return found


def ties(scene: Scene) -> tuple[Page, dict[str, int]]:
    """The ties of a near picture, suggested, new and ended ones too: rows of both ends, partnerships shared, kind; and
    how many are ``drawn``, ``of`` how many there are, and ``suggested``."""
    drawn, text = pictures.draw(scene), names(scene.snapshot)
    edges = drawn.edges
    kinds = ["suggested" if edge.get("suggestion") else edge.get("change", "") for edge in edges]
    keys = {
        "name": np.array([text.keys[edge["from"]] for edge in edges], dtype=np.int64),
        "other": np.array([text.keys[edge["to"]] for edge in edges], dtype=np.int64),
        "shared": np.array([edge.get("shared", np.nan) for edge in edges], dtype=np.float64),
        "kind": np.array([KINDS.index(kind) for kind in kinds], dtype=np.int64),
    }

    def cells(i: int) -> dict[str, Any]:
        return {"a": edges[i]["from"], "b": edges[i]["to"], "shared": edges[i].get("shared"), "kind": kinds[i]}

    page = page_of(np.arange(len(edges)), keys, scene.view.sort, scene.view.page, cells, usual="-shared")
    proposed = kinds.count("suggested")
    return page, {"drawn": len(edges) - proposed, "of": drawn.ties_of, "suggested": proposed}
