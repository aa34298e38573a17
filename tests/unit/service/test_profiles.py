import pytest

from graphsvc.errors import ConflictError, GraphsvcError, InputError, ProfileError
from graphsvc.ingest.columns import LEAD, MEMBER, NAME, profile_of
from graphsvc.ingest.profile import CellRules, load_profile
from graphsvc.service.profiles import Profiles


def data(name, heading="Projekt"):
    return profile_of(name, [(heading, NAME), ("Kto", MEMBER)], "")


def test_own_profiles_stand_before_the_shipped(tmp_path):
    profiles = Profiles(tmp_path / "profiles")
    assert profiles.names() == ["partnerstwa", "denmark"]
    profiles.keep(data("żywa tabela"))
    profiles.keep(data("Nasza"))
    assert profiles.own() == ["Nasza", "żywa tabela"]
    assert Profiles(tmp_path / "profiles").names() == ["Nasza", "żywa tabela", "partnerstwa", "denmark"]
    assert profiles.load("Nasza").partnership.name.column == "Projekt"
    assert profiles.load("denmark").name == "denmark"


def test_a_profile_is_changed_only_knowingly(tmp_path):
    profiles = Profiles(tmp_path)
    profiles.keep(data("Nasza"))
    for name in ("Nasza", "nasza", "partnerstwa", "DENMARK"):
        with pytest.raises(ConflictError, match="There is a profile of this name"):
            profiles.keep(data(name, "Inny"))
    with pytest.raises(ConflictError):
        profiles.keep(data("partnerstwa"), again=True)
    assert profiles.load("Nasza").partnership.name.column == "Projekt"
    profiles.keep(data("Nasza", "Inny"), again=True)
    assert profiles.load("Nasza").partnership.name.column == "Inny"
    assert [file.name for file in tmp_path.iterdir()] == ["Nasza.toml"]


@pytest.mark.parametrize("name", ["", " ", ".", "../x", "a/b", "a\\b", "-x", "x.", "x\n", "a\x00b", "x" * 61])
def test_a_name_is_the_name_of_a_file(tmp_path, name):
    with pytest.raises(InputError, match="can't be called so"):
        Profiles(tmp_path / "profiles").keep(data(name))
    assert list(tmp_path.rglob("*.toml")) == []


def test_what_values_mean_is_added_to_a_copy_of_a_shipped_profile_and_its_comments_stay(tmp_path):
    profiles = Profiles(tmp_path)
    profiles.teach(
        "partnerstwa", [("Obszary", "need_area", 'opieka, "dom"', "OPI"), ("Gmina", "territory", "L", "021101")]
    )
    profiles.teach("partnerstwa", [("Rola", "partner_role", "szef", "LID"), ("Rola", "need_area", "szef", "OPI")])
    assert profiles.names() == ["partnerstwa", "denmark"]
    own, shipped = profiles.load("partnerstwa"), load_profile("partnerstwa")
    assert own.partnership.themes.values == {'opieka, "dom"': "OPI"}
    assert own.partnership.themes.separator == ";"
    assert (own.members[0].role.values, own.members[0].role.value) == ({"szef": "LID"}, "PAR")
    assert own.members[0].territory == CellRules(column="Gmina", values={"L": "021101"})
    assert own.columns() == shipped.columns()
    assert "# all other columns may be lacking" in (tmp_path / "partnerstwa.toml").read_text("utf-8")
    profiles.remove("partnerstwa")
    assert profiles.load("partnerstwa") == shipped


def test_what_values_mean_stays_when_columns_are_chosen_anew(tmp_path):
    def columns(theme):
        chosen = [("P", NAME), ("O", MEMBER), (theme, "partnership.themes"), ("Gdzie", "partnership.territories")]
        return profile_of("Nasza", [*chosen, ("Kto", LEAD), ("Co", "members.sector")], ",")

    profiles = Profiles(tmp_path)
    profiles.keep(columns("Temat"))
    meant = [
        ("Temat", "need_area", "dom", "OPI"),
        ("Gdzie", "territory", "L", "021101"),
        ("Co", "organisation_sector", "f", "ngo"),
    ]
    profiles.teach("Nasza", meant)
    profiles.keep(columns("Inny temat"), again=True)
    profile = profiles.load("Nasza")
    assert profile.partnership.themes == CellRules(column="Inny temat", separator=",")
    assert profile.partnership.territories == CellRules(column="Gdzie", separator=",", values={"L": "021101"})
    assert [group.sector for group in profile.members] == [None, CellRules(column="Co", values={"f": "ngo"})]


def test_a_profile_goes_and_is_no_more_known(tmp_path):
    profiles = Profiles(tmp_path)
    profiles.keep(data("Nasza"))
    for name in ("../Nasza", "partnerstwa", "Nasza"):
        profiles.remove(name)
    assert profiles.own() == []
    with pytest.raises(GraphsvcError, match="no such profile"):
        profiles.load("Nasza")


def test_the_one_that_fits_is_found_whatever_else_lies_there(tmp_path):
    profiles = Profiles(tmp_path)
    (tmp_path / "a.toml").write_text("broken = ")
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "endless.toml").symlink_to("/dev/zero")
    assert profiles.own() == ["a"]
    with pytest.raises(ProfileError, match="not valid TOML"):
        profiles.teach("a", [("T", "need_area", "v", "OPI")])
    profiles.keep(data("b", "Umowa"))
    profiles.keep(data("c"))
    assert profiles.fitting({"Projekt", "Kto", "Uwagi"}) == "c"
    assert profiles.fitting({"Projekt"}) == ""


def test_a_folder_that_can_not_be_written_is_told(tmp_path):
    (tmp_path / "profiles").write_text("a file")
    with pytest.raises(GraphsvcError, match="can't be kept"):
        Profiles(tmp_path / "profiles").keep(data("Nasza"))


def test_a_folder_is_no_profile(tmp_path):
    (tmp_path / "x.toml").mkdir()
    profiles = Profiles(tmp_path)
    assert profiles.own() == []
    profiles.remove("x")
    with pytest.raises(GraphsvcError, match="can't be kept"):
        profiles.keep(data("x"))
