"""Words on the command line, in the language of the settings."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from math import isnan

from rich.console import Console
from rich.table import Table

from graphsvc import config
from graphsvc.errors import GraphsvcError
from graphsvc.i18n import Message, msg

console = Console(soft_wrap=True, highlight=False)
errors = Console(stderr=True, soft_wrap=True, highlight=False)


def language() -> str:
    """The language of the settings, whether or not the other settings can be read."""
    try:
        return config.load().lang
    except GraphsvcError:
        return config.language_alone()


def tr(text: str, **params: object) -> str:
    """A message in the user's language."""
    return msg(text, **params).render(language())


def say(message: Message) -> None:
    """One line on standard output."""
    console.print(message.render(language()), markup=False)


def note(message: Message | GraphsvcError) -> None:
    """One line on standard error: what went wrong, and remarks that are no part of the result."""
    errors.print(message.render(language()), markup=False)


def decimal(value: float | Decimal, form: str) -> str:
    """A number as ``format`` writes it, with the decimal sign of the language; a dash where there is none."""
    if isnan(value):
        return "–"
    text = format(value, form)
    return text.replace(".", ",") if language() == "pl" else text


def likelihood(probability: float) -> str:
    """In per cent, small ones with so many digits that none is 0, as on the pages."""
    if probability < 0.0001:
        return decimal(Decimal(f"{100 * probability:.3g}"), "f") + "%"
    return decimal(probability, ".1%" if probability >= 0.001 else ".2%")


def figure(value: float | None) -> str:
    """Counts whole, other values with four digits, a dash where there is none."""
    if value is None:
        return "–"
    return decimal(value, ".0f") if value.is_integer() else decimal(Decimal(f"{value:.4g}"), "f")


def show(header: Iterable[Message], rows: Iterable[Iterable[object]]) -> None:
    """A table on standard output; on a terminal it is drawn, into a pipe it goes as tab-separated lines."""
    titles = [h.render(language()) for h in header]
    texts = [[v.render(language()) if isinstance(v, Message) else str(v) for v in row] for row in rows]
    if not console.is_terminal:
        for line in (titles, *texts):
            print("\t".join(line))  # a pipe wants plain lines, which rich would wrap
        return
    table = Table(*titles, box=None, pad_edge=False)
    for line in texts:
        table.add_row(*line)
    console.print(table, markup=False)
