import errno

from graphsvc.errors import ConfigError, DatabaseError, FileError, GraphsvcError, Place, system_says
from graphsvc.i18n import msg, nmsg


def test_an_error_says_the_place_the_fault_and_what_to_do():
    error = FileError(msg("It is empty."), place=Place(file="a.csv", row=3, column="Data"), hint=msg("Choose another."))
    assert error.render("en") == "file a.csv, row 3, column Data: It is empty. Choose another."
    assert str(error) == error.render("en")


def test_exit_codes_tell_input_from_surroundings():
    assert (FileError.exit_code, ConfigError.exit_code, DatabaseError.exit_code) == (2, 2, 1)
    assert issubclass(FileError, GraphsvcError)


def test_messages_nest_and_count():
    inner = nmsg("%(n)s row", "%(n)s rows", 2)
    assert msg("%(rows)s refused", rows=inner).render("en") == "2 rows refused"


def test_a_text_without_parameters_may_hold_a_percent_sign():
    assert msg("100 % of it").render("en") == "100 % of it"


def test_what_the_system_says_is_said_in_the_readers_language():
    full = system_says(OSError(errno.ENOSPC, "No space left on device"))
    assert (full.render("en"), full.render("pl")) == ("No space left on device", "na dysku brak miejsca")
    assert system_says(OSError(9999, "100 % odd")).render("pl") == "100 % odd"
    assert system_says(ValueError()).render("pl") == "ValueError"
