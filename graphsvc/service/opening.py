"""Opening the store for a process: connect, bring the schema up to date, close whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from graphsvc.config import Settings
from graphsvc.model.vocabulary import using
from graphsvc.service.core import Service
from graphsvc.store.driver import connect
from graphsvc.store.embedded.jars import Progress
from graphsvc.store.migrations import migrate


@contextmanager
def opened(settings: Settings, progress: Progress | None = None) -> Iterator[Service]:
    """A service on the configured database; the embedded server is installed and started when needed.

    Raises DatabaseError (and its kinds) with one clear sentence.
    """
    with connect(settings, progress) as store:
        migrate(store)
        with closing(Service(store, settings)) as service, using(service.vocabulary):
            yield service
