"""Suggestions as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from graphsvc.exports.tables import Table
from graphsvc.i18n import msg
from graphsvc.model.network import Network
from graphsvc.suggest import Suggestion
from graphsvc.suggest.value_words import PART_WORDS

COLUMN_WORDS = {
    "a": msg("Identifier of the first organisation; of one organisation's list, that one."),
    "b": msg("Identifier of the second organisation."),
    "score": msg(
        "From 0 to 1: likelihood and value, weighed as filters in the provenance say; the list is in its order."
    ),
    "probability": msg(
        "From 0 to 1 (0.05 is 5%): how likely the two begin to work together by themselves within the time in days."
    ),
    "days": msg("Number of days that the likelihood is about."),
    "reasons": msg("Why they could work together."),
    "against": msg("What speaks against it."),
    "introducers": msg("Who works with both and could introduce them, the best first, with | between them."),
    "adds": msg("Points that the conversation adds to the plan, beside those above it."),
    "who": msg("Who talks with them."),
}
"""Columns that are no part of value, ``adds`` and ``who`` of a plan alone."""


def likelihood_from(suggestions: Sequence[Suggestion]) -> dict[str, str | int | float]:
    """What their likelihood rests on, for the file's provenance; nothing of no suggestions."""
    if not suggestions:
        return {}
    return {"likelihood_from": "shipped prior" if suggestions[0].prior else "own history"}


def suggestions_table(
    network: Network,
    suggestions: Sequence[Suggestion],
    language: str,
    more: Mapping[str, Sequence[Any]] | None = None,
) -> Table:
    """A row for each suggestion, in its order, with its reasons in ``language`` and the parts of its value; ``more``:
    columns at the end, named in COLUMN_WORDS. What was said in earlier conversations is nothing for a file that is
    passed on."""
    ids, names = (network.organisations[c].to_pylist() for c in ("id", "name"))
    parts = suggestions[0].value if suggestions else {}
    columns = {
        "a": [ids[s.a] for s in suggestions],
        "a_name": [names[s.a] for s in suggestions],
        "b": [ids[s.b] for s in suggestions],
        "b_name": [names[s.b] for s in suggestions],
        "score": [s.score for s in suggestions],
        "probability": [s.probability for s in suggestions],
        "days": [s.days for s in suggestions],
        "reasons": [" ".join(r.render(language) for r in s.reasons) for s in suggestions],
        "against": [" ".join(r.render(language) for r in s.against) for s in suggestions],
        "introducers": ["|".join(names[row] for row in s.introducers) for s in suggestions],
        **{name: [s.value[name] for s in suggestions] for name in parts},
        **(more or {}),
    }
    meaning = {n: said.render(language) for n, said in COLUMN_WORDS.items() if n in columns}
    meaning |= {n: f"{PART_WORDS[n][0].render(language)} (0–1): {PART_WORDS[n][1].render(language)}" for n in parts}
    return Table("suggestions", columns, meaning)
