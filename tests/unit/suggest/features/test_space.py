"""Features seen from both sides at once are those of each side."""

from __future__ import annotations

import numpy as np
import pytest

from graphsvc.suggest.features import Space, space
from tests.unit.suggest.features.conftest import MANY


def test_both_sides_are_each_side(whole: Space, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(space, "FEATURES_PER_CHUNK", 100)
    i, j = np.nonzero(~np.eye(MANY, dtype=bool))
    there, back = whole.both(i, j)
    np.testing.assert_array_equal(there, whole.of(i, j))
    np.testing.assert_allclose(back, whole.of(j, i), rtol=1e-6, atol=1e-7)
    still = {name for name, column in zip(whole.names, there.T, strict=True) if len(np.unique(column)) == 1}
    assert still == set()
