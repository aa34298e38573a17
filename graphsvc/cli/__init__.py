"""The command line: wiring only. Exit codes: 0 done, 1 the surroundings failed, 2 the input or the call is wrong."""

from __future__ import annotations

import os
import sys

import click

from graphsvc import config, logs
from graphsvc.cli.app import app
from graphsvc.errors import GraphsvcError
from graphsvc.i18n import Message, msg

INTERRUPTED = 130


def main() -> None:
    """Run a command; whatever goes wrong ends in a sentence and an exit code, never in a stack trace."""
    try:
        result = app(standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as exc:
        sys.exit(exc.exit_code)
    except click.ClickException as exc:
        exc.show()
        sys.exit(exc.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(INTERRUPTED)
    except GraphsvcError as exc:
        _say(exc.render(_language()))
        sys.exit(exc.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader left: nothing more to say
        sys.exit(1)
    except Exception as exc:
        path = logs.keep(exc)
        _say(
            msg(
                "Something went wrong that should not have (%(kind)s). Details are in %(path)s; please report them.",
                kind=type(exc).__name__,
                path=path,
            )
        )
        sys.exit(1)
    sys.exit(result if isinstance(result, int) else 0)


def _say(message: Message | str) -> None:
    text = message.render(_language()) if isinstance(message, Message) else message
    click.echo(text, err=True)


def _language() -> str:
    try:
        return config.load().lang
    except GraphsvcError:
        return "pl"
