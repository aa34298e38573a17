"""Which rows of a network hold as of a date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graphsvc.model.network import Network
from graphsvc.model.partnerships import CLOSED, IDEA
from graphsvc.snapshot.csr import Int32s

Scope = Literal["ever", "active"]
"""``ever``: what began by the date, also when it has ended since; ``active``: only what holds on the date."""

Mask = npt.NDArray[np.bool_]
BEGINNING, END = np.iinfo(np.int32).min, np.iinfo(np.int32).max
_EPOCH = date(1970, 1, 1)


def days(column: pa.ChunkedArray, unknown: int) -> Int32s:
    """A date column as days since 1970-01-01 (int32); a null becomes ``unknown``."""
    numbers: Int32s = column.cast(pa.int32()).fill_null(unknown).to_numpy()
    return numbers


def day(value: date) -> int:
    """Days since 1970-01-01."""
    return (value - _EPOCH).days


def date_of(number: int) -> date:
    """The date of a number of days since 1970-01-01."""
    return date.fromordinal(_EPOCH.toordinal() + number)


def rows(column: pa.ChunkedArray) -> Int32s:
    """A column of row numbers (int32); a null becomes -1."""
    numbers: Int32s = column.fill_null(-1).to_numpy()
    return numbers


def partnership_span(network: Network) -> tuple[Int32s, Int32s]:
    """First and last day of each partnership. Where no day is known, an idea has not begun, and what is closed is over
    today."""
    table = network.partnerships
    idea, closed = (pc.fill_null(pc.equal(table["phase"], phase), False).to_numpy() for phase in (IDEA, CLOSED))
    starts, ends = days(table["starts_on"], BEGINNING), days(table["ends_on"], END)
    today = day(date.today())
    starts = np.where(idea & (starts == BEGINNING), END, starts)
    return starts.astype(np.int32), np.where(closed & (ends == END), today, ends).astype(np.int32)


def asked_day(on: date | None, scope: Scope) -> date | None:
    """The day that a question is about: that of what is active, and names none, is today."""
    return date.today() if on is None and scope == "active" else on


def sizes(network: Network, on: date | None = None, among: Int32s | None = None) -> npt.NDArray[np.int64]:
    """Members of each partnership, who left and came back once, int64 [partnerships]. ``on``: only who had joined and
    not left on that day, whatever the partnership's own days. ``among``: rows of the partnerships that are asked about,
    the others have none."""
    table = network.memberships
    if among is not None:
        table = table.filter(pa.array(np.isin(rows(table["partnership"]), among)))
    if on is not None:
        own = days(table["since"], BEGINNING), days(table["until"], END)
        table = table.filter(pa.array(holds(*own, day(on), "active")))
    org, of = (rows(table[c]).astype(np.int64) for c in ("organisation", "partnership"))
    width = max(network.organisations.num_rows, 1)
    return np.bincount(np.unique(of * width + org) // width, minlength=network.partnerships.num_rows)


def membership_span(network: Network) -> tuple[Int32s, Int32s]:
    """First and last day of each membership: its own dates within its partnership's."""
    of = rows(network.memberships["partnership"])
    starts, ends = partnership_span(network)
    since = np.maximum(days(network.memberships["since"], BEGINNING), starts[of])
    until = np.minimum(days(network.memberships["until"], END), ends[of])
    return since, until


def holds(since: Int32s, until: Int32s, on: int, scope: Scope) -> Mask:
    """Began by the day and, in scope ``active``, did not end by it."""
    began = since <= on
    return began & (until > on) if scope == "active" else began


def first_seen(network: Network) -> Int32s:
    """Day from which each organisation counts: its own start, else its first partnership if that has begun by today,
    else always: who plans its first partnership exists already."""
    own = days(network.organisations["active_from"], END)
    since, _ = membership_span(network)
    first = np.full(network.organisations.num_rows, END, dtype=np.int32)
    np.minimum.at(first, rows(network.memberships["organisation"]), since)
    first[first > day(date.today())] = BEGINNING
    return np.where(own < END, own, first).astype(np.int32)


def as_of(network: Network, on: date, scope: Scope, *, everybody: bool = False) -> Network:
    """The network of that day: only rows that hold, renumbered. Territories and borders stay whole, and so do
    organisations where it is of ``everybody``."""
    d = day(on)
    there = holds(first_seen(network), days(network.organisations["active_to"], END), d, scope)
    table = network.memberships.filter(pa.array(holds(*membership_span(network), d, scope)))
    known = replace(
        network,
        memberships=table,
        needs=_since(network.needs, d),
        offers=_since(network.offers, d),
        deliveries=_since(network.deliveries, d),
        outreach=network.outreach.filter(pa.array(days(network.outreach["on"], BEGINNING) <= d)),
    )
    return select(
        known,
        there | everybody,
        holds(*partnership_span(network), d, scope),
        days(network.meetings["held_on"], BEGINNING) <= d,
    )


def select(
    network: Network, organisations: Mask, partnerships: Mask | None = None, meetings: Mask | None = None
) -> Network:
    """Only the rows where a mask is true (None: all of them), and what refers to nothing else; renumbered."""
    if partnerships is None:
        partnerships = np.ones(network.partnerships.num_rows, dtype=bool)
    if meetings is None:
        meetings = np.ones(network.meetings.num_rows, dtype=bool)
    org_at, partnership_at, meeting_at = map(_renumbered, (organisations, partnerships, meetings))
    return replace(
        network,
        organisations=_point(network.organisations.filter(pa.array(organisations)), founder=org_at),
        partnerships=network.partnerships.filter(pa.array(partnerships)),
        memberships=_kept(network.memberships, organisation=org_at, partnership=partnership_at),
        meetings=network.meetings.filter(pa.array(meetings)),
        attendances=_kept(network.attendances, organisation=org_at, meeting=meeting_at),
        needs=_kept(network.needs, optional=("organisation",), organisation=org_at),
        offers=_kept(network.offers, organisation=org_at),
        deliveries=_kept(network.deliveries, organisation=org_at),
        outreach=_kept(network.outreach, a=org_at, b=org_at),
    )


def _since(table: pa.Table, d: int) -> pa.Table:
    return table.filter(pa.array(days(table["since"], BEGINNING) <= d))


def _renumbered(mask: Mask) -> Int32s:
    """New row number of each old row; -1 for a row that is left out. The last entry serves row -1 (null)."""
    numbers = np.append(np.cumsum(mask) - 1, -1).astype(np.int32)
    numbers[:-1][~mask] = -1
    return numbers


def _point(table: pa.Table, **columns: Int32s) -> pa.Table:
    """Row references in ``columns`` replaced by new numbers; what points at a row left out becomes null."""
    for name, at in columns.items():
        new = at[rows(table[name])]
        column = pa.array(new, pa.int32(), mask=new < 0)
        table = table.set_column(table.column_names.index(name), table.schema.field(name), column)
    return table


def _kept(table: pa.Table, *, optional: tuple[str, ...] = (), **columns: Int32s) -> pa.Table:
    """Rows whose references all survive, renumbered; a reference in ``optional`` may have been null before."""
    keep = np.ones(table.num_rows, dtype=bool)
    for name, at in columns.items():
        old = rows(table[name])
        keep &= (at[old] >= 0) | ((old < 0) if name in optional else False)
    return _point(table.filter(pa.array(keep)), **columns)


def last_day(network: Network) -> date | None:
    """The latest day on which a partnership began or a meeting was held; None where no date is known."""
    numbers: list[Int32s] = [
        days(network.partnerships["starts_on"], BEGINNING),
        days(network.meetings["held_on"], BEGINNING),
    ]
    latest = max((int(n.max()) for n in numbers if len(n)), default=BEGINNING)
    return None if latest == BEGINNING else date_of(latest)
