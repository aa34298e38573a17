"""Links worth building: weighed as the reader wishes, each with its reasons, and what is decided about them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Any, Literal

import numpy as np
from apiflask import APIBlueprint
from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from graphsvc.errors import InputError, NothingToSuggestError, Place
from graphsvc.i18n import msg
from graphsvc.model.accounts import Account
from graphsvc.model.vocabulary import scheme
from graphsvc.service.proposals import rests_until
from graphsvc.suggest.board import Board
from graphsvc.suggest.explanations import SAME_NAME
from graphsvc.suggest.memory import DEFERRED, REFUSED, TALKING
from graphsvc.suggest.value import PARTS, PRESETS
from graphsvc.suggest.value_words import PART_WORDS, PRESET_WORDS
from graphsvc_web.address import day_of
from graphsvc_web.current import inside, service
from graphsvc_web.downloads import sent, words_of
from graphsvc_web.facets import facets, topics
from graphsvc_web.language import current, day
from graphsvc_web.listing import names, pages_of
from graphsvc_web.pages.records import me
from graphsvc_web.rights import EXPORT, OUTREACH, READ, right
from graphsvc_web.undo import offer
from graphsvc_web.wishes import HEAVIEST, PER_PAGE, Asked

bp = APIBlueprint("suggestions", __name__, enable_openapi=False)
IGNORE = "ignore"
"""Not a status: the suggestion sinks, nothing is said about the two."""
MOST_EXPORTED = 1000
MOST_SEEN = 50
LONGEST = 500


@bp.get("/suggestions")
@right(READ)
def suggestions() -> ResponseReturnValue:
    """The best suggestions for the whole network or one organisation, weighed as the address says."""
    asked = Asked.from_args(request.args)
    record = service().organisation(asked.organisation) if asked.organisation else None
    whole, found, why = service().snapshot(), None, None
    fresh = service().prepared() if asked.organisation else service().worked_out()
    ready = fresh or at_hand(asked)
    try:
        found = service().proposals.find(asked.wish, (asked.page - 1) * PER_PAGE, PER_PAGE) if ready else None
    except NothingToSuggestError as nothing:
        why = nothing
    pages = pages_of(found.total if found else 0, PER_PAGE)
    if found and asked.page > pages:
        return redirect(url_for("suggestions.suggestions", **asked.args(page=pages)))
    return render_template(
        "suggestions.html",
        asked=asked,
        record=record,
        found=found,
        why=why,
        ready=ready and (fresh or why is None),
        fresh=fresh,
        pages=pages,
        per_page=PER_PAGE,
        most=MOST_EXPORTED,
        snapshot=whole,
        names=names(whole),
        facets=facets(whole),
        themes=topics(facets(whole)),
        animators=animators(),
        **words(),
    )


def at_hand(asked: Asked) -> bool:
    """Whether there are suggestions to choose from, maybe of before the last change: no page works them out itself."""
    return service().prepared() if asked.organisation else service().ranked().made


@bp.get("/suggestions/pair")
@right(READ)
def pair() -> ResponseReturnValue:
    """One suggestion with what it rests on, for pages that only name its reasons."""
    ends = [service().organisation(request.args.get(end, "")).id for end in ("a", "b")]
    found, why, ready = None, None, service().prepared()
    try:
        found = service().proposals.pair(ends[0], ends[1]) if ready else None
    except NothingToSuggestError as nothing:
        why = nothing
    whole = service().snapshot()
    return render_template("pair.html", found=found, why=why, snapshot=whole, names=names(whole), **words())


def animators() -> list[Account]:
    """Who says where they work, whoever asks first."""
    said = [one for one in service().accounts.all() if one.active and one.territory]
    return sorted(said, key=lambda one: (one.id != current_user.account.id, one.name))


def words() -> dict[str, Any]:
    """What templates of suggestions name things by."""
    return {
        "parts": PART_WORDS,
        "presets": {name: (PRESET_WORDS[name], preset) for name, preset in PRESETS.items()},
        "heaviest": HEAVIEST,
        "unweighed": dict.fromkeys(PARTS, ""),
        "how_sure": how_sure,
        "same_name": SAME_NAME,
        "learning": service().learning,  # asked only where likelihoods are borrowed
        "learning_ended": service().learning_ended,
        "why_not": [(c, service().label("refusal_reason", c, current())) for c in scheme("refusal_reason").codes],
        "tomorrow": date.today() + timedelta(days=1),
        "later": rests_until(),
    }


def how_sure(probability: float) -> str:
    """A probability in words."""
    steps = ((0.5, _("likely")), (0.2, _("quite possible")), (0.05, _("possible")), (0.01, _("a long shot")))
    return next((text for least, text in steps if probability >= least), str(_("unlikely, so it takes effort")))


@bp.get("/suggestions/pool")
@right(READ)
def pool() -> Response:
    """What the page weighs anew by itself: for each link its names, likelihood, factor and parts of value."""
    asked, board = Asked.from_args(request.args), None
    with suppress(NothingToSuggestError):
        board = service().proposals.at_hand(asked.wish) if at_hand(asked) else None
    return jsonify(parts=list(PARTS), links=_links(board) if board else [])


def _links(board: Board) -> list[list[Any]]:
    whole = service().snapshot()
    ids, text = whole.ids, names(whole)
    numbers = np.round(np.column_stack([board.likelihood, board.factor, *board.parts.values()]), 4).tolist()
    ends = zip(board.links.a.tolist(), board.links.b.tolist(), strict=True)
    return [
        [ids[a], ids[b], text.name[a], text.name[b], text.sector[a], text.sector[b], *own]
        for (a, b), own in zip(ends, numbers, strict=True)
    ]


@bp.get("/suggestions/download/<any(csv,xlsx):format>")
@right(EXPORT)
def download(format: Literal["csv", "xlsx"]) -> ResponseReturnValue:
    """The list as a table, in the order of the page, which says so where it is still worked out."""
    asked = Asked.from_args(request.args)
    if not at_hand(asked):
        return redirect(url_for("suggestions.suggestions", **asked.args()))
    found = service().proposals.find(asked.wish, 0, MOST_EXPORTED)
    how = (found.suggestions, format, current())
    return sent(service().proposals.export(*how, filters=words_of(asked), chosen_from=found.total))


# Decisions


@bp.post("/suggestions")
@right(OUTREACH)
def decide() -> ResponseReturnValue:
    """Keeps a decision about one suggestion; the next page offers to take it back."""
    form, status = request.form, request.form.get("status", "")
    if status not in (TALKING, DEFERRED, REFUSED, IGNORE):
        raise InputError(msg("There is no such decision."), place=Place(field="status"))
    pair = (form.get("a", ""), form.get("b", ""))
    both = " – ".join(service().organisation(end).name for end in pair)
    back = redirect(inside(form.get("next"), url_for("suggestions.suggestions")))
    if status == IGNORE:
        if pair[0] == pair[1]:
            raise InputError(msg("A link needs two different organisations."), place=Place(field="b"))
        service().proposals.note([pair], me(), ignored=True)
        offer(_("%(pair)s: it will sink in the list.", pair=both), " ".join(pair), "suggestions.heed")
        return back
    until = None if status == TALKING else rests_until(day_of(form, "until"))
    ((record, change),) = service().proposals.decide(
        [pair],
        status,
        by=me(),
        reason=form.get("reason", "") if status != TALKING else "",
        text=form.get("text", "").strip()[:LONGEST],
        until=until,
        assigned_to=[me()] if status == TALKING else (),
    )
    if status == TALKING:
        offer(_("%(pair)s: the conversation is noted.", pair=both), change, "suggestions.undo")
        return redirect(url_for("records.edit", label="Outreach", id=record, next=back.location))
    rests = day(service().proposals.rests(pair))
    text = _("%(pair)s: it will not be suggested before %(day)s.", pair=both, day=rests)
    offer(text, change, "suggestions.undo")
    return back


@bp.post("/suggestions/undo/<change>")
@right(OUTREACH)
def undo(change: str) -> ResponseReturnValue:
    """Takes back what was decided in one step, by one of its entries in the history."""
    service().proposals.undo(change, me())
    flash(_("Taken back."))
    return redirect(inside(request.form.get("next"), url_for("suggestions.suggestions")))


@bp.post("/suggestions/heed/<change>")
@right(OUTREACH)
def heed(change: str) -> ResponseReturnValue:
    """Takes back that a suggestion is ignored."""
    pair = change.split(" ")
    if len(pair) != 2:
        raise InputError(msg("A link needs two different organisations."))
    service().proposals.kept.take_back(*(service().organisation(end).id for end in pair))
    flash(_("Taken back."))
    return redirect(inside(request.form.get("next"), url_for("suggestions.suggestions")))


@bp.post("/suggestions/seen")
@right(OUTREACH)
def seen() -> ResponseReturnValue:
    """Counts what was looked at: what is shown again and again and never taken up sinks."""
    pairs = [tuple(text.split(" ", 1)) for text in request.form.getlist("pair")[:MOST_SEEN]]
    service().proposals.note([(p[0], p[1]) for p in pairs if len(p) == 2], me())
    return "", 204
