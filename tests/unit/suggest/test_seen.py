"""What was shown and passed over sinks, wherever suggestions are made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from graphsvc.model.network import Network
from graphsvc.model.suggested import Shown
from graphsvc.suggest import Engine, suggest
from graphsvc.suggest.completing import complete
from graphsvc.suggest.inviting import invite
from graphsvc.suggest.seen import NOTHING_SEEN, Seen

DAY = date(2026, 3, 2)
IDS = ("o2", "o0", "o1")
A, B = np.array([0, 1, 2]), np.array([1, 2, 0])


def shown(a: str, b: str, times: int, ignored: int = 0) -> Shown:
    return Shown(a, b, times, ignored, DAY, DAY, ("ola",), times)


@pytest.mark.parametrize(
    ("times", "ignored", "factor"), [(2, 0, 1.0), (3, 0, 0.5), (5, 0, 0.125), (0, 1, 0.5), (1, 2, 1 / 32)]
)
def test_pairs_sink_from_the_third_time_and_at_once_where_ignored(times: int, ignored: int, factor: float) -> None:
    """o0 and o2 are the rows 1 and 0; the others were not shown, and one that is gone does no harm."""
    seen = Seen(IDS, [shown("o0", "o2", times, ignored), shown("gone", "o1", 9)])
    assert seen.factor(A, B) == pytest.approx([factor, 1.0, 1.0])
    assert seen.factor(B, A) == pytest.approx([factor, 1.0, 1.0])


def test_that_it_was_passed_over_is_said() -> None:
    seen = Seen(IDS, [shown("o0", "o2", 3, 1), shown("o0", "o1", 2)])
    said = ["Somebody chose to ignore this suggestion.", "It was shown on 3 days and nobody took it up."]
    assert [str(one) for one in seen.against(0, 1)] == [str(one) for one in seen.against(1, 0)] == said
    assert seen.against(1, 2) == NOTHING_SEEN.against(1, 2) == ()
    assert NOTHING_SEEN.factor(A, B).tolist() == [1.0, 1.0, 1.0]


def test_what_was_shown_before_somebody_decided_is_not_passed_over() -> None:
    seen = Seen(IDS, [Shown("o0", "o2", 9, 0, DAY, DAY, ("ola",), 2)])
    assert seen.factor(A, B).tolist() == [1.0, 1.0, 1.0]
    assert seen.against(0, 1) == ()


def test_a_list_puts_it_later_and_says_why(path_network: Network) -> None:
    first, *_ = suggest(path_network)
    pair = [f"o{row}" for row in sorted((first.a, first.b))]
    after = suggest(path_network, shown=[shown(*pair, 9)])
    sunk = next(s for s in after if (s.a, s.b) == (first.a, first.b))
    assert sunk is not after[0]
    assert "It was shown on 9 days and nobody took it up." in [str(one) for one in sunk.remembered]
    alone = suggest(path_network, for_organisation=first.a, shown=[shown(*pair, 9)])
    assert next(s for s in alone if s.b == first.b).score == pytest.approx(sunk.score)


def test_guests_and_members_too(network_of: Callable[..., Network]) -> None:
    """Two guests who were shown to each other in vain are worth less; so is who was shown to a member."""
    engine = Engine(network_of([(date(2010, 1, 1), (0, 1)), (date(2011, 1, 1), (1, 2)), (date(2012, 1, 1), (2, 3))], 4))
    seen = Seen(engine.ids, [shown("o0", "o2", 9), shown("o0", "o3", 9), shown("o1", "o3", 9)])
    assert sum(g.gain for g in invite(engine, seen=seen)) < 0.1 * sum(g.gain for g in invite(engine))
    score = {m.organisation: m.score for m in complete(engine, ["o0"])}
    assert {m.organisation for m in complete(engine, ["o0"], seen=seen) if m.score < score[m.organisation]} == {2, 3}
