"""Activity in each other's regions, and what is shared, by hand."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from graphsvc.suggest.features import Space
from graphsvc.suggest.history import DAYS_A_YEAR
from tests.unit.suggest.features.conftest import MANY, SPLIT

Table = npt.NDArray[np.float64]


def cosines(rows: Table) -> Table:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Table = rows / np.where(length > 0, length, 1)
    return unit @ unit.T


def test_what_one_does_where_the_other_is_and_works(whole: Space) -> None:
    """Two regions, and one more for partnerships of which none is known."""
    network = whole.ground.past.history.network
    began = network.partnerships.to_pylist()
    years = np.array([(SPLIT - row["starts_on"]).days / DAYS_A_YEAR for row in began])
    where, about, home = np.zeros((len(began), 3)), np.zeros((len(began), 3)), np.zeros((MANY, 3))
    for k, row in enumerate(began):
        of = ["TU".index(code) for code in row["territories"]] or [2]
        where[k, of] = 1 / len(of)
        for theme in row["themes"]:
            about[k, ["care", "food", "transport"].index(theme)] = 1 / len(row["themes"])
    for k, code in enumerate(network.organisations["territory"].to_pylist()):
        home[k, :] = [code == "T", code == "U", False]
    member = np.zeros((MANY, len(began)))
    for row in network.memberships.to_pylist():
        member[row["organisation"], row["partnership"]] = 1
    others = np.maximum(member.sum(axis=0) - 1, 0)
    acts_in = member @ where
    share = np.where(acts_in.sum(axis=1, keepdims=True) > 0, acts_in, home)
    share = share / np.maximum(share.sum(axis=1, keepdims=True), 1e-12)
    near = (acts_in + home > 0).astype(float)
    topics = np.array([np.outer(where[k], about[k]).ravel() for k in range(len(began))])
    mixed = member @ topics
    told = {
        "region_cosine": cosines(share),
        "regions_shared": (share[:, :2] > 0).astype(float) @ (share[:, :2] > 0).T > 0,
        "theme_cosine": cosines(member @ about),
        "home_shared": home @ home.T,
        "topic_cosine": cosines(mixed),
        "active_in_topic": np.log1p(
            mixed / np.maximum(mixed.sum(axis=1, keepdims=True), 1e-12) @ ((member * 0.5**years) @ topics).T
        ),
    }
    for name, half_life in {"0.5": 0.5, "1.0": 1.0, "2.0": 2.0, "all": np.inf}.items():
        fading = member * 0.5 ** (years / half_life)
        told[f"active_in_mine_{name}"] = np.log1p(share @ (fading @ where).T)
        told[f"active_in_theirs_{name}"] = told[f"active_in_mine_{name}"].T
        told[f"joint_in_mine_{name}"] = np.log1p(near @ (fading @ (where * (others > 0)[:, None])).T)
        told[f"partners_in_mine_{name}"] = np.log1p(near @ (fading @ (where * others[:, None])).T)
    i, j = (ends.ravel() for ends in np.indices((MANY, MANY)))
    for name, values in told.items():
        assert whole.value(name, i, j) == pytest.approx(values[i, j].astype(float)), name
