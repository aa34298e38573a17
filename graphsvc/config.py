"""Settings: the only place that reads the environment."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import psutil
from platformdirs import user_data_path
from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from graphsvc.errors import ConfigError, Place
from graphsvc.i18n import LANGUAGES, msg


def _quarter() -> int:
    """Megabytes: a quarter of the machine's memory, and enough for a small network in any case."""
    return max(1024, psutil.virtual_memory().total >> 22)


class Settings(BaseSettings):
    """What can be set from outside; each field names its environment variable."""

    model_config = SettingsConfigDict(
        env_prefix="GRAPHSVC_", frozen=True, extra="ignore", env_ignore_empty=True, populate_by_name=True
    )

    neo4j_uri: str | None = Field(default=None, validation_alias=AliasChoices("NEO4J_URI"))
    """``bolt``, ``neo4j``, either with ``+s`` or ``+ssc``; unset: the embedded server."""
    neo4j_username: str = Field(default="neo4j", validation_alias=AliasChoices("NEO4J_USERNAME"))
    neo4j_password: SecretStr | None = Field(default=None, validation_alias=AliasChoices("NEO4J_PASSWORD"))
    neo4j_database: str | None = Field(default=None, validation_alias=AliasChoices("NEO4J_DATABASE"))
    data_dir: Path = Field(default_factory=lambda: user_data_path("graphsvc", appauthor=False))
    """``GRAPHSVC_DATA_DIR``: the embedded database, its jars, caches, secrets, background jobs."""
    lang: Literal["pl", "en"] = "pl"
    """``GRAPHSVC_LANG``: language of the command line (the web asks the browser)."""
    neo4j_heap: str = Field(default="512m", pattern=r"^\d+[mMgG]$")
    """``GRAPHSVC_NEO4J_HEAP``: the embedded server's heap."""
    neo4j_java: str = ""
    """``GRAPHSVC_NEO4J_JAVA``: further options for the embedded server's Java."""
    memory: int = Field(default_factory=_quarter, ge=1)
    """``GRAPHSVC_MEMORY``: megabytes of snapshots, measures and suggestions that a process keeps for the next page."""
    proxy: str = ""
    """``GRAPHSVC_PROXY``: IP address of a web server (nginx, Caddy) that passes requests on; what it says of who asks,
    by which name and whether by HTTPS is believed."""
    smtp_host: str | None = None
    """``GRAPHSVC_SMTP_HOST``: the mail server for survey invitations and reminders; unset: links are shown instead."""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_username: str | None = None
    smtp_password: SecretStr | None = None
    smtp_from: str = "graphsvc@localhost"
    log_level: Literal["debug", "info", "warning", "error"] = "warning"


@cache
def load() -> Settings:
    """The settings of this process.

    Raises ConfigError naming the variable when a value can't be used.
    """
    try:
        return Settings()
    except ValidationError as exc:
        first = exc.errors()[0]
        raise ConfigError(
            msg("The setting can't have the value %(value)s.", value=first["input"]),
            place=Place(field=_variable(str(first["loc"][0]))),
            hint=msg("The README lists what each setting takes."),
        ) from None


class _Language(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="GRAPHSVC_", extra="ignore")

    lang: str = "pl"


def language_alone() -> str:
    """The language, where other settings have values that can't be used; Polish where it has itself."""
    said = _Language().lang
    return said if said in LANGUAGES else "pl"


def _variable(name: str) -> str:
    """The environment variable of a field."""
    return name.upper() if name.lower().startswith("neo4j_") and name.isupper() else f"GRAPHSVC_{name.upper()}"
