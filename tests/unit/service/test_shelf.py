import os
import time

import pyarrow as pa
import pytest

from graphsvc.model.network import SCHEMAS, Network, table
from graphsvc.service.content import Content
from graphsvc.service.shelf import Shelf


def content(name: str) -> Content:
    return Content.of(Network(organisations=table("organisations", [{"id": "a", "name": name}])))


def test_another_process_finds_what_was_kept(tmp_path):
    kept = content("A")
    Shelf(tmp_path).put("state 1", kept)
    found = Shelf(tmp_path).get("state 1")
    assert found.digest == kept.digest
    assert all(getattr(found.network, name).equals(getattr(kept.network, name)) for name in SCHEMAS)
    assert Shelf(tmp_path).get("state 2") is None


def test_it_is_mapped_and_takes_no_memory(tmp_path):
    before = pa.total_allocated_bytes()
    large = Content.of(Network(organisations=table("organisations", [{"id": str(n) * 100} for n in range(1000)])))
    taken = pa.total_allocated_bytes() - before
    Shelf(tmp_path).put("state", large)
    del large
    found = Shelf(tmp_path).get("state")
    assert pa.total_allocated_bytes() - before < taken / 10
    assert found.network.organisations.num_rows == 1000


def test_states_of_one_network_share_its_files(tmp_path):
    shelf = Shelf(tmp_path)
    for state in ("1", "2"):
        shelf.put(state, content("A"))
    assert len([p for p in tmp_path.iterdir() if p.is_dir()]) == 1
    assert shelf.get("1").digest == shelf.get("2").digest


def test_old_networks_go(tmp_path):
    shelf = Shelf(tmp_path)
    for number in range(4):
        made = content(str(number))
        shelf.put(f"state {number}", made)
        os.utime(tmp_path / made.digest, (time.time() - 100 + number,) * 2)
    shelf.put("state 4", content("4"))
    assert [shelf.get(f"state {n}") is not None for n in range(5)] == [False, False, False, True, True]
    assert len(list(tmp_path.iterdir())) == 4  # two networks, two states; nothing half written


@pytest.mark.parametrize("harm", ["cut", "gone", "columns"])
def test_what_is_damaged_is_read_again(tmp_path, harm):
    shelf = Shelf(tmp_path)
    made = content("A")
    shelf.put("state", made)
    file = tmp_path / made.digest / "organisations.arrow"
    if harm == "gone":
        file.unlink()
    elif harm == "cut":
        file.write_bytes(file.read_bytes()[:50])
    else:
        (tmp_path / made.digest / "borders.arrow").replace(file)
    assert shelf.get("state") is None


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path):
    (tmp_path / "file").touch()
    made = content("A")
    assert Shelf(tmp_path / "file").put("state", made) is made


def test_the_state_kept_last(tmp_path):
    shelf = Shelf(tmp_path)
    assert shelf.latest() is None
    for number, text in enumerate(['{"written": 1, "mark": "a b"}', "state 2"]):
        shelf.put(text, content("A"))
        file = max(tmp_path.glob("*.state"), key=lambda f: f.stat().st_mtime_ns)
        os.utime(file, (100 - number,) * 2)
    state, found = shelf.latest()
    assert state == '{"written": 1, "mark": "a b"}'
    assert found.digest == content("A").digest
