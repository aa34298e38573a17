"""Tables of records imported: names become ids, rows meet the records that are there, all or nothing is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from graphsvc.errors import Place, RecordError
from graphsvc.i18n import msg, short
from graphsvc.model.base import Link, Record
from graphsvc.model.fieldtypes import UUID, RuleError, krs
from graphsvc.model.poland import poland
from graphsvc.model.rows import EMPTY, to_row
from graphsvc.model.tables import Row, TableRead, is_blank, natural_id, read_table
from graphsvc.model.vocabulary import Vocabulary
from graphsvc.store.driver import Store
from graphsvc.store.merged import Merged, merged
from graphsvc.store.record_reading import Stored, of_type, read

UNCHECKED = frozenset({"Status", "ServiceArea"})
"""Targets whose keys are codes of the vocabulary, checked as such."""


class Importer:
    """Reads tables of one type of records against what is in the graph."""

    def __init__(self, store: Store, vocabulary: Vocabulary | None = None) -> None:
        self._store = store
        self._vocabulary = vocabulary
        self._keys: dict[tuple[str, str], str] = {}
        self._there: dict[str, Stored] = {}
        self._merged = merged(store)

    def read(
        self,
        model: type[Record],
        names: Sequence[str],
        rows: Iterable[tuple[Place, Sequence[object]]],
        titles: Sequence[object] = (),
    ) -> TableRead:
        """Every row as a record (over the one that it updates) or as problems. Writes nothing."""
        table = list(rows)
        typed = (dict(zip(names, cells, strict=False)) for _, cells in table)
        self._there |= read(self._store.read, (_given_id(row) or natural_id(model, row) for row in typed))
        before = partial(self._before, model)
        return read_table(model, names, table, before, self.resolve, self._vocabulary, titles)

    def _before(self, model: type[Record], row: Row) -> tuple[Row, Row]:
        given = _given_id(row)
        named = given or self._same(model, row) or natural_id(model, row)
        id = next((m.kept for m in self._merged if m.id == named), named)
        if id not in self._there:
            self._there |= read(self._store.read, [id])
        stored = self._there.get(id)
        if stored is None or not isinstance(stored.record, model):
            return {}, {**row, "id": id}
        known: Row = to_row(stored.record, private=True)
        if id != named:  # the row of one that was merged away only fills what is empty
            row = {column: cell for column, cell in row.items() if known.get(column) in (None, "", EMPTY)}
        elif not given:  # found by its number, its name or what it is: who left a cell blank knows nothing of it
            row = {column: cell for column, cell in row.items() if not is_blank(cell)}
        return known, {**known, **row, "id": id, "version": stored.record.version}

    def _gone(self, label: str, text: str) -> Merged | None:
        """The organisation with that id, number or name, where it was merged into another one."""
        if label != "Organisation" or not text:
            return None
        found = [m for m in self._merged if _called(m, text.casefold())]
        return found[0] if len({m.kept for m in found}) == 1 else None

    def _same(self, model: type[Record], row: Mapping[str, object]) -> str | None:
        """The organisation with the row's number of a register, else the only one of its name."""
        if model.label != "Organisation":
            return None
        for column in ("krs", "regon", "nip"):
            text = str(row.get(column) or "").removesuffix(".0")
            if text and (found := self._found("Organisation", _digits(column, text))):
                return found[0]
            if gone := self._gone("Organisation", _digits(column, text)):
                return gone.id
        name = str(row.get("name") or "").strip()
        named = self._named("Organisation", name)
        gone = None if named else self._gone("Organisation", name)
        return gone.id if gone else named[0][0] if len(named) == 1 else None

    def resolve(self, link: Link, text: str) -> str:
        """The key of what a cell names. Raises RecordError when that is nothing, or may be several."""
        if link.target in UNCHECKED or UUID.fullmatch(text):
            gone = self._gone(link.target, text)
            return gone.kept if gone else text  # whether it is there is seen when it is saved
        if link.target == "Territory" and ":" in text:
            return text  # a code of our own, perhaps of a row of the same file
        if link.target == "Territory" and text[:6] in poland().by_code:
            return text[:6]
        known = (link.target, text)
        if known not in self._keys:
            self._keys[known] = self._key(link.target, text)
        return self._keys[known]

    def _key(self, label: str, text: str) -> str:
        found = self._found(label, text)
        if found:
            return found[0]
        named = self._named(label, text)
        if len(named) == 1:
            return named[0][0]
        if not named and (gone := self._gone(label, text)):
            return gone.kept
        if label == "Territory":
            return _shipped(text)
        if named:
            raise RecordError(
                msg("“%(what)s” may mean several records.", what=short(text)),
                hint=msg("Write the id of one: %(ids)s.", ids="; ".join(f"{k} ({h})" for k, h in named[:5])),
            )
        raise RecordError(
            msg("There is no record “%(key)s” to link to.", key=short(text)),
            hint=msg("Choose one from the list, or save that one first."),
        )

    def _found(self, label: str, text: str) -> list[str]:
        return [r["key"] for r in self._store.read("records/resolve", label=label, texts=[text])]

    def _named(self, label: str, text: str) -> list[tuple[str, str]]:
        if not text:
            return []
        rows = self._store.read(of_type("records/named", label), name=text)
        return [(r["key"], r["hint"] or "") for r in rows]


def _called(gone: Merged, folded: str) -> bool:
    numbers = (text for r in gone.registers for text in (r.casefold(), r.partition(":")[2].casefold()))
    return folded in (gone.id, *(n.casefold() for n in gone.names), *numbers)


def _given_id(row: Mapping[str, object]) -> str:
    return str(row.get("id") or "").strip()


def _digits(column: str, text: str) -> str:
    try:
        return krs(text) if column == "krs" else "".join(c for c in text if c.isdigit())
    except RuleError:
        return text


def _shipped(text: str) -> str:
    """The code of the only shipped territory of that name."""
    named = [t for t in poland() if text.casefold() in (t.name.casefold(), t.short_name.casefold())]
    gminas = [t for t in named if t.level == "gmina"] or named
    if len(gminas) == 1:
        return gminas[0].code
    if gminas:
        raise RecordError(
            msg("“%(what)s” may mean several records.", what=short(text)),
            hint=msg("Write the id of one: %(ids)s.", ids="; ".join(f"{t.code} ({t.name})" for t in gminas[:5])),
        )
    raise RecordError(
        msg("There is no territory “%(name)s”.", name=short(text)),
        hint=msg("Use 2, 4 or 6 digits of TERC, or choose from the list."),
    )
