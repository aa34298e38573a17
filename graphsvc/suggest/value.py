"""What a link would bring, apart from how likely it is: parts in [0, 1], to be weighed by the user."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from graphsvc.model.vocabulary import with_broader
from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.snapshot.demand import lacking, offered, stands
from graphsvc.snapshot.filter import rows
from graphsvc.suggest.ground import Ground
from graphsvc.suggest.pairs import Matrix, Product, row_of, row_product
from graphsvc.suggest.paths import Distances
from graphsvc.suggest.reach import newly_near

PARTS = (
    "needs_met",
    "white_spots",
    "joins_components",
    "efficiency",
    "reach",
    "brokerage",
    "diversity",
    "pes_business",
    "isolated_reached",
)
SOCIAL_ECONOMY, BUSINESS = "social_economy", "business"
ENOUGH = 3.0
"""Level of needs (3 is one high need) at which their part is 1 - 1/e."""


@dataclass(frozen=True)
class Preset:
    """How a user weighs: ``likelihood`` in [0, 1] against the parts of value, whose weights are relative."""

    likelihood: float
    parts: Mapping[str, float]


PRESETS: Mapping[str, Preset] = {
    "quick_wins": Preset(1.0, {}),
    "balanced": Preset(0.6, dict.fromkeys(PARTS, 1.0)),
    "bridge_divides": Preset(
        0.4, {"joins_components": 2.0, "brokerage": 1.0, "efficiency": 2.0, "reach": 1.0, "diversity": 1.0}
    ),
    "reach_isolated": Preset(0.4, {"isolated_reached": 3.0, "joins_components": 1.0}),
    "business_outreach": Preset(0.4, {"pes_business": 3.0, "diversity": 0.5}),
    "fill_service_gaps": Preset(0.3, {"needs_met": 2.0, "white_spots": 2.0}),
}


class Value:
    """The value of links in the network of one day. ``end``: the day after the one of which needs and offers are asked,
    which are noted between partnerships too; None: that of ``ground``."""

    def __init__(self, ground: Ground, end: int | None = None) -> None:
        self.end = ground.end if end is None else end
        self._ground = ground
        self._tied = ground.tied.to_scipy().sign()
        self._sectors = np.asarray(ground.attributes.sectors, dtype=object)

    def of(self, a: Int64s, b: Int64s) -> dict[str, Floats]:
        """Every part of PARTS but ``efficiency`` (see ``paths``, which takes longer), float64 [pairs] in [0, 1]."""
        degree = self._ground.degree
        common = self._common(a, b)
        unlike = degree[a] + degree[b] - 2 * common
        circles = (degree[a] > 0) & (degree[b] > 0)  # who knows nobody has none to bring
        return {
            "needs_met": self.needs_met(a, b),
            "white_spots": _met(self._white_spots_offered, a, b),
            "joins_components": (self._component[a] != self._component[b]).astype(float),
            "reach": np.log1p(self.newly_near(a, b)) / np.log1p(2 * len(degree)),
            "brokerage": np.where(circles, unlike / np.maximum(unlike + common, 1), 0.0),
            "diversity": self._diversity(a, b),
            "pes_business": self._between(a, b, SOCIAL_ECONOMY, BUSINESS),
            "isolated_reached": 1 / (1 + np.minimum(degree[a], degree[b])),
        }

    @property
    def wanted(self) -> tuple[Matrix, Matrix]:
        """Levels of what each needs, white spots counting twice, and a one for what each offers, both [organisations ×
        areas]."""
        return sparse.csr_array(self._needs + self._white_spots), self._offers

    def needs_met(self, a: Int64s, b: Int64s) -> Floats:
        """What one needs (or where it is) and the other offers, both ways, float64 [pairs] in [0, 1)."""
        return _met(self._needs_offered, a, b)

    def newly_near(self, a: Int64s, b: Int64s) -> Floats:
        """Exact change of reach: pairs of organisations that come within two steps by each link alone."""
        return newly_near(self._ground.tied, a, b)

    def needs_between(self, a: int, b: int) -> list[str]:
        """Needs that a link would meet, as "code of the service area, whose": of a by b's offers and the reverse. That
        of a territory is one need, whoever there meets it."""
        found = []
        for one, other in ((a, b), (b, a)):
            for area, _ in self.areas_met(one, other):
                column = self._areas[area]
                places = (k for k in row_of(self._serves, one)[0] if column in row_of(self._territory_needs, k)[0])
                found += [f"{area} {one}"] if column in row_of(self._own_needs, one)[0] else []
                found += [f"{area} in {self._place_codes[k]}" for k in places]
        return list(dict.fromkeys(found))

    def areas_met(self, a: int, b: int) -> list[tuple[str, bool]]:
        """Codes of the service areas that a (or where it is, unless it is a business) needs and b offers, each with
        whether a itself needs it; those first. What a gmina or a powiat needs its office needs."""
        names, own = list(self._areas), {*row_of(self._own_needs, a)[0]}
        for code in self._ground.attributes.stands_for(a):
            if code in self._territories:
                own |= {*row_of(self._territory_needs, self._territories[code])[0]}
        met = {*row_of(self._needs, a)[0]} & {*row_of(self._offers, b)[0]}
        return [(names[k], k in own) for k in sorted(met, key=lambda k: (k not in own, k))]

    def needing(self, area: str) -> npt.NDArray[np.bool_]:
        """Which organisations need a service area, themselves or where they are, bool [organisations]."""
        return self._with(self._needs, area)

    def offering(self, area: str) -> npt.NDArray[np.bool_]:
        """Which organisations offer a service area, or one that is part of it, bool [organisations]."""
        return self._with(self._offers, area)

    def _with(self, matrix: Matrix, area: str) -> npt.NDArray[np.bool_]:
        if area not in self._areas:
            return np.zeros(matrix.shape[0], dtype=bool)
        found: npt.NDArray[np.bool_] = matrix[:, [self._areas[area]]].toarray().ravel() > 0
        return found

    @property
    def distances(self) -> Distances:
        """Distances of the day's network."""
        return self._ground.distances

    def _diversity(self, a: Int64s, b: Int64s) -> Floats:
        """How rare the other's sector is among each and its partners: mean over both of 1 - share."""
        of, share = self._sector_shares
        rare: Floats = 1 - (share[a, of[b]] + share[b, of[a]]) / 2
        return rare

    def _between(self, a: Int64s, b: Int64s, one: str, other: str) -> Floats:
        first, second = self._sectors[a], self._sectors[b]
        between: Floats = (((first == one) & (second == other)) | ((first == other) & (second == one))).astype(float)
        return between

    @cached_property
    def _common(self) -> Product:
        """Number of common partners."""
        return row_product(self._tied, self._tied)

    @cached_property
    def _needs_offered(self) -> Product:
        return row_product(self._needs, self._offers)

    @cached_property
    def _white_spots_offered(self) -> Product:
        return row_product(self._white_spots, self._offers)

    @cached_property
    def _component(self) -> npt.NDArray[np.int32]:
        """Number of the component of each organisation."""
        component: npt.NDArray[np.int32] = connected_components(self._tied, directed=False)[1]
        return component

    @cached_property
    def _sector_shares(self) -> tuple[Int64s, Floats]:
        """Sector of each organisation, and the sectors' shares among it and its partners, float64 [organisations,
        sectors]."""
        codes, of = np.unique(self._sectors.astype(str), return_inverse=True)
        sector = sparse.csr_array((np.ones(len(of)), (np.arange(len(of)), of)), shape=(len(of), len(codes)))
        mix = np.asarray((self._tied @ sector + sector).todense())
        return of, mix / mix.sum(axis=1, keepdims=True)

    @cached_property
    def _areas(self) -> dict[str, int]:
        network = self._ground.past.history.network
        codes = {*network.needs["area"].to_pylist(), *offered(network)["area"].to_pylist()}
        codes.update(self._ground.attributes.theme_names)
        return {area: k for k, area in enumerate(sorted(filter(None, codes)))}

    @cached_property
    def _needs(self) -> Matrix:
        """[organisations × areas]: level of open needs, its own and those of the territories that it serves."""
        return sparse.csr_array(self._own_needs + self._serves @ self._territory_needs)

    @cached_property
    def _white_spots(self) -> Matrix:
        """[organisations × areas]: needs of the territories that it serves, which nobody there offers to meet."""
        offered = self._offered_there
        open_needs = self._territory_needs - self._territory_needs.multiply(offered)
        return sparse.csr_array(self._serves @ sparse.csr_array(open_needs))

    @cached_property
    def _offered(self) -> list[tuple[int, int, str]]:
        """What is offered on the day: organisation, area (of what it is part of too), territory where it acts."""
        table = offered(self._ground.past.history.network)
        keep = stands(table, self.end)
        at = rows(table["organisation"]).astype(np.int64)
        keep &= (at >= 0) & ~self._ground.ended[at]
        told = zip(at.tolist(), table["area"].to_pylist(), table["territory"].to_pylist(), strict=True)
        return [
            (row, self._areas[area], territory or "")
            for (row, offer, territory), kept in zip(told, keep.tolist(), strict=True)
            if kept
            for area in with_broader(offer)
            if area in self._areas
        ]

    @cached_property
    def _offers(self) -> Matrix:
        """[organisations × areas]: a one for each that it offers on the day."""
        who, what = np.array([(row, area) for row, area, _ in self._offered], np.int64).reshape(-1, 2).T
        return self._fill(who, what, None).sign()

    @cached_property
    def _offered_there(self) -> Matrix:
        """[territories × areas]: a one where somebody who is there, or acts there, offers it."""
        attributes, column = self._ground.attributes, self._territories
        found = {
            (column[code], area)
            for row, area, territory in self._offered
            for where in {attributes.home_codes[row], territory} - {""}
            for code in attributes.around(where)
            if code in column
        }
        where, what = np.array(sorted(found), np.int64).reshape(-1, 2).T
        shape = (max(len(column), 1), max(len(self._areas), 1))
        return sparse.csr_array(sparse.coo_array((np.ones(len(where)), (where, what)), shape=shape))

    @cached_property
    def _own_needs(self) -> Matrix:
        at, areas, level, _ = self._open_needs
        return self._fill(at[at >= 0], areas[at >= 0], level[at >= 0])

    @cached_property
    def _territory_needs(self) -> Matrix:
        """[territories × areas]: level of open needs of the territory itself."""
        at, areas, level, where = self._open_needs
        own = (at < 0) & (where >= 0)
        shape = (max(len(self._territories), 1), max(len(self._areas), 1))
        return sparse.csr_array(sparse.coo_array((level[own], (where[own], areas[own])), shape=shape))

    @cached_property
    def _open_needs(self) -> tuple[Int64s, Int64s, Floats, Int64s]:
        """Organisation (-1: none), area, level and territory of what is lacking on the day."""
        network = self._ground.past.history.network
        level, table = lacking(network, self.end), network.needs
        where = np.array([self._territories.get(t or "", -1) for t in table["territory"].to_pylist()], np.int64)
        at, keep = rows(table["organisation"]).astype(np.int64), level > 0
        return at[keep], self._columns(table["area"].to_pylist())[keep], level[keep], where[keep]

    @cached_property
    def _territories(self) -> dict[str, int]:
        network = self._ground.past.history.network
        codes = {*network.needs["territory"].to_pylist(), *network.organisations["territory"].to_pylist()}
        return {code: k for k, code in enumerate(sorted(filter(None, codes)))}

    @cached_property
    def _place_codes(self) -> list[str]:
        return list(self._territories)

    @cached_property
    def _where(self) -> Matrix:
        """[organisations × territories]: a one for where each is, and for all that this lies in."""
        attributes, column = self._ground.attributes, self._territories
        homes = attributes.home_codes
        around = {home: sorted(column[c] for c in attributes.around(home) if c in column) for home in set(homes)}
        at = [around[home] for home in homes]
        indptr = np.cumsum([0, *map(len, at)])
        found = np.array(list(chain.from_iterable(at)), np.int64)
        return sparse.csr_array((np.ones(len(found)), found, indptr), shape=(len(homes), max(len(column), 1)))

    @cached_property
    def _serves(self) -> Matrix:
        """``_where`` of those through whom what a territory needs can be met: all but businesses, whose work there is
        not for the people who live there."""
        found = sparse.csr_array(self._where.multiply((self._sectors != BUSINESS)[:, None]))
        found.eliminate_zeros()  # who serves which is told by what is there
        return found

    def _columns(self, codes: list[str | None]) -> Int64s:
        return np.array([self._areas.get(code or "", 0) for code in codes], np.int64)

    def _fill(self, at: Int64s, areas: Int64s, level: Floats | None) -> Matrix:
        values = np.ones(len(at)) if level is None else level
        shape = (self._ground.past.history.organisations, max(len(self._areas), 1))
        return sparse.csr_array(sparse.coo_array((values, (at, areas)), shape=shape))


def likelihood_of(probability: Floats) -> Floats:
    """The logarithm of the probability of each pair, spread over [0, 1] among these pairs."""
    return _spread(np.log(np.maximum(probability, 1e-12)))


def _met(product: Product, a: Int64s, b: Int64s) -> Floats:
    """Needs of one that the other's offers meet, both ways, in [0, 1)."""
    return 1 - np.exp(-(product(a, b) + product(b, a)) / ENOUGH)


def weigh(likelihood: Floats, parts: Mapping[str, Floats], share: float, weights: Mapping[str, float]) -> Floats:
    """Score in [0, 1] of each pair: likelihood (see ``likelihood_of``), which counts ``share`` in [0, 1], against the
    weighted mean of the parts; without weights the likelihood alone."""
    used = shares(parts, share, weights)
    return share * likelihood + (1 - share) * mean(parts, used) if used else likelihood


def shares(parts: Mapping[str, Floats], likelihood: float, weights: Mapping[str, float]) -> dict[str, float]:
    """Weights of the parts there are, which sum to 1; none where likelihood, in [0, 1], is all that counts."""
    used = {name: w for name, w in weights.items() if w > 0 and name in parts} if likelihood < 1 else {}
    return {name: w / sum(used.values()) for name, w in used.items()}


def mean(parts: Mapping[str, Floats], shares: Mapping[str, float]) -> Floats:
    """What each link brings, in [0, 1]: the parts' mean by ``shares``."""
    return np.asarray(sum(w * parts[name] for name, w in shares.items()))


def share_of_most(rise: Floats) -> Floats:
    """Each as a share of the largest, in [0, 1]; all 0 where nothing rises."""
    return rise / rise.max() if len(rise) and rise.max() > 0 else rise


def _spread(values: Floats) -> Floats:
    if not len(values) or values.max() == values.min():
        return np.ones_like(values)
    spread: Floats = (values - values.min()) / (values.max() - values.min())
    return spread
