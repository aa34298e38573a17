"""Import: choose a file and a profile, see what it would do, then do it."""

from __future__ import annotations

from pathlib import Path

from apiflask import APIBlueprint
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from graphsvc.errors import GraphsvcError, InputError, NotFoundError, Place
from graphsvc.i18n import msg
from graphsvc.service.uploads import drop
from graphsvc.service.works import CHECK
from graphsvc.service.works import IMPORT as WRITE
from graphsvc_web.current import service
from graphsvc_web.language import current
from graphsvc_web.pages.records import me
from graphsvc_web.rights import IMPORT, right
from graphsvc_web.uploads import safe_name

bp = APIBlueprint("imports", __name__, enable_openapi=False)
LARGE = 2 * 2**20
"""Bytes above which a file is checked and imported in the background."""


@bp.get("/import")
@right(IMPORT)
def choose() -> ResponseReturnValue:
    """The form."""
    return render_template("import.html", profiles=service().profiles, report=None)


@bp.post("/import")
@right(IMPORT)
def check() -> ResponseReturnValue:
    """What the import would do; nothing is written to the database."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise InputError(msg("Choose a file first."), place=Place(field="file"))
    profile = _profile()
    path = service().uploads.room(current_user.account.id, safe_name(upload.filename))
    upload.save(path)
    if path.stat().st_size > LARGE:
        return _in_background(CHECK, path)
    try:
        report = service().check_import(path, profile)
    except GraphsvcError:
        drop(path)  # it will be sent anew
        raise
    return render_template(
        "import.html",
        profiles=service().profiles,
        report=report,
        key=path.parent.name,
        file=path.name,
        profile=profile,
        done=False,
    )


@bp.post("/import/run")
@right(IMPORT)
def run() -> ResponseReturnValue:
    """The import of a file that was checked."""
    path = service().uploads.find(current_user.account.id, request.form.get("key", ""))
    if path is None:
        raise NotFoundError(msg("The checked file is no longer here. Send it again."))
    if path.stat().st_size > LARGE:
        return _in_background(WRITE, path)
    report = service().run_import(path, _profile(), by=current_user.account.id)
    drop(path)
    return render_template(
        "import.html", profiles=service().profiles, report=report, file=path.name, profile=_profile(), done=True
    )


def _in_background(kind: str, path: Path) -> ResponseReturnValue:
    params = {"path": str(path), "key": path.parent.name, "profile": _profile(), "language": current()}
    job = service().jobs.ask(kind, {**params, "by": current_user.account.id}, me())
    return redirect(url_for("jobs.job", id=job.id))


def _profile() -> str:
    profile = request.form.get("profile", "")
    if profile not in service().profiles:
        raise InputError(msg("There is no such profile."), place=Place(field="profile"))
    return profile
