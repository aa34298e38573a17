"""Import: choose a file and a profile, or say which column is what; see what it would do, then do it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

from apiflask import APIBlueprint
from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from graphsvc.errors import ConflictError, GraphsvcError, InputError, NotFoundError, Place, ProfileError
from graphsvc.i18n import msg
from graphsvc.ingest.columns import (
    LEAD,
    MARK,
    MEANINGS,
    MEMBER,
    MOST_COLUMNS,
    NAME,
    SEPARATORS,
    Column,
    columns_of,
    likely_separator,
    profile_of,
    separator_of,
)
from graphsvc.ingest.places import alike
from graphsvc.ingest.values import TERRITORIES
from graphsvc.model.organisations import Organisation
from graphsvc.model.partnerships import Partnership
from graphsvc.model.poland import poland
from graphsvc.model.words import FIELD_NAMES, field_name
from graphsvc.service.profiles import LONGEST
from graphsvc.service.report import Unlisted
from graphsvc.service.uploads import drop
from graphsvc.service.works import CHECK
from graphsvc.service.works import IMPORT as WRITE
from graphsvc_web.current import service
from graphsvc_web.errors import status_of, titled
from graphsvc_web.language import current, ngettext, say
from graphsvc_web.pages.records import me
from graphsvc_web.rights import IMPORT, right
from graphsvc_web.uploads import safe_name

bp = APIBlueprint("imports", __name__, enable_openapi=False)
MOST_ASKED = 100
"""Values on no list that are asked about at once, the most frequent."""
LARGE = 2 * 2**20
"""Bytes above which a file is checked and imported in the background."""


@bp.get("/import")
@right(IMPORT)
def choose() -> ResponseReturnValue:
    """The form."""
    past = service().past_imports.recent()
    return render_template("import.html", profiles=service().profiles, past=past, report=None)


@bp.post("/import")
@right(IMPORT)
def check() -> ResponseReturnValue:
    """What the import would do; nothing is written to the database."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise InputError(msg("Choose a file first."), place=Place(field="file"))
    profile = request.form.get("profile") and _profile()
    path = service().uploads.room(current_user.account.id, safe_name(upload.filename))
    upload.save(path)
    return _checked(path, profile) if profile else redirect(url_for("imports.columns", key=path.parent.name))


@bp.get("/import/columns")
@right(IMPORT)
def columns() -> ResponseReturnValue:
    """Which column of a file that was sent is what; an own profile that fits it is taken."""
    path = _sent(request.args.get("key", ""))
    profile = request.args.get("profile") or service().profiles.fitting({c.heading for c in columns_of(path)})
    return _columns(path, profile)


@bp.post("/import/columns")
@right(IMPORT)
def choose_columns() -> ResponseReturnValue:
    """Keeps what each column is as a profile, and checks the file by it."""
    path, given = _sent(request.form.get("key", "")), request.form
    name, separator = " ".join(given.get("name", "").split()), given.get("separator", "")
    chosen = list(zip(given.getlist("heading"), given.getlist("meaning"), strict=False))[:MOST_COLUMNS]
    try:
        made = profile_of(name, chosen, separator if separator in SEPARATORS else "")
        service().profiles.keep(made, again=name == given.get("again"))
    except (InputError, ConflictError) as exc:
        found = [replace(c, meaning=m) for c, (_h, m) in zip(columns_of(path), chosen, strict=False)]
        return _form(path, found, {**given, "name": name}, exc)
    return _checked(path, name)


@bp.get("/import/values")
@right(IMPORT)
def values() -> ResponseReturnValue:
    """The check of a file that was sent, once more: where one comes back to who had to sign in anew."""
    path = _sent(request.args.get("key", ""))
    return redirect(url_for("jobs.jobs")) if path.stat().st_size > LARGE else _checked(path, _profile())


@bp.post("/import/values")
@right(IMPORT)
def choose_values() -> ResponseReturnValue:
    """Adds what values mean to the profile, and checks the file again."""
    path, profile, given = _sent(request.form.get("key", "")), _profile(), request.form
    answers = zip(*map(given.getlist, ("column", "scheme", "value", "meaning")), strict=False)
    service().profiles.teach(profile, [answer for answer in answers if answer[3].strip()])
    return _checked(path, profile)


@bp.post("/import/take-back")
@right(IMPORT)
def take_back() -> ResponseReturnValue:
    """Takes an import back: what nobody changed or used since."""
    done = service().past_imports.take_back(request.form.get("id", ""), me())
    told = (
        ngettext("%(num)s partnership deleted", "%(num)s partnerships deleted", done.partnerships),
        ngettext("%(num)s organisation deleted", "%(num)s organisations deleted", done.organisations),
        ngettext("%(num)s record as it was before", "%(num)s records as they were before", done.restored),
        ngettext(
            "%(num)s record stays, since it was changed or used after the import",
            "%(num)s records stay, since they were changed or used after the import",
            done.stayed,
        ),
    )
    some = "; ".join(text for text, n in zip(told, astuple(done), strict=True) if n)
    flash(_("Import taken back: %(what)s.", what=some))
    return redirect(url_for("imports.choose"))


@bp.post("/import/profiles/remove")
@right(IMPORT)
def remove() -> ResponseReturnValue:
    """Removes one of the centre's own profiles."""
    service().profiles.remove(request.form.get("profile", ""))
    return redirect(url_for("imports.choose"))


@bp.post("/import/run")
@right(IMPORT)
def run() -> ResponseReturnValue:
    """The import of a file that was checked."""
    path = _sent(request.form.get("key", ""))
    if path.stat().st_size > LARGE:
        return _in_background(WRITE, path, _profile())
    report = service().run_import(path, _profile(), by=current_user.account.id)
    drop(path)
    return render_template("import.html", report=report, file=path.name, done=True)


def _checked(path: Path, profile: str) -> ResponseReturnValue:
    """What would happen; where the file has other columns than the profile, the question which is what."""
    if path.stat().st_size > LARGE:
        return _in_background(CHECK, path, profile)
    try:
        report = service().check_import(path, profile)
    except ProfileError as exc:
        hint = msg("Say below which column is what.")
        return _columns(path, profile, ProfileError(exc.message, place=exc.place, hint=hint))
    except GraphsvcError:
        drop(path)  # it will be sent anew
        raise
    asked = what_they_may_mean(report.unlisted)
    return render_template(
        "import.html", report=report, key=path.parent.name, file=path.name, profile=profile, asked=asked
    )


def what_they_may_mean(unlisted: Sequence[Unlisted]) -> list[tuple[Unlisted, list[tuple[str, str]]]]:
    """The first of the values on no list, each with codes and labels to choose from."""
    return [(value, _choices(value.scheme, value.value)) for value in unlisted[:MOST_ASKED]]


def _choices(scheme: str, value: str) -> list[tuple[str, str]]:
    """Codes and labels of what a value may mean."""
    if scheme != TERRITORIES:
        return service().vocabulary().scheme(scheme).choices(current())
    tree = poland()
    named = ((t, [tree.by_code[above].name for above in tree.above(t.code)[-1:]]) for t in alike(value))
    return [(t.code, ", ".join((t.name, *voivodeship))) for t, voivodeship in named]


def _columns(path: Path, profile: str, wrong: GraphsvcError | None = None) -> ResponseReturnValue:
    """The question which column is what: as a profile says it, or as it is likely where the profile does not fit."""
    profiles = service().profiles
    own = profile if profile in profiles.own() else ""
    like = profiles.load(profile) if profile in profiles.names() and not wrong else None
    found = columns_of(path, like)
    name = own or re.sub(r"[^\w .()+,-]|^[^\w]+", " ", path.stem)[:LONGEST].strip(" .")
    said = {"name": name, "again": own, "separator": separator_of(like) if like else likely_separator(found)}
    return _form(path, found, said, wrong)


def _form(
    path: Path, found: Sequence[Column], said: dict[str, Any], wrong: GraphsvcError | None
) -> ResponseReturnValue:
    page = render_template(
        "columns.html",
        key=path.parent.name,
        file=path.name,
        columns=found,
        said=said,
        wrong=titled(wrong) if wrong else None,
        meanings=_meanings(),
        longest=LONGEST,
        most=MOST_COLUMNS,
    )
    return make_response(page, status_of(wrong) if wrong else 200)


def _meanings() -> dict[str, dict[str, str]]:
    """What a column may be, by what it tells of: for a list of choices."""
    own = {NAME: _("Name of the partnership"), MEMBER: _("Organisation"), LEAD: _("Organisation that leads")}
    own[MARK] = _("A mark: the organisation of the heading takes part")
    of = {"partnership": _("Partnership"), "members": _("Organisation")}
    groups: dict[str, dict[str, str]] = {of["partnership"]: {}, of["members"]: {}}
    for meaning in MEANINGS:
        part, _dot, field = meaning.partition(".")
        model = Partnership if part == "partnership" else Organisation
        known = field in FIELD_NAMES
        title = say(field_name(model, field)) if known else field
        groups[of[part]][meaning] = own.get(meaning, f"{of[part]}: {title}")
    return groups


def _sent(key: str) -> Path:
    path = service().uploads.find(current_user.account.id, key)
    if path is None:
        raise NotFoundError(msg("The checked file is no longer here. Send it again."))
    return path


def _in_background(kind: str, path: Path, profile: str) -> ResponseReturnValue:
    params = {"path": str(path), "key": path.parent.name, "profile": profile, "language": current()}
    job = service().jobs.ask(kind, {**params, "by": current_user.account.id}, me())
    return redirect(url_for("jobs.job", id=job.id))


def _profile() -> str:
    profile = request.values.get("profile", "")
    if profile not in service().profiles.names():
        raise InputError(msg("There is no such profile."), place=Place(field="profile"))
    return profile
