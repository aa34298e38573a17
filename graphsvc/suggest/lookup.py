"""The organisation that somebody means, by row, id or name."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import process

from graphsvc.errors import InputError, NotFoundError
from graphsvc.i18n import msg
from graphsvc.model import fieldtypes
from graphsvc.suggest.names import folded

NEAR_NAMES = 5
NEAR_ENOUGH = 60
"""Likeness of a name to the one asked for, in per cent, from which on it may have been meant."""


def row_meant(organisation: int | str, ids: Sequence[str], names: Sequence[str]) -> int:
    """The row of an organisation given by row, id or name, of which case and punctuation don't matter where nothing
    else is called so; ``ids`` and ``names`` by row.

    Raises NotFoundError with names near it, InputError where several have the name.
    """
    if isinstance(organisation, int):
        if 0 <= organisation < len(ids):
            return organisation
        raise NotFoundError(msg("There is no organisation in row %(row)s.", row=organisation))
    if organisation in ids:
        return ids.index(organisation)
    called = [row for row, name in enumerate(names) if name == organisation]
    called = called or [row for row, name in enumerate(names) if folded(name) == folded(organisation)]
    if len(called) == 1:
        return called[0]
    if called:
        raise InputError(
            msg("There are %(n)s organisations called “%(name)s”.", n=len(called), name=organisation),
            hint=msg("Give the id of one: %(ids)s.", ids=", ".join(ids[row] for row in called[:NEAR_NAMES])),
        )
    found = process.extract(
        organisation, sorted(set(names)), processor=_plain, score_cutoff=NEAR_ENOUGH, limit=NEAR_NAMES
    )
    near = tuple(name for name, *_ in sorted(found, key=lambda one: (-one[1], one[0])))
    raise NotFoundError(
        msg("There is no organisation called “%(name)s”.", name=organisation),
        near=near,
        hint=msg("Did you mean: %(names)s?", names="; ".join(near)) if near else None,
    )


def _plain(name: str) -> str:
    """Without diacritics too, which many leave out in typing."""
    return fieldtypes.folded(folded(name))
