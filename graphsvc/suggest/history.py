"""A network's history in plain arrays: who was in which partnership from which day, and who met when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
import numpy.typing as npt

from graphsvc.model.network import Network
from graphsvc.snapshot.csr import Csr, Floats, Int32s, Int64s
from graphsvc.snapshot.filter import BEGINNING, day, first_seen, membership_span, rows

LEAD_ROLES = ("LID", "lead")
NEVER = np.iinfo(np.int32).max
DAYS_A_YEAR = 365.25
OLDEST = 30.0
"""Years that a partnership of unknown or older date counts as old."""


@dataclass(frozen=True)
class Meetings:
    """Every pair of organisations that share a partnership.

    a, b : int32 [pairs], rows of organisations, a < b
    first : int32 [pairs], day (since 1970-01-01) from which both had been in the same partnership; when one left is not
        looked at
    partnership : int32 [pairs], the partnership that brought them together
    """

    a: Int32s
    b: Int32s
    first: Int32s
    partnership: Int32s


@dataclass(frozen=True)
class History:
    """Memberships with their first day. Rows are those of ``network``.

    organisation, partnership : int32 [memberships]
    since : int32 [memberships], days since 1970-01-01; BEGINNING where not known
    lead : bool [memberships]
    """

    network: Network
    organisation: Int32s
    partnership: Int32s
    since: Int32s
    lead: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, network: Network) -> History:
        """End dates are left out on purpose: they are revised after the fact."""
        table = network.memberships
        since, _ = membership_span(network)
        lead = np.isin(np.asarray(table["role"].fill_null("").to_pylist(), dtype=object), LEAD_ROLES)
        return cls(network, rows(table["organisation"]), rows(table["partnership"]), since, lead.astype(bool))

    def known_by(self, end: int) -> History:
        """Without memberships that begin on the day ``end`` or later."""
        keep = self.since < end
        return History(self.network, self.organisation[keep], self.partnership[keep], self.since[keep], self.lead[keep])

    @property
    def organisations(self) -> int:
        """Number of organisations."""
        return int(self.network.organisations.num_rows)

    @property
    def partnerships(self) -> int:
        """Number of partnerships."""
        return int(self.network.partnerships.num_rows)

    @cached_property
    def names(self) -> list[str]:
        """Names of the organisations."""
        names: list[str] = self.network.organisations["name"].fill_null("").to_pylist()
        return names

    @cached_property
    def joined(self) -> Int32s:
        """Day of each organisation's first partnership, int32 [organisations]; NEVER without one."""
        first = np.full(self.organisations, NEVER, np.int32)
        np.minimum.at(first, self.organisation, self.since)
        return first

    @cached_property
    def ever_led(self) -> npt.NDArray[np.bool_]:
        """Which organisations lead a partnership at any time, bool [organisations]."""
        return np.bincount(self.organisation[self.lead], minlength=self.organisations) > 0

    @cached_property
    def registered(self) -> Int32s:
        """Day from which each organisation is known to exist, with or without a partnership."""
        return first_seen(self.network)

    @cached_property
    def dated(self) -> tuple[int, int] | None:
        """First and last known day on which a membership began; None without a date."""
        return _first_and_last(self.since)

    @cached_property
    def meetings(self) -> Meetings:
        """All pairs that ever met, once each."""
        order = np.argsort(self.partnership, kind="stable")
        _, starts, sizes = np.unique(self.partnership[order], return_index=True, return_counts=True)
        parts = [
            self._pairs_in(order[starts[sizes == size, None] + np.arange(size)]) for size in np.unique(sizes[sizes > 1])
        ]
        table = np.concatenate([np.zeros((0, 4), np.int64), *parts])
        table = table[np.lexsort((table[:, 3], table[:, 2], table[:, 1], table[:, 0]))]
        new = np.ones(len(table), bool)
        new[1:] = (table[1:, :2] != table[:-1, :2]).any(axis=1)
        return Meetings(*(table[new].astype(np.int32).T))

    def _pairs_in(self, members: Int64s) -> Int64s:
        """Pairs within partnerships of equal size, given by the memberships of each (a row)."""
        i, j = (members[:, ends].ravel() for ends in np.triu_indices(members.shape[1], 1))
        one, other = self.organisation[i], self.organisation[j]
        since, of = np.maximum(self.since[i], self.since[j]), self.partnership[i]
        pairs = np.stack([np.minimum(one, other), np.maximum(one, other), since, of], axis=1).astype(np.int64)
        distinct: Int64s = pairs[pairs[:, 0] != pairs[:, 1]]
        return distinct

    def until(self, end: int) -> Past:
        """Only what began before the day ``end``."""
        return Past(self, end)


@dataclass(frozen=True)
class Past:
    """What was known before the day ``end``; nothing in it depends on anything later."""

    history: History
    end: int

    @cached_property
    def kept(self) -> npt.NDArray[np.bool_]:
        """Memberships that had begun, bool [memberships]."""
        return self.history.since < self.end

    @cached_property
    def dated(self) -> tuple[int, int] | None:
        """First and last known day on which a membership had begun; None without a date."""
        return _first_and_last(self.history.since[self.kept])

    @cached_property
    def known(self) -> Int64s:
        """Organisations that had been in a partnership."""
        return np.flatnonzero(self.history.joined < self.end)

    @cached_property
    def memberships(self) -> Csr:
        """Csr [organisations × partnerships] of ones."""
        return self._matrix(self.kept)

    @cached_property
    def leads(self) -> Csr:
        """Csr [organisations × partnerships] of ones where the organisation leads."""
        return self._matrix(self.kept & self.history.lead)

    @cached_property
    def has_led(self) -> npt.NDArray[np.bool_]:
        """Which organisations had led a partnership by then, bool [organisations]."""
        h = self.history
        return np.bincount(h.organisation[self.kept & h.lead], minlength=h.organisations) > 0

    def _matrix(self, chosen: npt.NDArray[np.bool_]) -> Csr:
        h = self.history
        shape = (h.organisations, h.partnerships)
        org, of = h.organisation[chosen].astype(np.int64), h.partnership[chosen].astype(np.int64)
        matrix = Csr.from_entries(org, of, np.ones(len(org)), shape)
        matrix.weights[:] = 1.0
        return matrix

    @cached_property
    def size(self) -> Floats:
        """Members of each partnership by then, float64 [partnerships]."""
        return np.bincount(self.memberships.indices, minlength=self.history.partnerships).astype(np.float64)

    @cached_property
    def age(self) -> Floats:
        """Years since each partnership had its first member, float64 [partnerships]; OLDEST where that is not known,
        and at most; 0 where it is known of none, since then nothing says that one is old."""
        h = self.history
        if self.dated is None:
            return np.zeros(h.partnerships)
        first = np.full(h.partnerships, self.end, np.int64)
        np.minimum.at(first, h.partnership[self.kept], h.since[self.kept].astype(np.int64))
        return np.minimum((self.end - first) / DAYS_A_YEAR, OLDEST)

    @cached_property
    def last_joined(self) -> Int64s:
        """Day on which each organisation last joined a partnership by then, int64 [organisations]; BEGINNING where that
        is not known, or it joined none."""
        h = self.history
        last = np.full(h.organisations, BEGINNING, np.int64)
        np.maximum.at(last, h.organisation[self.kept], h.since[self.kept].astype(np.int64))
        return last

    def tied(self) -> Csr:
        """Csr [organisations × organisations] of ones: who had met."""
        m = self.history.meetings
        had = m.first < self.end
        a, b = m.a[had].astype(np.int64), m.b[had].astype(np.int64)
        n = self.history.organisations
        ends = np.concatenate([a, b]), np.concatenate([b, a])
        return Csr.from_entries(*ends, np.ones(2 * len(a)), (n, n))


def _first_and_last(days: Int32s) -> tuple[int, int] | None:
    known = days[days > BEGINNING]
    return (int(known.min()), int(known.max())) if len(known) else None


def end_of(as_of: date | None) -> int:
    """The day after ``as_of`` (None: after everything): pass it to ``History.until``."""
    return NEVER if as_of is None else day(as_of) + 1
