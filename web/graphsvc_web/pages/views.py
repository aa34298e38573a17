"""Views kept under a name, shown to colleagues, and shared read only by a link."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl

from apiflask import APIBlueprint
from flask import (
    Response,
    current_app,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound

from graphsvc.errors import InputError, NotSharedError, Place
from graphsvc.i18n import msg
from graphsvc.model.accounts import SavedView, role_key
from graphsvc_web import listing, pictures, signing
from graphsvc_web.address import View
from graphsvc_web.current import inside, service, view
from graphsvc_web.rights import PUBLIC, READ, ROLES, right
from graphsvc_web.templating import roles

bp = APIBlueprint("views", __name__, enable_openapi=False)
KEY_FOR = 12 * 3600
"""Seconds for which a key in the address opens a view that has a password."""
SHARED_FOR = {"7": timedelta(days=7), "30": timedelta(days=30), "365": timedelta(days=365)}


@bp.get("/views")
@right(READ)
def views() -> ResponseReturnValue:
    """One's own views."""
    return _page()


def _page(**more: object) -> str:
    me, known = current_user.account, service().accounts.all()
    everyone = {role_key(role): _("everyone who is: %(role)s", role=text) for role, text in roles().items()}
    return render_template(
        "views.html",
        views=service().views.of(me.id),
        others=service().views.shown_to(me),
        audience=everyone | {a.id: a.name or a.email for a in known if a.active and a.id != me.id},
        now=datetime.now(UTC),
        periods=tuple(SHARED_FOR),
        **more,
    )


@bp.post("/views")
@right(READ)
def save() -> ResponseReturnValue:
    """Keeps the view of an address under a name. ``id``, ``reader``: of one that was deleted and is taken back."""
    name = request.form.get("name", "").strip()[:200]
    if not name:
        raise InputError(msg("Give the view a name."), place=Place(field="name"))
    path, _mark, query = inside(request.form.get("address"), "/network").partition("?")
    now, readers = datetime.now(UTC), _readers()
    service().views.save(
        SavedView(
            request.form.get("id", "")[:36] or str(uuid.uuid4()),
            current_user.account.id,
            name,
            path[:200],
            query[:8000],
            now,
            readers=readers,
            shown_at=now if readers else None,
        )
    )
    flash(
        _("“%(name)s” is kept. Under “Saved views” (below, and at the foot of each page) you can share it.", name=name)
    )
    return redirect(inside(request.form.get("address"), url_for("views.views")))


@bp.get("/views/<id>")
@right(READ)
def show(id: str) -> ResponseReturnValue:
    """Leads its owner and those whom it is shown to into the view."""
    kept = service().views.by_id(id)
    if kept is None:
        raise NotFound
    if not kept.open_to(current_user.account):
        raise NotSharedError(
            msg("This view is not shared with you, or no longer."),
            hint=msg("Ask whoever gave you the address to show it to you."),
        )
    return redirect(f"{kept.path}?{kept.query}")


@bp.post("/views/<id>/readers")
@right(READ)
def show_to(id: str) -> ResponseReturnValue:
    """Shows a view to the chosen colleagues and roles, and to nobody else; the page offers to take it back."""
    view, readers = _mine(id), _readers()
    since = view.shown_at if set(view.readers) >= set(readers) else datetime.now(UTC)
    service().views.save(replace(view, readers=readers, shown_at=since if readers else None))
    return _page(was=view)


def _readers() -> tuple[str, ...]:
    """The colleagues and roles of a form; what is neither is left out."""
    known = {role_key(role) for role in ROLES} | {a.id for a in service().accounts.all()}
    return tuple(dict.fromkeys(r for r in request.form.getlist("reader") if r in known))


@bp.post("/views/<id>/delete")
@right(READ)
def delete(id: str) -> ResponseReturnValue:
    """Deletes at once; the page that follows offers to take it back."""
    gone = _mine(id)
    service().views.delete(gone.owner, gone.id)
    return _page(gone=gone)


@bp.post("/views/<id>/share")
@right(READ)
def share(id: str) -> ResponseReturnValue:
    """Makes a link for people without an account; an earlier link of the view ends."""
    form, view = request.form, _mine(id)
    if view.path != url_for("network.network"):
        raise InputError(msg("Only a view of the network can be shared by a link."))
    period = SHARED_FOR.get(form.get("days", ""))
    if period is None:
        raise InputError(msg("Choose how long the link works."), place=Place(field="days"))
    password = form.get("password", "")
    hashed = signing.hash_password(password) if password else None
    until = datetime.now(UTC) + period

    def keep(token_hash: str) -> None:
        named = form.get("names") == "1"
        service().views.save(replace(view, token_hash=token_hash, expires_at=until, names=named, password_hash=hashed))

    token = signing.new_token(keep)
    return _page(link=url_for("views.shared", token=token, _external=True), named=view.name)


@bp.post("/views/<id>/revoke")
@right(READ)
def revoke(id: str) -> ResponseReturnValue:
    """The link leads nowhere from now on."""
    service().views.save(replace(_mine(id), token_hash=None, expires_at=None, password_hash=None))
    flash(_("The link no longer works."))
    return redirect(url_for("views.views"))


def _mine(id: str) -> SavedView:
    found = next((v for v in service().views.of(current_user.account.id) if v.id == id), None)
    if found is None:
        raise NotFound
    return found


@bp.get("/shared/<token>")
@right(PUBLIC)
def shared(token: str) -> ResponseReturnValue:
    """A shared view: picture, legend and table, without ways into the rest. May be shown inside other sites."""
    kept, sorted_by = _shared(token), view().sort
    if _locked(kept):
        return make_response(render_template("unlock.html", token=token, wrong=False), 401)
    if not kept.names and sorted_by.lstrip("-") == "name":
        sorted_by = ""
    scene = pictures.scene(_view(kept))
    asked = replace(scene.view, sort=sorted_by, page=view().page)
    table = listing.organisations(scene.snapshot, scene.measures, scene.rows, asked)
    sectors = sorted({listing.names(scene.snapshot).sector[i] for i in scene.rows})
    own = {"token": token, "key": request.args.get("key")}
    return render_template("shared.html", kept=kept, scene=scene, table=table, own=own, sectors=sectors)


@bp.post("/shared/<token>")
@right(PUBLIC)
def unlock(token: str) -> ResponseReturnValue:
    """The password of a shared view. Inside another page no cookie is kept: there a key in the address opens it."""
    kept = _shared(token)
    if not signing.fits(kept.password_hash, request.form.get("password", "")):
        return make_response(render_template("unlock.html", token=token, wrong=True), 401)
    session[f"shared:{kept.id}"] = kept.token_hash
    framed = request.headers.get("Sec-Fetch-Dest") == "iframe"
    return redirect(url_for("views.shared", token=token, key=_keys().dumps(_lock(kept)) if framed else None))


@bp.get("/shared/<token>/picture")
@right(PUBLIC)
def picture(token: str) -> ResponseReturnValue:
    """The picture of a shared view; suggestions are for those who work with them, names only where they are shared."""
    kept = _shared(token)
    if _locked(kept):
        raise NotFound
    scene = pictures.scene(_view(kept))
    drawn = pictures.draw(scene)
    drawn.edges[:] = [edge for edge in drawn.edges if not edge.get("suggestion")]
    for node in drawn.nodes:
        node.pop("url", None)
        if not kept.names:
            node["label"] = ""
            node["title"] = "\n".join(node["title"].split("\n")[1:])
    response: Response = jsonify(**drawn.to_dict(), level=scene.level)
    return response


def _shared(token: str) -> SavedView:
    kept = service().views.by_token(signing.token_hash(token))
    if kept is None or kept.expires_at is None or kept.expires_at <= datetime.now(UTC):
        raise NotFound
    owner = service().accounts.by_id(kept.owner)
    if owner is None or not owner.active:
        raise NotFound
    return kept


def _locked(kept: SavedView) -> bool:
    return kept.password_hash is not None and session.get(f"shared:{kept.id}") != kept.token_hash and not _fits(kept)


def _fits(kept: SavedView) -> bool:
    """Whether the key in the address was made for this link and password, not long ago."""
    try:
        found: object = _keys().loads(request.args.get("key", ""), max_age=KEY_FOR)
    except BadSignature:
        return False
    return found == _lock(kept)


def _keys() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="shared view")


def _lock(kept: SavedView) -> str:
    return signing.token_hash(f"{kept.id} {kept.token_hash} {kept.password_hash}")


def _view(kept: SavedView) -> View:
    return View.from_args(MultiDict(parse_qsl(kept.query)))
