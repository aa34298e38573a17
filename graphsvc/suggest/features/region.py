"""Activity in each other's regions and themes."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from graphsvc.suggest.features.columns import Column, cosine, mapped, product, turned
from graphsvc.suggest.ground import HALF_LIVES, Ground, joint, shares


def region_columns(ground: Ground) -> dict[str, Column]:
    """Shared regions; partnerships of one in the regions of the other, recent ones counting more; shared themes."""
    mine, theirs = ground.region_shares, ground.acts_in
    present = sparse.csr_array((mine[:, :-1] > 0).astype(float))
    columns: dict[str, Column] = {
        "region_cosine": cosine(mine),
        "regions_shared": mapped(product(present, present), np.sign),
        "theme_cosine": cosine(ground.themes),
        "home_shared": product(ground.home, ground.home),
    }
    for half_life in (*HALF_LIVES, None):
        weight, end = ground.fading(half_life), half_life or "all"
        active = ground.activity(weight)
        there = mapped(product(mine, active), np.log1p)
        everywhere = sparse.csr_array((theirs > 0).astype(float) + ground.home.sign())
        everywhere.data[:] = 1.0
        columns |= {
            f"active_in_mine_{end}": there,
            f"active_in_theirs_{end}": turned(there),
            f"joint_in_mine_{end}": mapped(
                product(everywhere, ground.activity(weight * (ground.others > 0))), np.log1p
            ),
            f"partners_in_mine_{end}": mapped(product(everywhere, ground.activity(weight * ground.others)), np.log1p),
        }
    topics = sparse.csr_array(ground.members @ _topics_by_region(ground))
    fresh = sparse.csr_array((ground.members * ground.fading(1.0)) @ _topics_by_region(ground))
    return columns | {
        "topic_cosine": cosine(topics),
        "active_in_topic": mapped(product(shares(topics), fresh), np.log1p),
    }


def _topics_by_region(ground: Ground) -> sparse.csr_array:
    return joint(ground.attributes.partnership_regions, ground.attributes.partnership_topics)
