"""Who has to do with a theme, a territory or sectors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from graphsvc.model.vocabulary import with_broader
from graphsvc.suggest.engine import Engine

Mask = npt.NDArray[np.bool_]


def acting_in(engine: Engine, territory: str) -> Mask:
    """Organisations that are in a territory (code; all below it count), work there besides, or have a partnership in
    it, bool [organisations]."""
    places = engine.attributes.partnership_territories
    inside = {code for code in set[str]().union(*places) if engine.attributes.within(code, territory)}
    there = np.array([not inside.isdisjoint(codes) for codes in places], dtype=float)
    acting: Mask = engine.within(territory) | (engine.ground.members @ there > 0)
    besides = engine.history.network.organisations["acts_in"].to_pylist()
    acting |= np.array([any(engine.attributes.within(c, territory) for c in codes or ()) for codes in besides])
    return acting


def of_sectors(engine: Engine, sectors: Sequence[str]) -> Mask:
    """Organisations of any of the sectors (codes), bool [organisations]."""
    return np.isin(np.asarray(engine.attributes.sectors, dtype=str), sectors)


def skilled_in(engine: Engine, theme: str) -> Mask:
    """Organisations that have worked on a theme (code) or on a part of it, or offer it, bool [organisations]."""
    return engine.value.offering(theme) | _worked_on(engine, theme)


def concerned(engine: Engine, theme: str) -> Mask:
    """``skilled_in``, and those that need it, themselves or where they are, bool [organisations]."""
    return skilled_in(engine, theme) | engine.value.needing(theme)


def _worked_on(engine: Engine, theme: str) -> Mask:
    parts = [column for column, code in enumerate(engine.attributes.theme_names) if theme in with_broader(code)]
    worked: Mask = np.asarray(engine.ground.themes[:, parts].sum(axis=1)).ravel() > 0
    return worked
