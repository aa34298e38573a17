import os
import time

from graphsvc.service.uploads import KEPT_FOR, Uploads, drop


def test_a_file_is_found_by_who_sent_it_until_it_is_done_with(tmp_path):
    uploads = Uploads(tmp_path / "uploads")
    path = uploads.room("ala", "list.csv")
    path.write_text("x")
    key = path.parent.name
    assert uploads.find("ala", key) == path
    for by, asked in (("ola", key), ("ala", "0" * 32), ("ala", ""), ("ala", "../ala/" + key), ("ala", key + "\n")):
        assert uploads.find(by, asked) is None
    drop(path)
    assert uploads.find("ala", key) is None
    assert not path.parent.exists()
    drop(path)  # two may be done with it at once


def test_only_the_service_may_look(tmp_path):
    uploads = Uploads(tmp_path / "uploads")
    uploads.room("ala", "list.csv")
    assert (tmp_path / "uploads").stat().st_mode & 0o077 == 0


def test_what_waited_too_long_goes_whoever_comes_next(tmp_path):
    uploads = Uploads(tmp_path)
    old, new = uploads.room("ala", "old.csv"), uploads.room("ala", "new.csv")
    for path in (old, new):
        path.write_text("x")
    past = time.time() - KEPT_FOR - 1
    os.utime(old.parent, (past, past))
    uploads.room("ola", "another.csv")
    assert not old.exists()
    assert new.exists()
