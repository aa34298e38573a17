"""Wrong input is refused with a sentence for each field."""

from datetime import date

import pytest

from graphsvc.errors import RecordError
from graphsvc.model.diagnosis import Diagnosis
from graphsvc.model.organisations import Organisation
from graphsvc.model.outreach import Outreach
from graphsvc.model.partnerships import Partnership
from graphsvc.model.support import CsrAction
from graphsvc.model.territories import Territory
from graphsvc.model.validation import build, warnings
from graphsvc.model.vocabulary import default


def fields(model: type, data: dict[str, object]) -> dict[str, str]:
    with pytest.raises(RecordError) as wrong:
        build(model, data)
    assert all("pydantic" not in str(p) and "Input should" not in str(p) for p in wrong.value.problems)
    return {p.place.field: str(p.message) for p in wrong.value.problems if p.place and p.place.field}


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("nip", "1234567890", "not a valid NIP"),
        ("nip", "0000000000", "not a valid NIP"),
        ("regon", "000000000", "not a valid REGON"),
        ("regon", "123456786", "not a valid REGON"),
        ("krs", "0000000000", "not a valid KRS"),
        ("krs", "12345678901", "not a valid KRS"),
        ("name", "x" * 100_000, "has 100000 characters; 300 are allowed"),
        ("name", "", "is needed"),
        ("name", "a\u202eb", "can't be seen (U+202E)"),
        ("name", "a\x00b", "can't be seen (U+0000)"),
        ("active_from", "31.02.2010", "is not a date"),
        ("sector", "space", "is not a code of this list"),
        ("needs", [{"code": "NO"}], "is not a code of this list"),
        ("lat", "91", "too large"),
        ("jobs", "many", "not a whole number"),
        ("website", "javascript:alert(1)", "is not a web address"),
        ("no_such", "x", "no such field"),
    ],
)
def test_a_wrong_field_is_named(field: str, value: object, why: str) -> None:
    assert why in fields(Organisation, {"name": "X", field: value})[field]


def test_all_problems_are_told_at_once() -> None:
    assert set(fields(Organisation, {"name": "", "nip": "1", "jobs": "-1"})) == {"name", "nip", "jobs"}


def test_good_numbers_are_brought_to_one_form() -> None:
    made = build(Organisation, {"name": " X ", "nip": "PL 526-000-12-46", "regon": "123456785", "krs": "12345"})
    assert (made.name, made.nip, made.regon, made.krs) == ("X", "5260001246", "123456785", "0000012345")
    assert [w.place.field for w in warnings(made, {"krs": "12345"}) if w.place] == ["krs"]
    assert warnings(made, {"krs": "0000012345"}) == []


def test_an_end_before_its_start_and_members_outside_are_refused() -> None:
    dates = {"name": "P", "starts_on": "2024-01-01", "ends_on": "2023-12-31"}
    assert "before the start" in fields(Partnership, dates)["ends_on"]
    late = {"id": "a", "since": "2025-01-02", "until": ""}
    outside = {"name": "P", "starts_on": "2024-01-01", "ends_on": "2025-01-01", "members": [late]}
    assert "outside the partnership's" in fields(Partnership, outside)["members"]
    assert "twice" in fields(Partnership, {"name": "P", "members": [{"id": "a"}, {"id": "a"}]})["members"]


def test_a_member_may_come_back() -> None:
    spells = [{"id": "a", "until": "2021-01-01"}, {"id": "a", "since": "2022-01-01"}]
    assert len(build(Partnership, {"name": "P", "members": spells}).members) == 2


def test_rules_of_other_records() -> None:
    assert "territory or an organisation" in fields(Diagnosis, {"name": "D", "made_on": "2024-01-01"})["territory"]
    assert "same organisation" in fields(CsrAction, {"name": "C", "giver": "a", "receiver": "a"})["receiver"]
    assert "two different" in fields(Outreach, {"pair": ["a", "a"]})["pair"]


@pytest.mark.parametrize("code", ["2", "02110", "0211011", "021101:", "dk:x", "DK"])
def test_a_code_of_a_territory_is_terc_or_says_whose_it_is(code: str) -> None:
    assert "code of a territory" in fields(Territory, {"code": code, "name": "T", "level": "gmina"})["code"]


def test_phases_and_units_warn_but_do_not_refuse() -> None:
    made = build(Partnership, {"name": "P", "phase": "F4", "members": [{"id": "a"}]})
    assert {w.place.field for w in warnings(made, {}) if w.place} == {"document", "members"}
    unit = build(Organisation, {"name": "CIS", "sector": "social_economy", "kind": "CIS"})
    assert [w.place.field for w in warnings(unit, {}) if w.place] == ["founder"]


def test_codes_added_in_the_settings_are_taken() -> None:
    more = default().with_overrides({"partnership_type": {"NEW": {"pl": "nowe", "en": "new"}}})
    assert build(Partnership, {"name": "P", "kind": "NEW"}, more).kind == "NEW"
    assert build(Partnership, {"name": "P", "signed_on": date(2024, 1, 1)}).signed_on == date(2024, 1, 1)
