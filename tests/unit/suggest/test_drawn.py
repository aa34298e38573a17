from __future__ import annotations

from datetime import date
from functools import partial

import numpy as np
import pytest

from graphsvc.model.network import Network
from graphsvc.snapshot.filter import day
from graphsvc.suggest import drawn
from graphsvc.suggest.attributes import Attributes
from graphsvc.suggest.candidates import Width
from graphsvc.suggest.drawn import draw
from graphsvc.suggest.ground import Ground
from graphsvc.suggest.history import History
from tests.unit.suggest.conftest import make


def drawn_of(network: Network) -> drawn.Drawn:
    """Of what was known by 2012, and happened within that year."""
    ground = Ground(History.of(network).until(day(date(2012, 1, 1))), Attributes(network))
    return draw(ground, 366, np.random.default_rng(0))


def network() -> Network:
    """Known by 2012: 0–1, 2–3. In 2012: 0 meets 2, and the new 4 meets 1 and 3."""
    old = [(date(2010, 1, 1), (0, 1)), (date(2010, 1, 1), (2, 3))]
    return make([*old, (date(2012, 3, 1), (0, 2)), (date(2012, 4, 1), (4, 1, 3))], 5)


def test_pairs_that_had_not_met_each_in_both_directions() -> None:
    """Of 6 pairs of the four known, 2 had met; 1–3 and 0–2 meet, 0–3 and 1–2 do not."""
    found = drawn_of(network())
    once = len(found.i) // 2
    pairs = {(a, b): m for a, b, m in zip(found.i[:once].tolist(), found.j[:once].tolist(), found.met, strict=False)}
    assert pairs == {(0, 2): True, (1, 3): True, (0, 3): False, (1, 2): False}
    assert found.i[once:].tolist() == found.j[:once].tolist()
    assert found.weight.tolist() == [1.0] * 8


def test_directions_are_averaged() -> None:
    found = drawn_of(network())
    assert found.per_pair(np.arange(8.0)).tolist() == [2.0, 3.0, 4.0, 5.0]


def test_of_many_strangers_each_drawn_stands_for_several(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 20 who were each in a partnership alone 190 pairs had not met; ten of them stand for 19 each."""
    monkeypatch.setattr(drawn, "STRANGERS", 10)
    alone = make([(date(2010, 1, 1), (k,)) for k in range(20)], 20)
    found = drawn_of(alone)
    assert found.once[1].tolist() == [19.0] * 10


def test_candidates_are_looked_at_more_closely(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty chains of three: the ends of each, who have a partner in common, are all looked at; of the 1,710 pairs
    that had not met, the others are drawn and stand for more."""
    monkeypatch.setattr(drawn, "STRANGERS", 100)
    began = date(2010, 1, 1)
    chains = make([(began, ends) for k in range(0, 60, 3) for ends in ((k, k + 1), (k + 1, k + 2))], 60)
    monkeypatch.setattr(drawn, "Width", partial(Width, region=0, kind_in_region=0, topic=0, anywhere=0))
    found = drawn_of(chains)
    once = len(found.i) // 2
    weight = dict(zip(zip(found.i[:once].tolist(), found.j[:once].tolist(), strict=True), found.weight, strict=False))
    ends = [(k, k + 2) for k in range(0, 60, 3)]
    assert [weight.pop(pair) for pair in ends] == [1.0] * 20
    assert len(weight) == 100
    assert sum(weight.values()) == pytest.approx(60 * 59 / 2 - 40 - 20)
