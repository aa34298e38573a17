"""Records in columns: the network of a set of records, without a database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from graphsvc.model.base import Record
from graphsvc.model.meetings import Meeting
from graphsvc.model.network import Network, table
from graphsvc.model.organisations import Need, Organisation
from graphsvc.model.outreach import Outreach
from graphsvc.model.partnerships import Partnership
from graphsvc.model.support import ServiceDelivery
from graphsvc.model.territories import Territory

Row = dict[str, Any]


def _organisation(one: Organisation, rows: Mapping[str, int]) -> Row:
    fields = ("id", "name", "sector", "kind", "lat", "lon", "description", "active_from", "active_to", "confirmed_on")
    founder = rows.get(one.founder or "")
    return {f: getattr(one, f) for f in fields} | {
        "territory": one.territory or "",
        "acts_in": sorted(one.acts_in),
        "tags": one.tags,
        "founder": founder,
    }


def _partnership(one: Partnership) -> Row:
    fields = ("id", "name", "kind", "phase", "starts_on", "ends_on", "themes", "territories")
    source = one.source.file if one.source else ""
    return {f: getattr(one, f) for f in fields} | {"description": one.purpose, "source": source}


def _memberships(partnerships: list[Partnership], rows: Mapping[str, int]) -> Iterator[Row]:
    for place, one in enumerate(partnerships):
        for m in one.members:
            yield {"organisation": rows[m.id], "partnership": place, "role": m.role, "since": m.since, "until": m.until}


def _attendances(meetings: list[Meeting], rows: Mapping[str, int]) -> Iterator[Row]:
    for place, one in enumerate(meetings):
        yield from ({"organisation": rows[i], "meeting": place} for i in one.attended)


def _meeting(one: Meeting) -> Row:
    own = {"id": one.id, "kind": one.form, "held_on": one.held_on, "themes": one.themes}
    return own | {"territory": one.territory or ""}


def _need(need: Need, territory: str, organisation: int | None = None) -> Row:
    own = {"organisation": organisation, "territory": territory, "area": need.code}
    return own | {"level": float(need.level), "people": need.scale, "since": need.since, "met_on": need.met_on}


def _needs(organisations: list[Organisation], territories: list[Territory]) -> Iterator[Row]:
    for place, one in enumerate(organisations):
        yield from (_need(n, one.territory or "", place) for n in one.needs)
    for territory in territories:
        yield from (_need(n, territory.code) for n in territory.needs)


def _offers(organisations: list[Organisation]) -> Iterator[Row]:
    for place, one in enumerate(organisations):
        where = sorted({*filter(None, [one.territory]), *one.acts_in}) or [""]
        for offer, territory in product(one.offers, where):
            own = {"organisation": place, "territory": territory, "area": offer.code}
            yield own | {"capacity": offer.capacity, "since": offer.since, "until": offer.until}


def _deliveries(deliveries: list[ServiceDelivery], rows: Mapping[str, int]) -> Iterator[Row]:
    for one in sorted(deliveries, key=lambda d: (rows[d.provider], d.id)):
        if not one.planned:
            own = {"organisation": rows[one.provider], "territory": one.territory or "", "area": one.service}
            yield own | {"capacity": one.capacity, "since": one.since, "until": one.until}


def _outreach(one: Outreach, rows: Mapping[str, int]) -> Row:
    a, b = sorted(rows[i] for i in one.pair)
    own = {"a": a, "b": b, "status": one.status, "reason": one.refusal_reason}
    talked = bool(one.assigned_to or one.channel or one.meeting)
    return own | {"on": one.decided_on, "until": one.not_before, "talked": talked}


def to_network(records: Iterable[Record]) -> Network:
    """The network of the records; links to organisations that are not among them raise KeyError."""
    by_type: dict[type[Record], list[Any]] = defaultdict(list)
    for record in records:
        by_type[type(record)].append(record)
    organisations: list[Organisation] = by_type[Organisation]
    partnerships: list[Partnership] = by_type[Partnership]
    meetings: list[Meeting] = by_type[Meeting]
    territories: list[Territory] = by_type[Territory]
    rows = {o.id: place for place, o in enumerate(organisations)}
    codes = {t.code for t in territories}
    places = ("code", "name", "level", "lat", "lon", "population")
    return Network(
        organisations=table("organisations", (_organisation(o, rows) for o in organisations)),
        partnerships=table("partnerships", map(_partnership, partnerships)),
        memberships=table("memberships", _memberships(partnerships, rows)),
        meetings=table("meetings", map(_meeting, meetings)),
        attendances=table("attendances", _attendances(meetings, rows)),
        needs=table("needs", _needs(organisations, territories)),
        offers=table("offers", _offers(organisations)),
        deliveries=table("deliveries", _deliveries(by_type[ServiceDelivery], rows)),
        outreach=table("outreach", (_outreach(o, rows) for o in by_type[Outreach])),
        territories=table(
            "territories", ({f: getattr(t, f) for f in places} | {"parent": t.parent or ""} for t in territories)
        ),
        borders=table("borders", ({"a": t.code, "b": b} for t in territories for b in t.borders if b in codes)),
    )
