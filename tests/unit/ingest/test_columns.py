import tomllib

import openpyxl
import pytest
import tomlkit

from graphsvc.errors import FileError, InputError
from graphsvc.ingest import read_plan
from graphsvc.ingest.columns import (
    LEAD,
    MARK,
    MEANINGS,
    MEMBER,
    MOST_COLUMNS,
    NAME,
    columns_of,
    likely_separator,
    profile_of,
    separator_of,
)
from graphsvc.ingest.profile import SHIPPED, Profile, load_profile
from graphsvc.ingest.table import LONGEST

WIDE = (
    ("Zestawienie projektów",),
    (),
    ("Lp.", "Nazwa projektu", "Lider", "NIP lidera", "Partner 1", "NIP", "Partner 2", "Gmina", "Start", "Koniec"),
    (1, "Dom", "Fundacja Most", "5260250995", "Gmina Lubin", "", "Bank S.A.", "Wrocław", "01.03.2021", "2022"),
    (2, "Skwer", "Stowarzyszenie Zieleń", "", "Fundacja Most", "5260250995", "", "", "15.05.2022", ""),
)


@pytest.fixture
def wide(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(("Uwagi",))
    sheet = book.create_sheet("Projekty")
    for row in WIDE:
        sheet.append(row)
    path = tmp_path / "wide.xlsx"
    book.save(path)
    return path


def csv(tmp_path, text):
    path = tmp_path / "list.csv"
    path.write_text(text, "utf-8")
    return path


def made(columns, separator="", name="nasza"):
    return Profile.model_validate(profile_of(name, [(c.heading, c.meaning) for c in columns], separator))


def test_headings_are_found_below_a_title_and_on_another_sheet_and_understood(wide):
    columns = columns_of(wide)
    assert {c.heading: c.meaning for c in columns} == {
        "Lp.": "",
        "Nazwa projektu": NAME,
        "Lider": LEAD,
        "NIP lidera": "members.NIP",
        "Partner 1": MEMBER,
        "NIP": "",
        "Partner 2": MEMBER,
        "Gmina": "partnership.territories",
        "Start": "partnership.starts_on",
        "Koniec": "partnership.ends_on",
    }
    assert columns[1].samples == ("Dom", "Skwer")


def test_endless_headings_are_asked_about_within_bounds(tmp_path):
    names = [f"Organizacja {i}" for i in range(20_000)]
    path = csv(tmp_path, ";".join(["Projekt " + "x" * 9_000, *names]) + "\n" + ";".join(["A", *names]) + "\n")
    columns = columns_of(path)
    assert len(columns) == MOST_COLUMNS
    assert len(columns[0].heading) == LONGEST
    chosen = [(c.heading, MEMBER if i else NAME) for i, c in enumerate(columns)]
    with read_plan(path, Profile.model_validate(profile_of("x", chosen, ""))) as plan:
        assert plan.membership_count == MOST_COLUMNS - 1


def test_kinds_of_partnerships_and_of_organisations_are_told_apart(tmp_path):
    columns = columns_of(csv(tmp_path, "Partnerstwo;Rodzaj;Status;Partner;Typ podmiotu\nA;umowa;trwa;Dom;NGO\n"))
    assert [c.meaning for c in columns][1:3] == ["partnership.kind", "partnership.phase"]
    assert columns[4].meaning == "members.kind"
    (_name, _partner, kind) = columns_of(csv(tmp_path, "Partnerstwo;Partner;Rodzaj\nA;Dom;NGO\n"))
    assert kind.meaning == "members.kind"


def test_a_register_as_centres_keep_it_is_understood(tmp_path):
    path = csv(
        tmp_path,
        "Nazwa partnerstwa;Rodzaj;Od;Do kiedy;Obszar działania;Teren;Lider;Partnerzy;Status\n"
        'Razem;lokalne;12.03.2024;bezterminowo;mieszkalnictwo, zdrowie;gm. Rudna;"Gmina Rudna";'
        '"Fundacja Dom, Spółdzielnia Iskra";trwa\n'
        "Rynek;projekt;2023;–;wolontariat;Lubin;Dom, Ogród i Spółka;Bank;zakończone\n",
    )
    columns = columns_of(path)
    assert [c.meaning.removeprefix("partnership.") for c in columns] == [
        *("name", "kind", "starts_on", "ends_on", "themes", "territories", LEAD, MEMBER, "phase")
    ]
    assert likely_separator(columns) == ","
    profile = made(columns, ",")
    assert separator_of(profile) == ","
    with read_plan(path, profile) as plan:
        found = {p.name: (p.kind, p.phase, p.themes, p.territories) for p in plan.partnerships}
        assert {o.name for o in plan.organisations.values()} == {
            *("Gmina Rudna", "Fundacja Dom", "Spółdzielnia Iskra", "Dom, Ogród i Spółka", "Bank")
        }
        assert [(r.row, r.value) for r in plan.refused] == [(3, "Lubin")]  # the town or the rural gmina
    assert found == {
        "Razem": ("LOK", "F4", ("US12", "US05"), ("021103",)),
        "Rynek": ("PRJ", "FZ", ("WOL",), ()),
    }


def test_where_an_organisation_works_and_on_what_are_told_apart_by_the_values(tmp_path):
    for value, meaning in (("Lubin; Legnica", "territories"), ("kultura", "themes")):
        columns = columns_of(csv(tmp_path, f'Partnerstwo;Obszar działania;Partner\nA;"{value}";Dom\n'))
        assert columns[1].meaning == f"partnership.{meaning}"


def test_organisations_may_be_headings_over_marks(tmp_path):
    path = csv(
        tmp_path,
        "Partnerstwo;Od;Lider;Gmina Lubin;Fundacja (Dom);KGW;Bank S.A.;RODO\n"
        "Razem;2020;Klub;x;;;X;tak\nRynek;;Klub;-;✓;v;?;tak\nNikt;;;nie;;;;tak\n",
    )
    columns = columns_of(path)
    assert [c.meaning for c in columns] == [NAME, "partnership.starts_on", LEAD, MARK, MARK, MARK, "", ""]
    chosen = [(c.heading, MARK if c.heading == "Bank S.A." else c.meaning) for c in columns]
    profile = Profile.model_validate(profile_of("nasza", chosen, ""))
    assert [(c.heading, c.meaning) for c in columns_of(path, profile)] == chosen
    with read_plan(path, profile) as plan:
        found = {p.name: [plan.organisations[m.id].name for m in p.members] for p in plan.partnerships}
        assert [(r.row, r.column, r.value) for r in plan.refused] == [(3, "Bank S.A.", "?"), (4, "Lider", "")]
    assert found == {"Razem": ["Klub", "Gmina Lubin", "Bank S.A."], "Rynek": ["Klub", "Fundacja (Dom)", "KGW"]}


def test_organisations_may_all_be_headings_over_marks(tmp_path):
    few = columns_of(csv(tmp_path, "Projekt;Od;Dom;Las\nA;2020;x;\nB;2021;;?\n"))
    assert [c.meaning for c in few] == [NAME, "partnership.starts_on", MARK, ""]
    path = csv(tmp_path, "Projekt;Dom;Las;Pole\nA;x;;+\nB;;1;x\n")
    columns = columns_of(path)
    assert [c.meaning for c in columns] == [NAME, MARK, MARK, MARK]
    with read_plan(path, made(columns)) as plan:
        found = {p.name: [plan.organisations[m.id].name for m in p.members] for p in plan.partnerships}
    assert found == {"A": ["Dom", "Pole"], "B": ["Las", "Pole"]}


def test_what_tells_of_an_organisation_stands_right_of_it(wide):
    columns = [(c.heading, "members.NIP" if c.heading == "NIP" else c.meaning) for c in columns_of(wide)]
    profile = Profile.model_validate(profile_of("nasza", columns, ""))
    assert [(g.column, g.numbers, g.role.value) for g in profile.members] == [
        ("Lider", {"NIP": "NIP lidera"}, "LID"),
        ("Partner 1", {"NIP": "NIP"}, "PAR"),
        ("Partner 2", {}, "PAR"),
    ]
    with read_plan(wide, profile) as plan:
        found = {p.name: [(plan.organisations[m.id].name, m.role) for m in p.members] for p in plan.partnerships}
        assert {o.name: o.nip for o in plan.organisations.values()}["Fundacja Most"] == "5260250995"
    assert found == {
        "Dom": [("Fundacja Most", "LID"), ("Gmina Lubin", "PAR"), ("Bank S.A.", "PAR")],
        "Skwer": [("Stowarzyszenie Zieleń", "LID"), ("Fundacja Most", "PAR")],
    }


@pytest.mark.parametrize(
    ("cell", "separator", "names"),
    [
        ("Alfa sp. z o.o.; Fundacja Beta", ";", ["Alfa sp. z o.o.", "Fundacja Beta"]),
        ('"Alfa sp. z o.o.\nFundacja Beta"', ";", ["Alfa sp. z o.o.", "Fundacja Beta"]),
        ("Alfa sp. z o.o., Fundacja Beta", ",", ["Alfa sp. z o.o.", "Fundacja Beta"]),
        ("Fundacja Beta", "", ["Fundacja Beta"]),
    ],
)
def test_several_organisations_in_one_cell(tmp_path, cell, separator, names):
    columns = columns_of(csv(tmp_path, f"Projekt\tUczestnicy\nA\t{cell}\n"))
    assert likely_separator(columns) == separator
    profile = made(columns, separator)
    assert separator_of(profile) == separator
    with read_plan(tmp_path / "list.csv", profile) as plan:
        assert [plan.organisations[m.id].name for m in next(iter(plan.partnerships)).members] == names


def test_a_profile_says_what_its_columns_are(tmp_path, wide):
    columns = columns_of(wide)
    assert [(c.heading, c.meaning) for c in columns_of(wide, made(columns))] == [
        (c.heading, c.meaning) for c in columns
    ]
    shipped = load_profile("partnerstwa")
    path = csv(tmp_path, ";".join(shipped.columns()) + "\nA;B\n")
    meanings = {c.meaning for c in columns_of(path, shipped)}
    assert meanings == {m for m in MEANINGS if m not in (LEAD, MARK, "members.lat", "members.lon")}


def test_a_profile_can_be_written_and_read_as_toml(wide):
    data = profile_of("nasza", [(c.heading, c.meaning) for c in columns_of(wide)], ",")
    assert tomllib.loads(tomlkit.dumps(data)) == data
    base = tomllib.loads((SHIPPED / "partnerstwa.toml").read_text("utf-8"))
    assert data["organisations"] == base["organisations"]
    assert data["names"]["legal_forms"] == base["names"]["legal_forms"]


def test_who_leads_may_have_another_role(tmp_path):
    path = csv(tmp_path, "Projekt;Lider;Rola\nA;Alfa;\nB;Beta;obserwator\n")
    columns = columns_of(path)
    profile = made(columns)
    assert [c.meaning for c in columns_of(path, profile)] == [NAME, LEAD, "members.role"]
    with read_plan(path, profile) as plan:
        assert [p.members[0].role for p in plan.partnerships] == ["LID", "OBS"]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ([("A", MEMBER)], "name of the partnership"),
        ([("A", NAME), ("B", "members.NIP"), ("C", "")], "has the organisation"),
        ([("A", NAME), ("B", MEMBER), ("C", NAME)], "column C: Two columns mean the same: “A”"),
        ([("A", NAME), ("B", MEMBER), ("C", "partnership.themes"), ("D", "partnership.themes")], "column D: .*“C”"),
        ([("A", NAME), ("B", MEMBER), ("C", "members.KRS"), ("D", "members.KRS")], "column D: .*“C”"),
        ([("A", NAME), ("B", "members.organisation; DROP")], "has the organisation"),
    ],
)
def test_what_is_lacking_or_said_twice_is_told(columns, said):
    with pytest.raises(InputError, match=said):
        profile_of("nasza", columns, "")


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\x03" * 99, b"PK\x03\x04 broken"])
def test_what_is_no_table_is_refused(tmp_path, content):
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(FileError):
        columns_of(path)
