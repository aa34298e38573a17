"""Every record type and every field has a name."""

from graphsvc.model.diagnosis import Finding
from graphsvc.model.organisations import Need, Status
from graphsvc.model.record_types import RECORD_TYPES, field_specs
from graphsvc.model.support import CsrAction
from graphsvc.model.survey import SurveyTie
from graphsvc.model.territories import ServiceArea
from graphsvc.model.words import FIELD_NAMES, RECORD_NAMES, field_name


def test_everything_has_a_name_and_no_name_is_left_over() -> None:
    fields = {n for t in RECORD_TYPES.values() for n in field_specs(t)}
    parts = {s.part for t in RECORD_TYPES.values() for s in field_specs(t).values() if s.part}
    fields |= {n for p in parts for n in field_specs(p)}
    assert fields == set(FIELD_NAMES)
    assert set(RECORD_TYPES) == set(RECORD_NAMES)


def test_value_says_what_it_is_measured_in() -> None:
    assert str(field_name(CsrAction, "value")) == "Value (PLN)"
    assert str(field_name(SurveyTie, "value")) == "Value"


def test_a_code_is_called_by_what_it_is_a_code_of() -> None:
    assert [str(field_name(m, "code")) for m in (Finding, Status, ServiceArea)] == ["Area", "Status", "Code"]
    assert str(field_name(Need, "level")) == "Level (1 little to 3 much)"
