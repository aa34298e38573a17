"""Single cells."""

from __future__ import annotations

import pytest

from graphsvc.ingest.profile import CellRules
from graphsvc.ingest.table import Heading
from graphsvc.ingest.values import Column, RefusedError, checked, code, number
from graphsvc.model.organisations import Organisation
from graphsvc.model.partnerships import Partnership
from graphsvc.model.vocabulary import default, using

HEADING = Heading(1, ("A", "B"))


def test_a_column_translates_splits_and_has_a_default() -> None:
    column = Column(CellRules(column="b", values={"Tak": "YES"}, separator=";", value="DEF"), HEADING)
    assert column.text(["", " tak "]) == "YES"
    assert column.text(["", "inne"]) == "inne"
    assert column.text([]) == "DEF"
    assert column.texts(["", "tak; inne;tak;"]) == ["YES", "inne"]
    assert column.texts(["", ""]) == ["DEF"]


def test_values_not_listed() -> None:
    assert Column(CellRules(column="A", values={"x": "X"}, unlisted="drop"), HEADING).text(["y"]) == ""
    with pytest.raises(RefusedError, match="does not list"):
        Column(CellRules(column="A", values={"x": "X"}, unlisted="refuse"), HEADING).text(["y"])


@pytest.mark.parametrize(
    ("text", "register", "found"),
    [
        ("526-000-12-47", "NIP", ""),  # 6·5+5·2+7·6+5·1+6·2+7·4 = 127 = 11·11 + 6: the last digit is 6
        ("526 000 12 46", "NIP", "5260001246"),
        ("123", "KRS", "0000000123"),
        ("0", "KRS", ""),
        ("DK 34624100", "CVR", "34624100"),
        ("34624101", "CVR", ""),
        (" ab 1 ", "HRB", "AB1"),
        ("", "NIP", ""),
    ],
)
def test_numbers(text: str, register: str, found: str) -> None:
    if found or not text:
        assert number(text, register, "c") == found
    else:
        with pytest.raises(RefusedError, match=f"no valid {register} number"):
            number(text, register, "c")


def test_codes_by_code_and_label() -> None:
    assert [code(t, "partner_role", "c") for t in ("lid", "Lider", "lead", "")] == ["LID", "LID", "LID", ""]
    with pytest.raises(RefusedError) as caught:
        code("szef", "partner_role", "Rola")
    assert "LID, PAR" in str(caught.value.what_to_do)
    assert not caught.value.whole_row


def test_codes_and_labels_that_the_centre_has_set() -> None:
    roles = {"MEN": {"pl": "mentor", "en": "mentor"}, "LID": {"pl": "gospodarz", "en": "host"}}
    words = default().with_overrides({"partner_role": roles, "service": {"OKN": {"pl": "koty", "en": "cats"}}})
    with using(lambda: words):
        found = [code(text, "partner_role", "c") for text in ("men", "Mentor", "Host", "lider")]
        fields, _ = checked(Partnership, (("name", "P"), ("document_url", "x"), ("themes", ("OKN",))))
    assert found == ["MEN", "MEN", "LID", "LID"]
    assert "document_url" not in dict(fields)
    assert dict(fields)["themes"] == ("OKN",)
    with pytest.raises(RefusedError):
        code("MEN", "partner_role", "c")


def test_the_model_has_the_last_word() -> None:
    good, problems = checked(Organisation, (("website", "nie wiem"), ("town", "Lubin")))
    assert good == (("town", "Lubin"),)
    assert [p.place.field for p in problems if p.place] == ["website"]
    good, problems = checked(Partnership, (("name", "A"), ("starts_on", "2020-02-01"), ("ends_on", "2020-01-01")))
    assert [p.place.field for p in problems if p.place] == ["ends_on"]
