"""Installing Neo4j's jars: exactly those of the lock file, each checked against its checksum."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import cache
from pathlib import Path

import requests
from jgo.env import LockedDependency, LockFile
from jgo.maven import MavenContext

from graphsvc.errors import EmbeddedServerError
from graphsvc.i18n import msg
from graphsvc.store.embedded import maven

LOCK_FILE = Path(__file__).with_name("neo4j.lock.toml")
WORKERS = 8
NEEDED_BYTES = 400 << 20
"""Room for the jars (134 MB) and a new database."""

Progress = Callable[[int, int], None]
"""Called with how many jars are ready, and how many there are."""


@cache
def lock() -> LockFile:
    """The pinned jars: coordinates and SHA-256, no addresses."""
    return LockFile.load(LOCK_FILE)


def version() -> str:
    """The version of Neo4j that is pinned."""
    return next(str(d.version) for d in lock().dependencies if d.artifactId == "neo4j")


def path_of(jar: LockedDependency, folder: Path) -> Path:
    """Where the jar lies in ``folder``, which is laid out as a Maven repository."""
    suffix = f"-{jar.classifier}" if jar.classifier else ""
    name = f"{jar.artifactId}-{jar.version}{suffix}.{jar.packaging}"
    return folder.joinpath(*jar.groupId.split("."), jar.artifactId, jar.version, name)


def install(folder: Path, progress: Progress | None = None, settings: Path | None = None) -> list[Path]:
    """The class path, after fetching what ``folder`` lacks; nothing is fetched when all is there and whole.

    ``settings``: Maven's settings.xml, the user's own when not given.
    Raises EmbeddedServerError when the disk is too full, a repository can't be reached, or a checksum differs.
    """
    jars = lock().dependencies
    missing = broken(jars, folder)
    if missing:
        _check_room(folder)
        _fetch(missing, folder, progress, settings or Path.home() / ".m2" / "settings.xml")
    return [path_of(j, folder) for j in jars]


def broken(jars: Iterable[LockedDependency], folder: Path) -> list[LockedDependency]:
    """The jars that are not in ``folder``, or not as the lock file says."""
    jars = list(jars)
    with ThreadPoolExecutor(WORKERS) as pool:
        sound = pool.map(lambda j: _is_sound(path_of(j, folder), j.sha256), jars)
        return [j for j, ok in zip(jars, sound, strict=True) if not ok]


def _is_sound(file: Path, sha256: str | None) -> bool:
    if not file.is_file():
        return False
    with file.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest() == sha256


def _check_room(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if free < NEEDED_BYTES:
        raise EmbeddedServerError(
            msg("The disk of %(folder)s has only %(free)s MB left.", folder=folder, free=free >> 20),
            hint=msg(
                "Free %(needed)s MB, or set GRAPHSVC_DATA_DIR to a folder on another disk.", needed=NEEDED_BYTES >> 20
            ),
        )


def _fetch(jars: list[LockedDependency], folder: Path, progress: Progress | None, settings: Path) -> None:
    context = maven.context(folder, maven.read_settings(settings))
    total = len(lock().dependencies)
    done = total - len(jars)
    with ThreadPoolExecutor(WORKERS) as pool:
        tasks = [pool.submit(_fetch_one, j, folder, context) for j in jars]
        try:
            for task in as_completed(tasks):
                task.result()
                done += 1
                if progress:
                    progress(done, total)
        except (requests.RequestException, OSError) as exc:
            raise EmbeddedServerError(
                msg("Neo4j could not be downloaded: %(why)s.", why=exc),
                hint=msg("Check the network connection and run the command again: it goes on where it stopped."),
            ) from exc
        finally:
            pool.shutdown(cancel_futures=True)


def _fetch_one(jar: LockedDependency, folder: Path, context: MavenContext) -> None:
    target = path_of(jar, folder)
    target.unlink(missing_ok=True)  # a broken one is fetched anew
    project = context.project(jar.groupId, jar.artifactId)
    artifact = project.at_version(jar.version).artifact(jar.classifier or "", jar.packaging)
    found: Path = artifact.resolve()
    if found != target and _is_sound(found, jar.sha256):  # in the machine's own repository
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(found, target)
    elif found != target:
        context.resolver.download(artifact)
    if not _is_sound(target, jar.sha256):
        target.unlink(missing_ok=True)
        raise EmbeddedServerError(
            msg("The downloaded file %(name)s is not the one expected (its checksum differs).", name=target.name),
            hint=msg("Run the command again; if it happens again, ask who runs your Maven mirror."),
        )
