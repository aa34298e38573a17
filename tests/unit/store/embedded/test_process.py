from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from graphsvc.errors import EmbeddedServerError
from graphsvc.store.embedded import jars, process
from graphsvc.store.embedded.state import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_too_little_memory_is_said_before_the_start(folder: Folder) -> None:
    with pytest.raises(EmbeddedServerError, match=r"needs \d+ MB of memory.*GRAPHSVC_NEO4J_HEAP"):
        process.prepare(folder, [], "900000g")


def test_a_full_disk_is_said_before_the_start(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process.shutil, "disk_usage", lambda _: SimpleNamespace(free=5 << 20))
    with pytest.raises(EmbeddedServerError, match=r"only 5 MB left.*GRAPHSVC_DATA_DIR"):
        process.prepare(folder, [], "64m")
    with pytest.raises(EmbeddedServerError, match=r"only 5 MB left.*GRAPHSVC_DATA_DIR"):
        jars.install(folder.root / "jars")


def test_no_free_port(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(98, "Address already in use")

    monkeypatch.setattr(process.socket.socket, "bind", refuse)
    with pytest.raises(EmbeddedServerError, match="No port"):
        process.free_port()


@pytest.mark.parametrize(
    ("log", "words"),
    [
        ("java.io.IOException: No space left on device", "disk is full"),
        ("java.lang.OutOfMemoryError: Java heap space", "not enough memory"),
        ("Address already in use", "no free port"),
        ("something else", "did not start"),
    ],
)
def test_why_it_failed_is_read_from_the_logs(folder: Folder, log: str, words: str) -> None:
    folder.log.parent.mkdir(parents=True)
    folder.log.write_text(log, "utf-8")
    what, hint = process.why_it_failed(folder)
    assert words in str(what)
    assert str(hint)


def test_the_lock_file_pins_every_jar_with_a_checksum() -> None:
    locked = jars.lock().dependencies
    assert jars.version().startswith("5.26.")
    assert len(locked) > 200
    assert all(len(j.sha256 or "") == 64 for j in locked)
    assert "://" not in jars.LOCK_FILE.read_text("utf-8")


def test_a_jar_that_is_missing_or_changed_is_found(tmp_path: Path) -> None:
    jar = jars.lock().dependencies[0]
    assert jars.broken([jar], tmp_path) == [jar]
    place = jars.path_of(jar, tmp_path)
    place.parent.mkdir(parents=True)
    place.write_bytes(b"changed")
    assert jars.broken([jar], tmp_path) == [jar]


def test_java_gets_the_options_that_were_set(folder: Folder) -> None:
    folder.password.write_text("given")
    process.prepare(folder, [Path("a.jar")], "64m", ["-XX:+UseSerialGC"])
    arguments = folder.java_arguments.read_text("utf-8").splitlines()
    assert arguments[:2] == ['"-Xms64m"', '"-Xmx64m"']
    assert '"-XX:+UseSerialGC"' in arguments
    assert arguments[-2:] == ['"-cp"', '"a.jar"']


@pytest.mark.parametrize("kept", [None, ""])
def test_data_without_its_password_say_what_is_missing(folder: Folder, kept: str | None) -> None:
    (folder.home / "data" / "databases").mkdir(parents=True)
    if kept is not None:
        folder.password.write_text(kept)
    with pytest.raises(EmbeddedServerError, match=r"password of the database is missing: .*password\. .*backup"):
        process.prepare(folder, [], "1m")
