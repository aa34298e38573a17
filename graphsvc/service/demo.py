"""Loading a demonstration into an empty database."""

from __future__ import annotations

from importlib.resources import as_file, files

from graphsvc.demo.region import region_records
from graphsvc.service.core import Service
from graphsvc.store.importing import Progress
from graphsvc.store.records import Records

FILES = {"denmark": ("projects-2007-2013.csv", "denmark")}
"""Demonstrations that are a file under ``graphsvc/data`` and the profile to read it with."""


def load_demo(service: Service, data: str, progress: Progress | None = None) -> bool:
    """Load ``region`` (made up) or ``denmark`` (real) when the database holds no organisation.

    False, and nothing is changed, when it does. Each demonstration is written in one transaction.
    """
    records = Records(service.store)
    if records.counts().get("Organisation"):
        return False
    if data in FILES:
        name, profile = FILES[data]
        with as_file(files("graphsvc.data") / data / name) as path, service.plan(path, profile) as plan:
            service.write(plan, progress)
    else:
        records.save_many(list(region_records()), by="demo")
    return True
