"""The result of an evaluation as tables for a person to read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isnan
from typing import TYPE_CHECKING

from graphsvc.cli.words import console, decimal, language, note, say, show
from graphsvc.i18n import Message, msg

if TYPE_CHECKING:
    from graphsvc.suggest.edgelist import Result as Runs
    from graphsvc.suggest.evaluation import Result, Table
    from graphsvc.suggest.scores import Interval

HEADINGS: Mapping[str, Message] = {
    "hit_at_10": msg("Hit in the first 10"),
    "precision_at_10": msg("Precision at 10"),
    "global_auc": msg("AUC of all pairs"),
    "global_ap": msg("AP of all pairs"),
}
"""Short names of figures; the others are known by their letters."""

GOOD_AUC = 0.9
LARGEST_ERROR = 0.05
"""Standard error of a good AUC above which methods far apart can't be told apart: fewer than 22 hidden links."""
LARGEST_HIT_ERROR = 0.1
"""Standard error of a share of hits, at its largest, above which the same holds: fewer than 25 organisations."""


def warn_of_runs(result: Runs) -> None:
    """A sentence where a run asks about so few pairs that its figures hang on chance."""
    from graphsvc.suggest.scores import auc_error

    error = auc_error(GOOD_AUC, result.hidden, result.unlinked)
    if error > LARGEST_ERROR:
        text = msg(
            "Each run asks about few pairs (hidden links: %(hidden)s, pairs without a link: %(unlinked)s), so the "
            "figures say little: an AUC of %(auc)s is off by about %(error)s by chance alone.",
            hidden=result.hidden,
            unlinked=result.unlinked,
            auc=decimal(GOOD_AUC, ".1f"),
            error=decimal(error, ".2f"),
        )
        note(text)


def warn_of_split(result: Result) -> None:
    """A sentence where so few organisations gain a partner that the figures hang on chance."""
    gaining = result.all.organisations or result.never_seen.organisations
    error = 0.5 / gaining**0.5
    if error > LARGEST_HIT_ERROR:
        text = msg(
            "Few organisations gain a partner (%(n)s), so the figures say little: the share of hits may be off by "
            "about %(points)s percentage points by chance alone.",
            n=gaining,
            points=round(100 * error),
        )
        note(text)


def print_runs(result: Runs) -> None:
    """Of hidden links: the model above its baselines, a column for each figure with its spread."""
    names = list(result.model)
    rows = [("model", result.model), *result.baselines.items()]
    show(
        (msg("Method"), *map(_heading, names)),
        (
            (_method(name), *(" ± ".join(decimal(f[n][k], ".4f") for k in ("mean", "sd")) for n in names))
            for name, f in rows
        ),
    )


def print_split(result: Result) -> None:
    """Of a time split: a table for each part of the questions, then how far the probabilities held."""
    from graphsvc.model.vocabulary import label
    from graphsvc.suggest.calibration import expected_error
    from graphsvc.suggest.evaluation_words import PARTS, drawn, newcomers_only, too_early

    if result.prior:
        say(msg("There is too little history to learn from: likelihoods rest on what is shipped with the program."))
    if newcomers := newcomers_only(result.all.organisations, result.split_date.isoformat()):
        say(newcomers)
    for name, title in PARTS.items():
        table: Table = getattr(result, name)
        _print_table(title, table)
        if some := drawn(table.organisations, result.gaining.get(name, 0)):
            say(some)
    _print_groups(
        msg("Sector"),
        result.by_sector,
        lambda code: "–" if code == "?" else label("organisation_sector", code, language()),
    )
    _print_groups(
        msg("Partners before"), result.by_connections, lambda span: "0" if span == "0-0" else span.replace("-", "–")
    )
    console.print()
    show(
        (msg("Said to be likely"), msg("Expected"), msg("Happened"), msg("Pairs"), msg("Of these met")),
        (
            (
                f"{decimal(b.low, '.1%')}–{decimal(b.high, '.1%')}",
                decimal(b.expected, ".2%"),
                decimal(b.observed, ".2%"),
                b.pairs,
                b.met,
            )
            for b in result.calibration
        ),
    )
    error = decimal(expected_error(result.calibration), ".3%")
    say(msg("What is said is off by %(error)s on average (expected calibration error).", error=error))
    if early := too_early(result.days, result.days_after):
        say(early)


def _print_table(title: Message, table: Table) -> None:
    console.print()
    say(msg("%(part)s: %(n)s, pairs: %(pairs)s", part=title, n=table.organisations, pairs=table.pairs))
    if not table.organisations:
        return
    rows = [("model", table.model), *table.baselines.items()]
    show(
        (msg("Method"), *map(_heading, table.model), msg("Gain in MAP")),
        (
            (
                _method(name),
                *(_figure(value, ".3f") for value in figures.values()),
                _figure(table.gains[name]["map"], "+.3f") if name != "model" else "",
            )
            for name, figures in rows
        ),
    )


def _print_groups(title: Message, groups: Mapping[str, Table], named: Callable[[str], str]) -> None:
    """A row for each group: the model, and the best of the baselines by average precision."""
    if not groups:
        return
    console.print()
    show(
        (title, msg("Organisations"), _heading("map"), _heading("hit_at_10"), msg("Best other method")),
        (
            (
                named(name),
                table.organisations,
                *(_figure(table.model[n], ".3f") for n in ("map", "hit_at_10")),
                _best(table),
            )
            for name, table in groups.items()
        ),
    )


def _best(table: Table) -> Message:
    name = max(table.baselines, key=lambda n: table.baselines[n]["map"].mean)
    mean = decimal(table.baselines[name]["map"].mean, ".3f")
    return msg("%(method)s: %(figure)s", method=_method(name), figure=mean)


def _heading(figure: str) -> Message:
    return HEADINGS.get(figure) or Message(figure.upper())


def _method(name: str) -> Message:
    from graphsvc.suggest.evaluation_words import METHODS

    return METHODS.get(name) or Message(name)


def _figure(value: Interval, form: str) -> Message | str:
    if isnan(value.mean):
        return "–"
    mean, low, high = (decimal(v, form) for v in (value.mean, value.low, value.high))
    return msg("%(mean)s [%(low)s, %(high)s]", mean=mean, low=low, high=high)
