"""How fast Neo4j is written and read: ratios to one transaction a row, and to a plain loop over rows, in the same run.
Rows go into ``results.json``.

``python -m benchmarks.store [MEMBERSHIPS [FOLDER]]`` (a million when not given) runs a server of its own in a temporary
folder, or in the one that is named: what was written there before is only read.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import numpy as np

from benchmarks import results, targets
from graphsvc import config
from graphsvc.config import Settings
from graphsvc.model.base import stable_id
from graphsvc.model.imports import ImportPlan
from graphsvc.model.organisations import Organisation
from graphsvc.model.partnerships import Member, Partnership
from graphsvc.service.core import Service
from graphsvc.store import importing, migrations
from graphsvc.store.driver import Store, open_store
from graphsvc.store.embedded import server
from graphsvc.store.failures import Target
from graphsvc.store.network import LINKS_AT_ONCE, LINKS_IN_PIECE, READERS, read_network
from graphsvc.store.record_reading import of_type

MEMBERS = 5
SINGLE_ROWS = 500
"""Memberships of the slow way, whose rate is what counts."""
CHANGES: Mapping[str, Callable[[Any], dict[str, Any]]] = {
    "a name of an organisation": lambda _: {"name": f"Changed {uuid4()}"},
    "a name of a partnership": lambda _: {"name": f"Changed {uuid4()}"},
    "another member of a partnership": lambda record: {"members": _another(record.members)},
}
AMONG = 1_000
"""Organisations of which one joins."""
AGAIN = 5
"""How often each change is made, beside the first time."""
VERSIONS = 1_000
"""How often it is asked whether the store has changed."""
PLAIN_DRIVER = """
import json, sys
from pathlib import Path
sys.modules["neo4j._rust"] = None
from benchmarks import store
with store.opened(Path(sys.argv[1])) as (opened, _):
    rows, keep = store.kept(opened.read("network/size")[0]["memberships"])
    store.reading(opened, keep)
print(json.dumps(rows))
"""
Keep = Callable[[str, str, float, int], float]
ONE_ROW = """
MERGE (o:Record {id: $o}) ON CREATE SET o:Organisation, o.name = $o
MERGE (p:Record {id: $p}) ON CREATE SET p:Partnership, p.name = $p
CREATE (o)-[:MEMBER_OF {role: 'PAR', position: 0}]->(p)
"""
LOOP = """
MATCH (o:Organisation)-[m:MEMBER_OF]->(p:Partnership)
RETURN o.id AS o, p.id AS p, m.role AS role, m.since AS since, m.until AS until
"""


class Organisations(Mapping[str, Organisation]):
    """Organisations made as they are asked for, as an import reads them from disk."""

    def __init__(self, count: int) -> None:
        self.numbers = {stable_id("bench", str(n)): n for n in range(count)}

    def __getitem__(self, id: str) -> Organisation:
        return Organisation(id=id, name=f"Organisation {self.numbers[id]}", sector="ngo")

    def __iter__(self) -> Iterator[str]:
        return iter(self.numbers)

    def __len__(self) -> int:
        return len(self.numbers)


class Partnerships:
    """Partnerships of five members, made as they are asked for."""

    def __init__(self, count: int, ids: list[str]) -> None:
        self.count, self.ids = count, ids

    def __iter__(self) -> Iterator[Partnership]:
        size = len(self.ids)
        for n in range(self.count):
            found = dict.fromkeys((n * 7919 + k * (n % 97 + 1)) % size for k in range(MEMBERS))
            members = tuple(Member(id=self.ids[m]) for m in found)
            yield Partnership(id=stable_id("bench partnership", str(n)), name=f"Partnership {n}", members=members)


def make_plan(memberships: int) -> ImportPlan:
    """As many memberships, with a fifth as many organisations and as many partnerships."""
    count = memberships // MEMBERS
    organisations = Organisations(count)
    made = Partnerships(count, list(organisations))
    return ImportPlan("bench.csv", "0" * 64, "bench", (), organisations, made, count, memberships)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what the work gave."""
    began = time.perf_counter()
    value = work()
    return time.perf_counter() - began, value


def one_by_one(store: Store) -> int:
    """One transaction a membership."""
    with store.session() as session:
        for n in range(SINGLE_ROWS):
            session.run(ONE_ROW, o=f"single {n // 2}", p=f"single partnership {n // MEMBERS}").consume()
        session.run("MATCH (n:Record) WHERE n.id STARTS WITH 'single' DETACH DELETE n").consume()
    return SINGLE_ROWS


def loop(store: Store) -> int:
    """Every membership as a row."""
    with store.session() as session:
        return len([(r["o"], r["p"], r["role"], r["since"], r["until"]) for r in session.run(LOOP)])


def kept(count: int) -> tuple[list[dict[str, Any]], Keep]:
    """Rows of results, and what adds one and gives its rate."""
    rows: list[dict[str, Any]] = []

    def keep(function: str, engine: str, seconds: float, checksum: int) -> float:
        row = {"function": function, "size": str(count), "engine": engine, "seconds": seconds, "checksum": checksum}
        rows.append(row)
        return checksum / seconds

    return rows, keep


def run(store: Store, settings: Settings, count: int) -> list[dict[str, Any]]:
    """Measure; one row for each way. What is there already is not written again."""
    rows, keep = kept(count)
    if not store.read("network/size")[0]["memberships"]:
        writing(store, make_plan(count), keep)
    reading(store, keep)
    changing(store, settings, keep)
    return rows


def writing(store: Store, plan: ImportPlan, keep: Keep) -> None:
    """Our way of writing beside one transaction a row."""
    one_by_one(store)  # warms up
    single = keep("write", "one transaction a row", *timed(lambda: one_by_one(store)))
    sending = 0.0
    transact = store.transact

    def watched(work: Callable[[Any], Any]) -> Any:
        nonlocal sending
        seconds, value = timed(lambda: transact(work))
        sending += seconds
        return value

    store.transact = watched  # type: ignore[method-assign]
    whole, written = timed(lambda: importing.write(store, plan))
    store.transact = transact  # type: ignore[method-assign]
    grouped = keep("write", "graphsvc", sending, written.memberships)
    keep("write with making rows", "graphsvc", whole, written.memberships)
    print(f"write: {grouped:,.0f} memberships/s, {grouped / single:.0f} x one transaction a row ({single:,.0f}/s)")
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB")


def reading(store: Store, keep: Keep) -> None:
    """Our way of reading beside a loop over rows."""
    loop(store)  # both have their queries planned before they are measured
    read_network(store)
    plain = keep("read", targets.LOOP, *timed(lambda: loop(store)))
    seconds, network = timed(lambda: read_network(store))
    columns = keep("read", "graphsvc, whole network", seconds, network.memberships.num_rows)
    print(
        f"read: {columns:,.0f} memberships/s with all else, {columns / plain:.1f} x a loop over rows ({plain:,.0f}/s)"
    )
    seconds, pairs = timed(lambda: _memberships_only(store))
    alone = keep("read", targets.MEMBERSHIPS, seconds, pairs)
    print(f"read: {alone:,.0f} memberships/s alone, {alone / plain:.1f} x")
    took = sorted(timed(store.version)[0] for _ in range(VERSIONS))
    half, most = took[len(took) // 2], took[len(took) * 95 // 100]
    keep("version", "graphsvc, half of the calls", half, VERSIONS)
    keep("version", targets.CALLS, most, VERSIONS)
    print(f"has the store changed: {1000 * half:.2f} ms, 95 % within {1000 * most:.2f} ms")


def changing(store: Store, settings: Settings, keep: Keep) -> None:
    """What one change costs the next who asks for a snapshot; the first of each kind has its queries planned."""
    service = Service(store, settings)
    service.snapshot()
    for kind, change in CHANGES.items():
        model = Organisation if "organisation" in kind else Partnership
        took = []
        for id in store.read(of_type("records/ids", model.__name__))[0]["ids"][: 1 + AGAIN]:
            record = service.records.typed(id, model)
            service.records.save(record.model_copy(update=change(record)), "bench")
            seconds, snapshot = timed(service.snapshot)
            took.append(seconds)
        half, most = sorted(took[1:])[AGAIN // 2], max(took[1:])
        keep("snapshot after a change", kind, half, snapshot.network.memberships.num_rows)
        print(f"snapshot after {kind}: {half:.2f} s, at most {most:.2f} s")
    service.close()


def _another(members: Sequence[Member]) -> tuple[Member, ...]:
    """As many, one of them another."""
    new = stable_id("bench", str(uuid4().int % AMONG))
    return (*(m for m in members[1:] if m.id != new), Member(id=new))


def _memberships_only(store: Store) -> int:
    """Both queries for memberships side by side, as ``read_network`` sends them, into arrays of node numbers."""
    parts = 1 + store.read("network/size")[0]["memberships"] // LINKS_AT_ONCE
    own = {"parts": parts, "size": LINKS_IN_PIECE}
    names = ("network/memberships", "network/special_memberships")
    with ThreadPoolExecutor(READERS) as pool:
        asked = [pool.submit(store.read, name, part=part, **own) for name in names for part in range(parts)]
        usual = [np.asarray(r["pair"], np.int64) for answer in asked[:parts] for r in answer.result()]
        for answer in asked[parts:]:
            answer.result()
    return len(np.concatenate(usual))


@contextmanager
def opened(folder: Path) -> Iterator[tuple[Store, Settings]]:
    """The server of a folder, migrated; joined where it runs."""
    settings = Settings(neo4j_uri=None, data_dir=folder, neo4j_heap="1g")
    lease = server.use(settings, jars_in=config.load().data_dir / "neo4j" / "jars")
    with open_store(Target(lease.uri, lease.username, None, embedded=True), lease.password, lease) as store:
        migrations.migrate(store)
        yield store, settings


def plain_driver(folder: Path, size: str) -> list[dict[str, Any]]:
    """The same readings by the driver alone, in a process that does not find neo4j-rust-ext."""
    command = [sys.executable, "-c", PLAIN_DRIVER, str(folder)]
    *told, rows = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()  # noqa: S603
    print("driver without neo4j-rust-ext:", *told, sep="\n")
    found: list[dict[str, Any]] = json.loads(rows)
    return [{**row, "size": size, "engine": f"{row['engine']}, driver without neo4j-rust-ext"} for row in found]


def main() -> None:
    """Entry point."""
    memberships_ = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with TemporaryDirectory() as temporary:
        folder = Path(sys.argv[2] if len(sys.argv) > 2 else temporary)
        with opened(folder) as (store, settings):
            results.keep(run(store, settings, memberships_))
            results.keep(plain_driver(folder, str(memberships_)))
    print(targets.table(list(targets.reading(results.load()))))


if __name__ == "__main__":
    main()
