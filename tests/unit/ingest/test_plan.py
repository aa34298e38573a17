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
from graphsvc.ingest import read_plan, spool
from graphsvc.model.base import stable_id
from graphsvc.model.imports import ImportPlan, KnownOrganisation
from tests.unit.ingest.conftest import Plan


def members(plan: ImportPlan) -> dict[str, list[tuple[str, str]]]:
    """Partnership -> its members' names and roles."""
    return {p.name: [(plan.organisations[m.id].name, m.role) for m in p.members] for p in plan.partnerships}


def refusals(plan: ImportPlan) -> list[tuple[int | None, str, str]]:
    return [(r.row, r.column, r.value) for r in plan.refused]


def test_rows_of_one_partnership_are_gathered_wherever_they_stand(plan: Plan) -> None:
    made = plan(
        "Partnerstwo;Organizacja;Rola;Od",
        "Senior+;Gmina Lubin;lider;01.03.2020",
        "Praca;PUP Lubin;;2021-05-01",
        "Senior+;Fundacja Dom;;01.03.2020",
        "Senior+;GMINA LUBIN;partner;01.03.2020",
    )
    assert members(made) == {
        "Senior+": [("Gmina Lubin", "LID"), ("Fundacja Dom", "PAR")],
        "Praca": [("PUP Lubin", "PAR")],
    }
    assert (made.partnership_count, made.membership_count) == (2, 3)
    assert [p.starts_on for p in made.partnerships] == [date(2020, 3, 1), date(2021, 5, 1)]
    assert [p.source.row for p in made.partnerships if p.source] == [2, 3]
    assert made.organisations[stable_id("organisation", "gminalubin", "", "")].other_names == ("GMINA LUBIN",)
    assert not made.refused


def test_reading_again_gives_the_same_ids(plan: Plan) -> None:
    lines = ("Partnerstwo;Organizacja;KRS", "A;Fundacja Dom;123", "A;Gmina Lubin;")
    first, again = plan(*lines), plan(*lines)
    assert list(first.organisations) == list(again.organisations)
    assert [p.id for p in first.partnerships] == [p.id for p in again.partnerships]
    assert first.sha256 == again.sha256


def test_a_refused_row_says_where_why_and_what_to_do(plan: Plan) -> None:
    made = plan(
        "Partnerstwo;Organizacja;Od;Do",
        "A;Gmina Lubin;31.02.2010;",
        ";Gmina Lubin;;",
        "C;;;",
        "D;Gmina Lubin;02.01.2011;01.01.2011",
        "E;Gmina Lubin;01.01.2011;",
    )
    assert refusals(made) == [
        (2, "Od", "31.02.2010"),
        (3, "Partnerstwo", ""),
        (4, "Organizacja", ""),
        (5, "Do", "01.01.2011"),
    ]
    assert list(members(made)) == ["E"]
    first = next(iter(made.refused))
    assert (first.file, str(first.why)) == ("table.csv", "There is no such day.")
    assert "28.02.2010" in str(first.what_to_do)
    assert "not taken" in str(first.what_to_do)


def test_a_refused_value_leaves_the_rest_of_the_row(plan: Plan) -> None:
    made = plan(
        "Partnerstwo;Organizacja;NIP;Gmina;Rola;WWW;Obszary",
        "A;Gmina Lubin;1234567890;Nigdzie;wódz;nie wiem;US08;kto wie",
        "A;Fundacja Dom;;;;dom.example;",
    )
    assert sorted(refusals(made)) == [
        (2, "Gmina", "Nigdzie"),
        (2, "NIP", "1234567890"),
        (2, "Rola", "wódz"),
        (2, "WWW", "nie wiem"),
    ]
    assert members(made) == {"A": [("Gmina Lubin", "PAR"), ("Fundacja Dom", "PAR")]}
    sites = {o.name: o.website for o in made.organisations.values()}
    assert sites == {"Gmina Lubin": "", "Fundacja Dom": "https://dom.example"}


def test_codes_labels_and_territories_are_understood(plan: Plan) -> None:
    made = plan(
        "Partnerstwo;Organizacja;Obszary;Teren;Gmina",
        "A;Dom;US08;0211;Polkowice",
        "B;Dom;kultura;powiat lubiński;",
    )
    first, second = made.partnerships
    assert (first.themes, first.territories) == (("US08",), ("0211",))
    assert (second.themes, second.territories) == (("US09",), ("0211",))
    assert [o.territory for o in made.organisations.values()] == ["021604"]
    assert [t.code for t in made.territories] == ["02", "0211", "0216", "021604"]


def test_later_rows_fill_gaps_and_contradictions_are_told(plan: Plan) -> None:
    made = plan(
        "Partnerstwo;Organizacja;Od;Do",
        "A;Dom;;31.12.2020",
        "A;Las;01.01.2020;",
        "A;Pole;01.06.2020;",
    )
    (only,) = made.partnerships
    assert (only.starts_on, only.ends_on) == (date(2020, 1, 1), date(2020, 12, 31))
    assert refusals(made) == [(4, "Od", "2020-06-01")]
    assert len(only.members) == 3


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


def test_a_lacking_column_is_named_with_the_likely_one(plan: Plan) -> None:
    with pytest.raises(ProfileError, match=r"table\.csv.*column Organizacja.*Organizacje"):
        plan("Partnerstwo;Organizacje", "A;B")
    with pytest.raises(ProfileError, match="two columns"):
        plan("Partnerstwo;Organizacja;Organizacja", "A;B;C")


def test_a_cell_too_long_spoils_its_row_only(plan: Plan) -> None:
    made = plan("Partnerstwo;Organizacja", "A;" + "x" * 40_000, "B;Dom", "C;" + "y" * 400, "C;Las")
    assert list(members(made)) == ["B", "C"]
    assert [(row, len(value)) for row, _, value in refusals(made)] == [(2, 200), (4, 200), (4, 0)]


def test_hidden_characters_are_taken_out(plan: Plan) -> None:
    made = plan("Partnerstwo;Organizacja", "A;Fun\u202edacja\u200b Do\u0007m", "A;Fundacja Do m")
    assert [o.name for o in made.organisations.values()] == ["Fundacja Do m"]


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
    assert members(made) == {"A": [("Dom", "PAR"), ("Las", "PAR")]}
    assert [(o.krs, o.source.row) for o in made.organisations.values() if o.source] == [("0000000123", 3), (None, 4)]
    assert any("merged" in str(f) for f in made.found)


def test_marks_in_a_wide_table(tmp_path: Path) -> None:
    profile = tmp_path / "wide.toml"
    profile.write_text(
        'name = "wide"\n[partnership]\nname = "P"\n[[members]]\n'
        'columns_like = "(?:Gmina|Fundacja) .*"\nmarks = ["x", "tak"]\n'
    )
    table = tmp_path / "wide.csv"
    table.write_text("P,Gmina A,Fundacja B,Uwagi\nX,x,,x\nY,Tak,X,\n", "utf-8")
    assert members(read_plan(table, profile)) == {
        "X": [("Gmina A", "PAR")],
        "Y": [("Gmina A", "PAR"), ("Fundacja B", "PAR")],
    }


def test_an_organisation_that_left_and_came_back_is_a_member_twice(tmp_path: Path) -> None:
    profile = tmp_path / "dated.toml"
    profile.write_text(
        'name = "d"\n[partnership]\nname = "P"\nends_on = "E"\n[[members]]\ncolumn = "O"\nsince = "S"\nuntil = "U"\n'
    )
    table = tmp_path / "d.csv"
    table.write_text(
        "P;O;S;U;E\nX;Dom;2020-01-01;2020-06-30;2022-12-31\nX;Dom;2021-01-01;;2022-12-31\n"
        "X;Dom;2021-02-01;2021-03-01;2022-12-31\nX;Dom;2023-01-01;;2022-12-31\n",
        "utf-8",
    )
    made = read_plan(table, profile)
    (only,) = made.partnerships
    assert [(m.since, m.until) for m in only.members] == [
        (date(2020, 1, 1), date(2020, 6, 30)),
        (date(2021, 1, 1), None),
    ]
    assert refusals(made) == [(5, "S", "2023-01-01")]


def test_many_partnerships_are_iterated_twice_alike_and_closed(plan: Plan) -> None:
    made = plan("Partnerstwo;Organizacja", *(f"P{i % 50};Org {i}" for i in range(500)))
    with made:
        first = list(made.partnerships)
        assert first == list(made.partnerships)
        assert [len(p.members) for p in first] == [10] * 50


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
