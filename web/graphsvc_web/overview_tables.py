"""What the animator asks of the graph, one table each: questions, columns and what stands in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from graphsvc.model.base import stable_id
from graphsvc.model.words import RECORD_NAMES
from graphsvc.store.animation import Animation
from graphsvc_web.addresses import address
from graphsvc_web.current import service
from graphsvc_web.language import day, number, say
from graphsvc_web.rights import may_change, may_read
from graphsvc_web.templating import area_name, label

YEAR = timedelta(days=365)

Row = Mapping[str, Any]
Link = tuple[str, str]
"""A text and the address that it leads to, if any."""
Cell = Callable[[Row], Link | list[Link]]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an overview."""

    title: Any
    cell: Cell
    numeric: bool = False
    dated: bool = False

    def links(self, row: Row) -> list[Link]:
        """What stands in the column's cell."""
        found = self.cell(row)
        return found if isinstance(found, list) else [found]


@dataclass(frozen=True, slots=True)
class Overview:
    """One table. ``rows`` for a day and a territory ("" for everywhere)."""

    title: Any
    lead: Any
    rows: Callable[[Animation, date, str], Sequence[Row]]
    columns: tuple[Column, ...]
    by_place: bool = True
    """Whether it can be kept to a territory."""
    noted: tuple[str, Any] = ("", "")
    """The list where what it shows is noted, and what that is called."""


def _limit(code: str) -> float:
    return service().vocabulary().limit(code)


def _text(key: str, title: Any) -> Column:
    return Column(title, lambda row: (str(row[key] if row[key] is not None else ""), ""))


def _count(key: str, title: Any) -> Column:
    return Column(title, lambda row: (number(row[key]), ""), numeric=True)


def _day(key: str, title: Any) -> Column:
    return Column(title, lambda row: (day(row[key]) if row[key] else "–", ""), dated=True)


def _code(key: str, name: str, title: Any) -> Column:
    return Column(title, lambda row: (label(name, row[key] or ""), ""))


def _record(kind: str, title: Any, key: str = "id", name: str = "name") -> Column:
    return Column(title, lambda row: (row[name] or "–", address(kind, row[key]) if row[key] else ""))


def _place(title: Any) -> Column:
    def cell(row: Row) -> Link:
        return row["territory_name"] or "–", url_for("network.network", territory=row["territory"])

    return Column(title, cell)


def _noted(kind: str, text: Any) -> Column:
    """What to do about the row's organisation: a new record of it, for those who may."""

    def cell(row: Row) -> Link:
        return (text, url_for("records.new", label=kind, organisation=row["id"])) if may_change(kind) else ("–", "")

    return Column(_("Next step"), cell)


def _needy(title: Any) -> Column:
    def cell(row: Row) -> Link:
        return row["territory_name"], address("Territory", stable_id("territory", row["territory"]))

    return Column(title, cell)


def _area(title: Any) -> Column:
    def cell(row: Row) -> Link:
        return area_name(row), url_for("overviews.helpers", area=row["area"], territory=row["territory"])

    return Column(title, cell)


def _yes(key: str, title: Any) -> Column:
    return Column(title, lambda row: (gettext("yes") if row[key] else gettext("no"), ""))


def _matches(title: Any) -> Column:
    def cell(row: Row) -> list[Link]:
        return [(str(m["name"]), address("Organisation", m["id"])) for m in row["matches"]] or [("–", "")]

    return Column(title, cell)


def _kind(title: Any) -> Column:
    return Column(title, lambda row: (say(RECORD_NAMES[row["label"]][0]), ""))


def _due(title: Any) -> Column:
    return Column(title, lambda row: (row["name"] or row["label"], address(row["label"], row["id"])))


_where, _who, _ends = _text("territory_name", _("Territory")), _("Organisation"), _("Ends on")
OVERVIEWS: Mapping[str, Overview] = {
    "coverage": Overview(
        _("Who was met"),
        _("Organisations by powiat and sector, and how many came to a meeting or debate within a year."),
        lambda a, d, t: a.meeting_coverage(d, t),
        (
            _text("powiat_name", _("Powiat")),
            _code("sector", "organisation_sector", _("Sector")),
            _count("organisations", _("Organisations")),
            _count("met", _("Met")),
            _count("debated", _("In debates")),
        ),
    ),
    "white-spots": Overview(
        _("White spots"),
        _("What is known and done in each gmina of the powiats of which anything is known, the emptiest first."),
        lambda a, d, t: a.white_spots(d, t),
        (
            _place(_("Gmina")),
            _day("diagnosed_on", _("Diagnosed on")),
            _count("pes", _("PES")),
            _count("partnerships", _("Partnerships")),
            _count("meetings", _("Meetings in a year")),
            _count("needs", _("Needs")),
        ),
    ),
    "renewals": Overview(
        _("To renew soon"),
        _("Partnerships whose end is near, or past without having been closed."),
        lambda a, d, t: a.renewals(d, t),
        (
            _record("Partnership", _("Partnership")),
            _code("phase", "partnership_phase", _("Phase")),
            _day("ends_on", _ends),
            _count("days", _("Days left")),
            _count("members", _("Members")),
        ),
        noted=("Partnership", _("Partnerships")),
    ),
    "consultations": Overview(
        _("Consultations of the last year"),
        _("Who took part and what became of the comments."),
        lambda a, d, t: a.consultations(d - YEAR, t),
        (
            _record("Consultation", _("Consultation")),
            _where,
            _day("starts_on", _("From")),
            _day("ends_on", _("To")),
            _count("participants", _("Participants")),
            _count("groups", _("Initiative groups")),
            _count("comments", _("Comments")),
            _count("accepted", _("Accepted")),
            _count("pending", _("Pending")),
        ),
        noted=("Consultation", _("Consultations")),
    ),
    "demand": Overview(
        _("Demand for social services"),
        _(
            "Needs (1 little to 3 much) against who offers it, the largest gaps first. The gap is the whole need where "
            "nobody delivers the service yet, one less where fewer people are served than need it, else 0. "
            "Choose an area to see who could help, and a gmina to note its needs."
        ),
        lambda a, d, t: a.demand(d, t, di_only=bool(request.args.get("di"))),
        (
            _area(_("Service area")),
            _needy(_("Gmina")),
            _yes("di", _("De-institutionalised")),
            _count("need", _("Need")),
            _count("offering", _("Offer it")),
            _count("delivering", _("Deliver it")),
            _count("gap", _("Gap")),
        ),
        noted=("Territory", _("Needs of gminas")),
    ),
    "documents": Overview(
        _("Documents that expire"),
        _("Strategic documents that expire soon, and whether social economy is in them."),
        lambda a, d, t: a.expiring_documents(d, int(_limit("expiring_days")), t),
        (
            _record("StrategyDocument", _("Document")),
            _code("kind", "strategic_document", _("Kind")),
            _place(_("Territory")),
            _day("valid_to", _ends),
            _yes("social_economy", _("Social economy in it")),
        ),
        noted=("StrategyDocument", _("Documents")),
    ),
    "groups": Overview(
        _("Initiative groups on their way"),
        _("From the first meeting to a registered social economy entity; the next step soonest first."),
        lambda a, d, t: a.pipeline(d, t),
        (
            _record("Initiative", _("Group")),
            _code("status", "initiative_group_status", _("State")),
            _where,
            _text("next_step", _("Next step")),
            _day("next_step_by", _("By when")),
            _record("Organisation", _("Registered as"), "grew_into", "grew_into_name"),
        ),
        noted=("Initiative", _("Initiative groups")),
    ),
    "promotion": Overview(
        _("Without a promotion tool"),
        _("Social economy entities that have nothing ready to show themselves with."),
        lambda a, d, t: a.pes_without_tools(d, t),
        (
            _record("Organisation", _who),
            _code("kind", "organisation_kind", _("Kind")),
            _where,
            _count("preparing", _("In preparation")),
            _noted("PromotionTool", _("Note a tool")),
        ),
    ),
    "inactive": Overview(
        _("Nothing heard for long"),
        _("Whom to call: no meeting, contact or partnership of theirs is known since."),
        lambda a, d, t: a.inactive(d, t, months=int(_limit("silent_months"))),
        (
            _record("Organisation", _who),
            _code("sector", "organisation_sector", _("Sector")),
            _where,
            _day("last_on", _("Last seen")),
            _count("contacts", _("Contacts")),
            _noted("Contact", _("Note a contact")),
        ),
    ),
    "revitalisation": Overview(
        _("Revitalisation without social economy"),
        _("Gminas with a valid revitalisation programme in which no social economy entity has a part."),
        lambda a, d, t: a.gpr_without_pes(d, t),
        (
            _place(_("Gmina")),
            _record("StrategyDocument", _("Document"), "document", "document_name"),
            _day("valid_to", _ends),
            _count("pes", _("PES there")),
        ),
        noted=("StrategyDocument", _("Documents")),
    ),
    "csr": Overview(
        _("Business offers and who needs them"),
        _("Open offers of business with the social economy entities that look for the same."),
        lambda a, d, t: a.csr_matches(d, t),
        (
            _record("CsrOffer", _("Offer")),
            _record("Organisation", _("Business"), "business", "business_name"),
            _code("form", "csr_form", _("Form")),
            _day("until", _("Until")),
            _matches(_("Who could use it")),
        ),
        noted=("CsrOffer", _("Offers and interests")),
    ),
    "due": Overview(
        _("What is due"),
        _("Steps, reminders and ends that are near or up to 90 days past, the most overdue first."),
        lambda a, d, t: [r for r in a.due(d, int(_limit("ahead_days"))) if may_read(r["label"])],
        (_due(_("What")), _kind(_("Kind")), _text("what", _("Step")), _day("due", _("By when"))),
        by_place=False,
    ),
}
"""Every overview by the last part of its address."""
