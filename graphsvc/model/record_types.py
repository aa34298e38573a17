"""All types of records, by the label of their nodes; and what is known of a type's fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from graphsvc.errors import NotFoundError
from graphsvc.i18n import msg, short
from graphsvc.model.base import Code, Link, Private, Record, Value
from graphsvc.model.diagnosis import Diagnosis
from graphsvc.model.dialogue import Comment, Consultation, StrategyDocument
from graphsvc.model.initiatives import Initiative
from graphsvc.model.meetings import Contact, Meeting
from graphsvc.model.organisations import ContactPerson, Organisation
from graphsvc.model.outreach import Outreach
from graphsvc.model.partnerships import Partnership, PartnershipEvent
from graphsvc.model.support import CsrAction, CsrOffer, PromotionTool, RevitalisationRole, ServiceDelivery
from graphsvc.model.survey import SurveyAnswer, SurveyRound
from graphsvc.model.territories import ServiceArea, Territory
from graphsvc.model.vocabulary import sector_label

_TYPES: tuple[type[Record], ...] = (
    ServiceArea,
    Territory,
    Organisation,
    ContactPerson,
    Partnership,
    PartnershipEvent,
    Initiative,
    Meeting,
    Contact,
    Diagnosis,
    StrategyDocument,
    Consultation,
    Comment,
    PromotionTool,
    RevitalisationRole,
    CsrOffer,
    CsrAction,
    ServiceDelivery,
    Outreach,
    SurveyRound,
    SurveyAnswer,
)
RECORD_TYPES: dict[str, type[Record]] = {t.label: t for t in _TYPES}
"""In an order in which links mostly point back."""


def record_type(label: str) -> type[Record]:
    """The type of that label. Raises NotFoundError."""
    if label not in RECORD_TYPES:
        raise NotFoundError(
            msg("There is no kind of record “%(label)s”.", label=short(label)), near=tuple(RECORD_TYPES)
        )
    return RECORD_TYPES[label]


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """What forms, lists, tables and the store need to know of one field."""

    name: str
    link: Link | None
    scheme: str | None
    many: bool
    part: type[Value] | None
    """The model of a field that holds models (members, needs …), or of the single ``source``."""
    kind: type
    """str, bool, int, float, date or datetime; for parts ``part`` says more."""
    required: bool
    private: bool
    default: Any


def _flatten(annotation: Any) -> Iterator[Any]:
    yield annotation
    for inner in get_args(annotation):
        yield from _flatten(inner)


def _spec(name: str, info: FieldInfo) -> FieldSpec:
    parts = [*info.metadata, *_flatten(info.annotation)]
    classes = [p for p in parts if isinstance(p, type) and p is not type(None) and get_origin(p) is None]
    return FieldSpec(
        name,
        link=next((p for p in parts if isinstance(p, Link)), None),
        scheme=next((p.scheme for p in parts if isinstance(p, Code)), None),
        many=get_origin(info.annotation) is tuple,
        part=next((c for c in classes if issubclass(c, Value)), None),
        kind=next((c for c in classes if c is not tuple), str),
        required=info.is_required(),
        private=any(isinstance(p, Private) for p in parts),
        default=info.get_default(call_default_factory=False),
    )


@cache
def field_specs(model: type[Value]) -> dict[str, FieldSpec]:
    """The fields of a record type or of a part of one, in order."""
    return {name: _spec(name, info) for name, info in model.model_fields.items()}


def labels_of(record: Record) -> tuple[str, ...]:
    """The labels of a record's node: ``Record``, its own, and the sector's for an organisation."""
    own = ("Record", record.label)
    return (*own, sector_label(record.sector)) if isinstance(record, Organisation) else own
