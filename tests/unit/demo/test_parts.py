"""Each part of the region by itself: organisations, history, places, the work, what the network was asked."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from graphsvc.demo.asked import Asked
from graphsvc.demo.history import History
from graphsvc.demo.organisations import Maker
from graphsvc.demo.places import Places
from graphsvc.demo.work import Work
from graphsvc.demo.world import REGION, World
from graphsvc.model.base import Record
from graphsvc.model.diagnosis import Diagnosis
from graphsvc.model.initiatives import Initiative
from graphsvc.model.organisations import UNITS_WITH_FOUNDER
from graphsvc.model.survey import SurveyAnswer, SurveyRound
from graphsvc.model.territories import Territory
from graphsvc.model.validation import warnings


@pytest.fixture(scope="module")
def world() -> World:
    """Organisations with their history, from another seed than the region's."""
    made = World(Random(7), 7)  # noqa: S311 as the region itself
    Maker(made).make()
    History(made).run()
    return made


@pytest.fixture(scope="module")
def places(world: World) -> Places:
    return Places(world)


@pytest.fixture(scope="module")
def work(world: World, places: Places) -> list[Record]:
    list(places.make())
    return list(Work(world, places).make())


def test_every_gmina_has_its_office_and_units_have_a_founder(world: World) -> None:
    offices = {o.territory for o in world.organisations if o.kind == "GMI"}
    assert set(world.gminas) <= offices | {o.territory for o in world.organisations if o.kind == "MNPP"}
    units = [o for o in world.organisations if o.kind in UNITS_WITH_FOUNDER]
    assert units
    ids = {o.id for o in world.organisations}
    assert all(u.founder in ids for u in units)


def test_the_centre_has_its_region_of_work(world: World) -> None:
    (centre,) = (o for o in world.organisations if o.kind == "OWES")
    assert centre.acts_in == (REGION,)


def test_members_exist_while_they_are_members(world: World) -> None:
    by_id = {o.id: o for o in world.organisations}
    assert world.partnerships
    for partnership in world.partnerships:
        assert len({m.id for m in partnership.members}) >= 2
        begun = [(m.id, m.since or partnership.starts_on) for m in partnership.members]
        assert all(world.alive(by_id[id], day) for id, day in begun if day)


def test_who_met_and_who_worked_together_is_remembered_both_ways(world: World) -> None:
    for known in (world.met, world.partners):
        assert all(one in known[other] for one, others in list(known.items()) for other in others)


def test_a_few_organisations_do_much_of_it(world: World) -> None:
    counts = Counter(m.id for p in world.partnerships for m in p.members)
    top = sum(n for _, n in counts.most_common(len(world.organisations) // 10))
    assert top > 0.25 * counts.total()


def test_places_have_white_spots_a_region_and_areas_that_keep_the_act(world: World) -> None:
    made = list(Places(world).make())
    region = next(r for r in made if isinstance(r, Territory) and r.code == REGION)
    assert len(region.covers) == 8
    areas = [r for r in made if isinstance(r, Territory) and r.level == "revitalisation"]
    assert len(areas) == 6
    assert [str(w) for a in areas for w in warnings(a, {})] == []
    diagnosed = Counter(r.territory for r in made if isinstance(r, Diagnosis) and r.territory)
    assert 0 < len(set(world.gminas) - set(diagnosed)) < 15
    assert max(diagnosed.values()) == 2


def test_groups_are_at_every_stage_and_some_became_entities(work: list[Record]) -> None:
    groups = [r for r in work if isinstance(r, Initiative)]
    assert {g.status for g in groups} >= {"G1", "G2", "G3"}
    assert any(g.grew_into for g in groups)
    assert all(g.registered_on for g in groups if g.grew_into)


def test_the_network_was_asked_twice_and_not_all_answered(world: World) -> None:
    made = list(Asked(world).make())
    rounds = [r for r in made if isinstance(r, SurveyRound)]
    assert [r.state for r in rounds] == ["closed", "open"]
    assert rounds[1].previous == rounds[0].id
    for one in rounds:
        answers = [a for a in made if isinstance(a, SurveyAnswer) and a.round == one.id]
        assert len(answers) == 160
        sent = [a for a in answers if a.sent_at]
        assert 0.2 < len(sent) / len(answers) < 0.8
        assert all(a.consented_at for a in sent)
        assert all(not a.ties for a in answers if not a.sent_at)
