"""Snapshot → what the canvas draws. The only place that uses pyvis; none of its HTML is used."""

from graphsvc.render.changes import mark, pairs_among
from graphsvc.render.ego import ego
from graphsvc.render.groups import group_places, groups
from graphsvc.render.organisations import organisations, places, proposals, way
from graphsvc.render.picture import MOST_NODES, Picture

__all__ = [
    "MOST_NODES",
    "Picture",
    "ego",
    "group_places",
    "groups",
    "mark",
    "organisations",
    "pairs_among",
    "places",
    "proposals",
    "way",
]
