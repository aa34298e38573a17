"""What all features of a day stand on: activity that fades, regions, kinds and places of organisations."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

from graphsvc.snapshot.csr import Csr, Floats, Int64s
from graphsvc.snapshot.filter import END, days
from graphsvc.suggest.attributes import Attributes
from graphsvc.suggest.history import Past
from graphsvc.suggest.pairs import Matrix
from graphsvc.suggest.paths import Distances

HALF_LIVES = (0.5, 1.0, 2.0)
"""Years in which what a partnership tells about tomorrow halves; the last word is the model's."""

WORD_IN_NAMES = 4
"""Names that must share a word before it makes a group of organisations."""


@dataclass(frozen=True)
class Ground:
    """Sparse matrices of one Past; rows are organisations.

    ``known_until``: the day before which needs, offers and meetings count, where that is not the end of ``past``. A
    past ends with the latest partnership, but much is written down after that.
    """

    past: Past
    attributes: Attributes
    known_until: int | None = None

    @property
    def end(self) -> int:
        """The day before which needs, offers and meetings count."""
        return self.past.end if self.known_until is None else self.known_until

    @cached_property
    def ended(self) -> npt.NDArray[np.bool_]:
        """Which organisations were there no longer by the day, bool [organisations]."""
        return days(self.past.history.network.organisations["active_to"], END) < self.end

    @cached_property
    def members(self) -> Matrix:
        """[organisations × partnerships] of ones."""
        return self.past.memberships.to_scipy()

    def fading(self, half_life: float | None) -> Floats:
        """Weight of each partnership: 1 today, 1/2 after ``half_life`` years (None: always 1)."""
        age = self.past.age
        return np.ones_like(age) if half_life is None else np.exp2(-age / half_life)

    @cached_property
    def others(self) -> Floats:
        """Partners that each partnership brings to a member, at least 0."""
        return np.maximum(self.past.size - 1, 0)

    @cached_property
    def acts_in(self) -> Matrix:
        """[organisations × regions]: number of partnerships in each region; the last column is 'no region said'."""
        return sparse.csr_array(self.members @ self.attributes.partnership_regions)

    @cached_property
    def _addressed(self) -> npt.NDArray[np.bool_]:
        """Whose address was known by the day, if it is now, bool [organisations].

        In lists of projects only the lead's address is given. There that of an organisation that leads for the first
        time later was not known, unless its name tells.
        """
        history, attributes = self.past.history, self.attributes
        if not attributes.homes_from_leading(history.ever_led):
            return np.ones(history.organisations, dtype=bool)
        return self.past.has_led | ~history.ever_led | attributes.place_in_name

    @cached_property
    def home(self) -> Matrix:
        """``attributes.home`` as far as it was known by the day."""
        return sparse.csr_array(sparse.diags_array(self._addressed.astype(float)) @ self.attributes.home)

    @cached_property
    def place(self) -> Floats:
        """``attributes.place`` as far as it was known by the day."""
        return np.where(self._addressed[:, None], self.attributes.place, np.nan)

    @cached_property
    def idle(self) -> npt.NDArray[np.bool_]:
        """Organisations that had no partnership yet, bool [organisations]."""
        idle: npt.NDArray[np.bool_] = np.diff(self.past.memberships.indptr) == 0
        return idle

    @cached_property
    def region_shares(self) -> Matrix:
        """``acts_in`` as shares that sum to 1; the home region for an organisation without a partnership."""
        idle = np.asarray(self.acts_in.sum(axis=1)).ravel() == 0
        home = sparse.diags_array(idle.astype(float)) @ self.home
        return shares(sparse.csr_array(self.acts_in + home))

    def activity(self, weight: Floats) -> Matrix:
        """[organisations × regions]: partnerships in each region, each counting ``weight`` [partnerships]."""
        return sparse.csr_array((self.members * weight) @ self.attributes.partnership_regions)

    @cached_property
    def themes(self) -> Matrix:
        """[organisations × themes]: number of partnerships, those of several themes shared out among them."""
        return sparse.csr_array(self.members @ self.attributes.partnership_topics)

    @cached_property
    def kinds(self) -> Matrix:
        """[organisations × kinds] of ones, one a row."""
        return self.attributes.kinds

    @cached_property
    def tied(self) -> Csr:
        """Who had met; the weight is the sum of 1/(k-1) over shared partnerships of k members."""
        return self.projection(1 / np.maximum(self.others, 1))

    @cached_property
    def strength(self) -> Floats:
        """Sum of the weights of each organisation's ties, float64 [organisations]."""
        return np.asarray(self.tied.to_scipy().sum(axis=1)).ravel()

    @cached_property
    def two_steps(self) -> Floats:
        """How many walks of two steps begin at each organisation, float64 [organisations]."""
        steps: Floats = self.tied.to_scipy().sign() @ self.degree
        return steps

    @cached_property
    def recent(self) -> Csr:
        """As ``tied``, recent partnerships counting more."""
        return self.projection(self.fading(1.0) / np.maximum(self.others, 1))

    def projection(self, weight: Floats) -> Csr:
        """Who had met, a tie weighing the sum of ``weight`` [partnerships, positive] of what both are in; the entries
        are the same for whatever weights."""
        product = sparse.coo_array((self.members * weight) @ self.members.T)
        keep = product.row != product.col
        return Csr.from_entries(
            product.row[keep].astype(np.int64), product.col[keep].astype(np.int64), product.data[keep], product.shape
        )

    @cached_property
    def places(self) -> Floats:
        """Place of each organisation, else the mean place of its partners (by strength), NaN where neither is known;
        degrees, float64 [organisations, 2]."""
        own = self.place
        known = ~np.isnan(own[:, 0])
        ties = self.tied.to_scipy()
        weight = ties @ known.astype(float)
        near = (ties @ np.where(known[:, None], own, 0.0)) / np.where(weight > 0, weight, np.nan)[:, None]
        return np.where(known[:, None], own, near)

    @cached_property
    def words(self) -> Matrix:
        """[organisations × words that several known names have], rows sum to 1."""
        words = self.attributes.words
        often = self._known_with(words) >= WORD_IN_NAMES
        return shares(sparse.csr_array(words[:, np.flatnonzero(often)]))

    @cached_property
    def letters(self) -> Matrix:
        """[organisations × groups of letters], rows of length 1; groups that few known names have weigh more."""
        letters = self.attributes.letters
        rarity = np.log((len(self.known) + 1) / (self._known_with(letters) + 1)) + 1
        return unit(sparse.csr_array(letters * rarity))

    @cached_property
    def descriptions(self) -> Matrix:
        """[organisations × words of descriptions], rows of length 1; words that few known organisations use weigh
        more."""
        words = self.attributes.descriptions
        rarity = np.log((len(self.known) + 1) / (self._known_with(words) + 1)) + 1
        return unit(sparse.csr_array(words * rarity))

    def _known_with(self, matrix: Matrix) -> Floats:
        """Known organisations with an entry in each column; those that come later tell nothing."""
        return np.asarray(matrix[self.known].sum(axis=0)).ravel()

    @cached_property
    def degree(self) -> Floats:
        """Partners of each organisation, float64 [organisations]."""
        return np.diff(self.tied.indptr).astype(np.float64)

    @cached_property
    def distances(self) -> Distances:
        """Steps along ties."""
        return Distances(self.tied)

    @cached_property
    def known(self) -> Int64s:
        """Organisations with a partnership."""
        return self.past.known


def shares(matrix: Matrix) -> Matrix:
    """Rows divided by their sum; an empty row stays empty."""
    total = np.asarray(matrix.sum(axis=1)).ravel()
    return sparse.csr_array(sparse.diags_array(1 / np.where(total > 0, total, 1)) @ matrix)


def unit(matrix: Matrix) -> Matrix:
    """Rows divided by their length; an empty row stays empty."""
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sparse.csr_array(sparse.diags_array(1 / np.where(length > 0, length, 1)) @ matrix)


def joint(left: Matrix, right: Matrix) -> Matrix:
    """Row by row Kronecker product: every pair of a column of ``left`` with one of ``right``."""
    wide = right.shape[1]
    left, right = sparse.csr_array(left), sparse.csr_array(right)
    counts = np.diff(right.indptr)
    row_of = np.repeat(np.arange(left.shape[0]), np.diff(left.indptr))
    repeat = counts[row_of]
    entry = np.repeat(np.arange(left.nnz), repeat)
    within = np.arange(len(entry)) - np.repeat(np.cumsum(repeat) - repeat, repeat)
    at = right.indptr[row_of[entry]] + within
    columns = left.indices[entry].astype(np.int64) * wide + right.indices[at]
    data = left.data[entry] * right.data[at]
    shape = (left.shape[0], left.shape[1] * wide)
    return sparse.csr_array(sparse.coo_array((data, (row_of[entry], columns)), shape=shape))
