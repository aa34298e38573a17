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
