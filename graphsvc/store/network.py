"""The whole network out of Neo4j, in columns.

One row per relationship costs the driver more than the server. So nodes come in parts as one list per column;
memberships as one integer each (two node numbers packed), read along the relationships; places, statuses and
territories as the numbers of the nodes of each code. What belongs together is joined here, by numpy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pyarrow as pa

from graphsvc.model.network import SCHEMAS, Network
from graphsvc.store.driver import Reader
from graphsvc.store.network_columns import (
    NO_NODE,
    Ints,
    Rows,
    coded,
    columns_of,
    dated,
    deliveries,
    lists,
    nodes,
    or_null,
    outreach,
    table_of,
    tags,
)  # fmt: skip

NODES_AT_ONCE = 50_000
"""Nodes in one answer: bounds the memory of server and client."""
LINKS_AT_ONCE = 1_000_000
LINKS_IN_PIECE = 50_000
READERS = 3
"""Queries at a time: the server works on the next while an answer is unpacked."""
NODE_BITS = 32
USUAL_ROLE = "PAR"
SPECIAL = pa.schema([("pair", pa.int64()), ("role", pa.string()), ("since", pa.string()), ("until", pa.string())])
"""What comes of memberships with a role or days of their own."""
ONCE = (
    "places", "statuses", "founders", "organisations_act_in", "acts_in", "meetings", "needs", "offers", "deliveries",
    "outreach", "territories", "borders",
)  # fmt: skip
"""Queries that give all they have at once."""

Waiting = Callable[[], Sequence[Mapping[str, Any]]]
Answers = Mapping[str, Sequence[Waiting]]


def read_network(store: Reader) -> Network:
    """All of the network as of now; organisations and partnerships in the order of their ids.

    Raises DatabaseError.
    """
    with ThreadPoolExecutor(READERS, thread_name_prefix="read") as pool:
        return _joined(_asked(store, pool))


def _asked(store: Reader, pool: ThreadPoolExecutor) -> Answers:
    """Every query sent, the largest first; calling what is given waits for its rows."""
    size = store.read("network/size")[0]
    links = {"count": size["memberships"], "at_once": LINKS_AT_ONCE, "size": LINKS_IN_PIECE}
    answers = {name: _parts(store, pool, name, **links) for name in ("memberships", "special_memberships")}
    for name in ("organisations", "partnerships"):
        answers[name] = _parts(store, pool, name, count=size[name], at_once=NODES_AT_ONCE)
    return answers | {name: [pool.submit(store.read, f"network/{name}").result] for name in ONCE}


def _parts(
    store: Reader, pool: ThreadPoolExecutor, name: str, *, count: int, at_once: int, **params: int
) -> list[Waiting]:
    parts = 1 + count // at_once
    calls = [{"part": part, "parts": parts, **params} for part in range(parts)]
    return [pool.submit(store.read, f"network/{name}", **call).result for call in calls]


def _joined(answers: Answers) -> Network:
    """The tables, whose rows refer to each other by position."""
    organisations = nodes(_rows(answers["organisations"]), SCHEMAS["organisations"])
    partnerships = nodes(_rows(answers["partnerships"]), SCHEMAS["partnerships"])
    rows, partnership_rows = (Rows(table["node"].to_numpy()) for table in (organisations, partnerships))
    acting = lists(coded(_rows(answers["acts_in"]), partnership_rows), partnerships.num_rows)
    meetings, attendances = _meetings(columns_of(_rows(answers["meetings"])), rows)
    return Network(
        organisations=_organisations(organisations, answers, rows),
        partnerships=table_of("partnerships", {**_of(partnerships), "territories": acting}),
        memberships=_memberships(answers, rows, partnership_rows),
        meetings=meetings,
        attendances=attendances,
        needs=_with_rows("needs", columns_of(_rows(answers["needs"])), rows),
        offers=_with_rows("offers", columns_of(_rows(answers["offers"])), rows),
        deliveries=deliveries(columns_of(_rows(answers["deliveries"])), organisations["id"]),
        outreach=outreach(columns_of(_rows(answers["outreach"])), organisations["id"]),
        territories=table_of("territories", columns_of(_rows(answers["territories"]))),
        borders=table_of("borders", columns_of(_rows(answers["borders"]))),
    )


def _organisations(table: pa.Table, answers: Answers, rows: Rows) -> pa.Table:
    count = table.num_rows
    place = coded(_rows(answers["places"]), rows)
    at = np.full(count, -1, np.int64)
    at[place.row] = place.code
    founder = np.full(count, -1, np.int64)
    for answer in _rows(answers["founders"]):
        founder[rows.of(answer["node"])] = rows.of(answer["founder"])
    columns = {
        "territory": place.codes.take(or_null(at)).fill_null(""),
        "acts_in": lists(coded(_rows(answers["organisations_act_in"]), rows), count),
        "tags": tags(coded(_rows(answers["statuses"]), rows), table["pkd"].combine_chunks()),
        "founder": or_null(founder),
    }
    return table_of("organisations", {**_of(table), **columns})


def _memberships(answers: Answers, organisations: Rows, partnerships: Rows) -> pa.Table:
    special = _special(answers["special_memberships"])
    own = special["pair"].to_numpy()
    usual = _without(_packed(answers["memberships"]), own)
    packed = np.concatenate([usual, own])
    organisation = organisations.of(packed & ((1 << NODE_BITS) - 1))
    partnership = partnerships.of(packed >> NODE_BITS)
    order = np.lexsort((organisation, partnership))
    order = order[(organisation[order] >= 0) & (partnership[order] >= 0)]
    none = pa.nulls(len(usual), pa.date32())
    since, until = (pa.concat_arrays([none, dated(special[name].combine_chunks())]) for name in ("since", "until"))
    role = pa.concat_arrays([pa.repeat(USUAL_ROLE, len(usual)), special["role"].combine_chunks()])
    columns = {"role": role.take(order), "since": since.take(order), "until": until.take(order)}
    return table_of("memberships", {"organisation": organisation[order], "partnership": partnership[order], **columns})


def _special(waiting: Sequence[Waiting]) -> pa.Table:
    """In an order of their own, so that several of one organisation in one partnership always come in the same."""
    parts = [pa.table({f.name: pa.array(row[f.name], f.type) for f in SPECIAL}, SPECIAL) for row in _rows(waiting)]
    table = pa.concat_tables([SPECIAL.empty_table(), *parts])
    return table.sort_by([(name, "ascending") for name in ("role", "since", "until")])


def _packed(waiting: Sequence[Waiting]) -> Ints:
    return np.concatenate([np.empty(0, np.int64), *(np.asarray(r["pair"], np.int64) for r in _rows(waiting))])


def _without(pairs: Ints, gone: Ints) -> Ints:
    """``pairs`` in ascending order, less one for each in ``gone``."""
    pairs, gone = np.sort(pairs), np.sort(gone)
    if not len(pairs):
        return pairs
    nth = np.arange(len(gone)) - np.searchsorted(gone, gone)
    at = np.minimum(np.searchsorted(pairs, gone) + nth, len(pairs) - 1)
    keep = np.ones(len(pairs), dtype=bool)
    keep[at[pairs[at] == gone]] = False
    return pairs[keep]


def _meetings(columns: dict[str, list[Any]], rows: Rows) -> tuple[pa.Table, pa.Table]:
    attended = columns.pop("attended", [])
    places = np.repeat(np.arange(len(attended)), [len(a) for a in attended])
    at = rows.of([node for nodes in attended for node in nodes])
    order = np.lexsort((at, places))
    order = order[at[order] >= 0]
    return table_of("meetings", columns), table_of("attendances", {"organisation": at[order], "meeting": places[order]})


def _with_rows(name: str, columns: dict[str, list[Any]], rows: Rows) -> pa.Table:
    known = [NO_NODE if n is None else n for n in columns.get("node", ())]
    return table_of(name, {**columns, "organisation": or_null(rows.of(known))})


def _rows(waiting: Sequence[Waiting]) -> Iterator[dict[str, Any]]:
    for answer in waiting:
        yield from (dict(row.items()) for row in answer())


def _of(table: pa.Table) -> dict[str, pa.Array]:
    return {name: table[name].combine_chunks() for name in table.column_names}
