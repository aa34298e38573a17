"""What organisations and partnerships are, apart from time: region, kind, words of the name, place, themes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, HashingVectorizer

from graphsvc.model.network import Network
from graphsvc.snapshot.csr import Floats, Int64s
from graphsvc.snapshot.filter import rows
from graphsvc.suggest.names import OTHER_SECTOR, folded, is_broad, kind_in, names_a_town, place_of_name
from graphsvc.suggest.pairs import Matrix

FINE_LEVELS = ("gmina", "powiat", "revitalisation")
"""Levels of territories small enough to say where an organisation is."""
COARSE_LEVEL = "powiat"
"""Of these the one whose middle is nobody's place: it does to tell who is nearer, not for kilometres."""
SHORTEST_WORD = 3
STEM = 6
"""Letters of a word that tell what it is about; the rest is mostly endings."""
FEW_HOMES = 0.1
"""Share of organisations with a home below which it is thought to come from elsewhere, see ``homes_from_leading``."""
TEXT_COLUMNS = 2**15
"""Columns into which the words of descriptions are hashed: a word's column depends on no other text."""
OFFICES = {"GMI": ("gmina",), "POW": ("powiat",), "MNPP": ("gmina", "powiat"), "WOJ": ("voivodeship",)}
"""Kinds of local government that stand for the territories of such levels in which they are."""
ANOTHER_KIND = "INN"
"""Kind of those that are of none in the vocabulary: they have nothing in common."""
EARTH_KM = 6371.0
REGION_LEVEL = "powiat"
"""Level at which partnerships are likely to repeat themselves; a territory above it is its own region."""


@dataclass(frozen=True)
class Attributes:
    """Columns of a network as sparse matrices; nothing in them depends on when partnerships began."""

    network: Network

    @cached_property
    def _parents(self) -> dict[str, tuple[str, str]]:
        t = self.network.territories
        values = zip(t["level"].to_pylist(), t["parent"].to_pylist(), strict=True)
        return {
            c: (level or "", parent or "") for c, (level, parent) in zip(t["code"].to_pylist(), values, strict=True)
        }

    def region(self, code: str) -> str:
        """The powiat of a territory within one; else the territory itself."""
        levels = ((above, self._parents.get(above, ("", ""))[0]) for above in self.around(code))
        return next((above for above, level in levels if level == REGION_LEVEL), code)

    @cached_property
    def _regions(self) -> Mapping[str, str]:
        """Region of each territory in which somebody is or acts."""
        codes = {c for row in self.partnership_territories for c in row}.union(filter(None, self._homes))
        return {code: self.region(code) for code in codes}

    @cached_property
    def _region_column(self) -> Mapping[str, int]:
        return {r: k for k, r in enumerate(sorted(set(self._regions.values())))}

    @cached_property
    def partnership_territories(self) -> list[list[str]]:
        """Codes of the territories of each partnership."""
        return [codes or [] for codes in self.network.partnerships["territories"].to_pylist()]

    @cached_property
    def _themes(self) -> list[list[str]]:
        return [codes or [] for codes in self.network.partnerships["themes"].to_pylist()]

    @cached_property
    def _names(self) -> list[str]:
        names: list[str] = self.network.organisations["name"].fill_null("").to_pylist()
        return names

    @cached_property
    def _homes(self) -> list[str]:
        homes: list[str] = self.network.organisations["territory"].fill_null("").to_pylist()
        return homes

    def is_small(self, code: str) -> bool:
        """Says the territory where somebody is, as a gmina or a powiat does?"""
        return self._parents.get(code, ("", ""))[0] in FINE_LEVELS

    @property
    def home_codes(self) -> list[str]:
        """Code of the territory where each organisation is; "" where not known."""
        return self._homes

    @cached_property
    def partnership_regions(self) -> Matrix:
        """[partnerships × regions + 1], rows sum to 1; the last column: no region said."""
        width, column = len(self._region_column), {c: self._region_column[r] for c, r in self._regions.items()}
        rows = [[column[c] for c in row] or [width] for row in self.partnership_territories]
        return _spread(rows, width + 1)

    def around(self, code: str) -> list[str]:
        """The territory ``code`` and all that it lies in, the smallest first."""
        found = [code]
        while (above := self._parents.get(found[-1], ("", ""))[1]) and above not in found:
            found.append(above)
        return found

    def within(self, code: str, territory: str) -> bool:
        """Is the territory ``code`` the other, or below it?"""
        return territory in self.around(code)

    @cached_property
    def region_names(self) -> list[str]:
        """Names of the regions, by column."""
        return [self.territory_name(code) for code in self._region_column]

    def territory_name(self, code: str) -> str:
        """The name of a territory; its code where there is none."""
        return self._territory_names.get(code) or code

    @cached_property
    def _territory_names(self) -> Mapping[str, str]:
        t = self.network.territories
        return dict(zip(t["code"].to_pylist(), t["name"].to_pylist(), strict=True))

    @cached_property
    def theme_names(self) -> list[str]:
        """Codes of the themes, by column of ``partnership_topics``."""
        return sorted({theme for row in self._themes for theme in row})

    @cached_property
    def home(self) -> Matrix:
        """[organisations × regions + 1]: a one for the region where the organisation is; empty where not known."""
        column = self._region_column
        return _spread([[column[self.region(c)]] if c else [] for c in self._homes], len(column) + 1)

    @cached_property
    def place_in_name(self) -> npt.NDArray[np.bool_]:
        """Whose name says where it is, bool [organisations]."""
        return np.array([place_of_name(name) is not None for name in self._names], dtype=bool)

    def homes_from_leading(self, led: npt.NDArray[np.bool_]) -> bool:
        """Do homes come with the lead's address? So if hardly any organisation has one that never led (``led``, bool
        [organisations]: who did) and whose name does not tell."""
        homes = np.array([bool(code) for code in self._homes], dtype=bool)
        others = ~led & ~self.place_in_name
        return bool(homes.any() and others.any() and homes[others].mean() < FEW_HOMES)

    @cached_property
    def partnership_topics(self) -> Matrix:
        """[partnerships × themes], rows sum to 1."""
        return _coded(self._themes)

    @cached_property
    def sectors(self) -> list[str]:
        """Sector code of each organisation."""
        values: list[str] = self.network.organisations["sector"].fill_null("").to_pylist()
        return values

    @cached_property
    def in_sector(self) -> npt.NDArray[np.bool_]:
        """Whose sector is known, bool [organisations]: of the one that an organisation has where none is told, by its
        kind."""
        told = zip(self.sectors, self.recorded_kinds, strict=True)
        return np.array([bool(kind) if sector in ("", OTHER_SECTOR) else True for sector, kind in told], dtype=bool)

    @cached_property
    def _kind_codes(self) -> list[str]:
        codes: list[str] = self.network.organisations["kind"].fill_null("").to_pylist()
        return codes

    @cached_property
    def _founder(self) -> Int64s:
        return rows(self.network.organisations["founder"]).astype(np.int64)

    def founders(self, row: int) -> list[int]:
        """Who founded an organisation, who founded that one, and so on."""
        found: list[int] = []
        while (row := int(self._founder[row])) >= 0 and row not in found:
            found.append(row)
        return found

    @cached_property
    def acting(self) -> Int64s:
        """Who acts for each organisation (row), int64 [organisations]: the first of its founders; itself where nobody
        founded it, the lowest of those who founded one another in a ring."""
        acting = np.arange(len(self._founder))
        for row in np.flatnonzero(self._founder >= 0).tolist():
            founders = self.founders(row)
            acting[row] = min(founders) if self._founder[founders[-1]] >= 0 else founders[-1]
        return acting

    def stands_for(self, row: int) -> list[str]:
        """Codes of the territories whose office an organisation is, a gmina's or a powiat's; mostly none."""
        levels = OFFICES.get(self._kind_codes[row], ()) if self.sectors[row] == "local_government" else ()
        return [code for code in self.around(self._homes[row]) if self._parents.get(code, ("", ""))[0] in levels]

    @cached_property
    def kind_names(self) -> list[str]:
        """What kind of organisation each is, as finely as is known: what its name says, where the kind that is written
        down is broad; else the codes of sector and kind."""
        told = zip(self._kinds_in_names, self.sectors, self._kind_codes, strict=True)
        return [said if said and is_broad(code) else f"{sector} {code}".strip() for said, sector, code in told]

    @cached_property
    def recorded_kinds(self) -> list[str]:
        """The kind of organisation that is written down for each, which is what people are told of; where none is, or
        that it is another, what its name says; "" where that says nothing."""
        written = ("" if code == ANOTHER_KIND else code for code in self._kind_codes)
        return [code or said for code, said in zip(written, self._kinds_in_names, strict=True)]

    @cached_property
    def _kinds_in_names(self) -> list[str]:
        return [kind_in(*one) for one in zip(self._names, self.sectors, strict=True)]

    @cached_property
    def kinds(self) -> Matrix:
        """[organisations × kinds] of ones, one a row."""
        return _coded([[k] for k in self.kind_names])

    @cached_property
    def words(self) -> Matrix:
        """[organisations × words of the names] of ones."""
        return _coded([[w for w in set(folded(n).split()) if len(w) >= SHORTEST_WORD] for n in self._names]).sign()

    @cached_property
    def letters(self) -> Matrix:
        """[organisations × groups of four and five letters of the names] of ones."""
        if not any(self._names):
            return sparse.csr_array((len(self._names), 1))
        maker = CountVectorizer(
            analyzer="char_wb", ngram_range=(4, 5), preprocessor=folded, binary=True, dtype=np.float64
        )
        return sparse.csr_array(maker.fit_transform(self._names))

    @cached_property
    def descriptions(self) -> Matrix:
        """[organisations × TEXT_COLUMNS] of ones for the stems in the descriptions."""
        texts: list[str] = self.network.organisations["description"].fill_null("").to_pylist()
        if not any(texts):
            return sparse.csr_array((len(texts), 1))
        maker = HashingVectorizer(
            n_features=TEXT_COLUMNS, analyzer=_stems, binary=True, norm=None, alternate_sign=False, dtype=np.float64
        )
        return sparse.csr_array(maker.transform(texts))

    @cached_property
    def tags(self) -> Matrix:
        """[organisations × tags], rows sum to 1."""
        rows: list[list[str] | None] = self.network.organisations["tags"].to_pylist()
        return _coded([row or [] for row in rows])

    @property
    def place(self) -> Floats:
        """Latitude and longitude, float64 [organisations, 2], NaN where not known: its own, else that of its small
        territory or of the gmina that this lies in, else that of the town in its name."""
        return self._placed[0]

    @property
    def place_is_fine(self) -> npt.NDArray[np.bool_]:
        """Whose place is its own, the middle of a gmina or of a town, so that kilometres can be told; bool
        [organisations]."""
        return self._placed[1]

    @cached_property
    def _placed(self) -> tuple[Floats, npt.NDArray[np.bool_]]:
        """``place`` and ``place_is_fine``."""
        own, fine = self._own_place.copy(), self.place_is_own.copy()
        t = self.network.territories
        at = {
            code: (level, (lat, lon))
            for code, level, lat, lon in zip(*(t[c].to_pylist() for c in ("code", "level", "lat", "lon")), strict=True)
            if level in FINE_LEVELS and lat is not None and lon is not None
        }
        for row in np.flatnonzero(~self.place_is_own):
            level, home = next((at[code] for code in self.around(self._homes[row]) if code in at), ("", None))
            own[row] = home or place_of_name(self._names[row]) or (np.nan, np.nan)
            fine[row] = level != COARSE_LEVEL if home else names_a_town(self._names[row])
        return own, fine

    def apart(self, a: Int64s, b: Int64s) -> Floats:
        """Kilometres between the two of each pair, float64 [pairs]; NaN where not known."""
        return kilometres(self.place, a, b)

    @cached_property
    def _own_place(self) -> Floats:
        table = self.network.organisations
        place = np.stack([table[c].to_numpy(zero_copy_only=False).astype(float) for c in ("lat", "lon")], axis=1)
        place[np.isnan(place).any(axis=1)] = np.nan  # one of the two is no place
        return place

    @cached_property
    def place_is_own(self) -> npt.NDArray[np.bool_]:
        """Whose own place is on record, bool [organisations]; that of others is the middle of a territory or a town."""
        return ~np.isnan(self._own_place[:, 0])


def kilometres(place: Floats, i: Int64s, j: Int64s) -> Floats:
    """Great-circle distance, float64 [pairs], NaN where a place is not known; ``place`` in degrees, [organisations, 2]
    latitude and longitude."""
    (lat, lon), (to_lat, to_lon) = np.radians(place[i]).T, np.radians(place[j]).T
    half = np.sin((lat - to_lat) / 2) ** 2 + np.cos(lat) * np.cos(to_lat) * np.sin((lon - to_lon) / 2) ** 2
    distance: Floats = 2 * EARTH_KM * np.arcsin(np.sqrt(half))
    return distance


def _stems(text: str) -> list[str]:
    return [word[:STEM] for word in folded(text).split() if len(word) > SHORTEST_WORD]


def _coded(rows: Sequence[Sequence[str]]) -> Matrix:
    columns = {code: k for k, code in enumerate(sorted({c for row in rows for c in row}))}
    return _spread([[columns[c] for c in row] for row in rows], max(len(columns), 1))


def _spread(rows: Sequence[Sequence[int]], width: int) -> Matrix:
    """A matrix whose row i has 1/len(rows[i]) in the columns rows[i]."""
    lengths = np.array([len(r) for r in rows], dtype=np.int64)
    columns = np.array([c for row in rows for c in row], dtype=np.int64)
    at = np.repeat(np.arange(len(rows)), lengths)
    data = 1.0 / np.repeat(lengths, lengths)
    return sparse.csr_array(sparse.coo_array((data, (at, columns)), shape=(len(rows), width)))
