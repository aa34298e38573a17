"""Which mentions become one organisation."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.ingest.matching import Matched, Matcher
from graphsvc.ingest.mentions import Mentions, Numbers
from graphsvc.ingest.names import Names
from graphsvc.ingest.profile import NameRules
from graphsvc.model.imports import KnownOrganisation

FORMS = {"A/S": ("A/S",), "ApS": ("ApS",)}


def match(
    *cited: str | tuple[str, str], known: tuple[KnownOrganisation, ...] = (), **rules: object
) -> tuple[list[set[str]], Matched]:
    """Groups of names; a mention is a name or a name and ``REGISTER:number``."""
    mentions = Mentions()
    for row, given_ in enumerate(cited, 2):
        name, number = given_ if isinstance(given_, tuple) else (given_, "")
        numbers: Numbers = ((number.split(":")[0], number.split(":")[1]),) if number else ()
        mentions.add(name, numbers, row, {})
    names = Names(NameRules.model_validate({"legal_forms": FORMS, **rules}))
    found = Matcher(mentions, known, names).run()
    return [{mentions[i].label for i in group} for group in found.groups], found


def doubts(found: Matched) -> list[tuple[str, str, str]]:
    return [(d.name, d.other, str(d.why)) for d in found.doubtful]


def test_case_punctuation_and_spaces_do_not_count() -> None:
    groups, found = match("Dom Kultury", "DOM KULTURY", "Dom-kultury.", "Dom Książki")
    assert groups == [{"Dom Kultury", "DOM KULTURY", "Dom-kultury."}, {"Dom Książki"}]
    assert not found.doubtful


def test_a_legal_form_that_one_of_them_gives_does_not_count() -> None:
    groups, found = match("Dong Energy", "Dong Energy A/S")
    assert groups == [{"Dong Energy", "Dong Energy A/S"}]
    assert not found.doubtful


def test_two_legal_forms_are_two_organisations_and_doubtful() -> None:
    groups, found = match("Tre ApS", "Tre A/S", "Tre")
    assert groups == [{"Tre ApS"}, {"Tre A/S"}, {"Tre"}]
    assert len(set(found.ids)) == 3
    why = "the same name with another legal form"
    assert doubts(found) == [("Tre A/S", "Tre", why), ("Tre ApS", "Tre", why)]


def test_the_same_number_joins_names_that_differ() -> None:
    groups, _ = match(("CLEAN", "CVR:1"), ("Lean Energy Cluster", "CVR:1"), "Clean")
    assert groups == [{"CLEAN (CVR:1)", "Lean Energy Cluster (CVR:1)", "Clean"}]


def test_a_bare_name_goes_to_the_number_cited_most() -> None:
    groups, found = match(("Aarhus", "CVR:1"), ("Aarhus", "CVR:2"), ("Aarhus", "CVR:2"), "Aarhus")
    assert groups == [{"Aarhus (CVR:1)"}, {"Aarhus (CVR:2)", "Aarhus"}]
    assert [d[:2] for d in doubts(found)] == [("Aarhus (CVR:1)", "Aarhus (CVR:2)")]


def test_a_shared_tax_number_does_not_join_units_of_one_municipality() -> None:
    groups, found = match(("Gmina Lubin", "NIP:1"), ("Szkoła w Lubinie", "NIP:1"), ("GMINA LUBIN", "NIP:1"))
    assert groups == [{"Gmina Lubin (NIP:1)", "GMINA LUBIN (NIP:1)"}, {"Szkoła w Lubinie (NIP:1)"}]
    assert doubts(found) == [
        ("Szkoła w Lubinie (NIP:1)", "Gmina Lubin (NIP:1)", "the same number NIP:1; only one of them keeps it")
    ]


def test_what_a_person_decided() -> None:
    groups, _ = match("DJØF", "Djøf Fagforening", same=[("DJØF", "Djøf Fagforening")])
    assert groups == [{"DJØF", "Djøf Fagforening"}]
    groups, found = match("Dom", "DOM", different=[("Dom", "DOM")])
    assert groups == [{"Dom"}, {"DOM"}]
    assert len(set(found.ids)) == 2


def test_known_organisations_give_their_ids_and_are_not_doubted_among_themselves() -> None:
    known = (KnownOrganisation("1", "Dom"), KnownOrganisation("2", "Dom"), KnownOrganisation("3", "Las", ("Lasek",)))
    groups, found = match("DOM", "Lasek", known=known)
    assert (groups, found.ids) == ([{"DOM"}, {"Lasek"}], ["1", "3"])
    assert found.known == {"1", "3"}
    assert [d[:2] for d in doubts(found)] == [("DOM", "Dom")]


def test_what_an_import_wrote_is_found_again_with_the_same_ids() -> None:
    cited = (("Aarhus", "CVR:1"), ("Aarhus", "CVR:2"), "Aarhus", "Tre A/S", "Tre", "Fri ApS", "Fri A/S", "Fri")
    groups, first = match(*cited)
    written = tuple(
        KnownOrganisation(
            id,
            sorted(names)[0].split(" (")[0],
            tuple(n.split(" (")[0] for n in sorted(names)),
            tuple(n.split(" (")[1].rstrip(")") for n in names if "(" in n),
        )
        for id, names in zip(first.ids, groups, strict=True)
    )
    for size in range(len(written) + 1):  # killed after so many organisations
        again, second = match(*cited, known=written[:size])
        assert (again, second.ids) == (groups, first.ids)


@pytest.mark.parametrize("order", list(itertools.permutations([("Dom", "KRS:1"), "dom", "Dom A/S", ("DOM", "KRS:2")])))
def test_the_order_of_mentions_does_not_change_the_groups(order: tuple[str | tuple[str, str], ...]) -> None:
    groups, _ = match(*order)
    assert {frozenset(g) for g in groups} == {
        frozenset({"Dom (KRS:1)", "dom", "Dom A/S"}),
        frozenset({"DOM (KRS:2)"}),
    }


@given(
    st.lists(
        st.tuples(st.sampled_from(["Dom", "DOM", "Dom A/S", "Dom ApS", "Las"]), st.sampled_from(["", "K:1", "K:2"]))
    )
)
def test_no_group_has_two_numbers_of_one_register_and_ids_are_distinct(cited: list[tuple[str, str]]) -> None:
    groups, found = match(*(c if c[1] else c[0] for c in cited))
    assert len(set(found.ids)) == len(groups)
    assert all(
        len({m for m in group if "(" in m and "K:1" in m}) == 0 or not any("K:2" in m for m in group)
        for group in groups
    )


def test_an_organisation_into_which_another_was_merged_is_found_by_either_number() -> None:
    known = (KnownOrganisation("kept", "Fundacja A", ("Fundacja B",), ("KRS:1", "KRS:2")),)
    cited = (("Fundacja A", "KRS:1"), ("Fundacja B", "KRS:2"), ("Inna nazwa", "KRS:2"), "Fundacja B")
    for one in (*((one,) for one in cited), cited):
        _, found = match(*one, known=known)
        assert (found.ids, found.doubtful, found.dropped) == (["kept"], [], frozenset())
    groups, _ = match(("Fundacja A", "KRS:1"), ("Fundacja A", "KRS:3"), known=known)
    assert groups == [{"Fundacja A (KRS:1)"}, {"Fundacja A (KRS:3)"}]
