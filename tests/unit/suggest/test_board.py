from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import networkx as nx
import numpy as np
import pytest

from graphsvc.errors import NothingToSuggestError
from graphsvc.model.network import Network
from graphsvc.suggest import Engine, paths, ranking
from graphsvc.suggest.board import Board
from graphsvc.suggest.value import PARTS, PRESETS


def test_a_board_holds_every_link_once_with_all_parts(path_network: Network) -> None:
    board = Board.of(Engine(path_network))
    pairs = set(zip(board.links.a.tolist(), board.links.b.tolist(), strict=True))
    assert pairs == {(0, 2), (0, 3), (1, 3), (0, 4), (1, 4), (2, 4), (3, 4)}
    assert tuple(board.parts) == PARTS
    assert board.pool.tolist() == list(range(7))


def hubs(network_of: Callable[..., Network]) -> Network:
    """120 organisations tied to hubs, and 30 who are alone."""
    ties = nx.barabasi_albert_graph(120, 2, seed=3).edges
    return network_of([(date(2010, 1, 1) + timedelta(days=k), tie) for k, tie in enumerate(ties)], 150)


def test_shorter_ways_are_exact_in_all_links_where_that_takes_seconds(network_of: Callable[..., Network]) -> None:
    engine = Engine(hubs(network_of))
    board, distances = Board.of(engine), engine.value.distances
    exact = distances.efficiency_gain(board.links.a, board.links.b)
    assert len(board.pool) < len(exact)
    assert board.parts["efficiency"] == pytest.approx(exact / exact.max())
    assert board.most == exact.max()


def test_what_is_only_estimated_does_not_pass_what_is_known(
    network_of: Callable[..., Network], monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, bridges = Engine(hubs(network_of)), PRESETS["bridge_divides"]
    whole = Board.of(engine).ranked(bridges.parts, bridges.likelihood).first(20).links
    monkeypatch.setattr(paths, "EXACT_WORK", 0)
    monkeypatch.setattr(paths, "SAMPLED", 12)
    monkeypatch.setattr(ranking, "EACH", 50)
    guessed = Board.of(engine).ranked(bridges.parts, bridges.likelihood).first(20).links
    first = [set(zip(links.a.tolist(), links.b.tolist(), strict=True)) for links in (whole, guessed)]
    assert len(first[0] & first[1]) >= 15


def test_weights_make_the_order(path_network: Network) -> None:
    """Organisation 4 is alone: by reaching the isolated alone its links are first, by likelihood alone a friend's."""
    board = Board.of(Engine(path_network))
    reach = board.ranked({"isolated_reached": 1.0}, 0.0)
    assert [b for _, b in zip(range(4), reach.links.b.tolist(), strict=False)] == [4] * 4
    assert reach.score[:4] == pytest.approx([1.0] * 4)
    likely = board.ranked({}, 1.0)
    assert likely.links.probability.tolist() == sorted(board.links.probability.tolist(), reverse=True)
    assert likely.score[0] == 1.0


def test_efficiency_is_that_of_the_path(path_network: Network) -> None:
    """0–1–2–3, 4 alone: the tie 0–3 makes a square of the path: 2 (1 - 1/3); 4 to 1 adds 1 + 2·1/2 + 1/3, more than
    to 0 (1 + 1/2 + 1/3 + 1/4). The largest rise counts as 1."""
    board = Board.of(Engine(path_network))
    pairs = zip(board.links.a.tolist(), board.links.b.tolist(), strict=True)
    rise = dict(zip(pairs, board.parts["efficiency"], strict=True))
    most = 1 + 2 / 2 + 1 / 3
    more = {(0, 3): 1 - 1 / 3, (0, 4): 1 + 1 / 2 + 1 / 3 + 1 / 4, (1, 4): most, (1, 3): 1 / 2 + 1 / 6}
    wanted = {pair: gain / most for pair, gain in more.items()}
    assert {pair: rise[pair] for pair in wanted} == pytest.approx(wanted)


def test_the_rise_is_known_of_links_outside_the_pool_too(path_network: Network) -> None:
    """Outside it what the parts tell is an estimate, here a bad one."""
    engine = Engine(path_network)
    board, distances = Board.of(engine), engine.value.distances
    guessed = np.where(np.arange(7) == 0, board.parts["efficiency"], 0.01)
    for one in (board, replace(board, pool=board.pool[:1], parts={**board.parts, "efficiency": guessed})):
        ranked = one.ranked({}, 1.0)
        exact = distances.efficiency_gain(ranked.links.a, ranked.links.b)
        assert one.rise(ranked, distances) == pytest.approx(exact)


def test_what_was_shown_and_ignored_sinks(path_network: Network) -> None:
    board = Board.of(Engine(path_network))
    first = board.ranked({}, 1.0).first(1).links
    sunk = np.where((board.links.a == first.a[0]) & (board.links.b == first.b[0]), 0.01, 1.0)
    assert sorted(board.sunk(sunk).ranked({}, 1.0).score)[1] == pytest.approx(0.01)
    assert board.sunk(sunk).ranked({}, 1.0).links.b[0] != first.b[0]


def test_a_part_of_the_board_is_a_board(path_network: Network) -> None:
    board = Board.of(Engine(path_network))
    part = board.keep(board.links.b == 4)
    assert part.links.a.tolist() == [0, 1, 2, 3]
    assert part.pool.tolist() == [0, 1, 2, 3]
    assert part.at_hand({}, 1.0).links.a.tolist() == [0, 1, 2, 3]


def test_nothing_left_is_said(network_of: Callable[..., Network]) -> None:
    complete = network_of([(date(2010, 1, 1), (0, 1, 2))], 3)
    with pytest.raises(NothingToSuggestError):
        Board.of(Engine(complete))
