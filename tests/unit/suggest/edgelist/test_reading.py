"""Every way an edge list may be written, and every way it may be none."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any
from unicodedata import normalize

import networkx as nx
import pytest

from graphsvc.errors import FileError, InputError
from graphsvc.suggest.edgelist.reading import read_links


def write(folder: Path, content: str | bytes) -> Path:
    path = folder / "net.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    "content",
    [
        "a b\nb c\n",
        "   a    b  0.5\n   b    c  0.25\n",
        "a\tb\nb\tc",
        "a,b,3\r\nb,c,4\r\n",
        "a, b\nb, c\n",
        "a;b\nb;c\n",
        "source,target,weight\na,b,1\nb,c,1\n",
        "# a comment\n% another\n\na b\n\nb c\n",
        "a b\nb a\na a\nb c\nc b 2\n",
        "a b 0,5\nb c 1,5\n",
        "a b\nb, c\n",
        "a\tb\nb;c\n",
        "1,2\n2 3\n3\t2\n",
        "FromNode ToNode Weight\n1 2 7\n2 3 8\n",
        '"a" "b"\n"b" "c"\n',
        "\ufeffa b\nb c\n",
        "a b\nb c\n".encode("utf-16"),
        "Od;Do\na;b\nb;c\n",
        "a b {'x': 1, 'y': 2}\nb c {}\n",
        "\ta b\n\tb c\n",
        "a b 2 0,2\nb c 1 1,5e-3\n",
        "a b +1,5\nb c 1,234.5\n",
        "a b [1, 2]\nb c [3, 4]\n",
        'a b "Gdańsk, Polska"\nb c "Łódź; Polska"\n',
        "a b # seen, twice\nb c # once\n",
        '"a", "b"\nb, "c"\n',
        "a -> b\nb <- c\n",
        "// seen\n// by whom\na - b 0.5\nb -- c 1\n",
        "a b x;y\nb c z;w\n",
        "a b x,y\nb c z\n",
        "a b seen twice; by Ola\nb c\n",
        '"a" b x;y\nb "c" z\n',
        "a,b,x;y\nb,c,z;w\n",
        "a;b;x,y;1,5\nb;c;z;2,5\n",
        "a\tb\tx;y\nb\tc\tz\n",
    ],
)
def test_the_same_two_links_however_written(tmp_path: Path, content: str | bytes) -> None:
    links = read_links(write(tmp_path, content))
    assert links.nodes == 3
    assert links.ends.tolist() == [[0, 1], [1, 2]]


@pytest.mark.parametrize(
    ("content", "nodes"),
    [
        ("Dom Nasz Mały;Gmina A\nKlub Nasz Mały;Gmina A\nKlub Nasz Duży;Gmina B\n", 5),
        ("Ośrodek Pomocy Społecznej;Gmina A\nOśrodek Pomocy Społecznej;Pomocy Dom\n", 3),
        ("Gmina Dom Nasz;Klub B\nKlub Gmina Wsi;Dom C\nKlub B;Gmina Dom Nasz\n", 4),
        ('"Dom Nasz; Mały";"Gmina, A";1,5\n"Gmina, A";Klub B;2,0\n', 3),
        ("Dom Nasz Mały, Gmina A\nGmina A, Klub B\n", 3),
    ],
)
def test_long_names_are_not_cut_at_their_blanks(tmp_path: Path, content: str, nodes: int) -> None:
    assert read_links(write(tmp_path, content)).nodes == nodes


def test_a_letter_written_in_two_ways_is_one(tmp_path: Path) -> None:
    links = read_links(write(tmp_path, "Łódź Kraków\n" + normalize("NFD", "Kraków Łódź\nKraków Gdańsk\n")))
    assert (links.nodes, len(links.ends)) == (3, 2)


def test_an_arrow_is_a_name_where_not_every_line_has_one(tmp_path: Path) -> None:
    assert read_links(write(tmp_path, "a - b\nb c\n")).nodes == 4


def test_names_keep_their_blanks_and_quotes_their_commas(tmp_path: Path) -> None:
    links = read_links(write(tmp_path, 'Fundacja A,"Gmina B, urząd"\n"Gmina B, urząd",Spółdzielnia C\n'))
    assert links.ends.tolist() == [[0, 1], [1, 2]]


@pytest.mark.parametrize("separator", [" ", "\t", ",", ", ", ";"])
@pytest.mark.parametrize("graph", [nx.grid_2d_graph(4, 5), nx.hypercube_graph(4), nx.triangular_lattice_graph(3, 4)])
def test_networkx_names_nodes_by_tuples(tmp_path: Path, graph: nx.Graph[Any], separator: str) -> None:
    for data in (True, False):
        nx.write_edgelist(graph, tmp_path / "net.txt", delimiter=separator, data=data)
        links = read_links(tmp_path / "net.txt")
        assert (links.nodes, len(links.ends)) == (graph.number_of_nodes(), graph.number_of_edges())


def test_a_bracket_that_is_not_closed_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="bracket") as caught:
        read_links(write(tmp_path, "a b\n((0, 0), 1) ((0, 1), 1)\n"))
    assert caught.value.place is not None
    assert caught.value.place.row == 2


def test_names_keep_their_blanks_between_quotes_and_beside_another_separator(tmp_path: Path) -> None:
    quoted = '"Fundacja A"  "Gmina B"\n"Gmina B" C\n'
    assert read_links(write(tmp_path, quoted)).ends.tolist() == [[0, 2], [1, 2]]
    for lines in ("Fundacja A,Gmina B\nFundacja C\n", "Fundacja C\nFundacja A,Gmina B\n", "Dom Nasz Mały;B\nDom C\n"):
        with pytest.raises(InputError, match="two columns"):
            read_links(write(tmp_path, lines))


@pytest.mark.parametrize("lines", ["a b\nb, c", "a\tb\nb;c", "1,2\n2 3\n3\t2"])
def test_the_order_of_lines_and_ends_tells_nothing(tmp_path: Path, lines: str) -> None:
    orders = permutations(lines.splitlines())
    found = {tuple(map(tuple, read_links(write(tmp_path, "\n".join(order))).ends)) for order in orders}
    assert found == {((0, 1), (1, 2))}


@pytest.mark.parametrize("header", ["Source,Target", '"Source";"Target"', "from\tto\tweight", "FromNode ToNode"])
def test_a_header_may_have_a_separator_of_its_own(tmp_path: Path, header: str) -> None:
    assert read_links(write(tmp_path, f"{header}\n-1,2.5\n2.5,3\n")).nodes == 3


def test_words_above_words_are_a_link(tmp_path: Path) -> None:
    assert read_links(write(tmp_path, "Ala,Ola\nOla,7\n")).nodes == 3
    assert read_links(write(tmp_path, "Ala,Ola\n")).nodes == 2


def test_old_polish_encoding(tmp_path: Path) -> None:
    assert read_links(write(tmp_path, "Łódź Żory\nŻory Ełk\n".encode("cp1250"))).nodes == 3


def test_a_loop_alone_is_no_network(tmp_path: Path) -> None:
    links = read_links(write(tmp_path, "a a\n"))
    assert (links.nodes, links.ends.shape) == (0, (0, 2))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "empty"),
        (" \n\n", "empty"),
        ("# nothing but a comment\n", "no line with two names"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "no text file"),
        ("a," + "x" * 200_000, "no text file"),
        ("a b\nb c\n".encode("utf-32"), "no text file"),
        (" \n".encode("utf-16"), "empty"),
    ],
)
def test_what_is_no_edge_list(tmp_path: Path, content: str | bytes, said: str) -> None:
    with pytest.raises(FileError, match=said) as caught:
        read_links(write(tmp_path, content))
    assert caught.value.exit_code == 2
    assert "net.txt" in str(caught.value)


def test_one_column_names_the_row(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="two columns") as caught:
        read_links(write(tmp_path, "a b\nc\n"))
    assert caught.value.place is not None
    assert caught.value.place.row == 2


@pytest.mark.parametrize(
    "lines",
    ["Gmina Kunice\nBank Żywności\nSpółdzielnia Socjalna Nadzieja\n", "a\tb\t1\n\tb\t2\n"],
    ids=["names with blanks", "an empty cell"],
)
def test_one_column_makes_no_links_of_what_else_stands_there(tmp_path: Path, lines: str) -> None:
    with pytest.raises(InputError, match="two columns"):
        read_links(write(tmp_path, lines))


@pytest.mark.parametrize("header", ["Id,Source,Target", ",source,target", '"","from","to"', ";od;do", "\tsrc\tdst"])
def test_ends_that_stand_further_right_are_no_links(tmp_path: Path, header: str) -> None:
    separator = next(one for one in ",;\t" if one in header)
    with pytest.raises(InputError, match="first two columns"):
        read_links(write(tmp_path, "\n".join([header, separator.join("123"), separator.join("234")])))


def test_rows_numbered_by_r_are_no_links(tmp_path: Path) -> None:
    """As ``write.table`` writes them: the header has one name less. Above weights it is an edge list like another."""
    for separator in " \t":
        rows = ['"from" "to"', '"1" "a" "b"', '"2" "b" "c"', '"3" "c" "a"']
        with pytest.raises(InputError, match="first two columns"):
            read_links(write(tmp_path, "\n".join(rows).replace(" ", separator)))
    assert len(read_links(write(tmp_path, "from to\n1 2 .5\n3 2 .1\n")).ends) == 2


@pytest.mark.parametrize("header", ["from to", "src,dst", "node_1,node_2", '"from","to"'])
def test_names_of_columns_above_words_are_no_link(tmp_path: Path, header: str) -> None:
    separator = "," if "," in header else " "
    links = read_links(write(tmp_path, "\n".join([header, separator.join("ab"), separator.join("bc")])))
    assert (links.nodes, len(links.ends)) == (3, 2)


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no such file"):
        read_links(tmp_path / "missing.txt")
    with pytest.raises(FileError, match="folder"):
        read_links(tmp_path)
    with pytest.raises(FileError, match="can't be read"):
        read_links(tmp_path / ("x" * 300))
