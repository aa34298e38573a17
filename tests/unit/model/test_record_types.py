"""What is read off the models."""

from datetime import date

import pytest

from graphsvc.errors import NotFoundError
from graphsvc.model.base import Link
from graphsvc.model.organisations import Organisation, Status
from graphsvc.model.record_types import RECORD_TYPES, field_specs, labels_of, record_type
from graphsvc.model.vocabulary import default


def test_a_field_tells_its_link_scheme_parts_and_type() -> None:
    fields = field_specs(Organisation)
    assert fields["territory"].link == Link("LOCATED_IN", "Territory", key="code")
    assert (fields["sector"].scheme, fields["sector"].default) == ("organisation_sector", "other")
    assert (fields["statuses"].part, fields["statuses"].many) == (Status, True)
    assert (fields["active_from"].kind, fields["jobs"].kind, fields["budget"].kind) == (date, int, float)
    assert [n for n, s in fields.items() if s.required] == ["name"]
    assert [n for n, s in fields.items() if s.private] == ["email"]


def test_every_scheme_and_target_that_a_field_names_exists() -> None:
    models = set(RECORD_TYPES.values())
    parts = {s.part for m in models for s in field_specs(m).values() if s.part}
    for spec in (s for m in {*models, *parts} for s in field_specs(m).values()):
        assert spec.scheme is None or spec.scheme in default().schemes
        assert spec.link is None or spec.link.target in {*RECORD_TYPES, "Status"}
    with pytest.raises(NotFoundError):
        record_type("NoSuch")


def test_labels() -> None:
    assert labels_of(Organisation(name="A", sector="business")) == ("Record", "Organisation", "Business")
