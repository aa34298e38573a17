"""Profiles: shipped ones are right, wrong ones are told with the key."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from graphsvc.errors import ProfileError
from graphsvc.ingest.profile import load_profile, shipped
from graphsvc.model.vocabulary import scheme

MINIMAL = 'name = "x"\n[partnership]\nname = "P"\n[[members]]\ncolumn = "O"\n'


def test_shipped_profiles_use_codes_that_exist() -> None:
    assert shipped() == ("denmark", "partnerstwa")
    for name in shipped():
        profile = load_profile(name)
        assert profile.name == name
        own = {t.code for t in profile.territories}
        for rule in profile.organisations:
            assert not rule.sector or rule.sector in scheme("organisation_sector")
            assert not rule.kind or rule.kind in scheme("organisation_kind")
            assert not rule.territory or rule.territory in own


def test_columns_are_those_named_anywhere(tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_text(
        MINIMAL.replace('"P"\n', '"P"\nkey = ["P", "Nr"]\n') + 'numbers = { NIP = "Numer" }\ntown = "Miasto"\n'
    )
    assert load_profile(path).columns() == ("P", "Miasto", "O", "Numer", "Nr")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('"P"\n', '"P"\nstarts_on = 5\n'), r"field partnership\.starts_on: Write a table here"),
        (('"P"\n', '"P"\nkey = "x"\n'), r"field partnership\.key: Write a list"),
        (('name = "x"', "name = 5"), "field name: Write a text between quotes"),
        (("[partnership]", "[partnerships]"), "field partnership: The profile lacks this key"),
        (('column = "O"', 'colum = "O"'), r"field members\.0\.colum: A profile has no such key"),
        (('column = "O"', 'columns_like = "("'), r"members\.0\.columns_like.*not a regular expression"),
        (('column = "O"', 'marks = ["x"]'), r"members\.0: Give either “column” or “columns_like”"),
        (('name = "x"', "name = x"), "not valid TOML.*line 1"),
        (('"O"', '"O"\nrole = {unlisted = "x"}'), r"role\.unlisted: Give one of: 'keep', 'drop', 'refuse'"),
        (("[[members]]\n", "[names]\ndoubtful_from = 3\n[[members]]\n"), r"names\.doubtful_from"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    path = tmp_path / "p.toml"
    path.write_text(MINIMAL.replace(*change))
    with pytest.raises(ProfileError, match=says) as caught:
        load_profile(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('column = "O"', 'columns_like = "a("'), "„a(” nie jest wyrażeniem regularnym: zob. znak 2."),
        (('name = "x"', "name = x"), "Profil nie jest poprawnym plikiem TOML: wiersz 1, kolumna 8."),
        (('name = "x"', 'name = """x'), "Profil nie jest poprawnym plikiem TOML: kończy się zbyt wcześnie."),
        (('column = "O"', 'marks = ["x"]'), "Podaj „column” albo „columns_like”."),
    ],
)
def test_what_is_wrong_is_said_in_polish(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    path = tmp_path / "p.toml"
    path.write_text(MINIMAL.replace(*change))
    with pytest.raises(ProfileError) as caught:
        load_profile(path)
    assert says in caught.value.render("pl")


def test_no_such_profile_lists_the_shipped_ones(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    for given in ("denmrak", tmp_path / "none.toml", tmp_path, "a\0b", tmp_path / "pipe.toml"):
        with pytest.raises(ProfileError, match="denmark, partnerstwa"):
            load_profile(given)
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ProfileError, match="UTF-8"):
        load_profile(tmp_path / "binary.toml")
