from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import event
from sqlmodel import select

from bot.database import transaction
from bot.records.people import Team
from playbooks.playbook import Playbook
from playbooks.tables import PlaybookCard, PlaybookVersion, TeamPlaybook
from playbooks.versions import (
    BaseOutdated,
    NoPlaybook,
    PlaybookInvalid,
    add_draft,
    current_version,
    files_of,
    find_card,
    load_version,
    publish,
    publish_default,
    publish_draft,
)

NOW = datetime(2026, 3, 9, 8, 30, tzinfo=UTC)


@pytest.fixture
def first(session, team_id, files):
    return publish(session, team_id, files, author_id=None, base_id=None, now=NOW)


def renamed(files, old="Who decides?", new="Who has the last word?"):
    return {"questions.yaml": files["questions.yaml"].replace(old, new)}


def test_a_published_playbook_is_what_the_team_works_with(session, team_id, small, first):
    session.commit()
    session.expire_all()
    version = current_version(session, team_id)
    assert (version.id, version.number, version.base_id) == (first.id, 1, None)
    assert version.published_at == NOW
    assert load_version(session, version.id) == small


def test_files_are_kept_as_their_author_wrote_them(session, files, first):
    files["needs.yaml"] = "# a comment stays\n" + files["needs.yaml"]
    second = publish(
        session, first.team_id, {"needs.yaml": files["needs.yaml"]}, author_id=None, base_id=first.id, now=NOW
    )
    assert files_of(session, second.id) == files


def test_a_pushed_file_replaces_that_of_its_path_and_removal_is_explicit(session, team_id, files, first):
    second = publish(
        session, team_id, renamed(files), author_id=None, base_id=first.id, now=NOW, removed=["cues/cues.nl.yaml"]
    )
    assert (second.number, second.base_id) == (2, first.id)
    assert set(files_of(session, second.id)) == set(files) - {"cues/cues.nl.yaml"}
    assert "last word" in files_of(session, second.id)["questions.yaml"]


def test_versions_are_never_edited(session, team_id, files, first):
    content, kept = first.content, files_of(session, first.id)
    publish(session, team_id, renamed(files), author_id=None, base_id=first.id, now=NOW + timedelta(days=1))
    session.commit()
    session.expire_all()
    before = session.get_one(PlaybookVersion, first.id)
    assert (before.content, before.published_at, files_of(session, first.id)) == (content, NOW, kept)


def test_an_invalid_playbook_changes_nothing(session, team_id, files, first):
    with pytest.raises(PlaybookInvalid) as error:
        publish(session, team_id, {"needs.yaml": "needs: ["}, author_id=None, base_id=first.id, now=NOW)
    assert [problem.code for problem in error.value.problems] == ["yaml_structure"]
    assert current_version(session, team_id).id == first.id
    assert len(session.exec(select(PlaybookVersion)).all()) == 1


def test_who_edited_an_old_version_is_refused(session, team_id, files, first):
    second = publish(session, team_id, renamed(files), author_id=None, base_id=first.id, now=NOW)
    for base in (first.id, None):
        with pytest.raises(BaseOutdated) as error:
            publish(session, team_id, renamed(files), author_id=None, base_id=base, now=NOW)
        assert error.value.current_id == second.id


def test_a_draft_waits_until_it_is_published(session, team_id, files, first):
    draft = add_draft(session, team_id, renamed(files), author_id=None, base_id=first.id, now=NOW)
    assert draft.published_at is None
    assert current_version(session, team_id).id == first.id
    publish_draft(session, draft, now=NOW)
    assert current_version(session, team_id).id == draft.id


def test_a_draft_is_refused_when_somebody_published_in_between(session, team_id, files, first):
    draft = add_draft(session, team_id, renamed(files), author_id=None, base_id=first.id, now=NOW)
    second = publish(session, team_id, renamed(files, new="Who else?"), author_id=None, base_id=first.id, now=NOW)
    with pytest.raises(BaseOutdated):
        publish_draft(session, draft, now=NOW)
    assert current_version(session, team_id).id == second.id


def test_of_two_who_publish_at_the_same_moment_one_is_refused(session, engine, team_id, files, first):
    session.commit()
    together = Barrier(2)

    def push(wording: str) -> str:
        together.wait()
        try:
            with transaction(engine) as own:
                publish(own, team_id, renamed(files, new=wording), author_id=None, base_id=first.id, now=NOW)
        except BaseOutdated:
            return "refused"
        return "published"

    with ThreadPoolExecutor(2) as leads:
        assert sorted(leads.map(push, ["Who else?", "Who then?"])) == ["published", "refused"]
    assert current_version(session, team_id).number == 2


def test_each_team_has_its_own_playbook(session, team_id, files, first):
    other = Team(name="Others", created_at=NOW)
    session.add(other)
    session.flush()
    with pytest.raises(NoPlaybook):
        current_version(session, other.id)
    theirs = publish(session, other.id, files, author_id=None, base_id=None, now=NOW)
    assert theirs.number == 1
    assert {row.team_id: row.version_id for row in session.exec(select(TeamPlaybook))} == {
        team_id: first.id,
        other.id: theirs.id,
    }


def test_cards_are_found_with_their_place(session, team_id, first):
    card = find_card(session, team_id, "costly-driver")
    assert card is not None
    assert (card.section, card.path, card.line) == ("objections", "objections.yaml", 13)
    assert find_card(session, team_id, "en-driver") is None  # a cue is no card


def test_a_retired_card_stays_findable(session, team_id, files, first):
    shorter = files["questions.yaml"][: files["questions.yaml"].index("  - id: always-good")]
    second = publish(session, team_id, {"questions.yaml": shorter}, author_id=None, base_id=first.id, now=NOW)
    card = find_card(session, team_id, "always-good")
    assert card is not None
    assert card.version_id == first.id
    assert any(question.id == "always-good" for question in load_version(session, card.version_id).questions)
    gone = select(PlaybookCard).where(PlaybookCard.version_id == second.id, PlaybookCard.card_id == "always-good")
    assert session.exec(gone).first() is None


def test_an_id_never_becomes_another_sort_of_card(session, team_id, files, first):
    changed = {
        "questions.yaml": files["questions.yaml"].replace("id: always-good", "id: always-fine"),
        "cadences.yaml": files["cadences.yaml"].replace("id: cadence-new-driver", "id: always-good"),
    }
    with pytest.raises(PlaybookInvalid) as error:
        publish(session, team_id, changed, author_id=None, base_id=first.id, now=NOW)
    assert [str(problem) for problem in error.value.problems] == [
        "cadences.yaml, line 42, card \"always-good\": the id 'always-good' belonged to a question in version 1, and "
        "old answers still refer to it. Use another id."
    ]


def test_a_cache_that_no_longer_fits_is_made_again_from_the_files(session, small, first):
    first.content = '{"of": "another program version"}'
    session.flush()
    assert load_version(session, first.id) == small
    first.schema_number = 0
    session.flush()
    assert load_version(session, first.id) == small


def test_looking_up_the_version_does_not_read_the_whole_playbook(session, engine, team_id, first):
    session.commit()
    session.expunge_all()
    said = []
    event.listen(engine, "before_cursor_execute", lambda *told: said.append(told[2]))
    assert current_version(session, team_id).number == 1
    assert said
    assert not any("content" in statement for statement in said)


def test_a_missing_version_is_named(session):
    with pytest.raises(NoPlaybook):
        load_version(session, 12345)


def test_the_default_playbook_is_published_once(session, team_id):
    version = publish_default(session, team_id, now=NOW)
    assert isinstance(load_version(session, version.id), Playbook)
    with pytest.raises(BaseOutdated):
        publish_default(session, team_id, now=NOW)
