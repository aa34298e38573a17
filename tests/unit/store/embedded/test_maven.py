from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests

from graphsvc.store.embedded import maven

CONTENT = bytes(range(256)) * 1000
MIRROR = """<settings xmlns="http://maven.apache.org/SETTINGS/1.2.0">
  <localRepository>${user.home}/jars</localRepository>
  <proxies><proxy><active>true</active><host>proxy.example</host><port>3128</port></proxy></proxies>
  <servers><server><id>ours</id><username>u</username><password>p</password></server></servers>
  <mirrors>
    <mirror><id>other</id><mirrorOf>snapshots</mirrorOf><url>http://wrong.example</url></mirror>
    <mirror><id>ours</id><mirrorOf>*</mirrorOf><url>http://mirror.example/maven/</url></mirror>
  </mirrors>
</settings>"""


def test_mirror_proxy_login_and_local_repository_are_those_of_the_machine(tmp_path: Path) -> None:
    file = tmp_path / "settings.xml"
    file.write_text(MIRROR, "utf-8")
    found = maven.read_settings(file)
    assert found.repositories["central"] == "http://mirror.example/maven"
    assert found.proxies["https"] == "http://proxy.example:3128"
    assert found.logins["central"] == ("u", "p")
    assert found.local == Path.home() / "jars"


def test_without_settings_maven_defaults(tmp_path: Path) -> None:
    found = maven.read_settings(tmp_path / "none.xml")
    assert set(found.repositories) >= {"central"}
    assert found.proxies == {}


@pytest.mark.parametrize(
    ("pattern", "covers"), [("central", True), ("external:*", True), ("*,!central", False), ("x,y", False)]
)
def test_which_mirrors_stand_in_for_central(tmp_path: Path, pattern: str, covers: bool) -> None:
    file = tmp_path / "settings.xml"
    file.write_text(MIRROR.replace(">*<", f">{pattern}<"), "utf-8")
    assert (maven.read_settings(file).repositories["central"] == "http://mirror.example/maven") is covers


class _Breaking(BaseHTTPRequestHandler):
    """Gives the file, but breaks the first answer off in the middle."""

    asked: list[str | None] = []  # noqa: RUF012

    def do_GET(self) -> None:
        wanted = self.headers["Range"]
        self.asked.append(wanted)
        start = int(wanted[6:-1]) if wanted else 0
        body = CONTENT[start:]
        self.send_response(206 if wanted else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body if len(self.asked) > 1 else body[: len(body) // 2])

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def repository() -> Iterator[str]:
    _Breaking.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Breaking)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_broken_download_goes_on_where_it_stopped(tmp_path: Path, repository: str) -> None:
    settings = maven.MavenSettings({"central": repository}, local=tmp_path / "none")
    context = maven.context(tmp_path, settings)
    found = context.project("org.example", "thing").at_version("1").artifact("", "jar").resolve()

    assert found == tmp_path / "org/example/thing/1/thing-1.jar"
    assert found.read_bytes() == CONTENT
    assert _Breaking.asked[0] is None
    assert len(_Breaking.asked) == 2
    first = int((_Breaking.asked[1] or "")[6:-1])
    assert 0 < first <= len(CONTENT) // 2


def test_nothing_half_done_is_shown_when_nobody_answers(tmp_path: Path) -> None:
    settings = maven.MavenSettings({"central": "http://127.0.0.1:9"}, local=tmp_path / "none")
    context = maven.context(tmp_path, settings)
    with pytest.raises(requests.RequestException):
        context.project("org.example", "thing").at_version("1").artifact("", "jar").resolve()
    assert list(tmp_path.rglob("*.jar")) == []
