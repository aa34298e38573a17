"""Built files match their sources."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import brotli
import pytest
from graphsvc_web.assets import STATIC

FRONTEND = Path(__file__).resolve().parents[2] / "web" / "frontend"


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def manifest() -> dict[str, dict[str, str]]:
    content: dict[str, dict[str, str]] = json.loads((STATIC / "manifest.json").read_text("utf-8"))
    return content


def test_what_is_built_is_built_from_these_sources() -> None:
    named = [FRONTEND / name for name in ("build.mjs", "package.json", "package-lock.json")]
    files = sorted(
        str(f.relative_to(FRONTEND)) for f in [*named, *(f for f in (FRONTEND / "src").rglob("*") if f.is_file())]
    )
    lines = "".join(f"{digest((FRONTEND / f).read_bytes())}  {f}\n" for f in files)
    assert manifest()["sources"]["sha256"] == digest(lines.encode()), "run: make assets"


def test_built_files_are_those_of_the_manifest() -> None:
    for name, expected in manifest()["files"].items():
        assert digest((STATIC / name).read_bytes()) == expected, name


def test_packed_files_hold_the_same() -> None:
    for name in manifest()["files"]:
        assert brotli.decompress((STATIC / f"{name}.br").read_bytes()) == (STATIC / name).read_bytes(), name


def test_a_built_file_comes_packed_to_who_can_unpack_it_and_is_kept_for_a_year(app: Any) -> None:
    client, name = app.test_client(), "canvas.js"
    address = f"/static/{name}?v={manifest()['files'][name][:12]}"
    plain, packed = client.get(address), client.get(address, headers={"Accept-Encoding": "gzip, br"})
    assert plain.headers.get("Content-Encoding") is None
    assert packed.headers["Content-Encoding"] == "br"
    assert brotli.decompress(packed.data) == plain.data
    for answer in (plain, packed):
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.mimetype == "text/javascript"
    assert plain.headers["ETag"] != packed.headers["ETag"]
    again = client.get(address, headers={"Accept-Encoding": "br", "If-None-Match": packed.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.skipif(
    not (shutil.which("node") and (FRONTEND / "node_modules").is_dir()), reason="needs node and npm's packages"
)
def test_building_again_gives_the_same_files() -> None:
    before = manifest()
    subprocess.run(["node", str(FRONTEND / "build.mjs")], check=True)
    assert manifest() == before
