"""Records of every type: lists with filters, pages, forms; nothing is overwritten unseen, all can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import urlencode

from apiflask import APIBlueprint
from flask import flash, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import Forbidden

from graphsvc import logs
from graphsvc.errors import RecordError
from graphsvc.i18n import Message
from graphsvc.model.base import Record, stable_id
from graphsvc.model.diagnosis import Diagnosis
from graphsvc.model.history import differences
from graphsvc.model.meetings import Meeting
from graphsvc.model.organisations import Organisation
from graphsvc.model.outreach import Outreach
from graphsvc.model.partnerships import Partnership
from graphsvc.model.record_types import RECORD_TYPES, field_specs, record_type
from graphsvc.model.territories import Territory
from graphsvc.model.validation import build, warnings
from graphsvc.model.words import FIELD_NAMES, RECORD_NAMES, field_name
from graphsvc.store.record_reading import Stored
from graphsvc.store.record_writing import ChangedMeanwhileError
from graphsvc.store.records import Records
from graphsvc_web.addresses import address
from graphsvc_web.current import inside, page_asked, service
from graphsvc_web.drawn import area
from graphsvc_web.forms import display, lists, posted, starts
from graphsvc_web.forms.controls import Control, controls, fields
from graphsvc_web.language import current, say
from graphsvc_web.listing import pages_of
from graphsvc_web.powiats import powiats
from graphsvc_web.rights import CONTACT_DATA, EDIT, OUTREACH, READ, may, may_change, may_read, right
from graphsvc_web.undo import offer

bp = APIBlueprint("records", __name__, enable_openapi=False)
PER_PAGE = 25


def records() -> Records:
    """All records of the service."""
    return service().records


def me() -> str:
    """Who does it, for the history."""
    name: str = current_user.account.name or current_user.account.email
    return name


def _type(label: str) -> type[Record]:
    model = record_type(label)
    if not may_read(label):
        raise Forbidden
    return model


def changing(label: str) -> type[Record]:
    """The type, where the person signed in may change its records."""
    model = record_type(label)
    if not may_change(label):
        raise Forbidden
    return model


def one(label: str, id: str, action: str = "read") -> Stored:
    """A record, if it is of the type for which rights were checked; that personal data were reached is noted."""
    stored = records().get(id, label)
    noted([(label, id)], action)
    return stored


def noted(reached: Iterable[tuple[str, str]], action: str = "read") -> None:
    """Notes that somebody reached personal data among records (type and id)."""
    for label, id in reached:
        if label in CONTACT_DATA:
            logs.access(action, current_user.account.id, id)


def offer_undo(id: str | Iterable[str], text: str) -> None:
    """The next page says what was done, to one record or in one step to several, and offers to take it back."""
    offer(text, newest_changes([id] if isinstance(id, str) else list(id)))


def newest_changes(ids: Sequence[str]) -> str:
    """The ids of the last thing done to each record, as ``/undo`` takes them."""
    found = records().newest_changes(ids)
    return ",".join(found[id] for id in ids if id in found)


# Lists


@bp.get("/records/<label>")
@right(READ)
def listing(label: str) -> ResponseReturnValue:
    """A page of the records of one type."""
    model = _type(label)
    shown = display.list_columns(model)
    sort = lists.sort_of(model, shown)
    number = page_asked()
    chosen, filters = lists.chosen_filters(model)
    found = records().find(
        label,
        filters,
        sort=sort.lstrip("-"),
        descending=sort.startswith("-"),
        skip=(number - 1) * PER_PAGE,
        limit=PER_PAGE,
    )
    noted((label, s.record.id) for s in found.rows)
    pages = pages_of(found.total, PER_PAGE)
    if number > pages:
        return redirect(f"{request.path}?{urlencode({**request.args.to_dict(), 'page': pages})}")
    selects = [(c.name, c.title, c.options) for c in controls(model, {}, current()) if c.kind in ("select", "codes")]
    placed = lists.place_field(model)
    named = _named(model, {n: key for n, key in chosen.items() if n != placed})
    return render_template(
        "records.html",
        label=label,
        names=RECORD_NAMES[label],
        columns=[(s.name, field_name(model, s.name), s.link is None, s.kind is date) for s in shown],
        rows=[lists.row(label, shown, stored) for stored in found.rows],
        total=found.total,
        page=number,
        pages=pages,
        sort=sort,
        chosen=chosen,
        selects=selects,
        named=named,
        adding={name: chosen[name] for name, *_rest in (*selects, *named) if name in chosen},
        dated=field_name(model, day) if (day := display.dated(model)) else None,
        placed=placed,
        places=powiats(),
    )


def _named(model: type[Record], chosen: dict[str, str]) -> list[tuple[str, Message, str]]:
    """Field, its title and the name of the record that it has to lead to, for each such filter of a list."""
    links = {name: spec.link for name, spec in fields(model).items() if spec.link and not spec.scheme}
    return [
        (n, field_name(model, n), starts.called(link.target, chosen[n])) for n, link in links.items() if n in chosen
    ]


@bp.get("/api/records/<label>")
@right(READ)
def pick(label: str) -> ResponseReturnValue:
    """Records of a type by the words of their name: for the fields that link to them."""
    _type(label)
    text = request.args.get("q", "").strip()[:200]
    found = posted.lookup(records(), label, text, 10) if text else []
    noted((label, key) for key, _text, _hint in found)
    return jsonify(hits=[{"key": key, "name": name, "hint": hint} for key, name, hint in found])


# One record


@bp.get("/records/<label>/<id>")
@right(READ)
def show(label: str, id: str) -> ResponseReturnValue:
    """All fields, and what refers to the record."""
    model, stored = _type(label), one(label, id)
    pointing = [row for row in records().pointing_at(id) if may_read(row["label"])]
    noted((row["label"], row["id"]) for row in pointing)
    told = _called(row["id"] for row in pointing if not row["name"])  # with whom and when they are about
    return render_template(
        "record.html",
        label=label,
        names=RECORD_NAMES[label],
        title=display.title(stored),
        stored=stored,
        facts=display.facts(stored, private=may(EDIT)),
        pointing=[
            {**row, "name": row["name"] or told.get(row["id"], ""), "url": address(row["label"], row["id"])}
            for row in pointing
        ],
        kinds=RECORD_NAMES,
        area=area(stored.record),
        personal=model.private,
        adding=_belonging(label),
        unmet=_not_yet_needs(stored.record),
        pair=stored.record.pair if isinstance(stored.record, Outreach) and not stored.archived else (),
        field_words=FIELD_NAMES,
    )


def _not_yet_needs(record: Record) -> tuple[Stored, list[str]] | None:
    """The territory or organisation that a meeting or diagnosis told needs of, and the areas of those that are not on
    its own record: only there they count as demand, and in suggestions. None where there are none."""
    if isinstance(record, Meeting):
        told, of = [need.code for need in record.needs], record.territory and stable_id("territory", record.territory)
    elif isinstance(record, Diagnosis):
        told = [found.code for found in record.findings if found.what == "need"]
        of = record.organisation or (record.territory and stable_id("territory", record.territory))
    else:
        return None
    about = records().get_many([of]).get(of) if of and told else None
    if about is None or not isinstance(about.record, Territory | Organisation):
        return None
    known = {need.code for need in about.record.needs}
    new = [code for code in dict.fromkeys(told) if code not in known]
    return (about, new) if new else None


def _belonging(label: str) -> list[tuple[str, str]]:
    """The types of records that need one of this type, with the field that names it: a consultation's comments."""
    return [
        (other, name)
        for other, model in RECORD_TYPES.items()
        for name, spec in fields(model).items()
        if spec.required and not spec.many and spec.link and spec.link.target == label
    ]


@bp.get("/records/<label>/new")
@right(OUTREACH)
def new(label: str) -> ResponseReturnValue:
    """An empty form; the address may fill fields beforehand."""
    model = changing(label)
    return _form(model, controls(model, starts.of_new(model), current()))


@bp.get("/records/<label>/<id>/edit")
@right(OUTREACH)
def edit(label: str, id: str) -> ResponseReturnValue:
    """The form with what is known; the address may add rows, such as a member that would complete a partnership."""
    model, stored = changing(label), one(label, id)
    return _form(model, controls(model, starts.of(stored), current()), stored=stored)


@bp.post("/records/<label>/new")
@right(OUTREACH)
def create(label: str) -> ResponseReturnValue:
    """Saves a new record, or shows the form again with what was typed and what is wrong."""
    return _save(changing(label), None)


@bp.post("/records/<label>/<id>/edit")
@right(OUTREACH)
def change(label: str, id: str) -> ResponseReturnValue:
    """Saves a changed record, unless someone else changed it meanwhile."""
    return _save(changing(label), one(label, id, "change"))


def _save(model: type[Record], stored: Stored | None) -> ResponseReturnValue:
    said = posted.read(model, request.form)
    if wanted := request.form.get("add"):
        if isinstance(said.get(wanted), list):
            said[wanted].append(starts.row(field_specs(model)[wanted]))
        return _form(model, controls(model, said, current()), stored=stored)
    data, wrong = posted.data(model, said, records())
    own = {n: getattr(stored.record, n) for n in ("id", "source", *model.noted)} if stored else {}
    version = request.form.get("version", 0, int)
    try:
        record = build(model, {**data, **own, "version": version}, service().vocabulary())
        if wrong:
            raise wrong[0]
        led = _led_to(record)
        saved = records().save_many([record, *led], me())[0]
    except ChangedMeanwhileError as conflict:
        return _form(
            model, controls(model, said, current()), stored=records().get(conflict.yours.id), conflict=conflict
        )
    except RecordError as problem:
        shown = controls(model, said, current())
        tell(shown, posted.problems_of(wrong, problem))
        return _form(model, shown, stored=stored, code=422)
    offer_undo([*(talk.id for talk in led), saved.id], _("Saved."))
    for doubt in warnings(saved, data, vocabulary=service().vocabulary()):
        flash(_("Look at this: %(what)s", what=_titled(model, doubt)))
    return redirect(inside(request.args.get("next"), address(model.label, saved.id)))


def _led_to(record: Record) -> list[Record]:
    """The conversation that led to a partnership, where the address names one (id), which names that partnership now;
    at most one."""
    found = records().get_many([request.args.get("outreach", "")]) if isinstance(record, Partnership) else {}
    talks = [s.record for s in found.values() if isinstance(s.record, Outreach) and may_change(Outreach.label)]
    return [talk.model_copy(update={"partnership": record.id}) for talk in talks]


def _titled(model: type[Record], doubt: RecordError) -> str:
    """A warning that names its field as the form does."""
    field = doubt.place.field if doubt.place else None
    own = RecordError(doubt.message, hint=doubt.hint)
    return f"{say(field_name(model, field))}: {say(own)}" if field and field in field_specs(model) else say(own)


def tell(shown: Sequence[Control], wrong: Sequence[RecordError]) -> None:
    """Each problem at its field; what belongs to none at the first."""
    by_name = {c.name: c for c in shown}
    for problem in dict.fromkeys(wrong):
        at = by_name.get(problem.place.field or "" if problem.place else "", shown[0])
        text = " ".join(filter(None, (say(problem.message), say(problem.hint) if problem.hint else "")))
        if text not in at.errors:
            at.errors.append(text)


def titles(keys: Iterable[str], stored: Stored) -> dict[str, str]:
    """What the records are called to which keys lead, and those to which a record leads as it is kept."""
    return _called(sorted(keys)) | dict(stored.names)


def _called(ids: Iterable[str]) -> dict[str, str]:
    return {id: display.title(one) for id, one in records().get_many(ids).items()}


def _form(
    model: type[Record],
    shown: Sequence[Control],
    *,
    stored: Stored | None = None,
    conflict: ChangedMeanwhileError | None = None,
    code: int = 200,
) -> ResponseReturnValue:
    differing = []
    if conflict and stored:
        names = titles(display.keys(conflict.yours), stored)
        differing = display.changes(model, differences(conflict.theirs, conflict.yours), names)
    page = render_template(
        "record_form.html",
        label=model.label,
        names=RECORD_NAMES[model.label],
        about=model.about,
        leave=inside(request.args.get("next"), url_for("records.listing", label=model.label)),
        shown=shown,
        stored=stored,
        title=display.title(stored) if stored else "",
        conflict=conflict,
        differing=differing,
        version=(stored.record.version if stored else 0)
        if conflict or request.method == "GET"
        else request.form.get("version", "0"),
        wrong=[(c, e) for c in shown for e in c.errors],
    )
    return make_response(page, 409 if conflict else code)
