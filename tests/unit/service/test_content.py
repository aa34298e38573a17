import pyarrow as pa

from graphsvc.model.network import Network, table
from graphsvc.service.content import Content


def network(name: str) -> Network:
    return Network(organisations=table("organisations", [{"id": "a", "name": name}, {"id": "b", "name": "B"}]))


def test_equal_networks_have_one_digest_however_they_are_cut():
    whole = network("A")
    cut = pa.concat_tables([whole.organisations.slice(0, 1), whole.organisations.slice(1)])
    assert Content.of(whole).digest == Content.of(network("A")).digest == Content.of(Network(organisations=cut)).digest


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
