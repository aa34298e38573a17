from dataclasses import replace

import pyarrow as pa

from graphsvc.metrics.between import mixing
from graphsvc.snapshot import take


def test_ties_between_sectors(network):
    # A ngo - B business - C ngo; D school, E school, F ngo all tied; G ngo alone
    found = mixing(take(network), "sector")
    assert found.groups == ["business", "ngo", "school"]
    assert found.sizes.tolist() == [1, 4, 2]
    assert found.ties.tolist() == [[0, 2, 0], [2, 0, 2], [0, 2, 1]]
    assert found.apart() == [("business", "school")]


def test_territories_cut_to_their_voivodeship_and_empty_ones_left_out(network):
    found = mixing(take(network), "territory", digits=2)
    assert found.groups == ["02", "14"]
    assert found.ties.tolist() == [[2, 0], [0, 3]]
    assert mixing(take(network), "kind").groups == []


def test_who_is_known_to_be_in_a_voivodeship_only_is_in_no_powiat(network):
    codes = network.organisations["territory"].to_pylist()
    home = network.organisations.schema.get_field_index("territory")
    codes[0] = "02"
    moved = replace(network, organisations=network.organisations.set_column(home, "territory", pa.array(codes)))
    whole, found = mixing(take(network), "territory", digits=4), mixing(take(moved), "territory", digits=4)
    assert "02" not in found.groups
    assert found.sizes.sum() == whole.sizes.sum() - 1


def test_regions_that_are_none_of_terc_are_no_powiats(network):
    home = network.organisations.schema.get_field_index("territory")
    codes = pa.array(["PL:dolny", "PL:dunaj", *network.organisations["territory"].to_pylist()[2:]])
    moved = replace(network, organisations=network.organisations.set_column(home, "territory", codes))
    assert all(code.isdecimal() for code in mixing(take(moved), "territory", digits=4).groups)
