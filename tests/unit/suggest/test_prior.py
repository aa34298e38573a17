from __future__ import annotations

import json

import numpy as np

from graphsvc.model.network import Network
from graphsvc.suggest.attributes import Attributes
from graphsvc.suggest.features import Space
from graphsvc.suggest.ground import Ground
from graphsvc.suggest.history import History, end_of
from graphsvc.suggest.prior import prior_model, to_json


def test_the_shipped_model_knows_exactly_the_features_there_are(path_network: Network) -> None:
    space = Space(Ground(History.of(path_network).until(end_of(None)), Attributes(path_network)))
    assert prior_model().judge.ranker.names == space.names


def test_the_shipped_model_says_that_it_is_shipped_and_judges_newcomers_apart() -> None:
    model = prior_model()
    assert model.prior
    assert model.meetings > 100
    assert model.cold is not None
    assert model.judge.cases[0].share < model.judge.cases[-1].share


def test_a_model_written_reads_back(path_network: Network) -> None:
    model = prior_model()
    data = json.loads(to_json(model))
    assert np.array_equal(data["judge"]["weight"], model.judge.ranker.weight)
    assert data["judge"]["calibration"]["slopes"] == list(model.judge.calibration.slopes)


def test_partners_of_partners_are_likelier_than_strangers(path_network: Network) -> None:
    """0–1–2–3: 0 would rather meet 2, with whom it shares partner 1, than 3."""
    space = Space(Ground(History.of(path_network).until(end_of(None)), Attributes(path_network)))
    near, far = prior_model().probability(space, np.array([0, 0]), np.array([2, 3]))
    assert near > far
