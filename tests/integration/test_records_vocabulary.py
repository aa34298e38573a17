"""A centre's own labels and codes are kept, with who changed what."""

from __future__ import annotations

import pytest

from graphsvc.errors import NotFoundError, RecordError
from graphsvc.model.organisations import Need, Organisation
from graphsvc.model.partnerships import Partnership
from graphsvc.model.territories import ServiceArea
from graphsvc.store.driver import Store
from graphsvc.store.records import Records
from graphsvc.store.vocabularies import Vocabularies


def test_labels_change_codes_are_added_and_retired_and_records_may_use_them(store: Store) -> None:
    kept = Vocabularies(store)
    assert kept.load().label("partnership_type", "LOK", "en") == "local partnership"
    kept.change("partnership_type", {"LOK": {"pl": "lokalne", "en": "local"}}, "ewa")
    kept.change("partnership_type", {"NEW": {"pl": "nowe", "en": "new"}}, "jan")
    kept.change("partnership_type", {"ZIT": {"pl": "ZIT", "en": "ITI", "retired": True}}, "jan")
    now = kept.load()
    assert now.label("partnership_type", "LOK", "en") == "local"
    codes = [code for code, _ in now.scheme("partnership_type").choices("pl")]
    assert "NEW" in codes
    assert "ZIT" not in codes
    assert [e.by for e in kept.history()] == ["jan", "jan", "ewa"]
    saved = Records(store, lambda: now).save(Partnership(name="P", kind="NEW"), "jan")
    assert saved.version == 1
    with pytest.raises(RecordError, match="not a code of this list"):
        Records(store).save(Partnership(name="P", kind="NEW"), "jan")


def test_needs_may_be_of_an_area_that_the_centre_added(store: Store) -> None:
    Vocabularies(store).change("service", {"OKN": {"pl": "opieka nad kotami", "en": "care of cats"}}, "ewa")
    records = Records(store, Vocabularies(store).load)
    records.save(Organisation(id="o1", name="A", needs=(Need(code="OKN"),)), "jan")
    (area,) = (a for a in records.all("ServiceArea") if isinstance(a, ServiceArea))
    assert (area.code, area.name, area.name_en) == ("OKN", "opieka nad kotami", "care of cats")


def test_what_can_not_be_a_code_or_label_is_refused(store: Store) -> None:
    kept = Vocabularies(store)
    with pytest.raises(NotFoundError):
        kept.change("no-such", {"A": {"pl": "a", "en": "a"}}, "ewa")
    for code, label in (("", "a"), ("a b", "a"), ("x" * 21, "a"), ("A", ""), ("A", "x" * 301), ("A", "a\u202eb")):
        with pytest.raises(RecordError):
            kept.change("partnership_type", {code: {"pl": label, "en": "a"}}, "ewa")
    assert kept.history() == []


def test_limits_are_numbers_and_the_last_change_can_be_taken_back(store: Store) -> None:
    kept = Vocabularies(store)
    assert kept.load().limit("rew_area") == 20
    names = {"pl": "obszar", "en": "area"}
    assert kept.change("limit", {"rew_area": {**names, "value": "17,5"}}, "ewa").limit("rew_area") == 17.5
    for wrong in ("", "zero", "-1", "0", "1e9"):
        with pytest.raises(RecordError):
            kept.change("limit", {"rew_area": {**names, "value": wrong}}, "ewa")
    kept.change("service", {"NOWA": {"pl": "nowa usługa", "en": "new service"}}, "jan")
    assert kept.load().label("need_area", "NOWA", "pl") == "nowa usługa"
    kept.back("jan")
    assert (kept.load().limit("rew_area"), "NOWA" in kept.load().scheme("need_area")) == (17.5, False)
