"""What holds of suggestions of before."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from graphsvc.i18n import msg
from graphsvc.model.network import Network, table
from graphsvc.service.still import Still
from graphsvc.snapshot import Snapshot, take
from graphsvc.suggest import Engine, Suggestion
from graphsvc.suggest.board import Board
from graphsvc.suggest.evidence import Evidence, Path
from graphsvc.suggest.explanations import Reason
from graphsvc.suggest.prior import prior_model


def network(names: str, partnerships: dict[str, str], refused: str = "", **left: date) -> Network:
    """Organisations with ids of one letter, partnerships by name with the letters of their members."""
    row = {name: i for i, name in enumerate(names)}
    said = dict(zip("ab", (row[end] for end in refused), strict=False))
    return Network(
        organisations=table(
            "organisations",
            [{"id": n, "name": f"Fundacja {n}", "sector": "ngo", "active_to": left.get(n)} for n in names],
        ),
        partnerships=table("partnerships", [{"id": p, "name": p, "starts_on": date(2020, 1, 1)} for p in partnerships]),
        memberships=table(
            "memberships",
            [{"organisation": row[o], "partnership": k} for k, ms in enumerate(partnerships.values()) for o in ms],
        ),
        outreach=table("outreach", [{**said, "status": "ODR", "until": date(2099, 1, 1)}] if refused else []),
    )


BEFORE = take(network("ABCDEF", {"Ogród": "AB", "Most": "BC", "Warsztat": "CD", "Łąka": "EF"}))
NOW = take(network("ZBCDEF", {"Most": "BC", "Warsztat": "CD", "Łąka": "EF", "Nowe": "BE"}, "DF", C=date(2021, 1, 1)))


def still(now: Snapshot = NOW) -> Still:
    return Still(BEFORE, now, Engine(now.network, model=prior_model()))


def rows(pairs: str) -> tuple[np.ndarray, np.ndarray]:
    """Rows of before of pairs such as "AB CD"."""
    both = [tuple("ABCDEF".index(end) for end in pair) for pair in pairs.split()]
    a, b = zip(*both, strict=True)
    return np.array(a), np.array(b)


def test_who_is_gone_partners_by_now_and_who_said_no_are_no_longer_suggested() -> None:
    a, b = rows("AE CE BE DF BF DE")
    assert still().fits(a, b).tolist() == [False, False, False, False, True, True]


def test_rows_are_those_of_now_and_sentences_with_names_that_are_gone_are_left_out() -> None:
    gone, stays = msg("%(name)s knows both.", name="Fundacja A"), msg("They are near.")
    made = Suggestion(1, 5, 0.1, 0.5, 365, reasons=(gone, stays), remembered=(gone, stays), introducers=(0, 3))
    left = still().suggestion(made)
    assert (NOW.ids[left.a], NOW.ids[left.b]) == ("B", "F")
    assert left.reasons == left.remembered == (stays,)
    assert [NOW.ids[i] for i in left.introducers] == ["D"]


def test_evidence_goes_on_with_what_is_there() -> None:
    reasons = (Reason(msg("Fundacja A began one."), partnerships=(1,)), Reason(msg("They met."), (0, 3), (0, 2)))
    paths = (Path((0,), ((0,), (1,))), Path((3,), ((0, 2), (3,))))
    shown = Evidence(paths, (("x", 1, 5, False),), reasons, (1, 1), 0, None, False, 2, 0.1, samples=512)
    left = still().evidence(shown)
    assert left.paths == (Path((3,), ((1,), (2,))),)  # A is gone, and so is the partnership that was row 0
    assert left.needs == (("x", 1, 5, False),)
    assert left.reasons == (Reason(msg("They met."), (3,), (1,)),)


def test_a_board_is_turned_to_rows_of_now() -> None:
    later = take(network("ABXCDEF", {"Ogród": "AB", "Most": "BC", "Warsztat": "CD", "Łąka": "EF"}))
    board = Board.of(Engine(BEFORE.network, model=prior_model()))
    moved = still(later).board(board).links
    assert [later.ids[i] for i in moved.a] == [BEFORE.ids[i] for i in board.links.a]
    assert [later.ids[i] for i in moved.b] == [BEFORE.ids[i] for i in board.links.b]


def test_where_too_much_is_gone_nothing_of_before_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graphsvc.service.still.MOST_GONE", 0)
    made = Suggestion(1, 5, 0.1, 0.5, 365, reasons=(msg("They are near."),))
    assert still().suggestion(made).reasons == ()
