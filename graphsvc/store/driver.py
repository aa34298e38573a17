"""The connection to Neo4j, embedded or elsewhere, and the two things one does with it: read and write."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from threading import Lock
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

import neo4j

from graphsvc.config import Settings
from graphsvc.store.embedded import jars, server
from graphsvc.store.failures import OLDEST, Target, not_an_address, too_old, translated
from graphsvc.store.queries import Query, queries
from graphsvc.store.written import Written

CONNECT_SECONDS = 10
RETRY_SECONDS = 120
"""How long a transaction is tried again when the server is away: a crashed embedded one is back in 15 s."""

_ADDRESS = re.compile(r"(bolt|neo4j)(\+s|\+ssc)?://[^\s/?#]+/?$")

logging.getLogger("neo4j").setLevel(logging.CRITICAL)  # what it warns of is told to the user as an error, once

Call = tuple[str | Query, Mapping[str, Any]]


T = TypeVar("T")


class Run(Protocol):
    """Runs a query within a transaction and gives all its rows."""

    def __call__(self, query: str | Query, /, **params: Any) -> list[neo4j.Record]: ...


class Reader(Protocol):
    """The reading side of the store, for code that must not write."""

    def read(self, query: str | Query, /, **params: Any) -> list[neo4j.Record]:
        """All rows of a query."""
        ...

    def read_many(self, calls: Iterable[Call]) -> list[list[neo4j.Record]]:
        """All rows of several queries, of one state of the database."""
        ...

    def version(self) -> str:
        """A text that changes with every write to the database."""
        ...


class Store:
    """A connection pool to one database; safe to share between threads. Close it, or use it in a ``with``.

    Queries are named by their file below ``cypher/``. All methods raise DatabaseError (or one of its kind) with
    one clear sentence, ConflictError when a constraint is broken, and QueryFileError for parameters that don't fit.
    """

    def __init__(self, driver: neo4j.Driver, target: Target, lease: server.Lease | None = None) -> None:
        self.driver = driver
        self.target = target
        self._lease = lease
        self._moving = Lock()

    def read(self, query: str | Query, /, **params: Any) -> list[neo4j.Record]:
        """All rows; in a cluster from a follower that has seen this store's writes."""
        return self.read_many([(query, params)])[0]

    def read_many(self, calls: Iterable[Call]) -> list[list[neo4j.Record]]:
        """Run several queries in one transaction that only reads. The rows of each."""
        checked = [_checked(c) for c in calls]
        with translated(self.target), self.session(neo4j.READ_ACCESS) as session:
            return session.execute_read(lambda tx: [_rows(tx, call) for call in checked])

    def write(self, query: str | Query, /, **params: Any) -> list[neo4j.Record]:
        """Run one query in one transaction; it is tried again when the server is away for a moment."""
        return self.write_many([(query, params)])[-1]

    def write_many(self, calls: Iterable[Call]) -> list[list[neo4j.Record]]:
        """Run several queries in one transaction: all of it happens, or nothing. The rows of each."""
        checked = [_checked(c) for c in calls]
        return self.transact(lambda run: [run(query, **params) for query, params in checked])

    def transact(self, work: Callable[[Run], T]) -> T:
        """Do ``work`` in one transaction; it may be called again, when the server is away for a moment.

        What it wrote is noted at its end; see ``written``.
        """

        def unit(tx: neo4j.ManagedTransaction) -> T:
            written = Written()

            def run(query: str | Query, /, **params: Any) -> list[neo4j.Record]:
                call = _checked((query, params))
                return _rows(tx, call, written)

            result = work(run)
            if written.something:
                run("store/note_written", **written.entry())
            return result

        with translated(self.target), self.session() as session:
            return session.execute_write(unit)

    def version(self) -> str:
        """The database's bookmark: moves with every write by anyone, not with reads."""
        self._ensure()
        with translated(self.target), self.driver.session(database=self.target.database) as session:
            session.run(queries()["store/ping"].text).consume()
            return "|".join(sorted(session.last_bookmarks().raw_values))

    def session(self, access: str = neo4j.WRITE_ACCESS) -> neo4j.Session:
        """A session of the driver, for the shell and the migrations."""
        self._ensure()
        return self.driver.session(
            database=self.target.database,
            default_access_mode=access,
            bookmark_manager=self.driver.execute_query_bookmark_manager,
        )

    def _ensure(self) -> None:
        """The embedded server is started again where it has gone with its keeper, which starts it otherwise."""
        if self._lease is None:
            return
        self._lease.ensure()
        with self._moving:
            if self.target.uri != self._lease.uri:
                before, target = self.driver, replace(self.target, uri=self._lease.uri)
                self.driver, self.target = _driver(target, self._lease.password), target
                before.close()

    def close(self) -> None:
        """Close the connections; leave the embedded server, which ends with its last user."""
        self.driver.close()
        if self._lease:
            self._lease.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def connect(settings: Settings, progress: jars.Progress | None = None) -> Store:
    """Connect to ``NEO4J_URI``, or to the embedded server, which is installed and started when needed.

    Raises DatabaseError when it can't be reached, refuses the password, is too old, or lacks the database.
    """
    if settings.neo4j_uri is None:
        lease = server.use(settings, progress)
        target = Target(lease.uri, lease.username, settings.neo4j_database, embedded=True)
        return open_store(target, lease.password, lease)
    secret = settings.neo4j_password
    target = Target(settings.neo4j_uri, settings.neo4j_username, settings.neo4j_database, embedded=False)
    return open_store(target, secret.get_secret_value() if secret else "")


def open_store(target: Target, password: str, lease: server.Lease | None = None) -> Store:
    """Connect and check that the database is there and new enough; leave nothing open when it isn't."""
    driver: neo4j.Driver | None = None
    try:
        if not _ADDRESS.match(target.uri):
            raise not_an_address(target)
        with translated(target):
            driver = _driver(target, password)
            with driver.session(database=target.database) as session:
                agent = session.run(queries()["store/ping"].text).consume().server.agent
        if not _new_enough(agent):
            raise too_old(agent, target)
    except BaseException:
        if driver:
            driver.close()
        if lease:
            lease.release()
        raise
    return Store(driver, target, lease)


def _driver(target: Target, password: str) -> neo4j.Driver:
    return neo4j.GraphDatabase.driver(
        target.uri,
        auth=(target.username, password),
        connection_timeout=CONNECT_SECONDS,
        max_transaction_retry_time=RETRY_SECONDS,
        notifications_min_severity="OFF",
        user_agent="graphsvc",
        telemetry_disabled=True,
    )


def _new_enough(agent: str) -> bool:
    found = re.match(r"Neo4j/(\d+)\.(\d+)", agent)
    return found is not None and (int(found[1]), int(found[2])) >= OLDEST


def _checked(call: Call) -> tuple[Query, Mapping[str, Any]]:
    query, params = call
    query = queries()[query] if isinstance(query, str) else query
    query.check(params)
    return query, params


def _rows(
    tx: neo4j.ManagedTransaction, call: tuple[Query, Mapping[str, Any]], written: Written | None = None
) -> list[neo4j.Record]:
    query, params = call
    result = tx.run(query.text, dict(params))
    rows = list(result)
    if written:
        written.add(query, params, result.consume().counters)
    return rows
