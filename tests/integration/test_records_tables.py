"""Export → import gives the same graph; names and numbers find what is there; nothing is half-written."""

from __future__ import annotations

from datetime import date

import pytest

from graphsvc.demo.region import region_records
from graphsvc.errors import Place, RecordError
from graphsvc.model.base import Record
from graphsvc.model.mapping import to_node
from graphsvc.model.organisations import Need, Organisation
from graphsvc.model.partnerships import Partnership
from graphsvc.model.record_types import RECORD_TYPES, record_type
from graphsvc.model.rows import columns, to_row
from graphsvc.model.tables import TableRead, header
from graphsvc.store.driver import Store
from graphsvc.store.records import Records

EMPTY = "MATCH (n) WHERE NOT n:SchemaVersion DETACH DELETE n"


def some_of_the_region() -> list[Record]:
    """Up to 25 records of each type (all places, 150 organisations) that link only to each other."""
    kept: dict[str, list[Record]] = {label: [] for label in RECORD_TYPES}
    keys: set[str] = set()
    for record in sorted(region_records(), key=lambda r: list(RECORD_TYPES).index(r.label)):
        of_its_own = {"ServiceArea": 100, "Territory": 100, "Organisation": 150}.get(record.label, 25)
        ends = {row.key for row in to_node(record).links if row.link.target not in ("Status", record.label)}
        if not type(record).private and ends <= keys and len(kept[record.label]) < of_its_own:
            kept[record.label].append(record)
            keys |= {record.id, getattr(record, "code", record.id)}
    return [r for records in kept.values() for r in records]


def exported(records: Records) -> dict[str, list[list[str]]]:
    """What a file of every type holds: a header and its rows."""
    tables = {}
    for label, model in RECORD_TYPES.items():
        rows = [to_row(r) for r in records.all(label)]
        names = columns(model)
        tables[label] = [names, *([row[n] for n in names] for row in rows)]
    return tables


def imported(records: Records, tables: dict[str, list[list[str]]]) -> list[TableRead]:
    reads = []
    for label, (first, *rows) in tables.items():
        names = header(record_type(label), first)
        placed = ((Place(file=label, row=i), row) for i, row in enumerate(rows, 2))
        reads.append(records.read_table(label, names, placed))
    return reads


def graph(store: Store) -> tuple[list[object], list[object]]:
    """All nodes and relationships, without who saved them when."""
    with store.session() as session:
        nodes = session.run("MATCH (n:Record) RETURN labels(n) AS labels, properties(n) AS p")
        meta = ("created_at", "created_by", "changed_at", "changed_by")
        kept = sorted(
            (sorted(r["labels"]), sorted((k, str(v)) for k, v in r["p"].items() if k not in meta)) for r in nodes
        )
        links = session.run(
            "MATCH (a)-[l]->(b) RETURN a.id AS a, type(l) AS t, coalesce(b.id, b.code) AS b, properties(l) AS p"
        )
        tied = sorted((r["a"], r["t"], r["b"], sorted((k, str(v)) for k, v in r["p"].items())) for r in links)
    return kept, tied  # type: ignore[return-value]


def test_export_then_import_into_an_empty_database_gives_the_same_graph(store: Store) -> None:
    records = Records(store)
    whole = some_of_the_region()
    records.save_many(whole, by="demo")
    before, tables = graph(store), exported(records)
    with store.session() as session:
        session.run(EMPTY).consume()
    assert records.import_tables(imported(records, tables), by="anna") == len(whole)
    assert graph(store) == before
    reads = imported(records, tables)
    assert records.import_tables(reads, by="anna") == len(whole)
    assert graph(store) == before


def table(records: Records, label: str, titles: list[str], *rows: list[object]) -> TableRead:
    names = header(record_type(label), titles)
    return records.read_table(label, names, [(Place(file="a.xlsx", row=i), row) for i, row in enumerate(rows, 2)])


def test_people_write_names_and_numbers(store: Store) -> None:
    records = Records(store)
    base: list[Record] = [
        Organisation(id="o1", name="Fundacja Łąka", sector="ngo", krs="0000012345"),
        Organisation(id="o2", name="Gmina Wymyślona", sector="local_government"),
    ]
    records.save_many(base, by="test")
    titles = ["Name", "Kind", "Starts on", "Members", "Territories"]
    row = ["Razem", "partnerstwo lokalne na rzecz ES", "1.03.2024", "0000012345;role=lider|gmina wymyślona", "Ścinawa"]
    read = table(records, "Partnership", titles, row)
    assert read.refused == []
    records.import_tables([read], by="anna")
    (made,) = records.all("Partnership")
    assert isinstance(made, Partnership)
    assert [(m.id, m.role) for m in made.members] == [("o1", "LID"), ("o2", "PAR")]
    assert (made.kind, made.starts_on, made.territories) == ("LOK", date(2024, 3, 1), ("021104",))
    records.import_tables([table(records, "Partnership", titles, row)], by="anna")
    assert len(list(records.all("Partnership"))) == 1


def test_a_table_with_fewer_columns_leaves_the_others_as_they_are(store: Store) -> None:
    records = Records(store)
    known = Organisation(id="o1", name="A", sector="ngo", krs="0000012345", needs=(Need(code="OPI"),), email="a@b.pl")
    records.save(known, by="test")
    records.import_tables([table(records, "Organisation", ["name", "krs", "town"], ["A", 12345.0, "Lubin"])], by="anna")
    (now,) = records.all("Organisation")
    assert now == known.model_copy(update={"town": "Lubin", "version": 2})


def test_any_refused_row_keeps_the_whole_table_out(store: Store) -> None:
    records = Records(store)
    read = table(records, "Organisation", ["name", "territory"], ["A", "Ścinawa"], ["B", "Nigdzie"], ["C", "Lubin"])
    assert [str(p).partition(". ")[0] for p in read.refused] == [
        "file a.xlsx, row 3, column territory: There is no territory “Nigdzie”",
        "file a.xlsx, row 4, column territory: “Lubin” may mean several records",
    ]
    with pytest.raises(RecordError):
        records.import_tables([read], by="anna")
    assert records.counts()["Organisation"] == 0
