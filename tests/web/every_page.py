"""An address for each page of the application, to be looked at by axe-core and by people (tools/screenshots.py)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Ask = Callable[[str], Any]
"""Gives the JSON of an address."""

PAGES = (
    "/", "/network", "/network?level=organisations", "/network?level=territories",
    "/network?level=organisations&table=ties", "/map?table=ties", "/map?measure=gap&area=powiat", "/network?q=zzzzzz",
    "/network?only={id}&only={other}", "/network?level=organisations&year=2021", "/network/dates",
    "/network/path?only={id}&only={other}", "/network/group?only={id}&only={other}", "/organisations/{id}",
    "/organisations/{id}/measures",
    "/organisations/{id}/duplicates", "/organisations/{id}/split", "/partnerships/{partnership}",
    "/partnerships/{partnership}/complete", "/search?q=osrodek", "/map", "/measures", "/measures/roles",
    "/measures/gaps", "/measures/robustness", "/measures/trends", "/measures/change", "/suggestions",
    "/suggestions?organisation={id}", "/suggestions?sector=nothing", "/suggestions/pair?a={id}&b={other}",
    "/suggestions/past", "/suggestions/plan",
    "/suggestions/evaluation", "/scenarios", "/scenarios/new?gone={id}", "/meetings/invite?guests=5", "/work",
    "/work/coverage", "/work/white-spots", "/work/renewals", "/work/consultations", "/work/demand",
    "/work/documents", "/work/groups", "/work/promotion", "/work/inactive", "/work/revitalisation", "/work/csr",
    "/work/due", "/work/indicators", "/work/stale", "/work/diagnosis-compare", "/records/Meeting",
    "/records/Meeting/new", "/records/Meeting/{meeting}", "/records/Meeting/{meeting}/history",
    "/records/Organisation/{id}/edit", "/records/Outreach", "/records/Outreach/new", "/records/Diagnosis/new",
    "/records/Initiative", "/records/Organisation/import", "/records/SurveyRound", "/import", "/jobs", "/views",
    "/accounts", "/account", "/settings", "/settings/operator", "/settings/limit", "/settings/meeting_form",
    "/help", "/accessibility", "/api/", "/organisations/nope",
)  # fmt: skip


def places(ask: Ask) -> dict[str, str]:
    """What stands for the names in braces: the organisation with the most partners and some of what it has."""
    best = ask("/api/organisations?sort=-partners")["rows"][0]["id"]
    around = [node["url"] for node in ask(f"/api/organisations/{best}/picture")["nodes"][1:]]
    first = {label: ask(f"/api/records/{label}?q=a")["hits"][0]["key"] for label in ("Partnership", "Meeting")}
    other = around[0].rsplit("/", 1)[1]
    return {"id": best, "other": other, "partnership": first["Partnership"], "meeting": first["Meeting"]}
