"""For developers: ``python -m graphsvc.store.embedded.relock 5.26.30`` pins another version of Neo4j."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from jgo.env import LockFile

from graphsvc.store.embedded import maven
from graphsvc.store.embedded.jars import LOCK_FILE

ROOTS = ("neo4j", "neo4j-bolt")


def relock(version: str) -> int:
    """Resolve Neo4j ``version`` with all it needs, write the lock file, return the number of jars."""
    with TemporaryDirectory() as folder:
        context = maven.context(Path(folder), maven.read_settings(Path.home() / ".m2" / "settings.xml"))
        wanted = [context.create_dependency(f"org.neo4j:{name}:{version}") for name in ROOTS]
        roots, others = context.resolver.resolve(wanted)
        locked = LockFile.from_resolved_dependencies(roots + others, environment_name="neo4j")
        locked.save(LOCK_FILE)
    return len(locked.dependencies)


if __name__ == "__main__":
    print(relock(sys.argv[1]))
