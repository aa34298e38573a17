"""What was done to records, and what is done to them whole: deleted, erased, taken back, restored, several at once."""

from __future__ import annotations

from apiflask import APIBlueprint
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import Forbidden

from graphsvc.errors import InputError, Place
from graphsvc.i18n import msg
from graphsvc.model.record_types import record_type
from graphsvc.model.validation import build
from graphsvc_web.addresses import address
from graphsvc_web.current import inside, service
from graphsvc_web.forms import display
from graphsvc_web.forms.controls import fields
from graphsvc_web.pages.records import PER_PAGE, changing, me, offer_undo, one, records, titles
from graphsvc_web.rights import EDIT, OUTREACH, may_change, right
from graphsvc_web.undo import offer

bp = APIBlueprint("changes", __name__, enable_openapi=False)


@bp.get("/records/<label>/<id>/history")
@right(OUTREACH)
def history(label: str, id: str) -> ResponseReturnValue:
    """Who changed what and when, newest first."""
    model, stored, done = changing(label), one(label, id), records().history(id)
    keys = {k for c in done for r in (c.old(), c.new()) if r for k in display.keys(r)}
    names = titles(keys, stored)
    others = records().get_many([c.other for c in done if c.action == "merge" and c.other])
    merged = {other for other, at in others.items() if at.merged_into == id}
    return render_template(
        "history.html",
        apart={c.id for c in done if c.action == "merge" and c.other in merged},
        label=label,
        title=display.title(stored),
        stored=stored,
        done=[(c, display.changes(model, c.fields(), names)) for c in done],
        url=address(label, id),
    )


@bp.post("/records/<label>/<id>/delete")
@right(OUTREACH)
def delete(label: str, id: str) -> ResponseReturnValue:
    """Puts the record away; the next page offers to bring it back."""
    changing(label)
    title = display.title(one(label, id, "delete"))
    records().delete(id, me())
    offer_undo(id, _("“%(name)s” is deleted.", name=title))
    return redirect(url_for("records.listing", label=label))


@bp.post("/records/<label>/<id>/erase")
@right(EDIT)
def erase(label: str, id: str) -> ResponseReturnValue:
    """Personal data that someone asks to have erased: gone with its history, for good."""
    if not record_type(label).private:
        raise Forbidden
    if request.form.get("sure") != "1":
        raise InputError(msg("Tick that it is to be gone for good."), place=Place(field="sure"))
    records().erase(one(label, id, "erase").record.id)
    flash(_("The data are erased."))
    return redirect(url_for("records.listing", label=label))


@bp.post("/undo/<change>")
@right(OUTREACH)
def undo(change: str) -> ResponseReturnValue:
    """Takes back what was done to a record, or to several at once, if nothing was done to them since."""
    ids = change.split(",")[:PER_PAGE]
    if not all(may_change(records().change(id).label) for id in ids):
        raise Forbidden
    records().undo_all(ids, me())
    offer(_("Taken back."))
    return redirect(inside(request.form.get("next"), url_for("work.work")))


@bp.post("/records/<label>/<id>/restore")
@right(OUTREACH)
def restore(label: str, id: str) -> ResponseReturnValue:
    """Gives the record the content of an earlier version."""
    changing(label)
    one(label, id, "change")
    records().restore(id, request.form.get("version", 0, int), me())
    offer_undo(id, _("The earlier version is back."))
    return redirect(address(label, id))


@bp.post("/records/<label>/bulk")
@right(OUTREACH)
def bulk(label: str) -> ResponseReturnValue:
    """Gives one coded field of all chosen records a new value, in one step."""
    model = changing(label)
    name = request.form.get("field", "")
    value = request.form.get(f"value:{name}", "")
    spec = fields(model).get(name)
    ids = request.form.getlist("id")[:PER_PAGE]
    if spec is None or not spec.scheme or not ids:
        raise InputError(msg("Choose records and what to change in them."))
    content = (value,) if spec.many else value
    found = [one(label, id, "change") for id in ids]
    changed = [build(model, {**dict(s.record), name: content}, service().vocabulary()) for s in found]
    before = {s.record.id: s.record.version for s in found}
    saved = [r for r in records().save_many(changed, me()) if r.version != before[r.id]]
    offer_undo([r.id for r in saved], _("Changed: %(count)s.", count=len(saved)))
    return redirect(inside(request.form.get("next"), url_for("records.listing", label=label)))
