"""Communities and territories as groups with names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from weakref import WeakKeyDictionary

import numpy as np
from flask_babel import gettext as _

from graphsvc.metrics.compute import Measures
from graphsvc.render import MOST_NODES
from graphsvc.snapshot import Snapshot
from graphsvc_web.address import View
from graphsvc_web.current import service
from graphsvc_web.listing import Rows, names

SMALLEST_COMMUNITY = 3
FAR_FROM = 300
"""With more organisations than this, an unfiltered network is first shown from afar."""


def level_of(view: View, count: int, ever: int) -> str:
    """The zoom level to draw: what the address asks for, unless that would be more than a canvas can hold.

    Where it asks for none, the filters choose, and not the day: circles stay circles from year to year.

    ever : organisations at no date; ``count`` are those to draw
    """
    if view.level in ("communities", "territories"):
        return view.level
    if view.only:
        return "organisations"
    filtered = replace(view, year=None, day=None).filtered
    far = count > MOST_NODES or (not view.level and not filtered and ever > FAR_FROM)
    return "communities" if far and view.group is None else "organisations"


_centres: WeakKeyDictionary[Snapshot, dict[int, str]] = WeakKeyDictionary()


def communities(measures: Measures) -> tuple[Rows, Mapping[int, str]]:
    """Community of each organisation, and the names of those with three members or more: each by its centre."""
    group = np.nan_to_num(measures.organisations["community"], nan=-1).astype(np.int64)
    return group, {number: _("around %(name)s", name=name) for number, name in centres().items()}


def centres() -> Mapping[int, str]:
    """The best placed organisation of each community of the whole network, by the community's number."""
    whole = service().snapshot()
    if whole not in _centres:
        columns, text = service().measure(whole).organisations, names(whole)
        group = columns["community"].astype(np.int64)
        big = np.bincount(group, minlength=1) >= SMALLEST_COMMUNITY
        order = np.argsort(np.nan_to_num(columns["pagerank"]), kind="stable")
        _centres[whole] = {int(group[i]): text.name[i] for i in order if big[group[i]]}  # the last one stays
    return _centres[whole]


def territory_codes(snapshot: Snapshot) -> list[str]:
    """Territories that have organisations, in the order of their codes; a territory's number is its place."""
    return sorted({t for t in names(snapshot).territory if t})


def territories(snapshot: Snapshot, codes: list[str]) -> tuple[Rows, Mapping[int, str]]:
    """Territory of each organisation as its number among ``codes``, and the names by number."""
    text, number = names(snapshot), {code: i for i, code in enumerate(codes)}
    group = np.array([number.get(t, -1) for t in text.territory], dtype=np.int64)
    return group, {i: text.place.get(code, code) for i, code in enumerate(codes)}
