"""The standard experiment on an edge list: hide some links, learn from the rest, tell them from random non-links."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from graphsvc.errors import InputError, NothingToSuggestError, Place
from graphsvc.i18n import msg
from graphsvc.suggest.edgelist.links import Floats, Links
from graphsvc.suggest.edgelist.model import LinkModel
from graphsvc.suggest.edgelist.reading import read_links
from graphsvc.suggest.edgelist.sampling import Split, split_links
from graphsvc.suggest.heuristics import PREDICTORS
from graphsvc.suggest.scores import auc, average_precision, spread

MIN_LINKS = 10
Progress = Callable[[int, int], None]
Spreads = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Result:
    """Mean and standard deviation over the runs of ``auc`` and ``ap`` (average precision), both in [0, 1].

    ``hidden`` links and ``unlinked`` pairs were asked about in each run.
    """

    model: Spreads
    baselines: Mapping[str, Spreads]
    hidden: int
    unlinked: int

    def to_json(self) -> str:
        """``{"model": {"auc": {"mean", "sd"}, "ap": {…}}, "baselines": {"common_neighbors": {…}, …}}``."""
        return json.dumps({"model": self.model, "baselines": dict(self.baselines)})


def evaluate(
    source: Path | str | Links,
    test_share: float = 0.1,
    runs: int = 10,
    seed: int = 0,
    progress: Progress | None = None,
) -> Result:
    """Repeat the experiment ``runs`` times on links, or on the edge list at a path; the same result for the same seed.

    ``progress(done, runs)`` is called after each run. Raises FileError, InputError (one column, a share outside
    (0, 1), no runs, a negative seed) and NothingToSuggestError (too few links, a complete network).
    """
    _check_options(test_share, runs, seed)
    links = source if isinstance(source, Links) else read_links(Path(source))
    _check_links(links, test_share, None if isinstance(source, Links) else Path(source).name)
    rows: list[dict[str, dict[str, float]]] = []
    for run in range(runs):
        split = split_links(links, test_share, np.random.default_rng([seed, run]))
        rows.append(one_run(split, int(np.random.default_rng([seed, run, 1]).integers(2**31))))
        if progress:
            progress(run + 1, runs)
    spreads = {name: spread([row[name] for row in rows]) for name in rows[0]}
    return Result(spreads.pop("model"), spreads, len(split.hidden), len(split.unlinked))


def one_run(split: Split, seed: int) -> dict[str, dict[str, float]]:
    """AUC and average precision of the model and of every baseline, by name."""
    pairs = np.concatenate([split.hidden, split.unlinked])
    left, right = pairs[:, 0], pairs[:, 1]
    linked = np.arange(len(pairs)) < len(split.hidden)
    graph = split.train.graph
    scores: dict[str, Floats] = {"model": LinkModel.fit(split.train, seed).probability(left, right)}
    scores |= {name: predictor(graph, left, right) for name, predictor in PREDICTORS.items() if name != "random"}
    scores["random"] = np.random.default_rng(seed).random(len(pairs))
    return {name: {"auc": auc(linked, s), "ap": average_precision(linked, s)} for name, s in scores.items()}


def _check_options(test_share: float, runs: int, seed: int) -> None:
    if not 0 < test_share < 1:
        raise InputError(
            msg("The test share is %(value)s; give a number between 0 and 1, such as 0.1.", value=test_share),
            place=Place(field="--test-share"),
        )
    if runs < 1:
        raise InputError(msg("At least one run is needed."), place=Place(field="--runs"))
    if seed < 0:
        raise InputError(msg("The seed can't be negative; give 0 or more."), place=Place(field="--seed"))


def _check_links(links: Links, test_share: float, name: str | None) -> None:
    count = len(links.ends)
    if count * min(1 - test_share, 1) < MIN_LINKS - 1 or count < MIN_LINKS:
        raise NothingToSuggestError(
            msg(
                "The network has too few links (%(count)s, loops and doubles left out): at least %(least)s must be "
                "left to learn from.",
                count=count,
                least=MIN_LINKS - 1,
            ),
            place=Place(file=name),
            hint=msg("Give a larger edge list or a smaller test share.")
            if name
            else msg("Add partnerships with two or more members, or choose a smaller test share."),
        )
    linked = np.count_nonzero(links.degree)
    if count == linked * (linked - 1) // 2:
        raise NothingToSuggestError(
            msg("All that have a link are linked with one another already; there is nothing to suggest."),
            place=Place(file=name),
        )
