import errno
import os

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


def files(folder):
    return sorted(file.name.partition("-")[0] for file in folder.glob("*.arrow"))


def test_networks_share_the_files_of_what_they_have_in_common(tmp_path):
    shelf = Shelf(tmp_path)
    for state, name in (("1", "A"), ("2", "A"), ("3", "B")):
        shelf.put(state, content(name))
    assert files(tmp_path) == sorted([*SCHEMAS, "organisations"])
    assert shelf.get("1").digest == shelf.get("2").digest != shelf.get("3").digest


def test_old_networks_go_however_many_changes_there_are(tmp_path):
    shelf, first = Shelf(tmp_path), None
    for number in range(20):
        (tmp_path / ".half").write_bytes(b"what a process that was killed has left")
        now = shelf.put(f"state {number}", content(str(number)))
        first = first or now
        assert len(files(tmp_path)) <= len(SCHEMAS) + 1
    assert [n for n in range(20) if shelf.get(f"state {n}")] == [18, 19]
    assert len(list(tmp_path.iterdir())) == len(SCHEMAS) + 1 + 2 + 1  # two states, the lock; nothing half written
    assert first.network.organisations["name"].to_pylist() == ["0"]  # whoever has it mapped keeps it


def test_what_another_version_has_left_goes(tmp_path):
    (tmp_path / "0f3a.state").write_text("abc def state", "utf-8")
    (tmp_path / "abc").mkdir()
    (tmp_path / "abc" / "organisations.arrow").touch()
    assert Shelf(tmp_path).latest() is None
    assert Shelf(tmp_path).put("state", content("A")).network.organisations.num_rows == 1
    assert not (tmp_path / "0f3a.state").exists()
    assert not (tmp_path / "abc").exists()


@pytest.mark.parametrize("harm", ["cut", "gone", "columns", "values"])
def test_what_is_damaged_is_read_again(tmp_path, harm):
    made = content("Anna")
    Shelf(tmp_path).put("state", made)
    shelf = Shelf(tmp_path)
    file = next(tmp_path.glob("organisations-*"))
    if harm == "gone":
        file.unlink()
    elif harm == "cut":
        file.write_bytes(file.read_bytes()[:50])
    elif harm == "values":
        file.write_bytes(file.read_bytes().replace(b"Anna", b"Inna"))
    else:
        next(tmp_path.glob("borders-*")).replace(file)
    assert shelf.get("state") is None
    assert shelf.put("state", made).digest == made.digest
    assert Shelf(tmp_path).get("state").network.organisations["name"].to_pylist() == ["Anna"]  # mended by itself
    assert files(tmp_path) == sorted(SCHEMAS)


def test_a_full_disk_leaves_no_piece_of_a_table(tmp_path, monkeypatch):
    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("graphsvc.service.shelf.pa.ipc.new_file", full)
    made = content("A")
    assert Shelf(tmp_path).put("state", made) is made
    assert [file.name for file in tmp_path.iterdir()] == ["lock"]


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
