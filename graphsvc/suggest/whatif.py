"""What if: the network with links and organisations added or taken away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from graphsvc.errors import InputError, Place
from graphsvc.i18n import msg
from graphsvc.model.network import Network, table
from graphsvc.snapshot.filter import rows, select, sizes


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """An organisation that does not exist yet; later links may name its ``id``."""

    id: str
    name: str
    sector: str = "other"
    territory: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """Changes under a name. Organisations are named by id; a link is a pair of ids.

    A link added is a partnership of the two, unless one of them is taken away; a link removed takes the two out of
    every partnership of just them, and the second out of the larger ones that they share.
    """

    name: str
    add_links: tuple[tuple[str, str], ...] = ()
    remove_links: tuple[tuple[str, str], ...] = ()
    add_organisations: tuple[NewOrganisation, ...] = ()
    remove_organisations: tuple[str, ...] = ()


def apply(network: Network, scenario: Scenario, on: date | None = None) -> Network:
    """The network as it would be; ``on`` dates the links added.

    A partnership that is left with fewer than two members, and had two, is gone too. Raises InputError for an id that
    is not there, a link with itself, or a new organisation without a name or in a territory that is none.
    """
    _check(network, scenario.add_organisations)
    if scenario.add_organisations:
        new = (
            {"id": o.id, "name": o.name, "sector": o.sector, "territory": o.territory, "kind": "", "tags": []}
            for o in scenario.add_organisations
        )
        network = replace(network, organisations=pa.concat_tables([network.organisations, table("organisations", new)]))
    at = {id: row for row, id in enumerate(network.organisations["id"].to_pylist())}
    gone = [_row(at, id) for id in scenario.remove_organisations]
    less = _without_members(network, np.isin(rows(network.memberships["organisation"]), gone))
    for pair in scenario.remove_links:
        less = _unlink(less, *_pair(at, pair))
    ended = (sizes(network) > 1) & (sizes(less) < 2)
    links = dict.fromkeys((min(pair), max(pair)) for pair in (_pair(at, pair) for pair in scenario.add_links))
    added = [pair for pair in links if not set(pair) & set(gone)]
    more = _link(less, added, scenario.name, on)
    stays = ~np.isin(np.arange(len(at)), gone)
    return select(more, stays, ~np.pad(ended, (0, len(added))))


def _check(network: Network, new: Sequence[NewOrganisation]) -> None:
    places = {"", *network.territories["code"].to_pylist()} if new else ()
    for one in new:
        if not one.name.strip():
            raise InputError(msg("Give the organisation a name."), place=Place(field="name"))
        if one.territory not in places:
            raise InputError(
                msg("There is no territory with code %(code)s.", code=one.territory), place=Place(field="territory")
            )


def _row(at: Mapping[str, int], id: str) -> int:
    if id not in at:
        raise InputError(msg("There is no organisation with the id %(id)s.", id=id))
    return at[id]


def _pair(at: Mapping[str, int], pair: tuple[str, str]) -> tuple[int, int]:
    a, b = _row(at, pair[0]), _row(at, pair[1])
    if a == b:
        raise InputError(msg("A link needs two different organisations."))
    return a, b


def _without_members(network: Network, leave: npt.NDArray[np.bool_]) -> Network:
    return replace(network, memberships=network.memberships.filter(pa.array(~leave)))


def _unlink(network: Network, a: int, b: int) -> Network:
    org, of = rows(network.memberships["organisation"]), rows(network.memberships["partnership"])
    shared = np.intersect1d(of[org == a], of[org == b])
    pairs_only = np.isin(of, shared) & (sizes(network)[of] == 2)
    return _without_members(network, pairs_only | (np.isin(of, shared) & (org == b)))


def _link(network: Network, pairs: Sequence[tuple[int, int]], name: str, on: date | None) -> Network:
    first = network.partnerships.num_rows
    partnerships: Iterator[dict[str, object]] = (
        {"id": f"{name} {k}", "name": name, "starts_on": on, "themes": [], "territories": []} for k in range(len(pairs))
    )
    memberships = (
        {"organisation": end, "partnership": first + k, "role": "PAR"} for k, pair in enumerate(pairs) for end in pair
    )
    return replace(
        network,
        partnerships=pa.concat_tables([network.partnerships, table("partnerships", partnerships)]),
        memberships=pa.concat_tables([network.memberships, table("memberships", memberships)]),
    )
