"""Invented names are given once and follow the seed."""

from random import Random

from graphsvc.demo.names import Names


def test_names_are_unique_and_the_same_for_a_seed() -> None:
    def some(seed: int) -> list[str]:
        names = Names(Random(seed))  # noqa: S311 no secret
        return [names.phrase() for _ in range(200)] + [names.firm() for _ in range(80)]

    assert some(1) == some(1) != some(2)
    assert len(set(some(1))) == 280
