"""The six forms and ten tasks of animation, each with the pages where it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _


@dataclass(frozen=True, slots=True)
class Link:
    """One page of a part."""

    text: Any
    endpoint: str
    args: Mapping[str, Any] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Its address."""
        return url_for(self.endpoint, **self.args)


@dataclass(frozen=True, slots=True)
class Part:
    """One form or task: ``form a`` … ``task j``."""

    code: str
    title: Any
    links: tuple[Link, ...]


def _list(label: str, text: Any, **filters: str) -> Link:
    return Link(text, "records.listing", {"label": label, **filters})


def _table(name: str, text: Any) -> Link:
    return Link(text, "overviews.overview", {"name": name})


_suggested = Link(_("Whom to bring together"), "suggestions.suggestions")
_demand = _table("demand", _("Needs and offers"))
_compare = Link(_("Compare two dates"), "compare.diagnoses")
PARTS = (
    Part("form a", _("Animation meetings"), (_list("Meeting", _("Meetings")), _table("coverage", _("Who was met")))),
    Part(
        "form b",
        _("Diagnosis of the local environment"),
        (_list("Diagnosis", _("Diagnoses")), _compare, _table("white-spots", _("White spots"))),
    ),
    Part(
        "form c",
        _("Building partnerships"),
        (
            _list("Partnership", _("Partnerships")),
            _list("PartnershipEvent", _("Events")),
            _table("renewals", _("To renew soon")),
        ),
    ),
    Part(
        "form d",
        _("Civic dialogue"),
        (
            _list("Consultation", _("Consultations")),
            _list("Comment", _("Comments")),
            _table("consultations", _("The last year")),
        ),
    ),
    Part(
        "form e",
        _("Demand for social services"),
        (
            _demand,
            _list("Territory", _("Needs of gminas"), level="gmina"),
            _list("ServiceDelivery", _("Services delivered")),
        ),
    ),
    Part(
        "form f",
        _("Strategic planning with local government"),
        (_list("StrategyDocument", _("Documents")), _table("documents", _("Documents that expire"))),
    ),
    Part("task a", _("Diagnose potential"), (_list("Diagnosis", _("Diagnoses")), _compare, _demand)),
    Part(
        "task b",
        _("Initiate meetings and actions"),
        (
            _suggested,
            Link(_("Plan a meeting"), "records.new", {"label": "Meeting"}),
            _table("coverage", _("Who was met")),
        ),
    ),
    Part(
        "task c",
        _("Help groups and initiatives form"),
        (_list("Initiative", _("Initiative groups")), _table("groups", _("On their way"))),
    ),
    Part(
        "task d",
        _("Start and grow partnerships"),
        (_list("Outreach", _("Conversations")), _suggested, _list("Partnership", _("Partnerships"))),
    ),
    Part(
        "task e",
        _("Promotion of social economy entities"),
        (_list("PromotionTool", _("Promotion tools")), _table("promotion", _("Without a tool"))),
    ),
    Part("task f", _("Debates on social economy"), (_list("Meeting", _("Debates"), form="DEB"),)),
    Part(
        "task g",
        _("Encourage activity"),
        (
            _list("Contact", _("Contacts")),
            _table("inactive", _("Nothing heard for long")),
            Link(_("Not confirmed for long"), "work.stale"),
        ),
    ),
    Part(
        "task h",
        _("Revitalisation"),
        (
            _list("Territory", _("Revitalisation areas"), level="revitalisation"),
            Link(_("Draw an area"), "records.new", {"label": "Territory", "level": "revitalisation"}),
            _list("RevitalisationRole", _("Roles in revitalisation")),
            _table("revitalisation", _("Without social economy")),
        ),
    ),
    Part(
        "task i",
        _("Business and CSR"),
        (
            _list("CsrOffer", _("Offers and interests")),
            _list("CsrAction", _("CSR actions")),
            _table("csr", _("Who needs what is offered")),
        ),
    ),
    Part(
        "task j",
        _("Planning and delivering social services"),
        (_list("ServiceDelivery", _("Services delivered")), _demand),
    ),
)
