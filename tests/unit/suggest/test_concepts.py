from __future__ import annotations

from graphsvc.i18n import msg
from graphsvc.model.vocabulary import default, using
from graphsvc.suggest.concepts import Concept


def test_a_code_is_read_in_the_readers_language() -> None:
    assert Concept("KAD").render("en") == "staff, skills"
    assert Concept("KAD").render("pl") != Concept("KAD").render("en")


def test_an_unknown_code_is_its_own_label() -> None:
    assert Concept("nothing like it").render("pl") == "nothing like it"


def test_within_a_sentence() -> None:
    assert str(msg("Both work on: %(theme)s.", theme=Concept("KAD"))) == "Both work on: staff, skills."


def test_a_theme_has_the_name_that_the_centre_gave_it() -> None:
    own = default().with_overrides({"resource_type": {"KAD": {"en": "our people"}}})
    with using(lambda: own):
        assert Concept("KAD").render("en") == "our people"
