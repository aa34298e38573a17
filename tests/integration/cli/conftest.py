"""Commands on real data: they take too long for the unit tests, whose way of running commands they share."""

from tests.unit.cli.conftest import in_polish, run

__all__ = ["in_polish", "run"]
