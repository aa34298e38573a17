"""Beyond pairs: who else should be in a partnership, and whom to invite to a meeting."""

from __future__ import annotations

from datetime import date

from apiflask import APIBlueprint
from flask import render_template, request
from flask.typing import ResponseReturnValue

from graphsvc.errors import NothingToSuggestError
from graphsvc.suggest.completing import Purpose
from graphsvc.suggest.completing import complete as completed
from graphsvc.suggest.inviting import invite as invited
from graphsvc_web.current import service
from graphsvc_web.facets import facets, topics
from graphsvc_web.listing import names
from graphsvc_web.rights import READ, right
from graphsvc_web.wishes import sectors_in

bp = APIBlueprint("groups", __name__, enable_openapi=False)
MORE = 10
USUAL, MOST = 12, 40


@bp.get("/partnerships/<id>/complete")
@right(READ)
def complete(id: str) -> ResponseReturnValue:
    """Who else should be in this partnership, and why."""
    record, whole, asked = service().partnership(id), service().snapshot(), service().proposals
    today, members, found, why = date.today(), [], [], None
    stay = [m for m in record.members if m.id in whole.index and not (m.until and m.until <= today)]
    coming = [m.id for m in stay if m.since and m.since > today]
    left = {m.id for m in record.members if m.id in whole.index} - {m.id for m in stay}
    try:
        there = asked.engine.present
        members = [m.id for m in stay if m.id not in coming and there[whole.index[m.id]]]
        members, coming = (members, coming) if members else (coming, [])  # of one that is planned, those who will be
        purpose = Purpose(record.themes, record.territories)
        found = completed(asked.engine, members, MORE, asked.seen, coming, sorted(left), purpose) if members else []
    except NothingToSuggestError as nothing:
        why = nothing
    return render_template(
        "complete.html",
        record=record,
        over=record.over(today),
        members=members,
        found=found,
        why=why,
        snapshot=whole,
        names=names(whole),
    )


@bp.get("/meetings/invite")
@right(READ)
def invite() -> ResponseReturnValue:
    """Whom to invite to a meeting of sectors, a theme and a territory, and whom each should meet there."""
    territory, theme = request.args.get("territory", "")[:100], request.args.get("theme", "")[:100]
    count = min(max(request.args.get("guests", USUAL, int) or USUAL, 2), MOST)
    sectors = sectors_in(request.args)
    whole, found, why, asked = service().snapshot(), [], None, service().proposals
    if "guests" in request.args:
        try:
            found = invited(asked.engine, territory or None, theme or None, count, asked.seen, sectors)
        except NothingToSuggestError as nothing:
            why = nothing
    known = facets(whole)
    return render_template(
        "invite.html",
        found=found,
        why=why,
        count=count,
        most=MOST,
        territory=territory,
        theme=theme,
        sectors=sectors,
        themes=topics(known),
        facets=known,
        snapshot=whole,
        names=names(whole),
    )
