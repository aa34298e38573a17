"""The made-up region: the same for a seed, whole, right by the model's rules, and with something to find in it."""

import re
from collections import Counter, defaultdict
from itertools import combinations

import pytest

from graphsvc.demo.region import region_records
from graphsvc.demo.world import POWIATS, UNTIL
from graphsvc.model.base import Record
from graphsvc.model.columns import to_network
from graphsvc.model.meetings import Meeting
from graphsvc.model.organisations import Organisation
from graphsvc.model.partnerships import Partnership
from graphsvc.model.poland import poland
from graphsvc.model.record_types import RECORD_TYPES, field_specs
from graphsvc.model.rows import from_row, to_row
from graphsvc.model.validation import problems


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return list(region_records())


def test_it_is_of_the_promised_size_and_has_every_type(records: list[Record]) -> None:
    counts = Counter(type(r) for r in records)
    assert set(counts) == set(RECORD_TYPES.values())
    assert 400 <= counts[Organisation] <= 460
    assert sum(poland().get(g).population or 0 for p in POWIATS for g in poland().gminas(p)) == 512_555
    gminas = {o.territory for o in records if isinstance(o, Organisation)}
    assert len(gminas) == 41
    assert {str(g)[:4] for g in gminas} == set(POWIATS)


def test_every_record_keeps_the_rules_and_every_link_has_its_end(records: list[Record]) -> None:
    assert [(type(r).__name__, r.id, str(p)) for r in records for p in problems(r)] == []
    ids = {r.id for r in records}
    assert len(ids) == len(records)
    keys = ids | {r.code for r in records if hasattr(r, "code")}
    for record in records:
        for name, spec in field_specs(type(record)).items():
            if spec.link and spec.link.target != "Status":
                values = getattr(record, name)
                for value in values if spec.many else filter(None, (values,)):
                    assert getattr(value, spec.link.key, value) in keys, (record, name)


def test_the_history_spans_six_years_without_a_gap(records: list[Record]) -> None:
    months = Counter((m.held_on.year, m.held_on.month) for m in records if isinstance(m, Meeting))
    assert len(months) >= 72
    began = Counter(p.starts_on.year for p in records if isinstance(p, Partnership) and p.starts_on)
    assert all(began[year] >= 20 for year in range(2021, UNTIL.year + 1))


def test_meeting_makes_a_later_partnership_likelier(records: list[Record]) -> None:
    met: dict[frozenset[str], object] = {}
    for m in records:
        if isinstance(m, Meeting):
            for pair in map(frozenset, combinations(sorted(m.attended), 2)):
                met[pair] = min(m.held_on, met.get(pair, m.held_on))  # type: ignore[type-var]
    together: dict[frozenset[str], object] = defaultdict(lambda: UNTIL)
    for p in records:
        if isinstance(p, Partnership) and p.starts_on:
            for pair in map(frozenset, combinations(sorted(m.id for m in p.members), 2)):
                together[pair] = min(p.starts_on, together[pair])  # type: ignore[type-var]
    first_met = sum(met.get(pair, UNTIL) < day for pair, day in together.items())  # type: ignore[operator]
    everyone = sum(isinstance(r, Organisation) for r in records)
    by_chance = len(met) / (everyone * (everyone - 1) / 2)
    assert first_met / len(together) > 3 * by_chance


def test_no_number_of_a_register_is_made_up(records: list[Record]) -> None:
    organisations = [o for o in records if isinstance(o, Organisation)]
    assert all(o.krs is None and o.nip is None and o.regon is None for o in organisations)
    public = [o for o in organisations if o.sector in ("local_government", "social_centre", "labour_office")]
    assert all(re.search(r"\(demo\)$", o.name) for o in public)


def test_a_sample_of_each_type_survives_a_table(records: list[Record]) -> None:
    for label, model in RECORD_TYPES.items():
        for record in [r for r in records if r.label == label][:20]:
            assert from_row(model, to_row(record, private=True)) == record


def test_the_same_in_columns(records: list[Record]) -> None:
    network = to_network(records)
    counts = Counter(type(r) for r in records)
    assert network.organisations.num_rows == counts[Organisation]
    members = sum(len(p.members) for p in records if isinstance(p, Partnership))
    assert network.memberships.num_rows == members
    assert network.borders.num_rows > 60
