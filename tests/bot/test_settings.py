"""What the environment sets, and what is said when it sets nonsense."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.database import database_url
from bot.settings import Settings, SettingsInvalid

TOKEN = "123456789:AAbbccddeeffgghhiijjkkllmmnnooppqqr"


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"CALLCUE_{name.upper()}", raising=False)


def test_nothing_has_to_be_set() -> None:
    settings = Settings.load()
    assert settings.telegram_token is None
    assert database_url(settings).drivername == "sqlite"


@pytest.mark.parametrize(
    ("name", "value", "what_next"),
    [
        ("TELEGRAM_TOKEN", "123:short", "@BotFather"),
        ("TELEGRAM_TOKEN", "a secret that was pasted", "@BotFather"),
        ("TELEGRAM_API_URL", "telegram.example", "https://api.telegram.org"),
        ("DATABASE_URL", "mysql://root:hunter2@localhost/x", "postgresql://USER"),
        ("DATABASE_URL", "hunter2", "sqlite:///PATH"),
        ("TIMEZONE", "Mars/Olympus", "Europe/Amsterdam"),
        ("LANGUAGE", "klingon", "en, nl"),
        ("COUNTRY", "Atlantis", "such as NL"),
        ("LOG_LEVEL", "chatty", "DEBUG"),
    ],
)
def test_malformed_value_is_named_with_what_to_do_and_never_repeated(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, what_next: str
) -> None:
    monkeypatch.setenv(f"CALLCUE_{name}", value)
    with pytest.raises(SettingsInvalid) as caught:
        Settings.load()
    assert f"CALLCUE_{name} " in str(caught.value)
    assert what_next in str(caught.value)
    assert value not in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_every_malformed_value_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALLCUE_TIMEZONE", "Mars")
    monkeypatch.setenv("CALLCUE_LANGUAGE", "klingon")
    with pytest.raises(SettingsInvalid, match=r"(?s)CALLCUE_TIMEZONE .*CALLCUE_LANGUAGE "):
        Settings.load()


def test_settings_come_from_the_env_file_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("CALLCUE_LANGUAGE=nl\nCALLCUE_COUNTRY=be\nUNRELATED=1\n")
    monkeypatch.setenv("CALLCUE_COUNTRY", "de")
    settings = Settings.load()
    assert (settings.language, settings.country) == ("nl", "DE")


def test_env_file_that_is_no_text_is_said_so(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"CALLCUE_LANGUAGE=\xff\xfe\n")
    with pytest.raises(SettingsInvalid, match="UTF-8"):
        Settings.load()


def test_token_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CALLCUE_TELEGRAM_TOKEN", f"  {TOKEN}\n")
    settings = Settings.load()
    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == TOKEN
    assert TOKEN not in f"{settings!r} {settings}"


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings.load().language = "nl"


@pytest.mark.parametrize("address", ["postgres://u:p@h/callcue", "postgresql://u:p@h/callcue"])
def test_postgresql_is_reached_by_the_driver_that_is_installed(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("CALLCUE_DATABASE_URL", address)
    assert database_url(Settings.load()).drivername == "postgresql+psycopg"
