"""Language of a request, and how numbers, dates and core messages look in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from math import floor, isfinite, log10
from typing import Any

from babel.numbers import format_decimal
from flask import Flask, request
from flask_babel import Babel, format_date, format_datetime, get_locale, get_translations, gettext
from jinja2 import pass_context
from jinja2.runtime import Context

from graphsvc.errors import GraphsvcError
from graphsvc.i18n import DEFAULT_LANGUAGE, LANGUAGES, Message

COOKIE = "language"
DIGITS = 3
"""Decimals of a number, and digits of one below ``SMALL``, for which so many decimals would tell nothing."""
SMALL = 0.1
SMALLEST = 9
"""Most decimals: below is what sums are off by."""


def chosen() -> str:
    """The language that the browser chose by the switch; Polish unless it did."""
    cookie = request.cookies.get(COOKIE, "")
    return cookie if cookie in LANGUAGES else DEFAULT_LANGUAGE


def current() -> str:
    """``pl`` or ``en``; also outside a request."""
    locale = get_locale()
    return locale.language if locale else DEFAULT_LANGUAGE


def say(message: Message | GraphsvcError | str) -> str:
    """A core message or error in the reader's language; a plain text stays as it is."""
    return message if isinstance(message, str) else message.render(current())


def number(value: float | int | None, digits: int | None = None) -> str:
    """A number with the language's separators and at most so many decimals (None: as many as tell small numbers apart);
    «–» where there is none."""
    if value is None or not isfinite(value):
        return "–"
    shown = int(value) if value == int(value) else _rounded(value, digits)
    return _written(shown, current())


def _rounded(value: float, digits: int | None) -> float:
    if digits is None:
        small = 0 < abs(value) < SMALL
        digits = min(DIGITS - 1 - floor(log10(abs(value))), SMALLEST) if small else DIGITS
    return round(value, digits) + 0.0  # no minus before a nought


@lru_cache(10_000)
def _written(value: float, language: str) -> str:
    """A page has hundreds of numbers, most of them small and the same."""
    return str(format_decimal(value, locale=language, decimal_quantization=False)).replace("-", "−")


def ngettext(singular: str, plural: str, num: int, **values: Any) -> str:
    """As Flask-Babel's, which takes no ``num`` written as the language does."""
    text: str = get_translations().ungettext(singular, plural, num)
    return text % {"num": number(num), **values}


def signed(value: float, digits: int | None = None) -> str:
    """A change: with a plus or a true minus sign, neither where it rounds to nothing."""
    shown = _rounded(value, digits)
    return ("+" if shown > 0 else "−" if shown < 0 else "±") + number(abs(shown), digits)


def day(value: date | None) -> str:
    """A date in words of the language; «unknown» where there is none."""
    return str(format_date(value, "d MMMM y") if value else gettext("unknown"))


def moment(seconds: float) -> str:
    """A time in seconds since 1970 as date and time of day where the service runs."""
    return str(format_datetime(datetime.fromtimestamp(seconds).astimezone(), "d MMMM y, HH:mm", rebase=False))


def install(app: Flask) -> None:
    """Babel with our catalogues and the template filters."""
    Babel(
        app,
        default_locale=DEFAULT_LANGUAGE,
        default_translation_directories="translations",
        locale_selector=chosen,
    )
    own: Callable[..., str] = app.jinja_env.globals["ngettext"]  # type: ignore[assignment]  # Flask-Babel's

    @pass_context
    def written(context: Context, singular: str, plural: str, num: int, **values: Any) -> str:
        return own(context, singular, plural, num, **{"num": number(num), **values})

    app.jinja_env.globals["ngettext"] = written
    app.jinja_env.filters.update(say=say, number=number, signed=signed, day=day, moment=moment)
    app.jinja_env.globals.update(language=current, languages=LANGUAGES)
