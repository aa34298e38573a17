"""The animator's work in one place; entries that went stale, that stand twice, that are two in one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from apiflask import APIBlueprint
from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from graphsvc.errors import RecordError
from graphsvc.model.history import Change
from graphsvc.model.organisations import Organisation
from graphsvc.model.validation import build
from graphsvc.model.words import RECORD_NAMES
from graphsvc_web.addresses import address
from graphsvc_web.animation_parts import PARTS
from graphsvc_web.current import page_asked, service
from graphsvc_web.forms import display
from graphsvc_web.forms.controls import Control, controls
from graphsvc_web.language import current
from graphsvc_web.listing import pages_of
from graphsvc_web.pages.records import me, noted, offer_undo, records, tell
from graphsvc_web.rights import EDIT, READ, may_read, right

bp = APIBlueprint("work", __name__, enable_openapi=False)
MOST = 50
SPLIT_OFF = ("name", "short_name", "sector", "kind", "krs", "regon", "nip")
"""Fields that are asked for of an organisation split off; the place and the founder are those of the other one."""
FROM_THE_OTHER = ("territory", "acts_in", "street", "postcode", "town", "lat", "lon", "founder")


@bp.get("/work")
@right(READ)
def work() -> ResponseReturnValue:
    """All forms and tasks, and what was done last."""
    hidden = [label for label in RECORD_NAMES if label == "ServiceArea" or not may_read(label)]  # come by themselves
    recent = records().recent(0, 8, hidden)
    return render_template("work.html", parts=PARTS, recent=_named(recent), kinds=RECORD_NAMES)


def _named(recent: list[Change]) -> list[tuple[Change, str, str]]:
    """Each change with the title and address of its record."""
    there = records().get_many([c.record for c in recent])
    noted((c.label, c.record) for c in recent if c.record in there)
    return [(c, display.title(there[c.record]), address(c.label, c.record)) for c in recent if c.record in there]


@bp.get("/work/stale")
@right(READ)
def stale() -> ResponseReturnValue:
    """Organisations that nobody confirmed for long (limit ``stale_days``)."""
    days = service().vocabulary().limit("stale_days")
    before = date.today() - timedelta(days=days)
    page = page_asked()
    territory = request.args.get("territory", "")[:10]
    rows = records().stale(before, territory, (page - 1) * MOST, MOST)
    if page > 1 and not rows:
        return redirect(url_for("work.stale", territory=territory or None))
    total = rows[0]["total"] if rows else 0
    return render_template(
        "stale.html", rows=rows, total=total, page=page, pages=pages_of(total, MOST), territory=territory
    )


@bp.get("/work/deleted")
@right(EDIT)
def deleted() -> ResponseReturnValue:
    """What was put away: to bring back, or to erase where it is about people."""
    page = page_asked()
    rows = records().archived((page - 1) * MOST, MOST + 1)
    if page > 1 and not rows:
        return redirect(url_for("work.deleted"))
    noted((row["label"], row["id"]) for row in rows[:MOST])
    shown = [{**row, "url": address(row["label"], row["id"])} for row in rows[:MOST]]
    return render_template("deleted.html", rows=shown, kinds=RECORD_NAMES, page=page, more=len(rows) > MOST)


@bp.post("/work/confirm/<id>")
@right(EDIT)
def confirm(id: str) -> ResponseReturnValue:
    """The entry was checked today and is true."""
    record = service().organisation(id)
    today = date.today()
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


@bp.get("/organisations/<id>/split")
@right(EDIT)
def parting(id: str) -> ResponseReturnValue:
    """An entry that is really two organisations: what the second one is called, and what goes to it."""
    one = records().typed(id, Organisation)
    return _parting(one, _asked({"sector": one.sector}), [])


@bp.post("/organisations/<id>/split")
@right(EDIT)
def split(id: str) -> ResponseReturnValue:
    """Makes one organisation two; can be undone."""
    one, moved = records().typed(id, Organisation), request.form.getlist("moved")
    said = {name: request.form.get(name, "") for name in SPLIT_OFF}
    try:
        new = build(Organisation, {**{n: getattr(one, n) for n in FROM_THE_OTHER}, **said}, service().vocabulary())
        made = records().split(id, new, moved, me())
    except RecordError as problem:
        shown = _asked(said)
        tell(shown, problem.problems or (problem,))
        return make_response(_parting(one, shown, moved), 422)
    offer_undo(id, _("“%(old)s” and “%(new)s” are two organisations now.", old=one.name, new=made.name))
    return redirect(url_for("organisation.organisation", id=made.id))


def _asked(said: dict[str, Any]) -> list[Control]:
    return [c for c in controls(Organisation, said, current()) if c.name in SPLIT_OFF]


def _parting(one: Organisation, shown: list[Control], moved: list[str]) -> str:
    links = records().pointing_at(one.id)
    noted((row["label"], row["id"]) for row in links)
    return render_template(
        "split.html",
        record=one,
        shown=shown,
        moved=moved,
        links=links,
        kinds=RECORD_NAMES,
        wrong=[(c, e) for c in shown for e in c.errors],
    )
