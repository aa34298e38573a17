"""What is kept for the next start comes back as it was, or not at all."""

import errno
import pickle

import pytest

from graphsvc.service import sealed
from graphsvc.service.learning import _read
from graphsvc.service.places import Places
from graphsvc.suggest.prior import prior_model


@pytest.mark.parametrize("harm", [lambda b: b[:-1], lambda b: b"", lambda b: b[:40] + b"?" + b[41:], lambda b: b[1:]])
def test_what_is_damaged_is_not_taken(tmp_path, harm):
    path = tmp_path / "made" / "file"
    sealed.keep(path, b"content of the file")
    assert sealed.read(path) == b"content of the file"
    path.write_bytes(harm(path.read_bytes()))
    with pytest.raises(OSError, match="damaged"):
        sealed.read(path)


def test_a_full_disk_leaves_what_was_there_and_no_piece(tmp_path, monkeypatch):
    path = tmp_path / "file"
    sealed.keep(path, b"before")

    def full(self: object, _content: bytes) -> None:
        self.touch()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        sealed.keep(path, b"after")
    assert sealed.read(path) == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_damaged_model_or_picture_is_made_again(tmp_path):
    """Each byte that could be another: some of them make a model of other weights, some end the process."""
    path = tmp_path / "a.model"
    sealed.keep(path, pickle.dumps(prior_model()))
    assert _read(path) is not None
    whole = path.read_bytes()
    for at in range(0, len(whole), max(1, len(whole) // 100)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 255]) + whole[at + 1 :])
        assert _read(path) is None
        assert Places(path)._read() is None
