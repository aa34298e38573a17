"""Import: choose a file and a profile, see what it would do, then do it."""

from __future__ import annotations

import re
import tempfile
import time
import uuid
from pathlib import Path

from apiflask import APIBlueprint
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from graphsvc.errors import InputError, NotFoundError, Place
from graphsvc.i18n import msg
from graphsvc.service.works import CHECK
from graphsvc.service.works import IMPORT as WRITE
from graphsvc_web.current import service
from graphsvc_web.language import current
from graphsvc_web.pages.records import me
from graphsvc_web.rights import IMPORT, right
from graphsvc_web.uploads import safe_name

bp = APIBlueprint("imports", __name__, enable_openapi=False)
KEPT_FOR = 24 * 3600
"""Seconds that a checked file waits for its import."""
LARGE = 2 * 2**20
"""Bytes above which a file is checked and imported in the background."""
_KEY = re.compile(r"[0-9a-f]{32}\Z")


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
    folder = _folder() / uuid.uuid4().hex
    folder.mkdir()
    path = folder / safe_name(upload.filename)
    upload.save(path)
    if path.stat().st_size > LARGE:
        return _in_background(CHECK, path)
    report = service().check_import(path, _profile())
    return render_template(
        "import.html",
        profiles=service().profiles,
        report=report,
        key=folder.name,
        file=path.name,
        profile=_profile(),
        done=False,
    )


@bp.post("/import/run")
@right(IMPORT)
def run() -> ResponseReturnValue:
    """The import of a file that was checked."""
    key = request.form.get("key", "")
    found = list((_folder() / key).iterdir()) if _KEY.match(key) and (_folder() / key).is_dir() else []
    if not found:
        raise NotFoundError(msg("The checked file is no longer here. Send it again."))
    if found[0].stat().st_size > LARGE:
        return _in_background(WRITE, found[0])
    report = service().run_import(found[0], _profile(), by=current_user.account.id)
    found[0].unlink()
    return render_template(
        "import.html", profiles=service().profiles, report=report, file=found[0].name, profile=_profile(), done=True
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


def _folder() -> Path:
    """Where files wait, per account; what waited too long is removed."""
    folder = Path(tempfile.gettempdir()) / f"graphsvc-import-{current_user.account.id}"
    folder.mkdir(mode=0o700, exist_ok=True)
    for waiting in folder.iterdir():
        if time.time() - waiting.stat().st_mtime > KEPT_FOR:
            for file in waiting.iterdir():
                file.unlink()
            waiting.rmdir()
    return folder
