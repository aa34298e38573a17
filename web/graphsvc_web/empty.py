"""A network of which nothing is known yet: its pages say how to begin."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import render_template
from flask.typing import ResponseReturnValue

from graphsvc_web.current import service

P = ParamSpec("P")


def filled(page: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
    """For pages about the network; goes directly above the function, below its right."""

    @wraps(page)
    def shown(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        return page(*args, **kwargs) if service().snapshot().graph.rows else render_template("empty.html")

    return shown
