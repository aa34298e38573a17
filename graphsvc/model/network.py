"""The network in columns: what ``store`` reads from Neo4j and ``ingest`` reads from a file, and ``snapshot`` takes.

Rows refer to each other by position (int32): a membership's ``organisation`` is a row of ``organisations``.
A date that is not known is null. Columns are Arrow, so that they can be memory-mapped and written as Parquet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields

import pyarrow as pa

_row = pa.int32()
_day = pa.date32()
_text = pa.string()
_codes = pa.list_(pa.string())

ORGANISATIONS = pa.schema(
    [
        ("id", _text),
        ("name", _text),
        ("sector", _text),  # vocabulary scheme organisation_sector
        ("kind", _text),  # code in the sector's scheme, "" where not known
        ("territory", _text),  # code of a row in territories, "" where not known
        ("acts_in", _codes),  # where it works besides
        ("lat", pa.float64()),
        ("lon", pa.float64()),
        ("description", _text),
        ("tags", _codes),  # statuses (PS, OPP …), themes, trades (PKD)
        ("founder", _row),  # the organisation that a unit without legal personality hangs on; null otherwise
        ("active_from", _day),
        ("active_to", _day),
        ("confirmed_on", _day),
    ]
)
PARTNERSHIPS = pa.schema(
    [
        ("id", _text),
        ("name", _text),
        ("kind", _text),  # scheme partnership_type
        ("phase", _text),  # scheme partnership_phase
        ("starts_on", _day),
        ("ends_on", _day),
        ("themes", _codes),
        ("territories", _codes),
        ("description", _text),
        ("source", _text),
    ]
)
MEMBERSHIPS = pa.schema(
    [
        ("organisation", _row),
        ("partnership", _row),
        ("role", _text),  # scheme partner_role
        ("since", _day),  # null: since the partnership's start
        ("until", _day),  # null: until its end
    ]
)
MEETINGS = pa.schema([("id", _text), ("kind", _text), ("held_on", _day), ("themes", _codes), ("territory", _text)])
ATTENDANCES = pa.schema([("organisation", _row), ("meeting", _row)])
NEEDS = pa.schema(
    [
        ("organisation", _row),  # null: a need of the territory itself
        ("territory", _text),
        ("area", _text),  # ServiceArea code
        ("level", pa.float64()),  # 1 low, 2 medium, 3 high
        ("people", pa.float64()),  # about how many it concerns
        ("since", _day),
        ("met_on", _day),
    ]
)
OFFERS = pa.schema(
    [
        ("organisation", _row),
        ("territory", _text),
        ("area", _text),
        ("capacity", pa.float64()),
        ("since", _day),
        ("until", _day),  # the last day of the offer
    ]
)
DELIVERIES = OFFERS
"""Services that are delivered, or were: who, in which territory, of which area; capacity: people served."""
OUTREACH = pa.schema(
    [
        ("a", _row),
        ("b", _row),
        ("status", _text),  # scheme suggestion_status
        ("reason", _text),  # scheme refusal_reason
        ("on", _day),
        ("until", _day),  # not to be suggested again before this day
        ("talked", pa.bool_()),  # somebody set about it: who, how or where is written down
    ]
)
TERRITORIES = pa.schema(
    [
        ("code", _text),
        ("name", _text),
        ("level", _text),  # voivodeship, powiat, gmina, region, revitalisation
        ("parent", _text),
        ("lat", pa.float64()),
        ("lon", pa.float64()),
        ("population", pa.int64()),
    ]
)
BORDERS = pa.schema([("a", _text), ("b", _text)])


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Everything that measures and suggestions are computed from; one Arrow table per kind of row.

    Raises ValueError when a table does not have its schema's columns and types.
    """

    organisations: pa.Table = field(default_factory=ORGANISATIONS.empty_table)
    partnerships: pa.Table = field(default_factory=PARTNERSHIPS.empty_table)
    memberships: pa.Table = field(default_factory=MEMBERSHIPS.empty_table)
    meetings: pa.Table = field(default_factory=MEETINGS.empty_table)
    attendances: pa.Table = field(default_factory=ATTENDANCES.empty_table)
    needs: pa.Table = field(default_factory=NEEDS.empty_table)
    offers: pa.Table = field(default_factory=OFFERS.empty_table)
    deliveries: pa.Table = field(default_factory=DELIVERIES.empty_table)
    outreach: pa.Table = field(default_factory=OUTREACH.empty_table)
    territories: pa.Table = field(default_factory=TERRITORIES.empty_table)
    borders: pa.Table = field(default_factory=BORDERS.empty_table)

    def __post_init__(self) -> None:
        for f in fields(self):
            table = getattr(self, f.name)
            if not table.schema.equals(SCHEMAS[f.name]):
                raise ValueError(f"table {f.name} has schema {table.schema}, expected {SCHEMAS[f.name]}")


SCHEMAS: dict[str, pa.Schema] = {
    "organisations": ORGANISATIONS,
    "partnerships": PARTNERSHIPS,
    "memberships": MEMBERSHIPS,
    "meetings": MEETINGS,
    "attendances": ATTENDANCES,
    "needs": NEEDS,
    "offers": OFFERS,
    "deliveries": DELIVERIES,
    "outreach": OUTREACH,
    "territories": TERRITORIES,
    "borders": BORDERS,
}


def table(name: str, rows: Iterable[Mapping[str, object]]) -> pa.Table:
    """Rows as the table ``name`` of a Network; a missing key is null."""
    schema = SCHEMAS[name]
    rows = list(rows)
    return pa.table({f.name: pa.array([r.get(f.name) for r in rows], f.type) for f in schema}, schema=schema)
