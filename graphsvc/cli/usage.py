"""Help, and what is wrong with a call, in the user's language: typer has words of its own for both, in English only."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from enum import Enum
from typing import TYPE_CHECKING, Any

import typer
from pydantic import ValidationError
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.models import CommandFunctionType

from graphsvc.cli.words import language, tr
from graphsvc.errors import SYSTEM, InputError, Place
from graphsvc.i18n import DEFAULT_LANGUAGE, Message, msg, short

if TYPE_CHECKING:
    from typer.core import TyperCommand as Base
else:
    Base = object
Parameter = TyperArgument | TyperOption
Context = Any
Formatter = Any
"""Of typer's own copy of click, which is private."""
VALUES: Mapping[str, tuple[Message, Message]] = {
    "datetime": (msg("YYYY-MM-DD"), msg("Give a day, such as 2011-12-31.")),
    "int": (msg("NUMBER"), msg("Give a whole number.")),
    "float": (msg("NUMBER"), msg("Give a number, such as 0.1.")),
    "Path": (msg("FILE"), msg("Give the name of a file.")),
    **dict.fromkeys(("str", "list"), (msg("TEXT"), msg("Give a text; with blanks in it, it goes between quotes."))),
}
"""By type: what stands for a value in help, and what to give."""


class UsageError(InputError):
    """A command can't be called like this; ``called`` says how it can, and where help is."""

    called = ""

    def render(self, language: str = DEFAULT_LANGUAGE) -> str:
        """How the command is called, then what is wrong."""
        return f"{self.called}\n\n{super().render(language)}"


class _Worded(Base):
    """What commands and groups have in common."""

    allow_extra_args = True  # what is too much is said here

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        try:
            rest: list[str] = super().parse_args(ctx, args)
        except typer.BadParameter as exc:
            raise self.refusal(ctx, *_wrong(exc)) from None
        except typer.TyperException as exc:
            raise self.refusal(ctx, *self._misplaced(ctx, exc)) from None
        return rest

    def refusal(self, ctx: Context, what: Message, hint: Message | None, name: str | None = None) -> UsageError:
        """The error to raise; ``name``: of the option or argument that is wrong."""
        error = UsageError(what, place=Place(field=name), hint=hint)
        command = f"{ctx.command_path} --help"
        error.called = self.get_usage(ctx) + "\n" + tr("Help: %(command)s", command=command)
        return error

    def _misplaced(self, ctx: Context, exc: typer.TyperException) -> tuple[Message, Message | None, str]:
        """An option that is none, lacks its value, or takes none."""
        name = str(getattr(exc, "option_name", ""))
        options: dict[str, Any] = {
            opt: param for param in self.get_params(ctx) for opt in param.opts if opt.startswith("-")
        }
        if name not in options:
            return msg("There is no such option."), near(name, options), name
        if options[name].is_flag:
            return msg("This takes no value."), None, name
        return msg("Its value is missing."), _taken(options[name])[1], name

    def format_usage(self, ctx: Context, formatter: Formatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=tr("Usage:") + " ")

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        return [tr("[OPTIONS]"), *super().collect_usage_pieces(ctx)[1:]]

    def get_help_option(self, ctx: Context) -> TyperOption | None:
        option: TyperOption | None = super().get_help_option(ctx)
        if option:
            option.help = tr("Show this message and exit.")
        return option

    def format_options(self, ctx: Context, formatter: Formatter) -> None:
        for title, kind in ((msg("Arguments"), TyperArgument), (msg("Options"), TyperOption)):
            rows = [_row(param) for param in self.get_params(ctx) if isinstance(param, kind)]
            _section(formatter, title, rows)


class Command(_Worded, TyperCommand):
    """A command."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, args)
        if rest:
            what = msg("This command does not take: “%(what)s”.", what=short(" ".join(rest)))
            raise self.refusal(ctx, what, msg("A text with blanks in it goes between quotes."))
        return rest


class Group(_Worded, TyperGroup):
    """Commands under one name; without the name of one it shows its help."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        if not any(arg != "--" for arg in args) and not ctx.resilient_parsing:
            typer.echo(self.get_help(ctx), err=True)
            raise typer.Exit(UsageError.exit_code)
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Context, args: list[str]) -> Any:
        name = args[0]
        if self.get_command(ctx, name) is None:
            names = self.list_commands(ctx)
            hint = near(name, names) or msg("The commands are: %(names)s.", names=", ".join(names))
            raise self.refusal(ctx, msg("There is no command “%(name)s”.", name=short(name)), hint)
        return super().resolve_command(ctx, args)

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        return [*super().collect_usage_pieces(ctx)[:-1], tr("COMMAND …")]

    def format_options(self, ctx: Context, formatter: Formatter) -> None:
        super().format_options(ctx, formatter)
        commands = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        _section(formatter, msg("Commands"), [(name, command.help or "") for name, command in commands if command])


class Commands(typer.Typer):
    """A ``typer.Typer`` that speaks the user's language."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(
            cls=Group,
            add_completion=False,
            pretty_exceptions_enable=False,
            rich_markup_mode=None,
            **settings,
        )

    def command(self, *args: Any, **settings: Any) -> Callable[[CommandFunctionType], CommandFunctionType]:
        return super().command(*args, cls=Command, **settings)


def _wrong(exc: typer.BadParameter) -> tuple[Message, Message | None, str]:
    """A value that can't be taken, or none where one is needed."""
    param: Any = exc.param
    name, hint, cause = param.opts[-1], _taken(param)[1], exc.__cause__
    if isinstance(cause, ValidationError):
        value = str(cause.errors()[0]["input"])
        return msg("“%(value)s” can't be taken.", value=short(value)), hint, name
    if exc.message.endswith("is not readable."):  # typer has no other way to tell it from none given
        return msg("The file can't be read: %(why)s.", why=SYSTEM[errno.EACCES]), None, name
    return msg("This must be given."), hint, name


def _taken(param: Parameter) -> tuple[Message, Message]:
    """What stands for the value in help, and what to give."""
    choices = param.type_descriptor.choices
    if choices:
        names = [choice.value for choice in choices]
        return Message("|".join(names)), msg("Give one of: %(names)s.", names=", ".join(names))
    short, what = VALUES[param.type_descriptor.annotation.__name__]
    between = {"low": param.min, "high": param.max}
    if param.max is not None:
        return short, msg("Give a whole number from %(low)s to %(high)s.", **between)
    if param.min is not None:
        return short, msg("Give a whole number of at least %(low)s.", **between)
    return short, what


def _row(param: Parameter) -> tuple[str, str]:
    """Name and help of an option or argument."""
    flag = isinstance(param, TyperOption) and param.is_flag
    name = ", ".join(param.opts) if flag else f"{', '.join(param.opts)} {_taken(param)[0].render(language())}"
    default = param.default.value if isinstance(param.default, Enum) else param.default
    notes = [
        tr("required") if param.required else "",
        tr("default: %(value)s", value=default) if default not in (None, "", False) else "",
        tr("from %(low)s to %(high)s", low=param.min, high=param.max) if param.max is not None else "",
        tr("at least %(low)s", low=param.min) if param.max is None and param.min is not None else "",
    ]
    extra = "; ".join(filter(None, notes))
    return name, " ".join(filter(None, [param.help, f"[{extra}]" if extra else ""]))


def _section(formatter: Formatter, title: Message, rows: list[tuple[str, str]]) -> None:
    if rows:
        with formatter.section(title.render(language())):
            formatter.write_dl(rows)


def near(name: str, names: Iterable[str]) -> Message | None:
    """A hint with those of the names that are like one, if any is."""
    found = get_close_matches(name, list(names))
    return msg("Did you mean: %(names)s?", names=", ".join(found)) if found else None
