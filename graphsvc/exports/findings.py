"""What measures say to people, as tables: who links, what is apart, what would be left, the course, two days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from graphsvc.exports.download import WHOLE, identities, meanings
from graphsvc.exports.tables import Table
from graphsvc.i18n import Message, msg
from graphsvc.metrics import BY_NAME, Measures
from graphsvc.metrics.between import Mixing
from graphsvc.metrics.compare import Comparison
from graphsvc.metrics.position import Position
from graphsvc.metrics.resilience import Loss
from graphsvc.model.vocabulary import label
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.csr import Int64s


def roles(
    snapshot: Snapshot, measures: Measures, parted: Int64s, alone: npt.NDArray[np.bool_], rows: Int64s, language: str
) -> Table:
    """A row for each of ``rows``, the greatest go-between first; ``parted``: how many each one would cut off,
    ``alone``: who works with nobody, both in the whole network, whatever the snapshot is kept to."""
    between, partners = (measures.organisations[name][rows] for name in ("betweenness", "partners"))
    order = np.argsort(-np.nan_to_num(between), kind="stable")
    kept = rows[order].tolist()
    columns: dict[str, Sequence[Any]] = {
        **{name: [values[i] for i in kept] for name, values in identities(snapshot, language).items()},
        "betweenness": between[order].tolist(),
        "would_be_cut_off": parted[rows][order].tolist(),
        "partners": partners[order].astype(np.int64).tolist(),
        "without_a_partner": alone[rows][order].tolist(),
    }
    own = {
        "would_be_cut_off": msg("How many others would lose every tie to the rest if the organisation left."),
        "without_a_partner": msg("Whether it works with nobody."),
    }
    return Table("roles", columns, {**meanings(("betweenness", "partners"), language), **_said(own, language)})


def gaps(sectors: Mixing, powiats: Mixing, places: Mapping[str, str], language: str) -> Table:
    """A row for each pair of sectors and of powiats, a group with itself too: how many pairs of organisations work
    together; of each kind those without any first, and among them those with most possible ties."""
    rows = [
        *_pairs("sector", sectors, {code: label("organisation_sector", code, language) for code in sectors.groups}),
        *_pairs("powiat", powiats, places),
    ]
    meaning = {
        "between": msg("Whether a row is about two sectors or two powiats (by their codes)."),
        "a_organisations": msg("How many organisations the first sector or powiat has."),
        "b_organisations": msg("How many organisations the other one has."),
        "ties": msg("How many pairs of organisations work together, one of each."),
        "not_connected": msg("Whether no pair works together."),
    }
    names = ("between", "a", "a_label", "a_organisations", "b", "b_label", "b_organisations", "ties", "not_connected")
    return Table.of("gaps", names, rows, _said(meaning, language))


def _pairs(kind: str, found: Mixing, words: Mapping[str, str]) -> list[tuple[Any, ...]]:
    i, j = np.triu_indices(len(found.groups))
    sizes, ties = found.sizes, found.ties[i, j]
    order = np.lexsort((-(sizes[i] * sizes[j]), ties > 0))
    rows = zip(i[order].tolist(), j[order].tolist(), ties[order].tolist(), strict=True)
    group, size = found.groups, sizes.tolist()
    return [
        (
            *(kind, group[a], words.get(group[a], group[a]), size[a]),
            *(group[b], words.get(group[b], group[b]), size[b], n, n == 0 and (a != b or size[a] > 1)),
        )
        for a, b, n in rows
    ]


def robustness(losses: Sequence[Loss], organisations: int, language: str) -> Table:
    """A row for each number of organisations that leave; shares (0 to 1) are of all organisations."""
    rows = [(x.left, x.left / max(organisations, 1), x.largest, x.by_chance) for x in losses]
    meaning = {
        "left": msg("How many organisations leave: those of the highest betweenness."),
        "left_share": msg("Their share of all organisations, 0 to 1."),
        "largest_part": msg("Share of all organisations in the largest connected part when they are gone, 0 to 1."),
        "largest_part_by_chance": msg("The same when as many leave by chance: the mean of the draws."),
    }
    return Table.of("robustness", tuple(meaning), rows, _said(meaning, language))


def trends(points: Sequence[tuple[date, Mapping[str, float]]], names: Sequence[str], language: str) -> Table:
    """A row for each day with the network's measures ``names``."""
    columns: dict[str, Sequence[Any]] = {"day": [day for day, _ in points]}
    columns |= {name: [_typed(name, values[name]) for _, values in points] for name in names}
    return Table("trends", columns, meanings(names, language))


def standing(now: Sequence[Position], course: Sequence[tuple[date, Position]], language: str) -> list[Table]:
    """Where an organisation stands in each measure, and how it came to stand so in one of them."""
    rows = [(p.measure, BY_NAME[p.measure].title.render(language), *_place(p)) for p in now]
    shares = {
        "among_all": msg("Share of all organisations that have less, 0 to 1; those that have the same count half."),
        "in_sector": msg("The same among those of its own sector."),
        "in_territory": msg("The same among those of its own territory."),
    }
    years = [(day, p.measure, *_place(p)) for day, p in course]
    places, meaning = ("value", *shares), _said(shares, language)
    told = {**meanings([p.measure for p in now], language), **meaning}
    return [
        Table.of("standing", ("measure", "title", *places), rows, told),
        Table.of("course", ("day", "measure", *places), years, meaning),
    ]


def _place(p: Position) -> tuple[float | int | None, ...]:
    return _typed(p.measure, p.value), p.among_all, p.in_sector, p.in_territory


def change(
    sides: tuple[Snapshot, Snapshot], measures: tuple[Measures, Measures], found: Comparison, language: str
) -> list[Table]:
    """The network's measures on both days, those of each organisation, and the ties that began and ended."""
    before, after = (m.network for m in measures)
    rows = [
        (name, BY_NAME[name].title.render(language), before[name], after[name], found.network[name]) for name in after
    ]
    named = dict(x for side in sides for x in zip(side.ids, side.column("name"), strict=True))
    ties = [(a, named[a], b, named[b], word) for word in ("began", "ended") for a, b in getattr(found, word)]
    how = _said({"change": msg("began or ended")}, language)
    return [
        Table.of("network", ("measure", "title", "earlier", "later", "change"), rows, meanings(list(after), language)),
        _organisations(sides, measures, found, named, language),
        Table.of("ties", ("a", "a_name", "b", "b_name", "change"), ties, how),
    ]


def _organisations(
    sides: tuple[Snapshot, Snapshot],
    measures: tuple[Measures, Measures],
    found: Comparison,
    named: Mapping[str, str],
    language: str,
) -> Table:
    ids = sorted(named)
    came, went = set(found.joined), set(found.left)
    columns: dict[str, Sequence[Any]] = {
        "id": ids,
        "name": [named[id] for id in ids],
        "change": ["joined" if id in came else "left" if id in went else "stayed" for id in ids],
    }
    meaning = _said({"change": msg("joined, left or stayed")}, language)
    for name, text in meanings(list(found.moved), language).items():
        days = []
        for side, own in zip(sides, measures, strict=True):
            values, index = own.organisations[name].tolist(), side.index
            days.append([values[index[id]] if id in index else None for id in ids])
        columns[f"{name}_earlier"], columns[f"{name}_later"] = ([_typed(name, v) for v in day] for day in days)
        columns[f"{name}_change"] = [_typed(name, found.moved[name].get(id)) for id in ids]
        meaning |= {f"{name}_{when}": text for when in ("earlier", "later", "change")}
    return Table("organisations", columns, meaning)


def _typed(name: str, value: float | None) -> float | int | None:
    """Counts whole; None where there is no value."""
    if value is None or value != value:
        return None
    return int(value) if name in WHOLE else value


def _said(meaning: Mapping[str, Message], language: str) -> dict[str, str]:
    return {column: text.render(language) for column, text in meaning.items()}
