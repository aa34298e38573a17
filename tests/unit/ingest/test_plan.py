"""From lines to records, with what they must be said by hand."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphsvc.errors import FileError, GraphsvcError, InputError, ProfileError
from graphsvc.exports.reports import import_report
from graphsvc.ingest import read_plan, spool
from graphsvc.model.imports import KnownOrganisation
from tests.unit.ingest.conftest import Plan, members, refusals


def test_reading_again_gives_the_same_ids(plan: Plan) -> None:
    lines = ("Partnerstwo;Organizacja;KRS", "A;Fundacja Dom;123", "A;Gmina Lubin;")
    first, again = plan(*lines), plan(*lines)
    assert list(first.organisations) == list(again.organisations)
    assert [p.id for p in first.partnerships] == [p.id for p in again.partnerships]
    assert first.sha256 == again.sha256


def test_what_stands_under_no_heading_is_told(plan: Plan) -> None:
    made = plan("Partnerstwo;;Organizacja", "A;;Dom;", "A;uwaga;Las;;x", "B;;Las;;y")
    told = "what stands under no heading is not taken: right of “Partnerstwo”, “Organizacja” (first in row 3)"
    assert told in map(str, made.found)
    assert not [f for f in plan("Partnerstwo;;Organizacja", "A;;Dom;;").found if "no heading" in str(f)]


def test_numbers_join_and_keep_apart(plan: Plan) -> None:
    made = plan(
        "Partnerstwo;Organizacja;KRS",
        "A;Fundacja Dom;123",
        "A;Nasz Dom (dawniej Fundacja);0000000123",  # the same KRS number, zeros lost
        "A;Fundacja Las;7",
        "A;FUNDACJA LAS;8",  # equal names, different numbers
    )
    assert [(o.name, o.krs) for o in made.organisations.values()] == [
        ("Fundacja Dom", "0000000123"),
        ("Fundacja Las", "0000000007"),
        ("FUNDACJA LAS", "0000000008"),
    ]
    assert [(d.name, d.other) for d in made.doubtful] == [
        ("FUNDACJA LAS (KRS:0000000008)", "Fundacja Las (KRS:0000000007)")
    ]


def test_known_organisations_are_found_by_name_old_name_and_number(plan: Plan) -> None:
    known = (
        KnownOrganisation("dom", "Fundacja Dom", ("Fundacja Domek",), ("KRS:0000000123",)),
        KnownOrganisation("las", "Las S.A."),
    )
    made = plan(
        "Partnerstwo;Organizacja;KRS",
        "A;fundacja domek;",
        "A;Całkiem inna nazwa;123",
        "A;LAS;",
        "A;Pole;",
        known=known,
    )
    assert list(made.organisations)[:2] == ["dom", "las"]
    assert len(made.organisations) == 3
    assert made.known == {"dom", "las"}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"  \n \n", "empty"),
        (b"Partnerstwo;Organizacja\n", "no rows"),
        (b"\x00\x01\x02\x7fELF" * 100, "not a text file"),
        (b"PK\x03\x04 no real archive", "can't be read"),
        (b'Partnerstwo;Organizacja\nA;"' + b"x" * 10_000_000, "more than 131072 characters"),
        (b"Partnerstwo;Organizacja\n;x\n", "Row 2: This field is needed"),
    ],
)
def test_a_bad_file_is_told_in_a_sentence(tmp_path: Path, profile: Path, content: bytes, says: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    with pytest.raises(FileError, match=says) as caught:
        read_plan(path, profile)
    assert caught.value.place
    assert caught.value.hint
    assert caught.value.exit_code == 2


def test_a_missing_file_and_a_folder(tmp_path: Path, profile: Path) -> None:
    with pytest.raises(FileError, match="no such file"):
        read_plan(tmp_path / "none.csv", profile)
    with pytest.raises(FileError, match="folder"):
        read_plan(tmp_path, profile)
    with pytest.raises(FileError, match="no ordinary file"):
        read_plan("/dev/null", profile)
    with pytest.raises(FileError, match="can't be read"):
        read_plan("x" * 300, profile)


def test_a_lacking_column_is_named_with_the_likely_one(plan: Plan) -> None:
    with pytest.raises(ProfileError, match=r"table\.csv.*column Organizacja.*Organizacje"):
        plan("Partnerstwo;Organizacje", "A;B")
    with pytest.raises(ProfileError, match="two columns"):
        plan("Partnerstwo;Organizacja;Organizacja", "A;B;C")


def test_a_cell_too_long_spoils_its_row_only(plan: Plan) -> None:
    made = plan("Partnerstwo;Organizacja", "A;" + "x" * 40_000, "B;Dom", "C;" + "y" * 400, "C;Las")
    assert list(members(made)) == ["B", "C"]
    told = [(row, value[-1:], len(value)) for row, _, value in refusals(made)]
    assert told == [(2, "…", 200), (4, "…", 200), (4, "", 0)]


def test_a_formula_that_failed_is_neither_empty_nor_a_name(plan: Plan) -> None:
    """The row goes on without it, unless it would have said which partnership, when, or which member it is."""
    made = plan(
        "Partnerstwo;Od;Organizacja;Gmina",
        "Most;1.03.2024;Fundacja Alfa;#ADR!",
        "Brama;#N/D;Fundacja Beta;",
        "Dom;1.03.2024; #N/A ;",
        "Err:502;1.03.2024;Fundacja Gama;",
    )
    refused = sorted((r.row, r.column, r.value, "row is not" in r.what_to_do.render("en")) for r in made.refused)
    assert refused == [
        (2, "Gmina", "#ADR!", False),
        (3, "Od", "#N/D", True),
        (4, "Organizacja", "", True),
        (4, "Organizacja", "#N/A", False),
        (5, "Partnerstwo", "Err:502", True),
    ]
    assert [o.name for o in made.organisations.values()] == ["Fundacja Alfa"]


def test_a_refused_cell_is_told_without_what_no_workbook_holds(plan: Plan) -> None:
    made = plan("Partnerstwo;Organizacja", "A;Dom", "B;\x01\u202e" + "x" * 40_000)
    assert refusals(made) == [(3, "Organizacja", "x" * 199 + "…")]
    assert import_report(made, "xlsx", "en")


def test_a_full_disk_is_told_and_leaves_nothing(plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    monkeypatch.setattr(spool, "_TABLES", f"PRAGMA max_page_count = 8; {spool._TABLES}")
    with pytest.raises(GraphsvcError, match="disk is full") as caught:
        plan("Partnerstwo;Organizacja", *(f"P{i};{'x' * 200}" for i in range(2000)))
    assert caught.value.exit_code == 1
    assert not list((tmp_path / "tmp").iterdir())


def test_sheets_of_a_workbook_that_fit_are_read(tmp_path: Path, profile: Path) -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "2020"
    first.append(["Nasze partnerstwa"])
    first.append(["Partnerstwo", "Organizacja", "Od", "KRS"])
    first.append(["A", "Dom", date(2020, 1, 2), 123])
    first.append([None, "Las", None, None])
    first.merge_cells("A3:A4")
    first.merge_cells("C3:C4")
    for title, row in (("Uwagi", ["cokolwiek"]), ("stare (ignore)", ["Partnerstwo", "Organizacja"]), ("pusty", [])):
        book.create_sheet(title).append(row)
    path = tmp_path / "named.csv"  # the content tells what it is, not the name
    book.save(path)
    made = read_plan(path, profile)
    assert [str(f) for f in made.found if "not read" in str(f)] == [
        "sheets that are not read, since they lack the columns: Uwagi"
    ]
    assert members(made) == {"A": [("Dom", "PAR"), ("Las", "PAR")]}
    assert [(o.krs, o.source.row) for o in made.organisations.values() if o.source] == [("0000000123", 3), (None, 4)]
    assert any("merged" in str(f) for f in made.found)


def test_a_later_sheet_fills_gaps_whatever_its_row(tmp_path: Path, profile: Path) -> None:
    book = openpyxl.Workbook()
    for sheet, row in (("2020", ["A", "Dom", "2020-01-01", None]), ("2021", ["A", "Las", "2020-02-01", "2021-12-31"])):
        page = book.create_sheet(sheet)
        page.append(["Partnerstwo", "Organizacja", "Od", "Do"])
        page.append(row)
    path = tmp_path / "years.xlsx"
    book.save(path)
    made = read_plan(path, profile)
    assert [(p.starts_on, p.ends_on) for p in made.partnerships] == [(date(2020, 1, 1), date(2021, 12, 31))]
    (refused,) = made.refused
    assert (refused.sheet, refused.row, refused.value) == ("2021", 2, "2020-02-01")
    assert str(refused.why) == "The same partnership says “2020-01-01” in sheet “2020”, row 2."


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=400),
        st.text(max_size=200).map(lambda t: f"Partnerstwo;Organizacja;Od\n{t}".encode("utf-8", "replace")),
    )
)
def test_any_bytes_give_a_plan_or_a_sentence(tmp_path: Path, profile: Path, content: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    try:
        with read_plan(path, profile) as made:
            assert all(made.organisations[m.id].name for p in made.partnerships for m in p.members)
            assert made.partnership_count == len(list(made.partnerships))
    except InputError as wrong:
        told = wrong
    else:
        return
    assert told.render("pl")
    assert told.place


def test_nothing_is_told_of_dates_where_there_are_none(tmp_path: Path) -> None:
    file, dated = tmp_path / "few.csv", "Partnerstwo;Organizacja;Data rozpoczęcia"
    for header, day, told in (("Partnerstwo;Organizacja", "1.03.2024", 0), (dated, "1.03.2024", 1), (dated, "–", 0)):
        file.write_text(f"{header}\nMost;Fundacja Alfa;{day}\n", "utf-8")
        with read_plan(file, "partnerstwa") as plan:
            assert sum(str(found).startswith("dates in column") for found in plan.found) == told
