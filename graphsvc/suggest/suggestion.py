"""A suggestion: two organisations that could work together, how likely and how useful that is, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from graphsvc.i18n import Message


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``a`` and ``b`` are rows of ``network.organisations``; of one organisation's suggestions, ``a`` is that one.

    probability : in (0, 1), that they begin to work together within ``days`` if nothing is done
    value : what the link would bring, parts named as in ``suggest.value``, each in [0, 1]
    score : in [0, 1], likelihood and value weighed as asked; the order of the suggestions
    reasons, against : plain sentences for and against
    remembered : what speaks against it of what people said and did before; stays out of files
    introducers : organisations (rows) that both work with, the best first
    """

    a: int
    b: int
    probability: float
    score: float
    days: int
    value: Mapping[str, float] = field(default_factory=dict)
    reasons: tuple[Message, ...] = ()
    against: tuple[Message, ...] = ()
    remembered: tuple[Message, ...] = ()
    introducers: tuple[int, ...] = ()
    prior: bool = False
    """True where the probability rests on the shipped prior, as the network has too little history."""
