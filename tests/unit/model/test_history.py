"""What a change did."""

from datetime import UTC, datetime

from graphsvc.model.history import Change, differences
from graphsvc.model.organisations import Need, Organisation

OLD = Organisation(id="o", name="A", needs=(Need(code="OPI"),), version=1)
NEW = OLD.model_copy(update={"name": "B", "version": 2})


def test_differences_are_those_of_fields_and_not_of_versions() -> None:
    assert differences(OLD, NEW) == [("name", "A", "B")]
    assert differences(None, None) == []
    assert ("name", None, "A") in differences(None, OLD)


def test_a_change_gives_both_records_back() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    change = Change("c", "o", "Organisation", "save", at, "anna", 2, OLD.model_dump_json(), NEW.model_dump_json())
    assert (change.old(), change.new()) == (OLD, NEW)
    assert change.fields() == [("name", "A", "B")]
    assert Change("c", "o", "Organisation", "create", at, "anna", 1, None, OLD.model_dump_json()).old() is None
