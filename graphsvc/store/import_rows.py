"""Records of an import as rows for Neo4j, and what a file changes on records that are there already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graphsvc.model.base import stable_id
from graphsvc.model.mapping import ORDER, LinkRow, NodeRow
from graphsvc.model.partnerships import Member, Partnership
from graphsvc.model.vocabulary import sector_label
from graphsvc.store.nodes import stored_properties

Row = dict[str, Any]
MIXED = "told_by_more_files"
"""Property of a partnership to which another file than its own has added something."""
_ABOUT_THE_RECORD = frozenset({"id", "version", "imported_version", "nip_unique", "renew_before_days", MIXED})
_DEFAULT_SECTOR = "other"


@dataclass(frozen=True, slots=True)
class Existing:
    """A record as it is in the database."""

    properties: Mapping[str, Any]
    members: Sequence[Row]
    links: frozenset[tuple[str, str]]

    @property
    def edited(self) -> bool:
        """Whether a person has changed it since the last import: then the file changes nothing that is filled."""
        return self.properties.get("version") != self.properties.get("imported_version")


@dataclass(slots=True)
class Changes:
    """What one record gets from the file."""

    after: Row = field(default_factory=dict)
    links: list[LinkRow] = field(default_factory=list)
    members: list[Row] | None = None
    """The new members; None: they stay."""

    def __bool__(self) -> bool:
        return bool(self.after or self.links or self.members is not None)


def properties_of(node: NodeRow) -> Row:
    """The properties of a new node; ``imported_version`` tells later whether a person has changed it."""
    kept = stored_properties(node.labels, node.properties, unit=_founded(link.link.type for link in node.links))
    return {**kept, "imported_version": node.properties.get("version", 0)}


def members_of(node: NodeRow) -> list[Row]:
    """The members of a partnership, in order, as rows."""
    rows = [link for link in node.links if link.link.type == "MEMBER_OF"]
    return [{"id": link.key, "properties": dict(link.properties)} for link in rows]


def other_links(node: NodeRow) -> list[LinkRow]:
    """All links but those of members."""
    return [link for link in node.links if link.link.type != "MEMBER_OF"]


def link_row(id: str, link: LinkRow) -> Row:
    """A link for the ``imports/link_…`` queries; ``key_id`` names a target that has to be made."""
    kind = "territory" if link.link.target == "Territory" else "service area"
    return {
        "id": id,
        "type": link.link.type,
        "key": link.key,
        "key_id": stable_id(kind, link.key),
        "properties": dict(link.properties),
    }


def filled(node: NodeRow, old: Existing) -> Changes:
    """For organisations, territories and edited records: fill what is empty, add names, change nothing else."""
    changes = Changes()
    for name, value in node.properties.items():
        if name in _ABOUT_THE_RECORD or name.startswith("source_") or name == "other_names":
            continue
        known = old.properties.get(name)
        if known is None or (name == "sector" and known == _DEFAULT_SECTOR != value):
            changes.after[name] = value
    if "Organisation" in node.labels:
        _add_names(changes, node, old)
    taken = {kind for kind, _ in old.links}
    changes.links = [link for link in other_links(node) if link.link.type not in taken]
    return changes


def updated(node: NodeRow, old: Existing) -> Changes:
    """For partnerships that nobody has edited since the last import: what the file says, trace kept. What a file does
    not say goes only where it is the file that the partnership came from, corrected, and no other one (which only adds)
    has told more since."""
    own = node.properties.get("source_file") == old.properties.get("source_file")
    same_file = own and not old.properties.get(MIXED)
    changes = Changes()
    for name, value in node.properties.items():
        if name not in _ABOUT_THE_RECORD and not name.startswith("source_") and old.properties.get(name) != value:
            changes.after[name] = value
    gone = old.properties.keys() - node.properties.keys() - _ABOUT_THE_RECORD if same_file else ()
    for name in sorted(n for n in gone if not n.startswith("source_")):
        changes.after[name] = None
    changes.links = [link for link in other_links(node) if (link.link.type, link.key) not in old.links]
    had = sorted(old.members, key=lambda m: (m["properties"].get(ORDER, 0), m["id"]))
    members = members_of(node) if same_file else _joined(had, members_of(node))
    members = _inside(members, {**old.properties, **changes.after})
    if members != had:
        changes.members = members
    if changes and not same_file and not old.properties.get(MIXED):
        changes.after[MIXED] = True
    return changes


def lost(node: NodeRow, old: Existing) -> tuple[list[str], tuple[str, ...]]:
    """What ``updated`` takes from a partnership: ids of members, in their order, and fields."""
    changes = updated(node, old)
    kept = {m["id"] for m in (old.members if changes.members is None else changes.members)}
    gone = dict.fromkeys(m["id"] for m in old.members if m["id"] not in kept)
    return list(gone), tuple(k for k, value in changes.after.items() if value is None and k in Partnership.model_fields)


def _joined(had: list[Row], said: list[Row]) -> list[Row]:
    """The members with the role and days that the file gives them, behind them those who are none yet or come back."""
    members, new = list(had), []
    for row in said:
        same = [k for k, m in enumerate(members) if m["id"] == row["id"] and _member(m).overlaps(_member(row))]
        if not same:
            new.append(row)
        elif len(same) == 1:  # of several spans it isn't known which one is meant
            members[same[0]] = _with(members[same[0]], _given(row))
    last = max((m["properties"].get(ORDER, 0) for m in had), default=-1)
    return [*members, *(_with(m, {ORDER: last + k}) for k, m in enumerate(new, 1))]


def _inside(members: list[Row], partnership: Mapping[str, Any]) -> list[Row]:
    """The members with days inside the partnership's, which one file may give and another one those of members: days
    outside become its first or last one, and of one member's spans that end up as one the first stays."""
    starts, ends = partnership.get("starts_on") or date.min, partnership.get("ends_on") or date.max
    kept: list[Row] = []
    for row in members:
        own = row["properties"]
        days = {name: min(max(own[name], starts), ends) for name in ("since", "until") if own.get(name)}
        cut = _with(row, days)
        if cut == row or not any(m["id"] == row["id"] and _member(m).overlaps(_member(cut)) for m in kept):
            kept.append(cut)
    return kept


def _member(row: Row) -> Member:
    return Member.model_construct(id=row["id"], **row["properties"])


def _given(row: Row) -> Row:
    """What the file says of a member; a plain partner may be one of whom it says no role."""
    plain = Member.model_fields["role"].default
    said = {name: row["properties"].get(name) for name in ("role", "since", "until")}
    return {name: value for name, value in said.items() if value is not None and value != plain}


def _with(row: Row, more: Row) -> Row:
    return {**row, "properties": {**row["properties"], **more}}


def change_row(node: NodeRow, old: Existing, changes: Changes) -> Row:
    """The row for ``imports/change``."""
    version = int(old.properties.get("version") or 0) + 1
    marks = {"version": version} if old.edited else {"version": version, "imported_version": version}
    new_sector = "sector" in changes.after
    return {
        "id": node.id,
        "after": {**changes.after, **_unique_nip(node, old, changes), **marks},
        "labels": list(node.labels) if new_sector else ["Record"],
        "gone": [sector_label(_DEFAULT_SECTOR)] if new_sector else [],
    }


def native(value: Any) -> Any:
    """Neo4j's own dates as Python's, also inside lists and maps."""
    if isinstance(value, Mapping):
        return {k: native(v) for k, v in value.items()}
    if isinstance(value, list):
        return [native(v) for v in value]
    return value.to_native() if hasattr(value, "to_native") else value


def existing(rows: Iterable[Mapping[str, Any]]) -> dict[str, Existing]:
    """The rows of ``imports/existing`` by id."""
    return {
        r["id"]: Existing(
            native(r["properties"]),
            list(map(_unmarked, native(r["members"]))),
            frozenset((kind, key) for kind, key in r["links"]),
        )
        for r in rows
    }


def _unmarked(member: Row) -> Row:
    """Without where it came from by a merge, which no file says."""
    return {**member, "properties": {k: v for k, v in member["properties"].items() if k != "merged_from"}}


def _add_names(changes: Changes, node: NodeRow, old: Existing) -> None:
    had = list(old.properties.get("other_names") or [])
    offered = [node.properties.get("name"), *(node.properties.get("other_names") or [])]
    names = [*had]
    for name in offered:
        if name and name != old.properties.get("name") and name not in names:
            names.append(name)
    if names != had:
        changes.after["other_names"] = names


def _unique_nip(node: NodeRow, old: Existing, changes: Changes) -> Row:
    unit = _founded((*(kind for kind, _ in old.links), *(link.link.type for link in changes.links)))
    if not unit and not {"nip", "sector"} & changes.after.keys():
        return {}
    nip = stored_properties(node.labels, {**old.properties, **changes.after}, unit=unit).get("nip_unique")
    return {"nip_unique": nip} if nip or "nip_unique" in old.properties else {}


def _founded(types: Iterable[str]) -> bool:
    return "FOUNDED" in types
