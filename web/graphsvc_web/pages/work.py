"""The animator's work in one place: the six forms and ten tasks, each with the page where it is done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from apiflask import APIBlueprint
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from graphsvc.model.words import RECORD_NAMES
from graphsvc_web.current import service
from graphsvc_web.pages.records import address, me, offer_undo, records
from graphsvc_web.rights import EDIT, READ, right

bp = APIBlueprint("work", __name__, enable_openapi=False)
STALE = timedelta(days=365)
MOST = 50


def parts() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """Letter, title and links of each form and task of animation."""

    def listed(label: str, text: str, **filters: Any) -> tuple[str, str]:
        return text, url_for("records.listing", label=label, **filters)

    def overview(name: str, text: str) -> tuple[str, str]:
        return text, url_for("overviews.overview", name=name)

    return [
        (
            "form a",
            _("Animation meetings"),
            [
                listed("Meeting", _("Meetings")),
                overview("coverage", _("Who was met")),
            ],
        ),
        (
            "form b",
            _("Diagnosis of the local environment"),
            [
                listed("Diagnosis", _("Diagnoses")),
                overview("white-spots", _("White spots")),
            ],
        ),
        (
            "form c",
            _("Building partnerships"),
            [
                listed("Partnership", _("Partnerships")),
                listed("PartnershipEvent", _("Events")),
                overview("renewals", _("To renew soon")),
            ],
        ),
        (
            "form d",
            _("Civic dialogue"),
            [
                listed("Consultation", _("Consultations")),
                listed("Comment", _("Comments")),
                overview("consultations", _("The last year")),
            ],
        ),
        (
            "form e",
            _("Demand for social services"),
            [
                overview("demand", _("Needs and offers")),
            ],
        ),
        (
            "form f",
            _("Strategic planning with local government"),
            [
                listed("StrategyDocument", _("Documents")),
                overview("documents", _("Documents that expire")),
            ],
        ),
        (
            "task a",
            _("Diagnose potential"),
            [
                listed("Diagnosis", _("Diagnoses")),
                overview("demand", _("Needs and offers")),
            ],
        ),
        (
            "task b",
            _("Initiate meetings and actions"),
            [
                (_("Whom to bring together"), url_for("suggestions.suggestions")),
                (_("Plan a meeting"), url_for("records.new", label="Meeting")),
            ],
        ),
        (
            "task c",
            _("Help groups and initiatives form"),
            [
                listed("Initiative", _("Initiative groups")),
                overview("groups", _("On their way")),
            ],
        ),
        (
            "task d",
            _("Start and grow partnerships"),
            [
                listed("Partnership", _("Partnerships")),
                listed("Outreach", _("Conversations")),
                (_("Suggestions"), url_for("suggestions.suggestions")),
            ],
        ),
        (
            "task e",
            _("Promotion of social economy entities"),
            [
                listed("PromotionTool", _("Promotion tools")),
                overview("promotion", _("Without a tool")),
            ],
        ),
        ("task f", _("Debates on social economy"), [listed("Meeting", _("Debates"), form="DEB")]),
        (
            "task g",
            _("Encourage activity"),
            [
                listed("Contact", _("Contacts")),
                overview("inactive", _("Nothing heard for half a year")),
                (_("Not confirmed for a year"), url_for("work.stale")),
            ],
        ),
        (
            "task h",
            _("Revitalisation"),
            [
                listed("RevitalisationRole", _("Roles in revitalisation")),
                overview("revitalisation", _("Without social economy")),
            ],
        ),
        (
            "task i",
            _("Business and CSR"),
            [
                listed("CsrOffer", _("Offers and interests")),
                listed("CsrAction", _("CSR actions")),
                overview("csr", _("Who needs what is offered")),
            ],
        ),
        (
            "task j",
            _("Planning and delivering social services"),
            [
                listed("ServiceDelivery", _("Services delivered")),
                overview("demand", _("Needs and offers")),
            ],
        ),
    ]


@bp.get("/work")
@right(READ)
def work() -> ResponseReturnValue:
    """All forms and tasks."""
    return render_template(
        "work.html", parts=parts(), recent=records().recent(0, 8), address=address, kinds=RECORD_NAMES
    )


@bp.get("/work/stale")
@right(READ)
def stale() -> ResponseReturnValue:
    """Organisations that nobody confirmed for a year."""
    before = date.today() - STALE  # noqa: DTZ011 a calendar day
    page = max(request.args.get("page", 1, int), 1)
    rows = records().stale(before, request.args.get("territory", "")[:10], (page - 1) * MOST, MOST)
    total = rows[0]["total"] if rows else 0
    return render_template("stale.html", rows=rows, total=total, page=page, pages=max(-(-total // MOST), 1))


@bp.post("/work/confirm/<id>")
@right(EDIT)
def confirm(id: str) -> ResponseReturnValue:
    """The entry was checked today and is true."""
    record = service().organisation(id)
    today = date.today()  # noqa: DTZ011 a calendar day
    records().save(record.model_copy(update={"confirmed_on": today, "confirmed_by": me()}), me())
    offer_undo(id, _("“%(name)s” is confirmed.", name=record.name))
    return redirect(url_for("work.stale"))


@bp.get("/organisations/<id>/duplicates")
@right(EDIT)
def duplicates(id: str) -> ResponseReturnValue:
    """Organisations that may be the same."""
    return render_template("duplicates.html", record=service().organisation(id), found=records().duplicates(id))


@bp.post("/organisations/<id>/merge")
@right(EDIT)
def merge(id: str) -> ResponseReturnValue:
    """Makes two organisations one; can be undone."""
    kept = records().merge(id, request.form.get("other", ""), me())
    offer_undo(kept.id, _("Two organisations are one now."))
    flash(_("Look whether the entry is complete."))
    return redirect(url_for("organisation.organisation", id=kept.id))
