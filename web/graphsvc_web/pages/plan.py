"""“I can start so many conversations this quarter”: the set that together brings most, shared among animators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from apiflask import APIBlueprint
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from graphsvc.errors import InputError, NothingToSuggestError, Place
from graphsvc.i18n import msg
from graphsvc.render.look import clean
from graphsvc.suggest.memory import TALKING
from graphsvc.suggest.plan import Plan
from graphsvc_web.current import service
from graphsvc_web.downloads import sent, words_of
from graphsvc_web.errors import titled
from graphsvc_web.facets import facets, topics
from graphsvc_web.language import current, ngettext
from graphsvc_web.listing import names
from graphsvc_web.pages.records import me
from graphsvc_web.pages.suggestions import animators, words
from graphsvc_web.rights import EXPORT, OUTREACH, READ, right
from graphsvc_web.undo import offer
from graphsvc_web.wishes import Asked

bp = APIBlueprint("plan", __name__, enable_openapi=False)
USUAL, MOST = 20, 200
USUAL_SHARE = 2
MOST_ANIMATORS = 12


@dataclass(frozen=True, slots=True)
class Share:
    """An animator, the territory (code) that they work in, and how many conversations they can lead."""

    who: str
    territory: str
    many: int


@dataclass(frozen=True, slots=True)
class Quarter:
    """What is asked of a plan: conversations in all, how many an organisation may be in, who works where."""

    budget: int
    share: int
    animators: tuple[Share, ...]

    @classmethod
    def from_args(cls) -> Quarter:
        """From the address. Raises InputError for a number out of range, or conversations that are led nowhere."""
        leading = [(w, t, m) for w, t, m in _rows() if m.strip()]
        if not all(t for _who, t, _many in leading):
            raise InputError(
                msg(
                    "A number of conversations needs a territory: choose where the person works, or leave the number "
                    "empty."
                ),
                place=Place(field="where"),
            )
        animators = (Share(w, t, _count("many", m, MOST)) for w, t, m in leading)
        return cls(
            _count("budget", request.args.get("budget") or str(USUAL), MOST),
            _count("share", request.args.get("share") or str(USUAL_SHARE), MOST),
            tuple(animators),
        )

    @classmethod
    def as_written(cls) -> Quarter:
        """What is wrong in it too, for the form to show again; a number that is none is 0."""
        budget, share = (_whole(request.args.get(name, "")) for name in ("budget", "share"))
        return cls(budget, share, tuple(Share(w, t, _whole(m)) for w, t, m in _rows() if w or t or m))

    @property
    def args(self) -> dict[str, Any]:
        """Arguments for ``url_for``."""
        return {
            "budget": self.budget,
            "share": self.share,
            "who": [one.who for one in self.animators],
            "where": [one.territory for one in self.animators],
            "many": [one.many for one in self.animators],
        }

    @property
    def per_territory(self) -> dict[str, int] | None:
        """For the core; None where nobody's territory is named."""
        limits: dict[str, int] = {}
        for one in self.animators:
            limits[one.territory] = limits.get(one.territory, 0) + one.many
        return limits or None

    def leads(self, territories: Sequence[str]) -> list[str]:
        """Who leads each conversation: the animators of its territory, each up to what they can."""
        free = [one for one in self.animators for _each in range(one.many)]
        found = []
        for code in territories:
            lead = next((one for one in free if one.territory == code), None)
            if lead:
                free.remove(lead)
            found.append(lead.who if lead else "")
        return found


def _rows() -> list[tuple[str, str, str]]:
    """Name, territory and number of conversations of each animator, as written."""
    written = zip(*(request.args.getlist(name) for name in ("who", "where", "many")), strict=False)
    return [(clean(w)[:100], t[:100], m.strip()) for w, t, m in written][:MOST_ANIMATORS]


def _whole(text: str) -> int:
    return int(text) if text.strip().isdecimal() and len(text.strip()) < 6 else 0


def _count(field: str, text: str, most: int) -> int:
    value = _whole(text)
    if not 1 <= value <= most:
        raise InputError(msg("Give a whole number from 1 to %(most)s.", most=most), place=Place(field=field))
    return value


def _made(asked: Asked, quarter: Quarter) -> Plan:
    return service().proposals.plan(asked.wish, quarter.budget, quarter.share, quarter.per_territory)


@bp.get("/suggestions/plan")
@right(READ)
def plan() -> ResponseReturnValue:
    """The conversations to start, why these together, and how far from the best possible at most; the form again with
    what was written where that is wrong."""
    asked, made, why, wrong = Asked.from_args(request.args), None, None, None
    ready = service().worked_out()
    try:
        quarter = Quarter.from_args()
        made = _made(asked, quarter) if ready else None
    except NothingToSuggestError as nothing:
        why = nothing
    except InputError as mistake:
        quarter, wrong = Quarter.as_written(), titled(mistake)
    whole = service().snapshot()
    page = render_template(
        "plan.html",
        asked=asked,
        quarter=quarter,
        made=made,
        why=why,
        wrong=wrong,
        ready=ready,
        leads=quarter.leads(made.territory) if made else [],
        known=[Share(one.name or one.email, one.territory, 0) for one in animators()],
        people=sorted({a.name for a in service().accounts.all() if a.active}),
        most=MOST,
        snapshot=whole,
        names=names(whole),
        facets=facets(whole),
        themes=topics(facets(whole)),
        here=asked.args() | quarter.args,
        **words(),
    )
    return page, 400 if wrong else 200


@bp.get("/suggestions/plan/download/<any(csv,xlsx):format>")
@right(EXPORT)
def download(format: Literal["csv", "xlsx"]) -> ResponseReturnValue:
    """The plan as a table: also who leads and what each conversation adds."""
    asked, quarter = Asked.from_args(request.args), Quarter.from_args()
    if not service().worked_out():
        return redirect(url_for("plan.plan", **(asked.args() | quarter.args)))
    made = _made(asked, quarter)
    more = {"adds": made.portfolio.gains, "who": quarter.leads(made.territory)}
    filters = words_of(asked, **quarter.args | {"who": [""] * len(quarter.animators)})  # names are nothing for a filter
    how = (made.suggestions, format, current(), more)
    return sent(service().proposals.export(*how, filters=filters, chosen_from=made.among))


@bp.post("/suggestions/plan")
@right(OUTREACH)
def start() -> ResponseReturnValue:
    """Notes the chosen conversations as started, each with who leads it; all can be taken back at once."""
    chosen = request.form.getlist("pair")[:MOST]
    pairs = [(a, b) for a, _space, b in (text.partition(" ") for text in chosen)]
    if not pairs:
        raise InputError(msg("Choose at least one conversation."), place=Place(field="pair"))
    free = service().proposals.free(pairs)
    if taken := len(pairs) - len(free):
        text = ngettext(
            "%(num)s pair was left out: by now it is in a conversation, or one of the two is gone.",
            "%(num)s pairs were left out: by now they are in a conversation, or one of the two is gone.",
            taken,
        )
        flash(text)
    if not free:
        return redirect(url_for("past.past", kind=TALKING))
    leads = [request.form.get(f"who {a} {b}", "").strip()[:100] for a, b in free]
    done = service().proposals.decide(free, TALKING, by=me(), assigned_to=leads)
    text = ngettext("%(num)s conversation is noted.", "%(num)s conversations are noted.", len(done))
    offer(text, done[0][1], "suggestions.undo")
    return redirect(url_for("past.past", kind=TALKING))
