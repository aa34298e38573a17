"""What was suggested, to whom, and what became of it."""

from __future__ import annotations

from contextlib import suppress
from math import isfinite

from apiflask import APIBlueprint
from flask import render_template, request
from flask.typing import ResponseReturnValue

from graphsvc.errors import NothingToSuggestError
from graphsvc.suggest.memory import ASKED_ENOUGH, PERIOD, SHOWN_ENOUGH
from graphsvc.suggest.outcomes import Outcome
from graphsvc_web.current import page_asked, service
from graphsvc_web.listing import names, pages_of
from graphsvc_web.rights import READ, right

bp = APIBlueprint("past", __name__, enable_openapi=False)
PER_PAGE = 25
KINDS = ("ZAP", "SPR", "PRZ", "ODR", "ODL", "WYG", "formed", "undecided")


@bp.get("/suggestions/past")
@right(READ)
def past() -> ResponseReturnValue:
    """Every pair ever suggested, with how it was shown and what was decided; how many led to a partnership."""
    whole, kind = service().snapshot(), request.args.get("kind", "")
    outcomes, memory = service().proposals.outcomes(), None
    with suppress(NothingToSuggestError):
        memory = service().proposals.engine.memory
    asked = memory.asked if memory else {}
    rows = [o for o in outcomes.all if not kind or kind in _kinds(o)]
    pages = pages_of(len(rows), PER_PAGE)
    page = page_asked(pages)
    return render_template(
        "past.html",
        outcomes=outcomes,
        rows=rows[(page - 1) * PER_PAGE : page * PER_PAGE],
        total=len(rows),
        page=page,
        pages=pages,
        kind=kind,
        kinds=KINDS,
        too_far=memory.too_far if memory and isfinite(memory.too_far) else None,
        tired=memory.tired if memory else (),
        spared=sorted(((n, row) for row, n in asked.items() if n >= ASKED_ENOUGH), reverse=True),
        enough={"shown": SHOWN_ENOUGH, "asked": ASKED_ENOUGH, "days": PERIOD},
        snapshot=whole,
        names=names(whole),
    )


def _kinds(one: Outcome) -> set[str]:
    """Options of the filter under which it is found."""
    named = {"formed": one.formed is not None, "undecided": one.undecided, one.status: True}
    return {kind for kind, is_so in named.items() if is_so}
