"""What is kept on disk comes back as it was."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from subprocess import PIPE, Popen

from graphsvc.i18n import msg
from graphsvc.ingest.spool import Spool, Spooled
from graphsvc.model.imports import Refusal


def test_members_come_back_with_their_partnership_in_order() -> None:
    spool = Spool()
    first = spool.add("a", {"name": "A"}, "s", 2)
    spool.members(first, [(5, "LID", None, None)])
    second = spool.add("b", {"name": "B"}, "s", 3)
    spool.members(second, [(5, "PAR", "2020-01-01", None)])
    assert spool.find("a") == (first, {"name": "A"}, "s", 2)
    assert spool.find("c") is None
    spool.members(first, [(1, "PAR", None, None)])
    spool.update(first, {"name": "A", "purpose": "ż"})
    spool.add("c", {"name": "C"}, "s", 5)
    assert list(spool) == [
        Spooled("a", 2, {"name": "A", "purpose": "ż"}, [(5, "LID", None, None), (1, "PAR", None, None)]),
        Spooled("b", 3, {"name": "B"}, [(5, "PAR", "2020-01-01", None)]),
        Spooled("c", 5, {"name": "C"}, []),
    ]
    spool.close()


def test_refusals_come_back_with_their_messages() -> None:
    spool = Spool()
    refusal = Refusal("f", None, "c", "v", msg("a %(b)s", b=msg("inner %(n)d", n=1)), msg("do"))
    spool.refuse(refusal)
    spool.refuse(refusal)
    assert list(spool.refusals()) == [refusal, refusal]
    assert len(spool.refusals()) == 2
    assert refusal in spool.refusals()
    assert str(next(iter(spool.refusals())).why) == "a inner 1"
    spool.close()


FILLED = """
from graphsvc.ingest.spool import Spool
spool = Spool()
for number in range(400):
    spool.add(str(number), {"purpose": "x" * 100_000}, "s", number)
print("filled", flush=True)
input()
"""


def test_nothing_stays_on_disk_when_the_process_is_killed(tmp_path: Path) -> None:
    """40 MB are more than is held in memory: they lie in a file of TMPDIR that has no name."""
    environ = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", FILLED]
    with Popen(command, stdin=PIPE, stdout=PIPE, text=True, env=environ) as process:
        assert process.stdout
        assert process.stdout.readline() == "filled\n"
        if sys.platform == "linux":
            files = [str(file.readlink()) for file in Path(f"/proc/{process.pid}/fd").iterdir()]
            assert any(file.startswith(str(tmp_path)) for file in files)
        process.kill()
    assert not list(tmp_path.iterdir())
