"""Lists of records: what the address keeps them to, their order, their rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import request

from graphsvc.model.base import Record
from graphsvc.model.record_types import FieldSpec, field_specs
from graphsvc.store.record_reading import Filters, Stored
from graphsvc_web.address import day_of
from graphsvc_web.addresses import address
from graphsvc_web.forms import display
from graphsvc_web.forms.controls import fields

LONGEST_WORDS, LONGEST_KEY = 200, 100


def row(label: str, shown: Sequence[FieldSpec], stored: Stored) -> dict[str, Any]:
    """One record as a row: its page and its cells in words."""
    record = stored.record
    cells = [display.words(s, getattr(record, s.name), stored.names) for s in shown]
    return {"id": record.id, "url": address(label, record.id), "title": display.title(stored), "cells": cells}


def sort_of(model: type[Record], shown: Sequence[FieldSpec]) -> str:
    """The field that the address sorts by, ``-`` before it for the last first; else the usual one of the type."""
    asked = request.args.get("sort", "")
    return asked if asked.lstrip("-") in {s.name for s in shown if s.link is None} else _usual_sort(model)


def _usual_sort(model: type[Record]) -> str:
    """What happened: the newest first. What has a name: by it. All else: what was changed last."""
    specs, day = field_specs(model), display.dated(model)
    if day and specs[day].required:
        return f"-{day}"
    return "name" if "name" in specs else "-changed_at"


def place_field(model: type[Record]) -> str | None:
    """The field by which a list can be kept to a powiat."""
    names = (n for n, s in fields(model).items() if s.link and s.link.target == "Territory" and s.part is None)
    return next((n for n in names if n in ("territory", "territories", "parent")), None)


def chosen_filters(model: type[Record]) -> tuple[dict[str, str], Filters]:
    """What the address filters by: codes, a territory, dates, words."""
    chosen: dict[str, str] = {"q": request.args.get("q", "").strip()[:LONGEST_WORDS]}
    values: dict[str, list[Any]] = {}
    for name, spec in fields(model).items():
        value = request.args.get(name, "").strip()[:LONGEST_KEY]
        if value and spec.part is None and (spec.scheme or spec.link):
            values[name], chosen[name] = [value], value
    ranges = {}
    if dated := display.dated(model):
        first, last = day_of(request.args, "from"), day_of(request.args, "to")
        if first or last:
            ranges[dated] = (first, last)
            chosen |= {k: request.args[k] for k in ("from", "to") if request.args.get(k)}
    return {k: v for k, v in chosen.items() if v}, Filters(values, ranges, text=chosen["q"])
