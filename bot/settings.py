"""Everything that the environment sets, read once into a frozen object."""

from __future__ import annotations

import re
import zoneinfo
from pathlib import Path
from typing import Literal, Self

import holidays
import platformdirs
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from nlp.language import languages

TOKEN_FORM = re.compile(r"[0-9]{5,20}:[A-Za-z0-9_-]{20,100}")


class SettingsInvalid(Exception):
    """The environment or the `.env` file sets something that cannot be used; the message names each and what to do."""


class Settings(BaseSettings):
    """What the environment or `.env` sets, each with the prefix CALLCUE_."""

    model_config = SettingsConfigDict(
        env_prefix="CALLCUE_",
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    telegram_token: SecretStr | None = Field(default=None, description="The bot's token, from @BotFather")
    telegram_api_url: str = Field(default="https://api.telegram.org", description="Another Bot API server")
    database_url: SecretStr | None = Field(
        default=None, description="sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME; else a file in DATA_DIR"
    )
    data_dir: Path = Field(
        default_factory=lambda: platformdirs.user_data_path("callcue", appauthor=False),
        description="Where the database file lies",
    )
    timezone: str = Field(default="Europe/Amsterdam", description="Zone of new people, such as Europe/London")
    language: str = Field(default="en", description="Language of new people: en or nl")
    country: str = Field(default="NL", description="Whose holidays are no working days, such as NL or GB")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", description="How much is logged")

    @field_validator("telegram_token")
    @classmethod
    def _token_looks_right(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not TOKEN_FORM.fullmatch(token.get_secret_value().strip()):
            raise ValueError("is not a bot token (123456789:AA...). Copy it whole from @BotFather")
        return token and SecretStr(token.get_secret_value().strip())

    @field_validator("telegram_api_url")
    @classmethod
    def _is_web_address(cls, address: str) -> str:
        if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", address):
            raise ValueError("is not a web address. Write it like https://api.telegram.org")
        return address.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _is_known_database(cls, address: SecretStr | None) -> SecretStr | None:
        if address is None:
            return None
        try:
            url = make_url(address.get_secret_value())
        except ArgumentError:
            url = None
        if url is None or url.get_backend_name() not in ("sqlite", "postgresql", "postgres"):
            raise ValueError("is not a database address. Write sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME")
        return address

    @field_validator("timezone")
    @classmethod
    def _is_zone(cls, zone: str) -> str:
        if zone not in zoneinfo.available_timezones():
            raise ValueError("is not a time zone. Write one like Europe/Amsterdam or America/New_York")
        return zone

    @field_validator("language")
    @classmethod
    def _is_language(cls, language: str) -> str:
        if language not in languages():
            raise ValueError(f"is not a language that the bot speaks. Write one of: {', '.join(languages())}")
        return language

    @field_validator("country")
    @classmethod
    def _is_country(cls, country: str) -> str:
        if country.upper() not in holidays.list_supported_countries(include_aliases=False):
            raise ValueError("is not a country whose holidays are known. Write its two letters, such as NL or GB")
        return country.upper()

    @field_validator("log_level", mode="before")
    @classmethod
    def _in_capitals(cls, level: object) -> object:
        return level.upper() if isinstance(level, str) else level

    @classmethod
    def load(cls) -> Self:
        """Read the environment and `.env`. Raises SettingsInvalid, which never repeats a value."""
        try:
            return cls()
        except ValidationError as error:
            raise SettingsInvalid("\n".join(_complaints(error))) from None
        except UnicodeDecodeError:
            raise SettingsInvalid("The file .env is not UTF-8 text. Save it as UTF-8, or remove it.") from None


def _complaints(error: ValidationError) -> list[str]:
    """Return one sentence for each setting that is wrong."""
    sentences = []
    for problem in error.errors(include_input=False, include_url=False):
        name = "CALLCUE_" + "_".join(str(part) for part in problem["loc"]).upper()
        what = problem["msg"].removeprefix("Value error, ")
        if problem["type"] != "value_error":
            what = f"cannot be used: {what[:1].lower()}{what[1:]}"
        sentences.append(f"{name} {what}.")
    return sentences
