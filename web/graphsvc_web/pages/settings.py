"""What a centre sets itself: labels, codes and limits of the vocabulary, with who changed what and a way back."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from apiflask import APIBlueprint
from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from graphsvc.errors import RecordError
from graphsvc.model.vocabulary import Concept, Scheme
from graphsvc_web.current import service
from graphsvc_web.language import current, say
from graphsvc_web.pages.operator import titles
from graphsvc_web.pages.records import me
from graphsvc_web.rights import MANAGE, right
from graphsvc_web.undo import offer

bp = APIBlueprint("settings", __name__, enable_openapi=False)
UNCONFIRMED = frozenset({"MEM", "OWN"})
"""Sources of what no act or register says: to be confirmed, or changed, by the centre."""
NEW = "new"


def unconfirmed(concept: Concept) -> bool:
    """Whether no act or register says it."""
    return concept.extra.get("source", "OWN") in UNCONFIRMED


@bp.get("/settings")
@right(MANAGE)
def lists() -> ResponseReturnValue:
    """All lists of codes, limits first."""
    schemes = [s for s in service().vocabulary().schemes.values() if not s.parts]
    schemes.sort(key=lambda s: (s.name != "limit", s.title(current())))
    rows = [(s, s.title(current()), len(s.concepts), sum(map(unconfirmed, s))) for s in schemes]
    return render_template(
        "settings.html",
        rows=rows,
        missing=[titles()[n] for n in service().operators.load().missing()],
        done=service().vocabularies.history()[:10],
    )


@bp.get("/settings/<name>")
@right(MANAGE)
def one(name: str) -> ResponseReturnValue:
    """One list."""
    scheme = service().vocabulary().scheme(name)
    return _page(scheme, {c.code: _row(c) for c in scheme})


@bp.post("/settings/<name>")
@right(MANAGE)
def save(name: str) -> ResponseReturnValue:
    """Keeps what was changed in a list, in one step, unless someone else changed it meanwhile."""
    scheme = service().vocabulary().scheme(name)
    said = {code: _said(code) for code in (*scheme.codes, NEW)}
    changed = {c.code: said[c.code] for c in scheme if said[c.code] != _row(c)}
    if said[NEW]["code"] or said[NEW]["pl"]:
        changed[said[NEW]["code"]] = said[NEW]
    differing = _differing(scheme, changed)
    if differing and request.form.get("version") != _version(scheme):
        return make_response(_page(scheme, said, differing=differing), 409)
    try:
        service().vocabularies.change(name, changed, me())
    except RecordError as problem:
        return make_response(_page(scheme, said, say(problem)), 422)
    service().reword()
    offer(_("Changed: %(count)s.", count=len(changed)))
    return redirect(url_for("settings.one", name=name))


@bp.post("/settings/back")
@right(MANAGE)
def back() -> ResponseReturnValue:
    """Takes back the last change of any list."""
    service().vocabularies.back(me())
    service().reword()
    flash(_("Taken back."))
    return redirect(url_for("settings.lists"))


def _row(concept: Concept) -> dict[str, Any]:
    value = concept.extra.get("value", "")
    return {"code": "", "pl": concept.pl, "en": concept.en, "value": f"{value:g}" if value else "",
            "retired": concept.retired}  # fmt: skip


def _said(code: str) -> dict[str, Any]:
    form = request.form
    texts = {field: form.get(f"{field}:{code}", "").strip() for field in ("code", "pl", "en", "value")}
    return {**texts, "retired": form.get(f"retired:{code}") == "1"}


def _version(scheme: Scheme) -> str:
    """Another one after each change of the list."""
    return sha256(repr([(c.code, _row(c)) for c in scheme]).encode()).hexdigest()[:16]


def _differing(scheme: Scheme, changed: dict[str, dict[str, Any]]) -> list[tuple[str, str, str]]:
    """Code, the entry as it is kept and as it was typed."""

    def words(row: dict[str, Any]) -> str:
        said = (row["pl"], row["en"], row["value"], row["retired"] and _("No longer offered"))
        return ", ".join(filter(None, said))

    return [(c.code, words(_row(c)), words(changed[c.code])) for c in scheme if c.code in changed]


def _page(
    scheme: Scheme,
    said: dict[str, dict[str, Any]],
    wrong: str = "",
    differing: Sequence[tuple[str, str, str]] = (),
) -> str:
    return render_template(
        "settings_list.html",
        scheme=scheme,
        title=scheme.title(current()),
        said=said,
        new=said.get(NEW, {}),
        numbers=scheme.name == "limit",
        unconfirmed={c.code for c in scheme if unconfirmed(c)},
        wrong=wrong,
        differing=differing,
        version=_version(scheme) if differing or request.method == "GET" else request.form.get("version", ""),
    )
