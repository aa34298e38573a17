"""Reasons are true sentences about the network; what is counted is counted by hand here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from graphsvc.model.network import Network, table
from graphsvc.snapshot.filter import day
from graphsvc.suggest import Engine
from graphsvc.suggest.attributes import Attributes
from graphsvc.suggest.explanations import Explainer
from graphsvc.suggest.frequency import Case
from graphsvc.suggest.ground import Ground
from graphsvc.suggest.history import History
from graphsvc.suggest.model import Calibration, Judge, Linear, Model
from graphsvc.suggest.prior import prior_model
from graphsvc.suggest.value import Value
from tests.unit.suggest.conftest import make

ON = date(2012, 1, 1)
RECENT, OLD = date(2011, 1, 1), date(2005, 1, 1)
Began = tuple[date, Sequence[int]]


def judge(*cases: Case) -> Judge:
    nothing = np.zeros(0)
    return Judge(Linear((), nothing, nothing, nothing), Calibration((1.0,), (), 0.0, 365), cases, day(RECENT))


def explainer(began: Sequence[Began], count: int, model: Model | None = None, **more: Any) -> Explainer:
    return explained(make(began, count, **more), model)


def explained(network: Network, model: Model | None = None) -> Explainer:
    ground = Ground(History.of(network).until(day(ON)), Attributes(network))
    value = Value(ground)
    return Explainer(ground, model or Model(judge()), lambda: value)


def reasons(found: Explainer, a: int, b: int, probability: float = 0.1) -> list[str]:
    return [str(m) for m in found.reasons(a, b, probability)]


def against(found: Explainer, a: int, b: int) -> list[str]:
    return [str(m) for m in found.against(a, b)]


def test_common_partners_are_named_the_best_first_the_rest_counted() -> None:
    """0 and 1 share 2 (twice), 3 and 4."""
    began = [(RECENT, pair) for pair in ((0, 2), (0, 2), (1, 2), (1, 2), (0, 3), (1, 3), (0, 4), (1, 4))]
    found = explainer(began, 5)
    assert reasons(found, 0, 1)[0] == "Both have worked with Organisation 2, Organisation 3 and 1 more."
    assert found.introducers(0, 1) == (2, 3, 4)


def test_frequency_is_counted_in_the_own_history() -> None:
    model = Model(judge(Case(0.01, 1000, 5), Case(0.1, 40, 8)))
    found = explainer([(RECENT, (0, 2)), (RECENT, (1, 2))], 3, model)
    assert reasons(found, 0, 1, 0.2)[-1] == (
        "In the year from 1 January 2011 similar pairs got together in 1 of 5 cases (8 of 40)."
    )
    assert reasons(found, 0, 1, 0.05)[-1].endswith("in 1 of 200 cases (5 of 1,000).")


def test_a_rare_frequency_is_told_as_it_was_counted() -> None:
    found = explainer([(RECENT, (0, 2)), (RECENT, (1, 2))], 3, Model(judge(Case(0.0, 300_000, 15))))
    assert reasons(found, 0, 1)[-1].endswith("in 1 of 20,000 cases (15 of 300,000).")


def test_a_number_of_pairs_that_was_estimated_says_so_and_most_is_not_one_of_one() -> None:
    estimated = Model(judge(Case(0.0, 31_234, 15, estimated=True)))
    found = explainer([(RECENT, (0, 2)), (RECENT, (1, 2))], 3, estimated)
    assert reasons(found, 0, 1)[-1].endswith("in 1 of 2,080 cases (15 of about 31,200).")
    found = explainer([(RECENT, (0, 2)), (RECENT, (1, 2))], 3, Model(judge(Case(0.0, 9, 8))))
    assert reasons(found, 0, 1)[-1].endswith("got together in 8 of 9 cases.")


def test_the_prior_says_that_it_counted_elsewhere() -> None:
    found = explainer([(RECENT, (0, 2)), (RECENT, (1, 2))], 3, Model(judge(Case(0.1, 40, 8)), prior=True))
    assert reasons(found, 0, 1)[-1].startswith("In the partnerships that the program has learnt from (Denmark)")


def test_nothing_is_said_of_frequency_where_nothing_was_counted() -> None:
    found = explainer([(RECENT, (0, 2)), (RECENT, (1, 2))], 3)
    assert not [text for text in reasons(found, 0, 1) if "cases" in text]


@pytest.mark.parametrize(
    ("need", "said"),
    [
        ({"organisation": 0}, "Organisation 1 offers what Organisation 0 needs: staff, skills."),
        ({"territory": "T"}, "Organisation 1 offers what is needed where Organisation 0 is: staff, skills."),
    ],
)
def test_a_need_that_the_other_meets_is_named(need: dict[str, Any], said: str) -> None:
    found = explainer(
        [(RECENT, (0, 2)), (RECENT, (1, 3))],
        4,
        of={0: {"territory": "T"}},
        territories=[{"code": "T", "name": "T", "level": "gmina"}],
        needs=[{"area": "KAD", "level": 2.0, **need}],
        offers=[{"organisation": 1, "area": "KAD"}],
    )
    assert said in reasons(found, 0, 1)


def test_meetings_attended_together_are_counted() -> None:
    both = [{"organisation": who, "meeting": m} for who in (0, 1) for m in (0, 1)]
    held = [{"id": f"m{k}", "held_on": RECENT} for k in range(2)]
    found = explainer([(RECENT, (0, 2)), (RECENT, (1, 3))], 4, meetings=held, attendances=both)
    assert "They were at 2 meetings together." in reasons(found, 0, 1)


def test_meetings_since_the_last_partnership_are_counted_and_those_to_come_are_not() -> None:
    """The last partnership began in 2011; the network is asked about 2012."""
    both = [{"organisation": who, "meeting": m} for who in (0, 1) for m in (0, 1, 2)]
    held = [{"id": f"m{k}", "held_on": on} for k, on in enumerate((OLD, date(2011, 12, 1), date(2013, 1, 1)))]
    network = make([(RECENT, (0, 2)), (RECENT, (1, 3))], 4, meetings=held, attendances=both)
    found = Engine(network, ON, model=prior_model()).explainer
    (reason,) = (r for r in found.because(0, 1) if r.meetings)
    assert (str(reason.said), reason.meetings) == ("They were at 2 meetings together.", (1, 0))


def test_a_company_of_the_social_economy_is_no_business() -> None:
    """1 works with two companies for profit, 3 and 4, and with two that are not, 5 and 6."""
    called = {k: {"name": f"Firma {k} sp. z o.o.", "sector": "business"} for k in (0, 3, 4)}
    social = {k: {"name": f"„Młyn {k}” spółka non profit", "sector": "social_economy", "kind": "SNP"} for k in (5, 6)}
    found = explainer([(RECENT, (1, k)) for k in (3, 4, 5, 6)] + [(RECENT, (0, 2))], 7, of=called | social)
    said = "Organisation 1 has worked with 2 of 2 organisations of the same kind as Firma 0 sp. z o.o."
    assert said in reasons(found, 0, 1)


def test_the_kind_is_the_one_written_down() -> None:
    """An office of whose kind nobody wrote is told of by its name; where that says nothing, no kind is spoken of. Of a
    kind are also those who have worked with nobody yet."""
    offices = {k: {"name": f"Powiatowy Urząd Pracy {k}", "sector": "labour_office"} for k in (0, 3, 4, 6)}
    written = offices | {k: {**offices[k], "kind": "PUP"} for k in (3, 4)}
    began = [(RECENT, (1, 3)), (RECENT, (1, 4)), (RECENT, (0, 2))]
    said = "Organisation 1 has worked with 2 of 3 organisations of the same kind as Powiatowy Urząd Pracy 0."
    assert said in reasons(explainer(began, 7, of=offices), 0, 1)
    for of in (written, {}, {k: {"sector": "other", "kind": "INN"} for k in range(7)}):
        assert not any("of the same kind" in reason for reason in reasons(explainer(began, 7, of=of), 0, 1))


def test_how_far_apart_they_are_is_told_no_more_exactly_than_it_is_known() -> None:
    """Gminas T and U, 11.1 km apart; 0 and 1 in T, 3 in U, and places of their own only in the second network."""
    gminas = [
        {"code": c, "name": f"gmina {c}", "level": "gmina", "lat": 51 + k / 10, "lon": 16.0} for k, c in enumerate("TU")
    ]
    began = [(OLD, (0, 2)), (OLD, (1, 4)), (OLD, (3, 5))]
    homes = {0: "T", 1: "T", 3: "U"}
    of = {k: {"territory": home} for k, home in homes.items()}
    exact = {k: one | {"lat": 51 + k / 10, "lon": 16.0} for k, one in of.items()}
    middles, own = (explainer(began, 6, of=places, territories=gminas) for places in (of, exact))
    assert "Both are in gmina T." in reasons(middles, 0, 1)
    assert "They are about 11 km apart." in reasons(middles, 0, 3)
    assert "They are 11 km apart." in reasons(own, 0, 1)
    assert "They are 33 km apart." in reasons(own, 0, 3)
    towns = {k: {"name": f"Forening i Aalborg {k}"} for k in (0, 1)}
    assert "They are in the same town or gmina." in reasons(explainer(began, 6, of=towns), 0, 1)


def test_the_middle_of_a_powiat_or_a_region_is_nobodys_place() -> None:
    """Two gminas whose middles almost touch, the powiat around one, and an area in the name."""
    at = {"lat": 51.0, "lon": 16.0}
    places = [{"code": c, "name": f"gmina {c}", "level": "gmina", "parent": "P", **at} for c in "TU"]
    places.append({"code": "P", "name": "powiat P", "level": "powiat", **at})
    of = {0: {"territory": "T"}, 1: {"territory": "U"}, 2: {"territory": "P"}, 3: {"name": "Region Nordjylland"}}
    of |= {4: {"name": "Nordjyllands Landbrugsskole"}}
    found = explainer([(OLD, (k, 5)) for k in range(5)], 6, of=of, territories=places)
    assert "They are about a kilometre apart." in reasons(found, 0, 1)
    places.append({"code": "V", "name": "gmina V", "level": "gmina", "parent": "P"})  # its middle is not known
    of[2] = {"territory": "V"}
    coarse = explainer([(OLD, (k, 5)) for k in range(5)], 6, of=of, territories=places)
    assert np.isnan(coarse.kilometres(0, 2))
    for pair in ((0, 2), (3, 4)):
        assert not any("apart" in said or "same town" in said for said in reasons(found, *pair))
        assert np.isnan(found.kilometres(*pair))


def test_the_region_is_named_only_where_the_distance_is_not_known() -> None:
    def of(**where: float) -> dict[int, dict[str, Any]]:
        return {k: {"territory": "T", **where} for k in (0, 1)}

    more = {"territories": [{"code": "T", "name": "powiat T", "level": "powiat"}]}
    began = [(OLD, (0, 2)), (OLD, (1, 3))]
    near = reasons(explainer(began, 4, of=of(lat=51.2, lon=16.2), **more), 0, 1)
    far = reasons(explainer(began, 4, of=of(), **more), 0, 1)
    here = "They are less than a kilometre apart."
    assert (here in near, "Both are in powiat T." in near) == (True, False)
    assert (here in far, "Both are in powiat T." in far) == (False, True)


def test_near_names_speak_against() -> None:
    of = {0: {"name": "Fundacja Razem"}, 1: {"name": "Fundacja „Razem”"}}
    found = explainer([(RECENT, (0, 2)), (RECENT, (1, 2))], 3, of=of)
    said = "Their names are almost the same: perhaps this is one organisation, entered twice."
    assert against(found, 0, 1) == [said]
    gminas = [{"code": c, "name": c, "level": "gmina"} for c in "TU"]
    of = {0: of[0] | {"territory": "T"}, 1: of[1] | {"territory": "U"}}
    assert against(explainer([(RECENT, (0, 2)), (RECENT, (1, 2))], 3, of=of, territories=gminas), 0, 1) == []
    assert said not in against(found, 0, 2)


def test_distance_speaks_for_or_against() -> None:
    """One degree of latitude is 111 km, half a degree 56 km."""
    of = {k: {"lat": 51.0 + north, "lon": 16.0} for k, north in enumerate((0.0, 0.5, 2.0))}
    found = explainer([(OLD, (0, 3)), (OLD, (1, 3)), (OLD, (2, 3))], 4, of=of)
    assert "They are 56 km apart." in reasons(found, 0, 1)
    assert "They are 222 km apart." in against(found, 0, 2)


def test_long_silence_and_lack_of_an_introducer_speak_against(network_of: Callable[..., Network]) -> None:
    found = explainer([(OLD, (0, 1)), (RECENT, (2, 3))], 5)
    assert against(found, 0, 2) == [
        "Organisation 0 last joined a partnership in 2005.",
        "No common partner could introduce them.",
    ]
    assert "Organisation 4 has no partnership yet." in against(found, 2, 4)


def test_who_joined_an_old_partnership_lately_is_not_quiet() -> None:
    network = make([(OLD, (0, 1)), (RECENT, (2, 3))], 4)
    memberships = network.memberships.to_pylist()
    memberships[1]["since"] = RECENT
    found = explained(replace(network, memberships=table("memberships", memberships)))
    assert "Organisation 0 last joined a partnership in 2005." in against(found, 0, 2)
    assert not any("joined" in said for said in against(found, 1, 2))


def test_that_no_day_is_known_speaks_against_nobody() -> None:
    found = explainer([(None, (0, 1)), (RECENT, (2, 3))], 4)
    assert against(found, 0, 2) == ["No common partner could introduce them."]


def test_that_the_day_of_one_partnership_is_not_known_leaves_open_which_was_the_last() -> None:
    found = explainer([(OLD, (0, 1)), (None, (0, 4)), (RECENT, (2, 3))], 5)
    assert against(found, 0, 2) == ["No common partner could introduce them."]
    assert "Organisation 1 last joined a partnership in 2005." in against(found, 1, 2)


def test_who_has_ended_introduces_nobody_and_is_none_of_a_kind() -> None:
    """2 and 3 know both 0 and 1; 2 and 5 have ended. 3, 4 and 5 are schools, as 0 is; 1 has worked with all of them."""
    of: dict[int, dict[str, Any]] = {k: {"kind": "SZK"} for k in (0, 3, 4)}
    of |= {2: {"active_to": date(2011, 6, 1)}, 5: {"kind": "SZK", "active_to": date(2011, 6, 1)}}
    found = explainer([(RECENT, pair) for pair in ((0, 2), (1, 2), (0, 3), (1, 3), (1, 4), (1, 5))], 6, of=of)
    assert found.introducers(0, 1) == (3,)
    assert reasons(found, 0, 1)[0] == "Both have worked with Organisation 3 and Organisation 2."
    said = "Organisation 1 has worked with 2 of 2 organisations of the same kind as Organisation 0."
    assert said in reasons(found, 0, 1)


def test_partners_whose_first_day_is_yet_to_come_are_counted_among_their_kind() -> None:
    """2 and 3 are written down as active from later than their partnerships with 1."""
    later = {"kind": "SZK", "active_from": date(2030, 1, 1)}
    of: dict[int, dict[str, Any]] = {0: {"kind": "SZK"}, 2: later, 3: later}
    found = explainer([(RECENT, (1, 2)), (RECENT, (1, 3)), (RECENT, (0, 4))], 5, of=of)
    said = "Organisation 1 has worked with 2 of 2 organisations of the same kind as Organisation 0."
    assert said in reasons(found, 0, 1)


def test_where_no_day_is_on_record_nothing_is_old_and_nothing_recent() -> None:
    said = {}
    for began in (RECENT, None):
        found = explainer([(began, (0, 1)), (began, (2, 3)), (began, (4, 1))], 5)
        said[began] = " ".join(reasons(found, 0, 2) + against(found, 0, 2))
    assert "Organisation 2 has begun 1 partnership in T since 2009." in said[RECENT]
    assert "No common partner" in said[None]
    assert "since" not in said[None]


def test_at_most_three_reasons_and_the_frequency() -> None:
    both = [{"organisation": who, "meeting": 0} for who in (0, 1)]
    found = explainer(
        [(RECENT, (0, 2)), (RECENT, (1, 2))],
        3,
        Model(judge(Case(0.0, 10, 1))),
        of={k: {"lat": 51.0, "lon": 16.0} for k in range(3)},
        meetings=[{"id": "m", "held_on": RECENT}],
        attendances=both,
    )
    assert len(found.reasons(0, 1, 0.1)) == 4


def test_who_founded_one_of_them_could_introduce_them() -> None:
    """2 founded 0, and has worked with 1; 3 founded 4, and has not."""
    found = explainer(
        [(RECENT, (1, 2)), (OLD, (0, 5)), (OLD, (4, 6)), (OLD, (3, 6))], 7, of={0: {"founder": 2}, 4: {"founder": 3}}
    )
    said = "Organisation 2, which founded Organisation 0, has worked with Organisation 1."
    assert (reasons(found, 0, 1)[0], reasons(found, 1, 0)[0]) == (said, said)
    assert not any("common partner" in one for one in against(found, 0, 1))
    assert found.by_founder(0, 1) == found.by_founder(1, 0) == (2,)
    assert any("common partner" in one for one in against(found, 4, 1))


def test_of_founders_in_a_row_the_nearest_that_knows_the_other() -> None:
    """2 founded 5, which founded 0; 2 has worked with 1, 5 with 4."""
    of = {0: {"founder": 5}, 5: {"founder": 2}}
    found = explainer([(RECENT, (1, 2)), (RECENT, (4, 5)), (OLD, (0, 3))], 6, of=of)
    assert (found.by_founder(0, 1), found.by_founder(0, 4)) == ((2,), (5,))
    said = "Organisation 2, which founded the founder of Organisation 0, has worked with Organisation 1."
    assert said in reasons(found, 0, 1)
    ring = Attributes(make([(OLD, (0, 1))], 4, of={0: {"founder": 1}, 1: {"founder": 0}, 2: {"founder": 0}}))
    assert ring.acting.tolist() == [0, 0, 0, 3]
    assert ring.founders(2) == [0, 1]
