"""Fetching jars as this machine's Maven would: its mirrors, proxies and local repository, resuming what broke off."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path

import requests
from jgo.config import GlobalSettings
from jgo.constants import MAVEN_CENTRAL_URL
from jgo.maven import Artifact, MavenContext, PythonResolver
from jgo.util import http

TRIES = 4
TIMEOUT = 60
CHUNK = 1 << 13


@dataclass(frozen=True, slots=True)
class MavenSettings:
    """What of ``settings.xml`` decides where jars come from."""

    repositories: dict[str, str]
    proxies: dict[str, str] = field(default_factory=dict)
    logins: dict[str, tuple[str, str]] = field(default_factory=dict)
    local: Path = field(default_factory=lambda: Path.home() / ".m2" / "repository")


def read_settings(file: Path) -> MavenSettings:
    """The machine's settings; without the file (or a readable one) Maven's defaults.

    jgo's own configuration may name further repositories; a mirror in ``file`` stands in for the central one.
    """
    repositories = {"central": MAVEN_CENTRAL_URL, **GlobalSettings.load().repositories}
    try:
        root = ET.parse(file).getroot()  # noqa: S314 - the user's own settings file
    except (OSError, ET.ParseError):
        return MavenSettings(repositories)
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    mirror = next((m for m in root.iterfind("mirrors/mirror") if _covers_central(m)), None)
    logins = {_text(s, "id"): (_text(s, "username"), _text(s, "password")) for s in root.iterfind("servers/server")}
    if mirror is not None:
        repositories["central"] = _text(mirror, "url").rstrip("/")
        if (mirror_id := _text(mirror, "id")) in logins:
            logins["central"] = logins[mirror_id]
    local = root.findtext("localRepository")
    home = Path.home()
    where = Path(local.replace("${user.home}", str(home))) if local else home / ".m2" / "repository"
    return MavenSettings(repositories, _proxies(root), logins, where)


def _text(element: ET.Element, name: str) -> str:
    return (element.findtext(name) or "").strip()


def _covers_central(mirror: ET.Element) -> bool:
    patterns = [p.strip() for p in _text(mirror, "mirrorOf").split(",")]
    return "!central" not in patterns and any(p in ("*", "external:*", "central") for p in patterns)


def _proxies(root: ET.Element) -> dict[str, str]:
    for proxy in root.iterfind("proxies/proxy"):
        if _text(proxy, "active") != "false" and _text(proxy, "host"):
            user = _text(proxy, "username")
            login = f"{user}:{_text(proxy, 'password')}@" if user else ""
            url = f"http://{login}{_text(proxy, 'host')}:{_text(proxy, 'port') or '8080'}"
            return {"http": url, "https": url}
    return {}


class ResumingResolver(PythonResolver):
    """Downloads into a ``.part`` file, goes on where it broke off, and shows a jar only once it is whole."""

    def __init__(self, settings: MavenSettings) -> None:
        super().__init__()
        self.settings = settings

    def download(self, artifact: Artifact) -> Path:
        """The jar's path in the cache.

        Raises requests.RequestException when no repository gave it after several tries.
        """
        target = artifact.context.repo_cache / artifact.component.path_prefix / artifact.cached_filename
        target.parent.mkdir(parents=True, exist_ok=True)
        error = None
        for _ in range(TRIES):
            for name, repository in self.settings.repositories.items():
                url = f"{repository}/{artifact.component.path_prefix.as_posix()}/{artifact.filename}"
                try:
                    if self._fetch(name, url, target):
                        return target
                except requests.RequestException as exc:
                    error = exc
            if error is None:
                raise requests.RequestException(f"{artifact} is in none of the repositories")
        raise requests.RequestException(f"{artifact} ({type(error).__name__})") from error

    def _fetch(self, repository: str, url: str, target: Path) -> bool:
        part = target.with_name(target.name + ".part")
        start = part.stat().st_size if part.exists() else 0
        with http.get(
            url,
            stream=True,
            timeout=TIMEOUT,
            headers={"Range": f"bytes={start}-"} if start else None,
            proxies=self.settings.proxies or None,
            auth=self.settings.logins.get(repository),
        ) as response:
            if response.status_code == 404:
                return False
            if response.status_code == 416:  # the part is not of this file
                part.unlink()
            response.raise_for_status()
            with part.open("ab" if response.status_code == 206 else "wb") as out:
                for chunk in response.iter_content(CHUNK):
                    out.write(chunk)
        part.replace(target)
        return True


def context(cache: Path, settings: MavenSettings) -> MavenContext:
    """jgo's view of Maven that keeps jars in ``cache`` and looks in the machine's own repository first."""
    return MavenContext(
        resolver=ResumingResolver(settings),
        repo_cache=cache,
        local_repos=[settings.local] if settings.local.is_dir() else [],
        remote_repos=settings.repositories,
        timeout=TIMEOUT,
    )
