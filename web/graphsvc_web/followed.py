"""Organisations that an address names and that are there no more: who stands for them now, what they were called."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from flask import redirect, request
from flask.typing import ResponseReturnValue

from graphsvc.model.fieldtypes import UUID
from graphsvc.model.organisations import Organisation
from graphsvc_web.current import service


def followed(query: str) -> str:
    """A query string in which organisations that were merged away are named by the id of who stands for them now."""
    if not UUID.search(query):
        return query
    now = service().successors()
    return UUID.sub(lambda found: now.get(found[0], found[0]), query)


def lead_on() -> ResponseReturnValue | None:
    """Leads from the address of a page that names an organisation that was merged away to the same with who stands for
    it."""
    query = request.query_string.decode("latin-1")
    now = followed(query) if request.method == "GET" and request.endpoint else query
    return redirect(f"{request.script_root}{quote(request.path)}?{now}") if now != query else None


def names_of(ids: Iterable[str]) -> list[str]:
    """What organisations were called before they were deleted; the id of what was erased, or is none."""
    wanted = list(ids)
    known = service().records.get_many(wanted) if wanted else {}
    return [one.name if id in known and isinstance(one := known[id].record, Organisation) else id for id in wanted]
