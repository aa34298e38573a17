"""Snapshot → what the canvas draws. The only place that uses pyvis; none of its HTML is used."""

from graphsvc.render.ego import ego
from graphsvc.render.groups import groups
from graphsvc.render.organisations import organisations, proposals
from graphsvc.render.picture import MOST_NODES, Picture

__all__ = ["MOST_NODES", "Picture", "ego", "groups", "organisations", "proposals"]
