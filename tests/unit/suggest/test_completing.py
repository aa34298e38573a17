"""Who completes a partnership that is for something: the theme, the place and the needs count beside likelihood."""

from __future__ import annotations

from datetime import date

import pytest

from graphsvc.suggest import Engine
from graphsvc.suggest.completing import BONUS, BONUSES, Member, Purpose, complete
from tests.unit.suggest.conftest import Made

DAY = date(2010, 1, 1)
EACH = BONUS / (1 + BONUSES * BONUS)
PLACES = [{"code": c, "name": f"Powiat {c}", "level": "powiat", "parent": ""} for c in "XY"]


def engine_of(network_of: Made, **more: object) -> Engine:
    """0–1, 0–2 and 0–3 have met; 4, 5 and 6 are alike but for what they offer and where they are."""
    return Engine(network_of([(DAY, (0, 1)), (DAY, (0, 2)), (DAY, (0, 3))], 7, territories=PLACES, **more))


def completing(engine: Engine, purpose: Purpose) -> dict[int, Member]:
    return {m.organisation: m for m in complete(engine, ["o1"], 20, purpose=purpose)}


def said(member: Member) -> list[str]:
    return [str(reason) for reason in member.reasons]


def test_who_offers_what_it_is_about_comes_first_and_says_so(network_of: Made) -> None:
    engine = engine_of(network_of, offers=[{"organisation": 5, "territory": "", "area": "OPI"}])
    plain, fitting = (completing(engine, Purpose(themes)) for themes in ((), ("OPI",)))
    assert plain[5].score == pytest.approx(plain[4].score)
    assert fitting[5].score - fitting[4].score == pytest.approx(EACH)
    assert said(fitting[5])[0].startswith("It offers what the partnership is about: ")
    assert not any("partnership is about" in reason for reason in said(fitting[4]) + said(plain[5]))


def test_of_several_themes_each_counts_its_share(network_of: Made) -> None:
    offers = [{"organisation": k, "territory": "", "area": area} for k, area in ((4, "OPI"), (5, "OPI"), (5, "TEL"))]
    found = completing(engine_of(network_of, offers=offers), Purpose(("OPI", "TEL")))
    assert found[5].score - found[4].score == pytest.approx(found[4].score - found[6].score)
    assert found[4].score > found[6].score


def test_who_worked_on_it_is_skilled_in_it(network_of: Made) -> None:
    """All three partnerships were about care."""
    engine = engine_of(network_of)
    plain, fitting = (completing(engine, Purpose(themes)) for themes in ((), ("care",)))
    assert plain[2].score - plain[4].score < fitting[2].score - fitting[4].score
    assert said(fitting[2])[0] == "It has worked on what the partnership is about: care."


def test_who_acts_where_it_acts_fits_better(network_of: Made) -> None:
    of = {4: {"territory": "X"}, 5: {"territory": "Y"}}
    engine = engine_of(network_of, of=of)
    plain, fitting = (completing(engine, Purpose((), where)) for where in ((), ("Y",)))
    assert fitting[5].score - fitting[4].score == pytest.approx(plain[5].score - plain[4].score + EACH)
    assert "It is, or has worked, in Powiat Y." in said(fitting[5])
    assert "It is, or has worked, in Powiat Y." not in said(fitting[4])


def test_who_needs_what_it_is_about_fits_better_whatever_else_is_needed(network_of: Made) -> None:
    """1, the member, needs TEL, which 6 offers: that is not what the partnership is about."""
    needs = [
        {"organisation": 1, "territory": "", "area": "TEL", "level": 3.0},
        {"organisation": 5, "territory": "", "area": "OPI", "level": 1.0},
    ]
    engine = engine_of(network_of, needs=needs, offers=[{"organisation": 6, "territory": "", "area": "TEL"}])
    plain, fitting = (completing(engine, Purpose(themes)) for themes in ((), ("OPI",)))
    assert plain[6].score > plain[4].score == pytest.approx(plain[5].score)
    assert fitting[5].score - fitting[4].score == pytest.approx(EACH)
    assert fitting[6].score == pytest.approx(fitting[4].score)
    assert said(fitting[5])[0].startswith("It needs what the partnership is about")


def test_who_offers_what_a_member_needs_fits_better_and_says_so_once(network_of: Made) -> None:
    needs = [{"organisation": 1, "territory": "", "area": "OPI", "level": 3.0}]
    found = completing(
        engine_of(network_of, needs=needs, offers=[{"organisation": 5, "territory": "", "area": "OPI"}]), Purpose()
    )
    assert found[5].score > found[4].score
    assert sum("offers what Organisation 1 needs" in reason for reason in said(found[5])) == 1


def test_who_is_skilled_is_looked_at_however_far_away(network_of: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the members' candidates nobody would be 6, who alone is skilled."""
    engine = engine_of(network_of, offers=[{"organisation": 6, "territory": "", "area": "OPI"}])
    near = engine.pairs
    monkeypatch.setattr(
        Engine, "pairs", lambda self, rows, width: tuple(ends[near(rows, width)[1] < 5] for ends in near(rows, width))
    )
    assert 6 not in completing(engine, Purpose())
    assert 6 in completing(engine, Purpose(("OPI",)))


def test_a_sector_that_is_not_known_is_none_that_the_group_lacks(network_of: Made) -> None:
    """4 is of no known sector, as whoever is of none; 5 is a parish, 6 an NGO as the member."""
    found = completing(
        engine_of(network_of, of={4: {"sector": "other"}, 5: {"sector": "other", "kind": "PAR"}}), Purpose()
    )
    new = [k for k, member in found.items() if "No member is of its sector yet." in said(member)]
    assert new == [5]
    assert found[4].score < found[5].score
