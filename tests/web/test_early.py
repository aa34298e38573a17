"""Pages made before anybody asks for them."""

from __future__ import annotations

import pytest
from apiflask import APIFlask
from graphsvc_web import early

from tests.web.memory import MemoryService


def test_everything_that_is_made_early_is_a_page_that_can_be_made(app: APIFlask, service: MemoryService) -> None:
    made = early.make(app)
    assert made == [*early.PATHS, *early._records(app, service)]
    assert len(made) == len(early.PATHS) + 3


def test_a_page_that_cannot_be_made_keeps_nothing_else_back(app: APIFlask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(early, "PATHS", ("/organisations/nobody", "/network"))
    assert early.make(app)[0] == "/network"
