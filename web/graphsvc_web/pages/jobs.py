"""Work in the background: what waits, runs and is done; how far it is; ending it; what came of it."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import Forbidden, NotFound

from graphsvc.exports.tables import TABLE_FORMATS
from graphsvc.service import evaluations
from graphsvc.service.jobs import Job
from graphsvc.service.report import Unlisted
from graphsvc.service.works import CHECK, IMPORT, KINDS, LEARN, MEASURE
from graphsvc_web import pictures, rights
from graphsvc_web.current import service, view
from graphsvc_web.language import current, ngettext
from graphsvc_web.pages.imports import what_they_may_mean
from graphsvc_web.pages.records import me
from graphsvc_web.rights import EXPORT, MANAGE, OUTREACH, READ, right

bp = APIBlueprint("jobs", __name__, enable_openapi=False)
NEEDED = {evaluations.KIND: READ, LEARN: READ, MEASURE: EXPORT, CHECK: rights.IMPORT, IMPORT: rights.IMPORT}
"""The right that it takes to see a job of a kind."""
MINUTE = 60


@bp.get("/jobs")
@right(READ)
def jobs() -> ResponseReturnValue:
    """Everything that runs or ran, the newest first."""
    seen = [job for job in service().jobs.all() if rights.may(NEEDED[job.kind])]
    return render_template("jobs.html", jobs=seen, kinds=KINDS, states=states(), address=address)


@bp.get("/jobs/<id>")
@right(READ)
def job(id: str) -> ResponseReturnValue:
    """One job: its progress, then what came of it."""
    found = _seen(id)
    if found.kind == evaluations.KIND and not found.open:
        return redirect(address(found))
    unlisted = [Unlisted(**told) for told in (found.result or {}).get("unlisted", ())] if found.kind == CHECK else []
    asked = what_they_may_mean(unlisted)
    return render_template("job.html", job=found, kinds=KINDS, states=states(), mine=mine(found), asked=asked)


@bp.get("/jobs/<id>/state")
@right(READ)
def state(id: str) -> ResponseReturnValue:
    """How far a job is, for the page that shows it."""
    found = _seen(id)
    own = {"open": found.open, "done": found.done, "total": found.total}
    return {**own, "said": states()[found.state], "left": left(found)}


@bp.get("/jobs/<id>/file")
@right(READ)
def file(id: str) -> ResponseReturnValue:
    """The file that came of a job."""
    found = _seen(id)
    path, kept = service().jobs.file(id), found.file or {}
    return send_file(path, mimetype=kept["media_type"], as_attachment=True, download_name=kept["filename"])


@bp.post("/jobs/<id>/cancel")
@right(READ)
def cancel(id: str) -> ResponseReturnValue:
    """Ends a job; who began it may do so, and the administrator."""
    if not mine(_seen(id)):
        raise Forbidden
    service().jobs.cancel(id)
    return redirect(url_for("jobs.job", id=id))


@bp.post("/jobs/<id>/again")
@right(READ)
def again(id: str) -> ResponseReturnValue:
    """Asks anew for what was interrupted, cancelled or failed."""
    old = _seen(id)
    if not mine(old) or old.open:
        raise Forbidden
    return redirect(url_for("jobs.job", id=service().jobs.ask(old.kind, old.params, me()).id))


@bp.post("/jobs/report")
@right(EXPORT)
def report() -> ResponseReturnValue:
    """Begins a report of all measures, with nothing estimated."""
    format = request.form.get("format", "xlsx")
    if format not in TABLE_FORMATS:
        raise NotFound(_("There is no such format."))
    scene = pictures.scene(view())
    asked, own = scene.view, scene.snapshot
    day = own.as_of and own.as_of.isoformat()
    some = [own.ids[i] for i in scene.rows] if len(scene.rows) < len(own.ids) else None
    params = {"as_of": day, "scope": asked.scope, "filters": asked.filters, "only": some}
    params |= {"words": asked.words(rows=True), "format": format, "language": current()}
    return redirect(url_for("jobs.job", id=service().jobs.ask(MEASURE, params, me()).id))


@bp.post("/jobs/learn")
@right(OUTREACH)
def learn() -> ResponseReturnValue:
    """Begins to learn from the network as it is now."""
    return redirect(url_for("jobs.job", id=service().jobs.ask(LEARN, {}, me()).id))


def address(job: Job) -> str:
    """Where a job shows what came of it."""
    endpoint = "evaluation.result" if job.kind == evaluations.KIND else "jobs.job"
    return url_for(endpoint, id=job.id)


def states() -> dict[str, Any]:
    """What each state is called."""
    return {
        "waiting": _("waiting for its turn"),
        "running": _("running"),
        "done": _("done"),
        "failed": _("not possible"),
        "cancelled": _("ended before it was done"),
        "interrupted": _("interrupted: the service was stopped meanwhile"),
    }


def left(job: Job) -> str:
    """The time left, in words; nothing while it can't be told."""
    seconds = job.seconds_left
    if seconds is None:
        return ""
    if seconds < MINUTE:
        return str(_("less than a minute left"))
    minutes = round(seconds / MINUTE)
    return str(ngettext("about %(num)s minute left", "about %(num)s minutes left", minutes))


def mine(job: Job) -> bool:
    """Whether this person may end it or begin it again."""
    return job.by == me() or rights.may(MANAGE)


def _seen(id: str) -> Job:
    found = service().jobs.get(id)
    if not rights.may(NEEDED[found.kind]):
        raise Forbidden
    return found
