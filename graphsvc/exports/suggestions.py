"""Suggestions as a table."""

from __future__ import annotations

from collections.abc import Sequence

from graphsvc.exports.tables import Table
from graphsvc.model.network import Network
from graphsvc.suggest import Suggestion
from graphsvc.suggest.value_words import PART_WORDS


def likelihood_from(suggestions: Sequence[Suggestion]) -> dict[str, str | int | float]:
    """What their likelihood rests on, for the file's provenance; nothing of no suggestions."""
    if not suggestions:
        return {}
    return {"likelihood_from": "shipped prior" if suggestions[0].prior else "own history"}


def suggestions_table(network: Network, suggestions: Sequence[Suggestion], language: str) -> Table:
    """A row for each suggestion, in its order, with its reasons in ``language`` and the parts of its value. What was
    said in earlier conversations is nothing for a file that is passed on."""
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
    }
    meaning = {n: f"{PART_WORDS[n][0].render(language)}: {PART_WORDS[n][1].render(language)}" for n in parts}
    return Table("suggestions", columns, meaning)
