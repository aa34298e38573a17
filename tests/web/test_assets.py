"""Built files match their sources."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path

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


@pytest.mark.skipif(
    not (shutil.which("node") and (FRONTEND / "node_modules").is_dir()), reason="needs node and npm's packages"
)
def test_building_again_gives_the_same_files() -> None:
    before = manifest()
    subprocess.run(["node", str(FRONTEND / "build.mjs")], check=True)
    assert manifest() == before
