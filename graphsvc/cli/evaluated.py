"""The result of an evaluation as tables for a person to read."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import TYPE_CHECKING, Any

from graphsvc.cli.words import console, say, show
from graphsvc.i18n import Message, msg

if TYPE_CHECKING:
    from graphsvc.suggest.evaluation import Result, Table
    from graphsvc.suggest.scores import Interval


def print_runs(result: Mapping[str, Any]) -> None:
    """Of hidden links: the model above its baselines, a column for each figure with its spread."""
    names = list(result["model"])
    rows = [("model", result["model"]), *result["baselines"].items()]
    show(
        (msg("Method"), *(Message(n) for n in names)),
        ((_method(name), *(f"{f[n]['mean']:.4f} ± {f[n]['sd']:.4f}" for n in names)) for name, f in rows),
    )


def print_split(result: Result) -> None:
    """Of a time split: a table for each part of the questions, then how far the probabilities held."""
    from graphsvc.suggest.calibration import expected_error
    from graphsvc.suggest.evaluation_words import PARTS

    if result.prior:
        say(msg("There is too little history to learn from: likelihoods rest on what is shipped with the program."))
    for name, title in PARTS.items():
        _print_table(title, getattr(result, name))
    for groups in (result.by_sector, result.by_connections):
        _print_groups(groups)
    console.print()
    show(
        (msg("Said to be likely"), msg("Expected"), msg("Happened"), msg("Pairs"), msg("Of these met")),
        (
            (f"{b.low:.1%}–{b.high:.1%}", f"{b.expected:.2%}", f"{b.observed:.2%}", str(b.pairs), str(b.met))
            for b in result.calibration
        ),
    )
    error = expected_error(result.calibration)
    say(msg("What is said is off by %(error)s on average (expected calibration error).", error=format(error, ".3%")))


def _print_table(title: Message, table: Table) -> None:
    console.print()
    say(msg("%(part)s: %(n)s, %(pairs)s pairs", part=title, n=table.organisations, pairs=table.pairs))
    if not table.organisations:
        return
    rows = [("model", table.model), *table.baselines.items()]
    show(
        (msg("Method"), *(Message(n) for n in table.model), msg("gain in map")),
        (
            (_method(name), *map(_figure, figures.values()), _gain(table.gains[name]["map"]) if name != "model" else "")
            for name, figures in rows
        ),
    )


def _print_groups(groups: Mapping[str, Table]) -> None:
    """A row for each group: the model, and the best of the baselines by average precision."""
    console.print()
    show(
        (msg("Group"), msg("Organisations"), Message("map"), Message("hit_at_10"), msg("Best other method")),
        (
            (name, table.organisations, *(_figure(table.model[n]) for n in ("map", "hit_at_10")), _best(table))
            for name, table in groups.items()
        ),
    )


def _best(table: Table) -> Message:
    name = max(table.baselines, key=lambda n: table.baselines[n]["map"].mean)
    mean = f"{table.baselines[name]['map'].mean:.3f}"
    return msg("%(method)s: %(figure)s", method=_method(name), figure=mean)


def _method(name: str) -> Message:
    from graphsvc.suggest.evaluation_words import METHODS

    return METHODS.get(name) or Message(name)


def _figure(value: Interval) -> str:
    return "–" if isnan(value.mean) else f"{value.mean:.3f} [{value.low:.3f}, {value.high:.3f}]"


def _gain(value: Interval) -> str:
    return "–" if isnan(value.mean) else f"{value.mean:+.3f} [{value.low:+.3f}, {value.high:+.3f}]"
