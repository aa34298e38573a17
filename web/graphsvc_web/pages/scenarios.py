"""What if: links and organisations added or taken away, every measure before and after, kept and compared."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import combinations
from typing import Any
from urllib.parse import parse_qsl, urlencode

from apiflask import APIBlueprint
from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from graphsvc.errors import GraphsvcError, InputError, Place
from graphsvc.i18n import msg
from graphsvc.metrics.definitions import NETWORK_MEASURES, ORGANISATION_MEASURES
from graphsvc.model.suggested import SavedScenario
from graphsvc.render.look import clean
from graphsvc.service.scenarios import Effect
from graphsvc.suggest.whatif import NewOrganisation, Scenario
from graphsvc_web.current import service
from graphsvc_web.facets import facets
from graphsvc_web.followed import followed, names_of
from graphsvc_web.pages.records import me
from graphsvc_web.rights import EDIT, READ, right
from graphsvc_web.undo import offer

bp = APIBlueprint("scenarios", __name__, enable_openapi=False)
MOST = 50
SIDE_BY_SIDE = 4
USUAL = "betweenness"
MOVING = tuple(m for m in ORGANISATION_MEASURES if m.name != "community")


@dataclass(frozen=True, slots=True)
class Changes:
    """A scenario as it stands in an address. ``link``, ``cut``: pairs "id,id" to tie and to part; ``gone``: ids;
    ``new``: "name|sector|territory"; ``org``: ids that somebody chose, of which nothing is changed yet."""

    link: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    org: tuple[str, ...] = ()

    @classmethod
    def from_args(cls, args: MultiDict[str, str]) -> Changes:
        """Unknown names are left out; repeated ones count once, and pairs of one, who were two, not at all."""
        values = (dict.fromkeys(v[:300] for v in args.getlist(n)[:MOST] if v) for n in cls.__slots__)
        return cls(*(tuple(v for v in some if v.split(",")[0] != v.partition(",")[2]) for some in values))

    @property
    def scenario(self) -> Scenario:
        """For the core. Raises InputError for a pair that is none, or a sector that is not in the vocabulary."""
        new, words = [], service().vocabulary()
        for number, text in enumerate(self.new):
            name, sector, territory = (*text.split("|"), "", "")[:3]
            words.check("organisation_sector", sector or "other", "sector")
            new.append(NewOrganisation(_id_of(number), name, sector or "other", territory))
        return Scenario("", _pairs(self.link), _pairs(self.cut), tuple(new), self.gone)

    @property
    def any(self) -> bool:
        """Whether anything is changed."""
        return bool(self.link or self.cut or self.gone or self.new)

    @property
    def args(self) -> dict[str, list[str]]:
        """Arguments for ``url_for``."""
        return {name: list(getattr(self, name)) for name in self.__slots__ if getattr(self, name)}

    def there(self) -> tuple[Changes, list[str]]:
        """Without what concerns organisations that today's network has not, and the names of these."""
        known = {*service().scenarios.now.index, *(_id_of(k) for k in range(len(self.new)))}
        named = dict.fromkeys(id for text in (*self.link, *self.cut, *self.gone) for id in text.split(","))
        lost = {id for id in named if id not in known}

        def left(texts: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(text for text in texts if not lost & {*text.split(",")})

        kept = replace(self, link=left(self.link), cut=left(self.cut), gone=left(self.gone))
        return kept, names_of(id for id in named if id in lost)

    def without(self, name: str, value: str) -> dict[str, list[str]]:
        """Arguments for ``url_for`` with one change taken out, and with a new organisation its links; those after it
        then have the number of the one before."""
        args = {n: [v for v in values if (n, v) != (name, value)] for n, values in self.args.items()}
        if name != "new":
            return args
        at, ids = self.new.index(value), [_id_of(k) for k in range(len(self.new))]
        moved = dict(zip([*ids[:at], *ids[at + 1 :]], ids, strict=False))
        return {n: args[n] if n == "new" else _renamed(args[n], ids[at], moved) for n in args}

    def having(self, name: str, *values: str) -> dict[str, list[str]]:
        """Arguments for ``url_for`` with more changes; what was chosen is then done with. Raises InputError for more
        than MOST."""
        args = {n: v for n, v in self.args.items() if n != "org"}
        more = list(dict.fromkeys([*args.get(name, []), *values]))
        if len(more) > MOST:
            raise InputError(
                msg("A scenario holds at most %(most)s changes of one kind, not %(n)s.", most=MOST, n=len(more)),
                hint=msg("Choose fewer organisations."),
            )
        return args | {name: more}


def _id_of(number: int) -> str:
    """The id of a new organisation by its place among them, from 0."""
    return f"new-{number + 1}"


def _renamed(values: Sequence[str], gone: str, moved: Mapping[str, str]) -> list[str]:
    """Ids, or pairs of them, that don't name the one that is gone, with the new names of others."""
    ids = [value.split(",") for value in values]
    return [",".join(moved.get(id, id) for id in own) for own in ids if gone not in own]


def _pairs(texts: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    pairs = tuple(tuple(t.split(",")) for t in texts)
    if any(len(p) != 2 for p in pairs):
        raise InputError(msg("A link needs two different organisations."))
    return tuple((p[0], p[1]) for p in pairs)


@bp.get("/scenarios")
@right(READ)
def scenarios() -> ResponseReturnValue:
    """Scenarios that are kept, and those chosen side by side."""
    kept = service().proposals.kept.scenarios()
    chosen = request.args.getlist("compare") or [s.id for s in kept[:SIDE_BY_SIDE]]
    beside = [(s, *_effect_of(s)) for s in kept if s.id in chosen][:SIDE_BY_SIDE]
    return render_template(
        "scenarios.html",
        kept=kept,
        beside=[(s, e) for s, e, _lost in beside if isinstance(e, Effect)],
        broken=[(s, e) for s, e, _lost in beside if not isinstance(e, Effect)],
        less=[(s, lost) for s, _e, lost in beside if lost],
        chosen=chosen,
        most=SIDE_BY_SIDE,
        measures=NETWORK_MEASURES,
        address=_address,
    )


def _effect_of(kept: SavedScenario) -> tuple[Effect | GraphsvcError, list[str]]:
    """The effect, or why there is none any more; and who is not in the network any more, so that it goes without."""
    changes, lost = Changes.from_args(MultiDict(parse_qsl(followed(kept.query)))).there()
    try:
        return service().scenarios.effect(changes.scenario), lost
    except GraphsvcError as why:
        return why, lost


def _address(kept: SavedScenario) -> str:
    return url_for("scenarios.new") + "?" + kept.query


@bp.get("/scenarios/new")
@right(READ)
def new() -> ResponseReturnValue:
    """The changes so far, what they do, and a form for the next."""
    changes, lost = Changes.from_args(request.args).there()
    wrong = None
    if request.args.get("do"):
        try:
            return redirect(url_for("scenarios.new", **_done(changes, request.args["do"])))
        except InputError as problem:
            wrong = problem
    by = request.args.get("by", USUAL)
    measure = next((m for m in MOVING if m.name == by), MOVING[0])
    scenario = changes.scenario
    effect = service().scenarios.effect(scenario) if changes.any else None
    snapshot = service().snapshot()
    known = {o.id: o.name for o in scenario.add_organisations}
    known |= dict(zip(snapshot.ids, snapshot.column("name"), strict=True))
    page = render_template(
        "scenario.html",
        changes=changes,
        lost=lost,
        wrong=wrong,
        effect=effect,
        moves=effect.moved(measure.name) if effect else [],
        measure=measure,
        moving=MOVING,
        measures=NETWORK_MEASURES,
        name=lambda id: known.get(id, id),
        added=scenario.add_organisations,
        linked=[v for v in changes.org if v in snapshot.index],
        facets=facets(snapshot),
        query=urlencode(changes.args, doseq=True),
    )
    return make_response(page, 400 if wrong else 200)


def _done(changes: Changes, what: str) -> dict[str, Any]:
    """The address after one more change, as the form's button says."""
    chosen = [id for id in changes.org if id in service().snapshot().index]
    if what == "link-all":
        return changes.having("link", *(",".join(p) for p in combinations(chosen, 2)))
    if what == "gone-all":
        return changes.having("gone", *chosen)
    if what == "new":
        name = clean(request.args.get("name", "").replace("|", " "))[:100]
        if not name:
            raise InputError(msg("Give the organisation a name."), place=Place(field="name"))
        text = "|".join((name, request.args.get("sector", ""), request.args.get("territory", "")))
        return changes.having("new", text.rstrip("|"))
    if what == "gone":
        return changes.having("gone", _picked("one"))
    if what not in ("link", "cut"):
        raise InputError(msg("There is no such change."), place=Place(field="do"))
    one, two = _picked("one"), _picked("two")
    if one == two:
        raise InputError(msg("A link needs two different organisations."), place=Place(field="two"))
    if what == "cut" and not _tied(one, two):
        raise InputError(msg("These two don't work together: there is no link to take away."), place=Place(field="two"))
    return changes.having(what, f"{one},{two}")


def _tied(one: str, two: str) -> bool:
    snapshot = service().scenarios.now
    at = snapshot.index
    return one in at and two in at and at[two] in snapshot.graph.row(at[one])


def _picked(field: str) -> str:
    """The id that was picked, else of the organisation that the words find."""
    key, words = request.args.get(f"{field}.key", ""), request.args.get(field, "").strip()[:200]
    if not (key or words):
        raise InputError(
            msg("Choose an organisation, and for a link another one."),
            place=Place(field=field),
            hint=msg("Write a part of its name and choose it from the list."),
        )
    new = [o.id for o in Changes.from_args(request.args).scenario.add_organisations if o.name == words]
    found = [h.id for h in service().search(words, 5) if h.label == "Organisation"] if words and not key else []
    id = next(iter([*filter(None, [key]), *new, *found]), None)
    if id is None:
        raise InputError(
            msg("There is no organisation called “%(name)s”.", name=words),
            place=Place(field=field),
            hint=msg("Write a part of its name and choose it from the list."),
        )
    return id


@bp.post("/scenarios")
@right(EDIT)
def keep() -> ResponseReturnValue:
    """Keeps the changes under a name, for everyone."""
    name, query = clean(request.form.get("name", ""))[:200], request.form.get("query", "")[:8000]
    if not name:
        raise InputError(msg("Give the scenario a name."), place=Place(field="name"))
    changes = Changes.from_args(MultiDict(parse_qsl(query)))
    if not changes.any:
        raise InputError(msg("The scenario changes nothing yet."), hint=msg("Add or take away something first."))
    service().scenarios.effect(changes.scenario)  # what can't be measured is not kept
    query = urlencode(changes.args, doseq=True)
    kept = SavedScenario(str(uuid.uuid4()), name, me(), datetime.now(UTC), query)
    service().proposals.kept.keep_scenario(kept)
    return redirect(url_for("scenarios.scenarios"))


@bp.post("/scenarios/<id>/delete")
@right(EDIT)
def delete(id: str) -> ResponseReturnValue:
    """Puts a scenario away; the next page offers to bring it back."""
    name = service().proposals.kept.delete_scenario(id)
    offer(_("“%(name)s” is deleted.", name=name), id, "scenarios.bring_back")
    return redirect(url_for("scenarios.scenarios"))


@bp.post("/scenarios/back/<change>")
@right(EDIT)
def bring_back(change: str) -> ResponseReturnValue:
    """Brings a scenario (id) back."""
    service().proposals.kept.delete_scenario(change, back=True)
    return redirect(url_for("scenarios.scenarios"))
