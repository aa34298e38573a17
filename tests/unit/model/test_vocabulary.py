"""The shipped vocabulary holds together, and overrides change labels without touching codes."""

import pytest

from graphsvc.errors import NotFoundError, RecordError
from graphsvc.model import vocabulary as v


def test_every_code_is_text_unique_in_its_scheme_and_labelled_in_both_languages() -> None:
    for scheme in v.default().schemes.values():
        assert scheme.concepts, scheme.name
        assert len(scheme.by_code) == len(scheme.concepts), scheme.name
        for c in scheme:
            assert all(isinstance(text, str) and text for text in (c.code, c.pl, c.en)), c


def test_other_words_mean_one_code_each() -> None:
    for scheme in v.default().schemes.values():
        words = [word.casefold() for c in scheme for word in (*{c.code, c.pl, c.en}, *c.alt) if c.alt]
        labels = {word.casefold() for c in scheme if not c.alt for word in (c.code, c.pl, c.en)}
        assert len(set(words)) == len(words), scheme.name
        assert not labels & {word.casefold() for c in scheme for word in c.alt}, scheme.name
    found = map(v.scheme("partnership_phase").code_of, ("Trwa", "F4", "f4", "REALIZACJA", "delivery", "", "nigdy"))
    assert list(found) == ["F4", "F4", "F4", "F4", "F4", None, None]


def test_sectors_are_the_ten_of_the_graph_and_cover_all_kinds() -> None:
    assert {s.code: v.sector_label(s.code) for s in v.scheme("organisation_sector")} == {
        "social_economy": "SocialEconomyEntity",
        "local_government": "LocalGovernment",
        "business": "Business",
        "social_centre": "SocialCentre",
        "labour_office": "LabourOffice",
        "ngo": "Ngo",
        "school": "School",
        "initiative_group": "InitiativeGroup",
        "support_centre": "SupportCentre",
        "other": "Other",
    }
    kinds = {k for s in v.scheme("organisation_sector") for k in s.extra["kinds"]}
    assert kinds == set(v.scheme("organisation_kind").codes)


def test_lookups() -> None:
    assert v.label("pes_type", "SPS", "pl") == "spółdzielnia socjalna"
    assert v.label("pes_type", "SPS", "en") == "social cooperative"
    assert v.label("pes_type", "no-such", "pl") == "no-such"
    assert v.scheme("pes_type").narrower("SPP") == ("SPI", "SPN")
    assert v.scheme("pes_type").broader("SPN") == ("SPP",)
    assert v.sector_of_kind("WUP") == "labour_office"
    assert v.sector_of_kind("OPS") == "social_centre"
    assert v.broad_sector("school") == "PUB"


def test_unknown_names_are_refused_with_what_there_is() -> None:
    with pytest.raises(NotFoundError) as missing:
        v.scheme("no-such-scheme")
    assert "pes_type" in missing.value.near
    with pytest.raises(RecordError, match="Use one of: need, potential"):
        v.default().check("finding_kind", "wish", "kind")


def test_overrides_change_labels_add_and_retire_codes_and_leave_the_shipped_ones() -> None:
    changed = v.default().with_overrides(
        {"formalisation": {"LIN": {"pl": "list"}, "NOW": {"pl": "nowy", "en": "new"}, "OSP": {"retired": True}}}
    )
    assert changed.label("formalisation", "LIN", "pl") == "list"
    assert changed.label("formalisation", "LIN", "en") == "letter of intent"
    assert ("NOW", "nowy") in changed.scheme("formalisation").choices("pl")
    assert "OSP" not in dict(changed.scheme("formalisation").choices("pl"))
    assert changed.label("formalisation", "OSP", "en") == "legal person"
    assert v.label("formalisation", "LIN", "pl") == "list intencyjny"
