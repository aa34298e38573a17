"""The network of a file, without a database: the same tables that ``store`` would read back."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pyarrow as pa

from graphsvc.model.imports import ImportPlan
from graphsvc.model.network import SCHEMAS, Network, table

_ORGANISATION = ("id", "name", "sector", "kind", "lat", "lon", "description", "active_from", "active_to")
_PARTNERSHIP = ("id", "name", "kind", "phase", "starts_on", "ends_on", "themes", "territories")


def to_network(plan: ImportPlan) -> Network:
    """All organisations, partnerships, memberships and territories of the plan."""
    row = {id: i for i, id in enumerate(plan.organisations)}
    partnerships: dict[str, list[Any]] = defaultdict(list)
    memberships: dict[str, list[Any]] = defaultdict(list)
    for number, p in enumerate(plan.partnerships):
        for name in _PARTNERSHIP:
            partnerships[name].append(getattr(p, name))
        partnerships["description"].append(p.purpose)
        partnerships["source"].append(p.source.file if p.source else "")
        for m in p.members:
            memberships["organisation"].append(row[m.id])
            memberships["partnership"].append(number)
            for name in ("role", "since", "until"):
                memberships[name].append(getattr(m, name))
    return Network(
        organisations=_organisations(plan),
        partnerships=_columns("partnerships", partnerships),
        memberships=_columns("memberships", memberships),
        territories=table("territories", (t.model_dump() for t in plan.territories)),
        borders=table("borders", ({"a": t.code, "b": b} for t in plan.territories for b in t.borders)),
    )


def _organisations(plan: ImportPlan) -> pa.Table:
    columns: dict[str, list[Any]] = defaultdict(list)
    for o in plan.organisations.values():
        for name in _ORGANISATION:
            columns[name].append(getattr(o, name))
        columns["territory"].append(o.territory or "")
        columns["acts_in"].append(sorted(o.acts_in))
        columns["tags"].append(o.tags)
        columns["founder"].append(None)
        columns["confirmed_on"].append(o.confirmed_on)
    return _columns("organisations", columns)


def _columns(name: str, columns: dict[str, list[Any]]) -> pa.Table:
    schema = SCHEMAS[name]
    return pa.table({f.name: pa.array(columns[f.name], f.type) for f in schema}, schema=schema)
