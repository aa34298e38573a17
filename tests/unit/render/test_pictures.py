"""Pictures of a network small enough to work out by hand."""

from __future__ import annotations

import json

import numpy as np
import pytest

from graphsvc.model.network import Network, table
from graphsvc.render import MOST_NODES, ego, group_places, groups, organisations, places, proposals, way
from graphsvc.snapshot import Snapshot, take


def snapshot(partnerships: list[tuple[int, ...]], count: int, name: str = "Organisation") -> Snapshot:
    """Organisations 0 … count - 1 in partnerships given by their members."""
    return take(
        Network(
            organisations=table(
                "organisations",
                [
                    {"id": f"o{i}", "name": f"{name} {i}", "sector": ("ngo", "business")[i % 2], "territory": ""}
                    for i in range(count)
                ],
            ),
            partnerships=table("partnerships", [{"id": f"p{j}", "name": f"P {j}"} for j in range(len(partnerships))]),
            memberships=table(
                "memberships",
                [{"organisation": i, "partnership": j} for j, members in enumerate(partnerships) for i in members],
            ),
        )
    )


@pytest.fixture
def triangle_and_pair() -> Snapshot:
    """0-1-2 in one partnership, 2-3 in two, 4 alone."""
    return snapshot([(0, 1, 2), (2, 3), (2, 3)], 5)


def line(count: int) -> np.ndarray:  # type: ignore[type-arg]
    return np.column_stack([np.arange(count, dtype=float), np.zeros(count)])


def test_every_organisation_and_tie_is_drawn_once(triangle_and_pair: Snapshot) -> None:
    drawn = organisations(triangle_and_pair, line(5), np.array([2.0, 2, 3, 1, 0]))
    assert [n["id"] for n in drawn.nodes] == [0, 1, 2, 3, 4]
    assert {(e["from"], e["to"], e["shared"]) for e in drawn.edges} == {(0, 1, 1), (0, 2, 1), (1, 2, 1), (2, 3, 2)}
    assert (drawn.nodes_of, drawn.ties, drawn.ties_of) == (5, 4, 4)


def test_stronger_ties_are_wider_and_larger_measures_larger(triangle_and_pair: Snapshot) -> None:
    drawn = organisations(triangle_and_pair, line(5), np.array([2.0, 2, 4, 1, np.nan]))
    widths = {(e["from"], e["to"]): e["width"] for e in drawn.edges}
    assert widths[2, 3] == 4.5
    assert widths[0, 1] < widths[2, 3]
    sizes = [n["size"] for n in drawn.nodes]
    assert sizes[2] == 26.0
    assert sizes[4] == 7.0
    assert sizes[3] == 7.0 + 19.0 * 0.5


def test_shape_tells_the_sector(triangle_and_pair: Snapshot) -> None:
    drawn = organisations(triangle_and_pair, line(5), np.ones(5))
    assert [n["shape"] for n in drawn.nodes[:2]] == ["star", "triangle"]


def test_rows_choose_what_is_drawn(triangle_and_pair: Snapshot) -> None:
    drawn = organisations(triangle_and_pair, line(5), np.ones(5), np.array([2, 3]))
    assert [n["id"] for n in drawn.nodes] == [2, 3]
    assert [(e["from"], e["to"]) for e in drawn.edges] == [(2, 3)]


def test_no_more_than_a_canvas_can_hold_the_largest_first() -> None:
    count = MOST_NODES + 10
    drawn = organisations(snapshot([], count), line(count), np.arange(count, dtype=float))
    assert len(drawn.nodes) == MOST_NODES
    assert drawn.nodes_of == count
    assert min(n["id"] for n in drawn.nodes) == 10


def test_nothing_gives_an_empty_picture() -> None:
    drawn = organisations(snapshot([], 0), np.empty((0, 2)), np.empty(0))
    assert drawn.to_dict()["nodes"] == []


def test_titles_and_labels_are_plain_text_that_cannot_turn_round() -> None:
    drawn = organisations(snapshot([], 1, "<b>\u202eevil\u0007 " + "x" * 300), line(1), np.ones(1))
    node = drawn.nodes[0]
    assert node["label"].startswith("<b> evil xxx")
    assert len(node["label"]) == 44
    assert "\u202e" not in node["title"]
    assert "\u0007" not in node["title"]


def test_a_picture_is_json(triangle_and_pair: Snapshot) -> None:
    drawn = organisations(triangle_and_pair, line(5), np.ones(5))
    again = json.loads(json.dumps(drawn.to_dict()))
    assert again["options"]["physics"] == {"enabled": False}
    assert again["options"]["edges"]["smooth"] is False


def test_the_organisation_stands_in_the_middle_of_its_partners(triangle_and_pair: Snapshot) -> None:
    drawn = ego(triangle_and_pair, 2, np.ones(5), np.array([1.0, 1, 1, 2, 3]), [4], label="suggested")
    assert [n["id"] for n in drawn.nodes] == [2, 0, 1, 3, 4]
    centre, *others = drawn.nodes
    assert (centre["x"], centre["y"], centre["centre"]) == (0, 0, True)
    far = [round(float(np.hypot(n["x"] / 1.5, n["y"]))) for n in others]
    assert far == [190, 190, 190, 380]
    dashed = [e for e in drawn.edges if e.get("suggestion")]
    assert [(e["from"], e["to"], e["label"], e["smooth"]) for e in dashed] == [(2, 4, "suggested", False)]
    assert drawn.ties == 4


def test_an_organisation_with_thousands_of_ties_shows_the_closest() -> None:
    pairs = [(0, i) for i in range(1, 5001)] + [(0, 4000)]
    drawn = ego(snapshot(pairs, 5001), 0, np.ones(5001), np.ones(5001), most=60)
    assert len(drawn.nodes) == 61
    assert drawn.nodes_of == 5001
    assert 4000 in {n["id"] for n in drawn.nodes}
    assert drawn.ties == 60


def test_a_path_is_drawn_from_left_to_right_with_its_own_ties_only(triangle_and_pair: Snapshot) -> None:
    drawn = way(triangle_and_pair, np.array([0, 2, 3]), np.ones(5))
    assert {n["id"]: (n["x"], n["y"]) for n in drawn.nodes} == {0: (0, 0), 2: (250, 0), 3: (500, 0)}
    assert {(e["from"], e["to"]) for e in drawn.edges} == {(0, 2), (2, 3)}
    assert (drawn.ties, drawn.ties_of) == (2, 2)
    assert way(triangle_and_pair, np.array([], dtype=np.int64), np.ones(5)).nodes == []


def test_organisations_that_stand_close_are_pushed_apart(triangle_and_pair: Snapshot) -> None:
    at = places(triangle_and_pair, np.zeros((5, 2)), np.arange(5))[:4]
    far = [np.hypot(*(at[i] - at[j])) for i in range(4) for j in range(i)]
    assert min(far) >= 39


def test_who_is_a_partner_already_is_not_suggested(triangle_and_pair: Snapshot) -> None:
    drawn = ego(triangle_and_pair, 2, np.ones(5), np.ones(5), [3, 2])
    assert not [e for e in drawn.edges if e.get("suggestion")]


def test_bubbles_count_members_and_sum_ties(triangle_and_pair: Snapshot) -> None:
    group = np.array([0, 0, 1, 1, -1])
    drawn = groups(triangle_and_pair, {0: np.zeros(2), 1: np.ones(2)}, group, {0: "A", 1: "B"})
    assert [(n["label"], n["members"]) for n in drawn.nodes] == [("A", 2), ("B", 2)]
    assert [(e["from"], e["to"], e["shared"]) for e in drawn.edges] == [("group:0", "group:1", 2)]


def test_bubbles_do_not_overlap() -> None:
    network = snapshot([], 400)
    group = np.arange(400) % 40
    names = {g: str(g) for g in range(40)}
    drawn = groups(network, group_places(np.zeros((400, 2)), group, names), group, names)
    assert len(drawn.nodes) == 40
    for i, a in enumerate(drawn.nodes):
        for b in drawn.nodes[:i]:
            assert np.hypot(a["x"] - b["x"], a["y"] - b["y"]) >= a["size"] + b["size"]


def test_groups_without_a_name_are_left_out(triangle_and_pair: Snapshot) -> None:
    group = np.array([0, 0, 1, 1, 2])
    drawn = groups(triangle_and_pair, group_places(line(5), group, {0: "A"}), group, {0: "A"})
    assert [n["number"] for n in drawn.nodes] == [0]


def test_a_bubble_stays_where_it_is_when_members_leave(triangle_and_pair: Snapshot) -> None:
    group, names = np.array([0, 0, 1, 1, -1]), {0: "A", 1: "B"}
    at = group_places(line(5), group, names)
    before = groups(triangle_and_pair, at, group, names)
    after = groups(triangle_and_pair, at, np.array([0, -1, 1, 1, -1]), names)
    assert [(n["x"], n["y"]) for n in before.nodes] == [(n["x"], n["y"]) for n in after.nodes]
    assert [n["members"] for n in after.nodes] == [1, 2]


def test_places_are_for_those_shown_and_the_lonely_stand_below(triangle_and_pair: Snapshot) -> None:
    at = places(triangle_and_pair, line(5), np.array([0, 1, 2, 4]))
    assert np.isnan(at[3]).all()
    assert at[4, 1] > at[[0, 1, 2], 1].max()
    assert at[0, 0] < at[1, 0] < at[2, 0]


def test_proposals_are_straight_dashed_and_labelled() -> None:
    tie = proposals([(1, 2)], "sugestia")[0]
    assert tie["dashes"]
    assert tie["smooth"] is False
    assert tie["label"] == "sugestia"
