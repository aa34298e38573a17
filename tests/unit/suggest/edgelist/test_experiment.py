"""The experiment from file to JSON, and what it refuses."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from graphsvc.errors import InputError, NothingToSuggestError
from graphsvc.suggest.edgelist import Result, evaluate, model
from graphsvc.suggest.edgelist.experiment import one_run
from graphsvc.suggest.edgelist.links import Links
from graphsvc.suggest.edgelist.sampling import Split, split_links
from graphsvc.suggest.heuristics import PREDICTORS


def write(folder: Path, pairs: list[tuple[int, int]]) -> Path:
    path = folder / "net.csv"
    path.write_text("\n".join(f"{a},{b}" for a, b in pairs))
    return path


@pytest.fixture(scope="module")
def karate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result, list[tuple[int, int]]]:
    path = write(tmp_path_factory.mktemp("edges"), list(nx.karate_club_graph().edges))
    calls: list[tuple[int, int]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model, "MOST_REPEATS", 1)
        return path, evaluate(path, runs=2, seed=3, progress=lambda *done: calls.append(done)), calls


def test_the_shape_that_is_printed(karate: tuple[Path, Result, list[tuple[int, int]]]) -> None:
    printed = json.loads(karate[1].to_json())
    assert list(printed) == ["model", "baselines"]
    assert list(printed["baselines"]) == list(PREDICTORS)
    for entry in (printed["model"], *printed["baselines"].values()):
        assert set(entry) == {"auc", "ap"}
        for measure in entry.values():
            assert set(measure) == {"mean", "sd"}
            assert 0 <= measure["mean"] <= 1
    assert printed["model"]["auc"]["mean"] > printed["baselines"]["random"]["auc"]["mean"]


def test_scores_come_from_the_links_that_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is hidden and what is no link change places: who had seen the hidden ones would be right both times."""
    monkeypatch.setattr(model, "MOST_REPEATS", 1)
    ends = np.array(sorted(nx.gnm_random_graph(30, 90, seed=1).edges))
    split = split_links(Links(30, ends), 0.2, np.random.default_rng(0))
    one, other = one_run(split, 0), one_run(Split(split.train, split.unlinked, split.hidden), 0)
    for name in one.keys() - {"random"}:
        assert one[name]["auc"] == pytest.approx(1 - other[name]["auc"]), name


def test_progress_and_repetition(
    karate: tuple[Path, Result, list[tuple[int, int]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, result, calls = karate
    assert calls == [(1, 2), (2, 2)]
    monkeypatch.setattr(model, "MOST_REPEATS", 1)
    assert evaluate(path, runs=2, seed=3).to_json() == result.to_json()


def test_one_network_has_one_result_however_its_lines_stand(
    karate: tuple[Path, Result, list[tuple[int, int]]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Shuffled, ends swapped, doubled, with a loop, and between tabs or blanks: byte for byte the same."""
    monkeypatch.setattr(model, "MOST_REPEATS", 1)
    lines = [line.split(",") for line in karate[0].read_text().splitlines()]
    order = np.random.default_rng(5).permutation(len(lines))
    path = tmp_path / "net.txt"
    for separator in ("\t", " "):
        ends = [lines[i][:: 1 - 2 * (i % 2)] for i in order]
        path.write_text("\n".join(separator.join(both) for both in (*ends, ends[0][::-1], ["99", "99"])))
        order = order[::-1]
        assert evaluate(path, runs=2, seed=3).to_json() == karate[1].to_json()


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        ([(0, 1)], "too few links"),
        ([(0, 1), (1, 0), (1, 1)], "too few links"),
        (list(combinations(range(8), 2)), "linked with one another"),
        ([*combinations(range(8), 2), (8, 8)], "linked with one another"),
    ],
)
def test_nothing_to_suggest(tmp_path: Path, pairs: list[tuple[int, int]], said: str) -> None:
    with pytest.raises(NothingToSuggestError, match=said) as caught:
        evaluate(write(tmp_path, pairs), runs=1)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    "options", [{"test_share": 0.0}, {"test_share": 1.0}, {"test_share": float("nan")}, {"runs": 0}, {"seed": -1}]
)
def test_options_out_of_range(tmp_path: Path, options: dict[str, float]) -> None:
    with pytest.raises(InputError):
        evaluate(write(tmp_path, [(0, 1)]), **options)  # type: ignore[arg-type]
