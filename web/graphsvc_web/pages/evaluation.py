"""How good the suggestions are on one's own network: asked of the past, beside simpler methods."""

from __future__ import annotations

from datetime import date
from typing import Any

from apiflask import APIBlueprint
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from graphsvc.errors import InputError, Place
from graphsvc.i18n import msg
from graphsvc.service.evaluations import KIND
from graphsvc.suggest.evaluation_words import MEASURES, METHODS, PARTS, drawn, newcomers_only, too_early
from graphsvc_web.address import day_of
from graphsvc_web.current import service
from graphsvc_web.facets import years
from graphsvc_web.pages.jobs import mine, states
from graphsvc_web.pages.records import me
from graphsvc_web.rights import OUTREACH, READ, right

bp = APIBlueprint("evaluation", __name__, enable_openapi=False)
GROUPS = ("by_sector", "by_connections")
SHOWN = ("hit_at_10", "precision_at_10", "mrr", "map", "auc")
OVERALL = ("global_auc", "global_ap")
"""Measured of all organisations together only."""
SIDE = 300
"""Side of the reliability chart's plane, in its own units."""


@bp.get("/suggestions/evaluation")
@right(READ)
def evaluation() -> ResponseReturnValue:
    """Evaluations so far, and a form for the next."""
    span = years(service().snapshot())
    jobs = [job for job in service().jobs.all() if job.kind == KIND]
    latest = min(span[-1], date.today().year) if span else 0
    usual = date(latest - 1, 1, 1) if len(span) > 2 else None
    splits = {job.id: date.fromisoformat(job.params["split"]) for job in jobs}
    return render_template("evaluation.html", jobs=jobs, splits=splits, span=span, usual=usual, states=states())


@bp.post("/suggestions/evaluation")
@right(OUTREACH)
def start() -> ResponseReturnValue:
    """Begins an evaluation in the background."""
    split = day_of(request.form, "split")
    if split is None:
        raise InputError(msg("Choose the day from which everything is forgotten."), place=Place(field="split"))
    job = service().jobs.ask(KIND, {"split": split.isoformat()}, me())
    return redirect(url_for("evaluation.result", id=job.id))


@bp.get("/suggestions/evaluation/<id>")
@right(READ)
def result(id: str) -> ResponseReturnValue:
    """What came of one; while it runs the page asks again by itself."""
    job = service().jobs.get(id)
    if job.kind != KIND:
        raise NotFound
    found: dict[str, Any] = dict(job.result or {})
    tables = _tables(found)
    part = request.args.get("part", "")
    asked = tables["all"]["organisations"] if tables else 0
    part = part if part in tables else "all" if asked or not tables else "never_seen"
    return render_template(
        "evaluated.html",
        job=job,
        states=states(),
        mine=mine(job),
        split=date.fromisoformat(job.params["split"]),
        found=found,
        part=part,
        table=tables.get(part),
        measures=MEASURES,
        methods=METHODS,
        parts=PARTS,
        shown=SHOWN,
        overall=OVERALL,
        best=_best(found.get("parts", {}).get("all")),
        side=SIDE,
        dots=[(SIDE * b["expected"] ** 0.5, SIDE * (1 - b["observed"] ** 0.5)) for b in _bins(found)],
        bins=_bins(found),
        drawn=drawn(tables[part]["organisations"], found.get("gaining", {}).get(part, 0)) if part in tables else None,
        newcomers=newcomers_only(asked, job.params["split"]) if tables else None,
        early=too_early(found["days"], found["days_after"]) if "days" in found else None,
    )


def _tables(found: dict[str, Any]) -> dict[str, Any]:
    """Every table by what the address calls it: a part's name, or the kind and name of a group."""
    groups = {f"{kind}:{key}": table for kind in GROUPS for key, table in found.get(kind, {}).items()}
    return {**found.get("parts", {}), **groups}


def _bins(found: dict[str, Any]) -> list[dict[str, float]]:
    return [b for b in found.get("calibration", []) if b["expected"] is not None and b["observed"] is not None]


def _best(table: dict[str, Any] | None) -> str:
    """The simpler method with the highest mean average precision."""
    if not table or not table["organisations"]:
        return ""
    others: dict[str, float] = {n: f["map"][0] or 0.0 for n, f in table["methods"].items() if n != "model"}
    return max(others, key=lambda name: others[name])
