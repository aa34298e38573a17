from __future__ import annotations

from collections.abc import Callable
from datetime import date

from graphsvc.model.network import Network
from graphsvc.suggest.evaluation import Result, Table, evaluate_split
from graphsvc.suggest.evaluation_words import MEASURES, METHODS, PARTS, too_early


def test_all_that_an_evaluation_names_has_words(network_of: Callable[..., Network]) -> None:
    """0–1–2–3 in a row, then 0 and 2 meet."""
    past = [(date(2010, 1, 1), (0, 1)), (date(2010, 2, 1), (1, 2)), (date(2010, 3, 1), (2, 3))]
    result: Result = evaluate_split(network_of([*past, (date(2012, 3, 1), (0, 2))], 4), date(2012, 1, 1))
    assert set(result.all.model) == set(MEASURES)
    assert {"model", *result.all.baselines} == set(METHODS)
    assert all(isinstance(getattr(result, part), Table) for part in PARTS)
    assert (result.days, result.days_after) == (365, 61)
    assert "within 61 days of the split" in str(too_early(result.days, result.days_after))
    assert too_early(365, 365) is None
