"""The model on a network of two cliques: what is missing inside a clique is likelier than a pair across."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from scipy.special import logit

from graphsvc.suggest.edgelist import features, model
from graphsvc.suggest.edgelist.features import Scope
from graphsvc.suggest.edgelist.links import Links
from graphsvc.suggest.edgelist.model import LinkModel, lessons

CLIQUES = [*combinations(range(9), 2), *combinations(range(9, 18), 2), (8, 9)]
LINKS = Links(18, np.array([pair for pair in CLIQUES if pair != (0, 5)]))


def test_a_lesson_never_holds_the_link_it_asks_about() -> None:
    drawn = lessons(LINKS, Scope.of(LINKS), [0, 0])
    asked: set[tuple[int, ...]] = set()
    for lesson in drawn:
        seen = {tuple(pair) for pair in lesson.links.ends.tolist()}
        pairs = [tuple(pair) for pair in lesson.pairs.tolist()]
        assert not seen & set(pairs)
        asked |= {pair for pair, is_link in zip(pairs, lesson.linked, strict=True) if is_link}
    # every link is asked about once
    assert asked == {tuple(pair) for pair in LINKS.ends.tolist()}


def test_a_large_network_is_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "MOST_LINKS", 30)
    drawn = lessons(LINKS, Scope(large=True, thin=False), [0, 0])
    # three of ten folds, each hiding a tenth of the 72 links and asking about three of them
    assert [int(lesson.linked.sum()) for lesson in drawn] == [3, 3, 3]
    assert all(len(lesson.links.ends) in (64, 65) for lesson in drawn)


def test_lessons_have_the_columns_of_the_whole_network(monkeypatch: pytest.MonkeyPatch) -> None:
    # large as a whole, but not any more when a tenth is hidden
    monkeypatch.setattr(features, "LARGE", LINKS.nodes * 2 * len(LINKS.ends) - 1)
    fitted = LinkModel.fit(LINKS, seed=1)
    assert fitted.scope.large
    assert np.isfinite(fitted.probability(np.array([0]), np.array([5]))).all()


def test_an_answer_is_the_mean_of_several_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "MOST_REPEATS", 1)
    fitted, pair = LinkModel.fit(LINKS, seed=1), (np.array([0]), np.array([14]))
    monkeypatch.setattr(model, "LOOKS", 1)
    alone = [logit(replace(fitted, seed=seed).probability(*pair)) for seed in (1, 2)]
    monkeypatch.setattr(model, "LOOKS", 2)
    assert logit(fitted.probability(*pair)) == pytest.approx(np.mean(alone, axis=0))


@pytest.mark.parametrize(
    ("nodes", "links", "repeats"), [(332, 1900, 10), (1461, 2468, 6), (2375, 10_500, 3), (9000, 20_000, 1)]
)
def test_small_networks_are_gone_through_more_often(nodes: int, links: int, repeats: int) -> None:
    assert model._repeats(Links(nodes, np.zeros((links, 2), dtype=np.int64))) == repeats


def test_inside_a_clique_is_likelier(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "MOST_REPEATS", 1)
    fitted = LinkModel.fit(LINKS, seed=1)
    inside, across = fitted.probability(np.array([0, 0]), np.array([5, 14]))
    assert 0 <= across < 0.5 < inside <= 1
    again = LinkModel.fit(LINKS, seed=1).probability(np.array([0, 0]), np.array([5, 14]))
    assert again.tolist() == [inside, across]
