"""The command line: `callcue`, or `python -m bot`. What each command needs is imported when it is called."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from bot.logs import log_crash, set_up_logging
from bot.roles import Role

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from bot.records.people import Team
    from bot.settings import Settings

app = typer.Typer(
    help="Callcue: write a note about a sales call, get a brief for the next one. Without a command it starts the "
    "Telegram bot when CALLCUE_TELEGRAM_TOKEN is set, else the bot in this terminal.",
    epilog="Settings are read from the environment or from .env: see .env.example.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
team_commands = typer.Typer(help="Teams: people who share a playbook.", no_args_is_help=True)
people_commands = typer.Typer(help="Who is in.", no_args_is_help=True)
playbook_commands = typer.Typer(help="A lead's work on the playbook.", no_args_is_help=True)
app.add_typer(team_commands, name="team")
app.add_typer(people_commands, name="people")
app.add_typer(playbook_commands, name="playbook")

LOG_FILE = "callcue.log"  # in the data folder

TeamName = Annotated[str | None, typer.Option("--team", help="Which team, where there is more than one.")]


def main() -> None:
    """Run the command line. Whatever goes wrong, a person sees a sentence and never a traceback."""
    # Modules and cues are many small objects that stay; collecting less often makes a start a tenth faster.
    gc.set_threshold(100_000, 50, 50)
    # Unpacking in one thread asks for the interpreter hundreds of times while another one imports.
    sys.setswitchinterval(0.0005)
    try:
        app()
    except Exception as error:  # noqa: BLE001 (the last place where it can be told in plain words)
        _tell_of_crash(error)


@app.callback(invoke_without_command=True)
def start(context: typer.Context) -> None:
    """Start the bot."""
    set_up_logging(level="ERROR", file=None, secrets=frozenset(), on_screen=None)
    if context.invoked_subcommand is None:
        with _problems_told():
            settings = _settings()
            if settings.telegram_token:
                _run(settings)
            else:
                _chat(settings)


@app.command()
def chat() -> None:
    """The whole bot in this terminal: no token, no server. Reads a script from standard input as well."""
    with _problems_told():
        _chat(_settings())


@app.command()
def run() -> None:
    """The Telegram bot, by long polling. Ctrl-C ends it."""
    with _problems_told():
        _run(_settings())


@app.command()
def read(
    file: Annotated[str, typer.Argument(help="JSON Lines of notes (id, text, lang, written_on); - is standard input.")],
    explain: Annotated[bool, typer.Option("--explain", help="Add every cue that was seen, and why it counts.")] = False,
) -> None:
    """Read notes from a file and write one reading a line."""
    from bot.read_file import read_file

    try:
        bad = read_file(file, explain=explain, today=datetime.now(UTC).astimezone().date())
    except BrokenPipeError:
        raise  # whoever took the readings has enough of them
    except OSError as error:
        _fail(f"{file} cannot be read: {error.strerror}.")
    if bad:
        raise typer.Exit(1)


@app.command()
def evaluate(
    file: Annotated[str, typer.Argument(help="JSON Lines of labelled notes; - is standard input.")],
    json: Annotated[bool, typer.Option("--json", help="Print all figures and every miss as JSON.")] = False,
    cues: Annotated[bool, typer.Option("--cues", help="Add the precision and recall of every cue.")] = False,
) -> None:
    """Say how well the reading agrees with labelled notes or lines. Fields that a note does not carry are skipped."""
    from bot.evaluate_file import evaluate_file

    try:
        bad = evaluate_file(file, as_json=json, every_cue=cues, today=datetime.now(UTC).astimezone().date())
    except OSError as error:
        _fail(f"{file} cannot be read: {error.strerror}.")
    if bad:
        raise typer.Exit(1)


@app.command()
def invite(
    role: Annotated[Role, typer.Option(help="What the person will be.")] = Role.REP,
    team: TeamName = None,
) -> None:
    """Make a code with which one person can join; it works once, for seven days."""
    from bot.database import transaction
    from bot.inviting import bot_name, how_to_join
    from bot.records.people import create_invite

    with _problems_told():
        settings = _settings()
        engine = _database(settings)
        chosen = _team(engine, team)
        with transaction(engine) as session:
            code, _ = create_invite(session, _id_of(chosen), role=role, now=_now())
        typer.echo(how_to_join(code, role=role, team=chosen.name, bot=bot_name(settings)))


@team_commands.command("add")
def add_team(name: Annotated[str, typer.Argument(help="What the team is called.")]) -> None:
    """Add a team; it starts with the default playbook."""
    from bot.database import transaction
    from bot.first_start import start_team
    from bot.records.people import all_teams

    with _problems_told():
        engine = _database(_settings())
        with transaction(engine) as session:
            if name in {team.name for team in all_teams(session)}:
                _fail(f'There is a team "{name}" already.')
            start_team(session, name, now=_now())
        typer.echo(f'Team "{name}" is there. Let people in with: callcue invite --team "{name}"')


@team_commands.command("list")
def list_teams() -> None:
    """List the teams, and how many people are in each."""
    from bot.database import transaction
    from bot.records.people import all_teams, people_of

    with _problems_told(), transaction(_database(_settings())) as session:
        for team in all_teams(session):
            typer.echo(f"{team.name}\t{len(people_of(session, _id_of(team)))}")


@people_commands.command("list")
def list_people(team: TeamName = None) -> None:
    """List who is in a team: name, role, language, zone, and since when."""
    from bot.database import transaction
    from bot.records.people import people_of

    with _problems_told():
        engine = _database(_settings())
        chosen = _team(engine, team)
        with transaction(engine) as session:
            for person in people_of(session, _id_of(chosen)):
                typer.echo(
                    f"{person.name}\t{person.role}\t{person.language}\t{person.zone}\t{person.joined_at:%Y-%m-%d}"
                )


@playbook_commands.command("check")
def check_playbook(folder: Annotated[Path, typer.Argument(help="The folder with the playbook's YAML files.")]) -> None:
    """Check a playbook's files; every mistake is named with its file, line and card."""
    from playbooks.check import check_folder

    problems = check_folder(folder)
    for problem in problems:
        typer.echo(str(problem), err=True)
    if problems:
        _fail(f"{folder}: {len(problems)} to mend.")
    typer.echo(f"{folder} is in order.", err=True)


@app.command()
def migrate() -> None:
    """Bring the database to this version of the program. `run` and `chat` do so by themselves."""
    from bot.database import database_url, open_engine
    from bot.database import migrate as bring_up_to_date

    with _problems_told():
        bring_up_to_date(open_engine(database_url(_settings())))
        typer.echo("The database is up to date.", err=True)


def _chat(settings: Settings) -> None:
    from nlp import encoder

    encoder.load_beside()  # while all the rest is imported
    from bot.terminal import chat_here

    _log(settings)
    chat_here(settings)
    _leave()


def _run(settings: Settings) -> None:
    if settings.telegram_token is None:
        _fail(
            "CALLCUE_TELEGRAM_TOKEN is not set. Get one from @BotFather, or try the bot in this terminal with: "
            "callcue chat"
        )
    _log(settings, on_screen=True)
    from nlp import encoder

    encoder.load_beside()  # while all the rest is imported
    import asyncio

    from bot.desk import Desk
    from bot.first_start import defaults_of
    from bot.reading_service import ReadingService
    from bot.telegram.app import run as run_telegram
    from bot.telegram.connection import CannotStart

    token = settings.telegram_token.get_secret_value()
    desk = Desk(_database(settings), ReadingService(), _now, defaults_of(settings))
    try:
        asyncio.run(run_telegram(desk, token=token, api_url=settings.telegram_api_url, clock=_now, on_ready=_ready))
    except CannotStart as reason:
        _fail(str(reason))
    _leave()


@contextlib.contextmanager
def _problems_told() -> Iterator[None]:
    """Tell what a person can mend in one sentence, and end with a code that is not 0."""
    from bot.database import DatabaseProblem
    from bot.settings import SettingsInvalid

    try:
        yield
    except (DatabaseProblem, SettingsInvalid) as problem:
        _fail(str(problem))


def _ready(bot_name: str) -> None:
    typer.echo(f"@{bot_name} is answering. Ctrl-C stops it.", err=True)


def _settings() -> Settings:
    from bot.settings import Settings

    return Settings.load()


def _database(settings: Settings) -> Engine:
    from bot.first_start import open_database

    return open_database(settings, now=_now())


def _team(engine: Engine, name: str | None) -> Team:
    """Return the team of this name; without a name the only one there is."""
    from bot.database import transaction
    from bot.records.people import all_teams

    with transaction(engine) as session:
        teams = all_teams(session)
    found = [team for team in teams if name in (None, team.name)]
    if not found:
        _fail(f'There is no team "{name}". The names are: {_names(teams)}.')
    if len(found) > 1:
        _fail(f"There is more than one team. Add --team NAME; the names are: {_names(teams)}.")
    return found[0]


def _names(teams: list[Team]) -> str:
    return ", ".join(f'"{team.name}"' for team in teams)


def _id_of(team: Team) -> int:
    if team.id is None:
        raise RuntimeError("the team was not written")
    return team.id


def _log(settings: Settings, *, on_screen: bool = False) -> None:
    token = settings.telegram_token
    set_up_logging(
        level=settings.log_level,
        file=settings.data_dir.expanduser() / LOG_FILE,
        secrets=frozenset({token.get_secret_value()} if token else ()),
        on_screen=sys.stderr if on_screen else None,
    )


def _tell_of_crash(error: Exception) -> NoReturn:
    from bot.settings import SettingsInvalid

    with contextlib.suppress(SettingsInvalid):
        _log(_settings())
    file = log_crash(error)
    where = f" The details are in {file}." if file else ""
    _fail(f"Callcue stopped because of a mistake in the program ({type(error).__name__}).{where}")


def _leave() -> NoReturn:
    """End at once: cues that are being compiled in a thread cannot be interrupted, and nothing else is under way."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _now() -> datetime:
    return datetime.now(UTC)


def _fail(message: str) -> NoReturn:
    typer.echo(message, err=True)
    sys.exit(1)
