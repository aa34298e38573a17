"""What is done in the background: each kind of work by its name, with the function that does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from graphsvc.exports.download import MEDIA_TYPES, Download, DownloadFormat, download
from graphsvc.exports.reports import import_report
from graphsvc.i18n import Message, msg
from graphsvc.ingest.plan import about_rows
from graphsvc.metrics import Measures
from graphsvc.metrics.exact import exactly
from graphsvc.metrics.whole import numbered
from graphsvc.model.imports import ImportPlan
from graphsvc.model.vocabulary import Vocabulary, using
from graphsvc.service import evaluations
from graphsvc.service.content import Content
from graphsvc.service.jobs import Progress, Result, Work
from graphsvc.service.report import ImportReport
from graphsvc.service.uploads import drop
from graphsvc.snapshot import Scope, Snapshot
from graphsvc.suggest.model import Model

MEASURE, CHECK, IMPORT, LEARN = "measure", "check", "import", "learn"
KINDS: dict[str, Message] = {
    evaluations.KIND: msg("Test of the suggestions on your own network"),
    MEASURE: msg("Report of all measures, nothing estimated"),
    CHECK: msg("Check of a large file"),
    IMPORT: msg("Import of a large file"),
    LEARN: msg("Learning from your own network"),
}


class Core(evaluations.Core, Protocol):
    """What the work asks of the service."""

    def snapshot(self, *, as_of: date | None = ..., scope: Scope = ..., **filters: Any) -> Snapshot: ...
    def content(self) -> Content: ...
    def vocabulary(self) -> Vocabulary: ...
    def measure(self, snapshot: Snapshot) -> Measures: ...
    def plan(self, path: Path, profile: str, progress: Callable[[int], None] = ...) -> ImportPlan: ...
    def write(self, plan: ImportPlan, progress: Progress | None = ..., *, by: str = ...) -> None: ...
    def learn(self, waiting: Callable[[], object]) -> Model: ...


def works(core: Core) -> Mapping[str, Work]:
    """Every kind of work, done by ``core``."""
    done: dict[str, Callable[..., Any]] = {
        evaluations.KIND: evaluations.work,
        MEASURE: measured,
        CHECK: checked,
        IMPORT: imported,
        LEARN: learnt,
    }
    return {kind: partial(_worded, work, core) for kind, work in done.items()}


def _worded(work: Callable[..., Any], core: Core, params: Mapping[str, Any], progress: Progress) -> Any:
    """The work, which says what it says in the centre's own words."""
    with using(core.vocabulary):
        return work(core, params, progress)


def measured(core: Core, params: Mapping[str, Any], progress: Progress) -> tuple[Result, Download]:
    """The measures file of ``params``: as_of (ISO date or None), scope, filters, only (ids of the organisations that it
    lists; None: all), words, format, language."""
    day = date.fromisoformat(params["as_of"]) if params["as_of"] else None
    snapshot = core.snapshot(as_of=day, scope=params["scope"], **params["filters"])
    data, whole = core.content().digest, core.snapshot(as_of=None, scope="ever")
    n, measures = snapshot.graph.rows, numbered(core.measure(snapshot), snapshot, core.measure(whole), whole)
    steps = n + len(measures.organisations) + len(measures.network) + 1
    measures = exactly(measures, snapshot.graph, lambda done, _n: progress(done, steps))
    for done, _values in enumerate(chain(measures.organisations.values(), measures.network.values()), n):
        progress(done, steps)  # the values are computed as they are taken
    format: DownloadFormat = params["format"]
    only = params.get("only")
    rows = None if only is None else np.array([snapshot.index[id] for id in only if id in snapshot.index], np.int64)
    file = download(snapshot, measures, format, params["language"], data, filters=params["words"], rows=rows)
    progress(steps, steps)
    return {"organisations": n, "ties": len(snapshot.graph.indices) // 2}, file


def checked(core: Core, params: Mapping[str, Any], progress: Progress) -> tuple[Result, Download]:
    """What importing the file at ``params["path"]`` would do, and the report of what is not taken."""
    path = Path(params["path"])
    with core.plan(path, params["profile"], _reading(path, progress)) as plan:
        told = _told(plan, params["language"])
    progress(1, 1)
    return told


def imported(core: Core, params: Mapping[str, Any], progress: Progress) -> tuple[Result, Download]:
    """Import the file at ``params["path"]``, which is then removed; one unit, which may be run again.

    When all is written it is done, also where it was cancelled at that moment.
    """
    path = Path(params["path"])
    with core.plan(path, params["profile"], _reading(path, progress)) as plan:
        core.write(plan, lambda done, total: None if done == total else progress(done, total), by=params["by"])
        told = _told(plan, params["language"])
    drop(path)
    return told


def _reading(path: Path, progress: Progress) -> Callable[[int], None]:
    """Progress of reading a file, of whose length only something near is known, or nothing (0)."""
    about = about_rows(path)
    return lambda rows: progress(rows, about and max(rows, about))


def _told(plan: ImportPlan, language: str) -> tuple[Result, Download]:
    file = Download(f"{Path(plan.file).stem}-report.xlsx", MEDIA_TYPES["xlsx"], import_report(plan, "xlsx", language))
    report = ImportReport.of(plan)
    return {**report.counts, "id": report.id, "unlisted": [asdict(unlisted) for unlisted in report.unlisted]}, file


def learnt(core: Core, _params: Mapping[str, Any], progress: Progress) -> Result:
    """Learn the likelihood model of the network as it is now."""
    model = core.learn(lambda: progress(0, 0))
    progress(1, 1)
    return {"meetings": model.meetings}
