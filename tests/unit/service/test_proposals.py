"""Suggestions as pages ask for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from graphsvc.model.suggested import Shown
from graphsvc.service.proposals import Proposals, Standing, Wish
from graphsvc.suggest import Engine
from graphsvc.suggest.board import Board
from graphsvc.suggest.prior import prior_model
from tests.unit.suggest.conftest import make

EVERYTHING = Wish(1.0, {})


class Kept:
    """Nothing was shown."""

    def shown(self) -> Sequence[Shown]:
        return ()


class Core:
    """A board that is made anew, as it is after midnight, for an engine that stays."""

    def __init__(self) -> None:
        began = [(date(2020, 1, 1), pair) for pair in ((0, 1), (1, 2), (2, 3))]
        self.engine = Engine(make(began, 5), model=prior_model())
        self.board = Board.of(self.engine)

    def standing(self) -> Standing:
        return Standing(self.engine, self.board)


def test_a_page_is_not_kept_longer_than_the_board_that_it_is_of() -> None:
    core: Any = Core()
    kept: Any = Kept()
    proposals = Proposals(core, kept)
    before = proposals.find(EVERYTHING, 0, 10).total
    assert proposals.find(EVERYTHING, 0, 10) is proposals.find(EVERYTHING, 0, 10)
    core.board = core.board.keep(np.arange(before) > 0)
    assert proposals.find(EVERYTHING, 0, 10).total == before - 1
