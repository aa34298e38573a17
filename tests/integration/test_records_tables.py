"""Export → import gives the same graph; names and numbers find what is there; nothing is half-written."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

import pytest

from graphsvc.demo.region import region_records
from graphsvc.errors import Place, RecordError
from graphsvc.exports.tables import Table, write_plain
from graphsvc.ingest.csv_reader import open_csv
from graphsvc.ingest.profile import FileRules
from graphsvc.ingest.xlsx_reader import open_workbook
from graphsvc.model.base import Record
from graphsvc.model.organisations import Need, Organisation
from graphsvc.model.partnerships import Partnership
from graphsvc.model.record_types import RECORD_TYPES, record_type
from graphsvc.model.rows import columns, to_row
from graphsvc.model.tables import TableRead, header
from graphsvc.store.driver import Store
from graphsvc.store.records import Records

EMPTY = "MATCH (n) WHERE NOT n:SchemaVersion DETACH DELETE n"


def exported(records: Records, folder: Path, format: Literal["csv", "xlsx"]) -> dict[str, Path]:
    """A file of every type, private ones too: what an administrator keeps as a copy."""
    files = {}
    for label, model in RECORD_TYPES.items():
        rows = [to_row(r, private=True) for r in records.all(label, private=True)]
        names = columns(model, private=True)
        table = Table(label, {n: [row.get(n, "") for row in rows] for n in names})
        files[label] = folder / f"{label}.{format}"
        files[label].write_bytes(write_plain([table], format))
    return files


def imported(records: Records, files: dict[str, Path]) -> list[TableRead]:
    reads = []
    for label, path in files.items():
        model = record_type(label)
        workbook = path.suffix == ".xlsx"
        names = columns(model, private=True)
        (sheet,) = open_workbook(path, FileRules()) if workbook else [open_csv(path, FileRules(), names)]
        rows = sheet.rows()
        number, titles = next(rows)
        fields = header(model, titles, sheet.place(number))
        reads.append(records.read_table(label, fields, ((sheet.place(n), cells) for n, cells in rows), titles))
    return reads


def graph(store: Store) -> tuple[list[object], list[object]]:
    """Every node with all its labels and properties and every relationship, without who saved them when."""
    with store.session() as session:
        nodes = session.run(
            "MATCH (n) WHERE NOT n:(SchemaVersion|Change|Written|WrittenCounter) "
            "RETURN labels(n) AS labels, properties(n) AS p"
        )
        meta = ("created_at", "created_by", "changed_at", "changed_by")
        kept = sorted(
            (sorted(r["labels"]), sorted((k, str(v)) for k, v in r["p"].items() if k not in meta)) for r in nodes
        )
        links = session.run(
            "MATCH (a)-[l]->(b) RETURN coalesce(a.id, a.code) AS a, type(l) AS t, coalesce(b.id, b.code) AS b, "
            "properties(l) AS p"
        )
        tied = sorted((r["a"], r["t"], r["b"], sorted((k, str(v)) for k, v in r["p"].items())) for r in links)
    return kept, tied  # type: ignore[return-value]


@pytest.fixture(scope="module")
def region() -> list[Record]:
    """The whole made-up region."""
    return list(region_records())


def test_the_region_has_every_type_of_record(region: list[Record]) -> None:
    assert {r.label for r in region} == set(RECORD_TYPES)


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_export_then_import_into_an_empty_database_gives_the_same_graph(
    store: Store, region: list[Record], format: Literal["csv", "xlsx"], tmp_path: Path
) -> None:
    records = Records(store)
    records.save_many(region, by="demo")
    before, files = graph(store), exported(records, tmp_path, format)
    with store.session() as session:
        session.run(EMPTY).consume()
    reads = imported(records, files)
    assert [str(p) for read in reads for p in read.refused] == []
    assert len(records.import_tables(reads, by="anna")) == sum(records.counts().values())
    assert graph(store) == before
    records.import_tables(imported(records, files), by="anna")
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


def test_a_blank_cell_takes_nothing_from_whom_a_name_or_number_means(store: Store) -> None:
    """Beside an id it does, and a dash does everywhere."""
    records = Records(store)
    known = Organisation(id="o1", name="A", sector="ngo", krs="0000012345", town="Lubin", territory="021101")
    records.save(known, by="test")
    titles = ["id", "name", "krs", "sector", "town", "territory", "email"]

    def after(*cells: object) -> Organisation:
        records.import_tables([table(records, "Organisation", titles, list(cells))], by="anna")
        return records.typed("o1", Organisation)

    now = after("", "A", "", None, " ", "", "a@b.pl")
    assert now == known.model_copy(update={"email": "a@b.pl", "version": 2})
    assert after("", "", "0000012345", "", "Legnica", "-", "").model_dump(exclude={"version"}) == known.model_copy(
        update={"email": "a@b.pl", "town": "Legnica", "territory": None}
    ).model_dump(exclude={"version"})
    read = table(records, "Organisation", titles, ["o1", "A", "0000012345", "ngo", "", "-", ""])
    assert [str(warning) for warning in read.warnings] == [
        f"file a.xlsx, row 2, column {column}: The empty cell takes “{what}” away from the record. "
        "Fill it in, or leave the column out of the file, where that is not meant."
        for column, what in (("town", "Legnica"), ("email", "…"))
    ]
    records.import_tables([read], by="anna")
    assert records.typed("o1", Organisation) == known.model_copy(update={"town": "", "territory": None, "version": 4})


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


def test_a_file_that_names_an_organisation_merged_away_means_the_one_that_stayed(store: Store) -> None:
    records = Records(store)
    gone = Organisation(id="6f3f4a52-6d0b-4d52-9f5b-6a7b1f0e8c11", name="Fund. Łąka", sector="ngo", krs="0000054321")
    records.save_many([Organisation(id="o1", name="Fundacja Łąka", sector="ngo", krs="0000012345"), gone], by="test")
    records.save(Organisation(id="o2", name="Szkoła", sector="school"), by="test")
    records.merge("o1", gone.id, by="test")
    titles = ["Name", "Members"]
    rows: list[list[object]] = [[f"P{i}", f"{n}|o2"] for i, n in enumerate((gone.id, "fund. łąka", "0000054321"))]
    records.import_tables([table(records, "Partnership", titles, *rows)], by="anna")
    made = [p for p in records.all("Partnership") if isinstance(p, Partnership)]
    assert [[m.id for m in p.members] for p in made] == [["o1", "o2"]] * 3
    for cells in ([gone.id, "Zmieniona", "Lubin"], ["", "Fund. Łąka", "Legnica"]):
        records.import_tables([table(records, "Organisation", ["id", "name", "town"], cells)], by="anna")
    now = records.typed("o1", Organisation)
    assert (now.name, now.krs, now.town) == ("Fundacja Łąka", "0000012345", "Lubin")
    assert records.counts()["Organisation"] == 2
