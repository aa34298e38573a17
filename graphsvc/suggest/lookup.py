"""The organisation that somebody means, by row, id or name."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from graphsvc.errors import InputError, NotFoundError
from graphsvc.i18n import msg
from graphsvc.model import fieldtypes
from graphsvc.suggest.names import folded

NEAR_NAMES = 5
NEAR_ENOUGH = 75
"""Mean likeness of the words asked for to those of a name, in per cent, from which on it may have been meant."""


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
    near = _near(organisation, names)
    raise NotFoundError(
        msg("There is no organisation called “%(name)s”.", name=organisation),
        near=near,
        hint=msg("Did you mean: %(names)s?", names="; ".join(near)) if near else None,
    )


def _near(asked: str, names: Sequence[str]) -> tuple[str, ...]:
    """Names each of whose words, or all initials, are like one that was asked for."""
    words = _plain(asked).split()

    def likeness(name: str) -> float:
        own = _plain(name).split()
        own.append("".join(word[0] for word in own))
        return sum(max(fuzz.ratio(word, other) for other in own) for word in words) / max(len(words), 1)

    like = sorted((-likeness(name), name) for name in set(names))
    return tuple(name for less, name in like[:NEAR_NAMES] if -less >= NEAR_ENOUGH)


def _plain(name: str) -> str:
    """Without diacritics too, which many leave out in typing."""
    return fieldtypes.folded(folded(name))
