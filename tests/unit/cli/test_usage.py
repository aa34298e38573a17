"""What is wrong with a call, and help: of every command and option there is, in the language of the settings."""

import json
import os
import re
import subprocess
import sys

import pytest
import typer
from typer.core import TyperArgument, TyperGroup

from graphsvc import config
from graphsvc.cli.app import app
from graphsvc.i18n import short

ENGLISH = re.compile(
    r"\b(usage|try|error|invalid|input should|unable|no such|missing|requires?|unexpected|must|can't|give|takes?|value"
    r"|did you|possible|show this|default:|required|options|arguments|commands|range|args|number|text|at least)\b",
    re.IGNORECASE,
)
"""Words of typer, pydantic and ours that stand in no Polish sentence and in no name of an option."""
POLISH = re.compile("[ąćęłńóśźż]|Nie |Podaj|Pomoc|Polecenia", re.IGNORECASE)
WRONG = {"int": ["x", "1.5", "9" * 5000], "float": ["x", "0,1"], "datetime": ["x", "31.12.2010", "2010-02-30"]}
WALK = """
import json, typer
from typer.core import TyperGroup
from graphsvc.cli.app import app
def walk(command, name, parent=None):
    with command.make_context(name, [], parent=parent, resilient_parsing=True) as context:
        below = command.commands.items() if isinstance(command, TyperGroup) else ()
        pages = {context.command_path: command.get_help(context)}
        return pages | {k: v for n, c in below for k, v in walk(c, n, context).items()}
print(json.dumps(walk(typer.main.get_command(app), "graphsvc")))
"""


def commands(path, command):
    below = command.commands.items() if isinstance(command, TyperGroup) else ()
    return [(path, command), *(found for name, one in below for found in commands((*path, name), one))]


EVERY = commands((), typer.main.get_command(app))
ASKED = [(path, param) for path, command in EVERY for param in command.params]
OPTIONS = [(path, param) for path, param in ASKED if not isinstance(param, TyperArgument)]
NAMED = [(" ".join([*path, param.opts[-1]])) for path, param in OPTIONS]


@pytest.fixture(params=["pl", "en"])
def said(request, run, monkeypatch):
    """The sentence that a wrong call ends with, after how the command is called and where help is."""
    monkeypatch.setenv("GRAPHSVC_LANG", request.param)
    config.load.cache_clear()
    polish = request.param == "pl"
    called = ("Użycie: graphsvc", "Pomoc: graphsvc") if polish else ("Usage: graphsvc", "Help: graphsvc")

    def said(*args):
        ended = run(*args)
        usage, *_, help, empty, sentence = ended.err.splitlines()
        assert (ended.code, ended.out, empty) == (2, "", "")
        assert (usage.startswith(called[0]), help.startswith(called[1])) == (True, True)
        assert not (ENGLISH if polish else POLISH).search(ended.err.replace(str(args[-1]), "")), ended.err
        return sentence.removeprefix("opcja ").removeprefix("option ")

    return said


@pytest.mark.parametrize(("path", "param"), OPTIONS, ids=NAMED)
def test_every_option_that_is_mistyped_or_left_without_its_value(said, path, param):
    for name in param.opts:
        if not param.is_flag:
            assert said(*path, name).startswith(f"{name}: ")
        else:
            assert said(*path, f"{name}=x").startswith(f"{name}: ")
    assert re.search(rf": .*{name}\b", said(*path, f"{name}q").partition(": ")[2])


@pytest.mark.parametrize(("path", "param"), OPTIONS, ids=NAMED)
def test_every_value_that_an_option_does_not_take(said, path, param):
    choices, annotation = param.type_descriptor.choices, param.type_descriptor.annotation.__name__
    wrong = ["nobody"] if choices else WRONG.get(annotation, [])
    for value in (*wrong, *([param.min - 1] if param.min is not None else []), *([param.max + 1] if param.max else [])):
        sentence = said(*path, f"{param.opts[-1]}", value)
        assert sentence.startswith(f"{param.opts[-1]}: ")
        assert short(str(value)) in sentence
    for choice in choices or ():
        assert choice.value in said(*path, param.opts[-1], "nobody")


@pytest.mark.parametrize(("path", "command"), EVERY, ids=[" ".join(path) or "graphsvc" for path, _ in EVERY])
def test_every_command_without_what_it_needs_or_with_too_much(said, path, command):
    if isinstance(command, TyperGroup):
        for name in command.commands:
            assert re.search(rf": .*{name}\b", said(*path, f"{name}q"))
        assert "serve" in said("qqq")
        return
    needed = [param for param in command.params if param.required]
    given = [part for param in needed for part in values(param)]
    for param in needed:
        rest = [part for other in needed if other is not param for part in values(other)]
        if not isinstance(param, TyperArgument):
            assert said(*path, *rest).startswith(f"{param.opts[-1]}: ")
    arguments = [param for param in needed if isinstance(param, TyperArgument)]
    if arguments:
        assert arguments[0].name in said(*path)
    assert "qqq" in said(*path, *given, "qqq")


def values(param):
    value = param.type_descriptor.choices[0].value if param.type_descriptor.choices else "x"
    return [value] if isinstance(param, TyperArgument) else [param.opts[-1], value]


@pytest.mark.parametrize(
    ("language", "heads", "notes", "foreign"),
    [
        ("pl", "Użycie", "[domyślnie: 10; od 1 do 10000]", ENGLISH),
        ("en", "Usage", "[default: 10; from 1 to 10000]", POLISH),
    ],
    ids=["pl", "en"],
)
def test_help_of_every_command(language, heads, notes, foreign):
    environ = {**os.environ, "GRAPHSVC_LANG": language}
    ended = subprocess.run([sys.executable, "-c", WALK], env=environ, capture_output=True, check=True, text=True)
    pages = json.loads(ended.stdout)
    assert len(pages) == len(EVERY)
    for page in pages.values():
        assert page.startswith(heads)
        assert not foreign.search(page), page
    assert notes in " ".join(pages["graphsvc suggest"].split())


@pytest.mark.parametrize("args", [(), ("db",), ("--",)])
def test_a_group_alone_shows_its_help(run, args):
    ended = run(*args)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("Usage: graphsvc")
    assert "Traceback" not in ended.err
