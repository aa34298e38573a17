"""What becomes of the mentions of one organisation."""

from __future__ import annotations

import pytest

from graphsvc.ingest.mentions import Mention
from graphsvc.ingest.organisations import Rule, best_name
from graphsvc.ingest.profile import OrganisationRule
from tests.unit.ingest.conftest import Plan


def test_the_name_used_most_is_taken_but_rather_not_in_capitals() -> None:
    assert best_name(
        [Mention("RINGSTED KOMMUNE", count=5, rows=[2]), Mention("Ringsted Kommune", count=1, rows=[9])]
    ) == ("Ringsted Kommune")
    assert best_name([Mention("CLEAN", count=2, rows=[3]), Mention("Clean", count=1, rows=[2])]) == "CLEAN"


def test_rules_need_all_that_they_say() -> None:
    rule = Rule(OrganisationRule(name="(?i)kommune$", postcode="^9", territory="X"))
    assert rule.fits(["Læsø Kommune"], {"postcode": "9940"})
    assert not rule.fits(["Læsø Kommune"], {})
    assert not rule.fits(["Læsø Museum"], {"postcode": "9940"})


def test_numbers_and_facts_come_from_any_mention(plan: Plan) -> None:
    made = plan(
        "Partnerstwo;Organizacja;KRS;Numer;WWW",
        "A;Dom;;;",
        "A;DOM;0000000123;;dom.example",
        "B;Las;;ab 12;",
    )
    dom, las = made.organisations.values()
    assert (dom.krs, dom.website, dom.other_names) == ("0000000123", "https://dom.example", ("DOM",))
    assert las.foreign_id == "XX:AB12"
    assert len(made.organisations) == 2
    with pytest.raises(KeyError):
        made.organisations["none"]


def test_a_number_belongs_to_one_organisation_but_units_of_local_government_share_a_nip(plan: Plan) -> None:
    nip = "5260001246"
    made = plan(
        "Partnerstwo;Organizacja;KRS;NIP;Numer;Sektor",
        f"A;Gmina Lubin;;{nip};;samorząd i jego jednostki",
        f"A;Dom Kultury;;{nip};;local_government",
        f"A;Szkoła;;{nip};;school",
        "A;Dom;1;;7;",
        "A;Las;1;;8;",  # the same KRS number, but XX differs: another organisation, which can't keep it
        "A;Las;;;8;",
    )
    assert [(o.name, o.krs, o.nip, o.foreign_id) for o in made.organisations.values()] == [
        ("Gmina Lubin", None, nip, None),
        ("Dom Kultury", None, nip, None),
        ("Szkoła", None, None, None),
        ("Dom", "0000000001", None, "XX:7"),
        ("Las", None, None, "XX:8"),
    ]
    assert [d.name.split(" (")[0] for d in made.doubtful] == ["Dom Kultury", "Szkoła", "Las"]
