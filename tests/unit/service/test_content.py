from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest

from graphsvc.demo.region import region_records
from graphsvc.metrics import measure
from graphsvc.model.columns import to_network
from graphsvc.model.network import SCHEMAS, Network, table
from graphsvc.service import content
from graphsvc.service.content import BESIDE, Content
from graphsvc.snapshot import take
from graphsvc.snapshot.choose import choose


def network(name: str) -> Network:
    return Network(organisations=table("organisations", [{"id": "a", "name": name}, {"id": "b", "name": "B"}]))


def test_equal_networks_have_one_digest_however_they_are_cut():
    whole = network("A")
    cut = pa.concat_tables([whole.organisations.slice(0, 1), whole.organisations.slice(1)])
    assert Content.of(whole).digest == Content.of(network("A")).digest == Content.of(Network(organisations=cut)).digest


def test_what_lies_in_memory_where_there_is_no_value_is_not_looked_at():
    given = network("A").organisations
    at = given.schema.get_field_index("founder")

    def founded(under: int) -> Content:
        values = pa.py_buffer(np.array([0, under], np.int32))
        column = pa.Array.from_buffers(pa.int32(), 2, [pa.py_buffer(b"\x01"), values])
        return Content.of(Network(organisations=given.set_column(at, given.schema.field(at), column)))

    assert founded(0).digest == founded(7).digest != Content.of(network("A")).digest


def test_any_change_is_seen():
    assert Content.of(network("A")).digest != Content.of(network("Ą")).digest
    assert Content.of(Network()).digest != Content.of(network("A")).digest


def test_outreach_moves_the_whole_and_not_the_ties():
    before = network("A")
    spoken = Network(
        organisations=before.organisations, outreach=table("outreach", [{"a": 0, "b": 1, "status": "ZAP"}])
    )
    assert Content.of(before).ties == Content.of(spoken).ties != Content.of(network("B")).ties
    assert Content.of(before).digest != Content.of(spoken).digest


def test_what_is_planned_teaches_from_its_day_on():
    began, planned = ({"id": k, "starts_on": day} for k, day in (("p", date(2020, 1, 1)), ("q", date(2027, 5, 1))))
    members = [{"organisation": o, "partnership": p, "role": "PAR"} for p in (0, 1) for o in (0, 1)]
    joined = [*members[:3], {**members[3], "since": date(2027, 6, 1)}]
    known = replace(
        network("A"),
        partnerships=table("partnerships", [began, planned]),
        memberships=table("memberships", joined),
    )
    days = [(2019, 12, 31), (2020, 1, 1), (2027, 4, 30), (2027, 5, 1), (2027, 5, 31), (2027, 6, 1), (2030, 1, 1)]
    taught = [Content.of(known).taught(date(*one)) for one in days]
    assert [a == b for a, b in pairwise(taught)] == [False, True, False, True, False, True]
    assert taught[-1] == Content.of(known).ties


def test_a_name_moves_no_measure_and_a_sector_does():
    renamed, moved = (
        Network(organisations=table("organisations", [{"id": "a", "name": name, "sector": sector}]))
        for name, sector in (("B", ""), ("A", "ngo"))
    )
    before = Content.of(Network(organisations=table("organisations", [{"id": "a", "name": "A", "sector": ""}])))
    assert before.measured == Content.of(renamed).measured != Content.of(moved).measured
    assert before.ties != Content.of(renamed).ties


def without_what_is_beside(whole: Network) -> Network:
    def bare(name: str) -> pa.Table:
        given: pa.Table = getattr(whole, name)
        for at, field in enumerate(given.schema):
            if field.name in BESIDE.get(name, ()):
                given = given.set_column(at, field, pa.nulls(given.num_rows, field.type))
        return given

    return Network(**{name: bare(name) for name in SCHEMAS})


@pytest.mark.parametrize("day", [None, date(2025, 3, 1)])
@pytest.mark.parametrize(
    "filters", [{}, {"sectors": ["ngo"]}, {"themes": ["ZIE", "US05"]}, {"services": ["ZIE"]}, {"territories": ["0203"]}]
)
def test_what_is_beside_moves_no_tie_and_no_measure(day, filters):
    whole = to_network(region_records())
    one, other = (take(choose(n, **filters), day) for n in (whole, without_what_is_beside(whole)))
    assert one.graph.rows == other.graph.rows > 1
    assert one.graph.indices.tolist() == other.graph.indices.tolist()
    assert one.graph.weights.tolist() == other.graph.weights.tolist()
    a, b = measure(one), measure(other)
    assert all(np.array_equal(a.organisations[m], b.organisations[m], equal_nan=True) for m in a.organisations)
    assert all(np.array_equal(a.network[m], b.network[m], equal_nan=True) for m in a.network)


def test_a_table_that_another_content_has_is_not_looked_through_again(monkeypatch):
    known = Content.of(network("A"))
    said = replace(known.network, outreach=table("outreach", [{"a": 0, "b": 1, "status": "ZAP"}]))
    seen, look = [], content._bytes
    monkeypatch.setattr(content, "_bytes", lambda column: seen.append(column) or look(column))
    found = Content.of(said, known)
    assert seen == said.outreach.columns
    assert found.digest == Content.of(said).digest
