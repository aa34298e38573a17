"""Keeping a network to what a user's filters name."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graphsvc.model.network import Network
from graphsvc.snapshot.filter import Mask, rows, select


def choose(
    network: Network,
    *,
    sectors: Sequence[str] = (),
    organisation_kinds: Sequence[str] = (),
    territories: Sequence[str] = (),
    services: Sequence[str] = (),
    themes: Sequence[str] = (),
    kinds: Sequence[str] = (),
    phases: Sequence[str] = (),
) -> Network:
    """The network kept to the filters; an empty one lets all pass.

    Sectors, kinds of organisation, territories (all below them too) and services (areas in which an organisation
    needs, offers or delivers something) choose organisations, and then only partnerships in which one of them is stay;
    themes, kinds and phases choose partnerships, and then only organisations that are members of a chosen one stay.
    """
    orgs = _among(network.organisations["sector"], sectors)
    orgs &= _among(network.organisations["kind"], organisation_kinds)
    orgs &= _concerned(network, services)
    orgs &= _among(network.organisations["territory"], below(network, territories))
    chosen = _any_of(network.partnerships["themes"], themes)
    chosen &= _among(network.partnerships["kind"], kinds) & _among(network.partnerships["phase"], phases)
    if themes or kinds or phases:
        in_chosen = chosen[rows(network.memberships["partnership"])]
        orgs &= np.isin(np.arange(len(orgs)), rows(network.memberships["organisation"])[in_chosen])
    if not orgs.all():
        of_chosen = orgs[rows(network.memberships["organisation"])]
        chosen &= np.isin(np.arange(len(chosen)), rows(network.memberships["partnership"])[of_chosen])
    return network if orgs.all() and chosen.all() else select(network, orgs, chosen)


def below(network: Network, territories: Sequence[str]) -> list[str]:
    """The territories and every one that is a part of them, at any depth."""
    children: dict[str, list[str]] = {}
    table = network.territories
    for code, parent in zip(table["code"].to_pylist(), table["parent"].to_pylist(), strict=True):
        children.setdefault(parent, []).append(code)
    found, queue = set(territories), list(territories)
    while queue:
        fresh = [code for code in children.get(queue.pop(), ()) if code not in found]
        found.update(fresh)
        queue.extend(fresh)
    return sorted(found)


def _among(column: pa.ChunkedArray, codes: Sequence[str]) -> Mask:
    if not codes:
        return np.ones(len(column), dtype=bool)
    mask: Mask = pc.is_in(column, pa.array(codes, pa.string())).to_numpy()
    return mask


def _concerned(network: Network, services: Sequence[str]) -> Mask:
    """Organisations that need, offer or deliver something in one of the areas."""
    concerned = np.ones(network.organisations.num_rows + 1, dtype=bool)  # the last entry serves row -1 (null)
    if services:
        concerned[:] = False
        for table in (network.needs, network.offers, network.deliveries):
            concerned[rows(table["organisation"])[_among(table["area"], services)]] = True
    return concerned[:-1]


def _any_of(column: pa.ChunkedArray, codes: Sequence[str]) -> Mask:
    """Rows whose list holds at least one of the codes."""
    if not codes:
        return np.ones(len(column), dtype=bool)
    wanted = set(codes)
    return np.fromiter((bool(wanted.intersection(v or ())) for v in column.to_pylist()), bool, len(column))
