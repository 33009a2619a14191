"""Two series beside independence: the participant sees all of theirs, others what is shared, and only as long."""

from __future__ import annotations

from sqlalchemy import select, update

from placement.domain.diary import DayBody
from placement.domain.exposures import TryWords
from placement.domain.shares import ShareKind
from placement.models.rights.share import Share
from placement.usecases.diary.shares import ShareKindOf, share_kind
from tests.application import ClientFor
from tests.factories.cast import Cast
from tests.factories.make import Make
from tests.web.diary.logs import open_log, write
from tests.web.exposures.ladders import faced, step

OWN = "/progress/side-by-side"


def _written(cast: Cast, make: Make) -> str:
    """Fear and mood of Noa; the address for staff."""
    thea = make.actor(cast.accounts.therapist)
    faced(make, thea, step(make, thea, cast.a.participant, "The till"), -3, (61, 43, 20), TryWords("", ""))
    open_log(make, cast.a.program.id)
    write(make, make.actor(cast.accounts.noa), DayBody(4, 2, "Private words"), -2)
    return f"/participants/{cast.a.participant.public_id}{OWN}"


def test_the_participant_lays_two_beside_independence(client_for: ClientFor, cast: Cast, make: Make) -> None:
    _written(cast, make)
    noa = client_for(cast.accounts.noa)
    assert "Side by side" in noa.get("/progress").content
    page = noa.get(f"{OWN}?first=fear-highest&second=mood&months=3")
    for words in ("Together is not because", "43 of 100", "rather well", "Milestone", "gaps stay gaps"):
        assert words in page.content
    assert "61 of 100" not in page.content
    assert "Private words" not in page.text
    assert "61 of 100" in noa.get(f"{OWN}?first=fear-expected").content
    # Nonsense in the address is passed over.
    assert "of 100" not in noa.get(f"{OWN}?first=%27&second=mood.x&months=-1").content


def test_what_is_shared_and_only_as_long(client_for: ClientFor, cast: Cast, make: Make) -> None:
    path = _written(cast, make)
    thea = client_for(cast.accounts.therapist)
    before = thea.get(f"{path}?first=mood&second=energy")
    assert "Mood" not in before.content
    own = make.actor(cast.accounts.noa)
    share_kind(make.work, own, ShareKindOf(ShareKind.MOOD_CHART, cast.accounts.therapist.public_id, so_far=True))
    shared = thea.get(f"{path}?first=mood&second=energy")
    assert "rather well" in shared.content
    assert "Private words" not in shared.text
    # The coach looks after them, too, and sees neither the log nor the steps.
    coach = client_for(cast.accounts.coach).get(f"{path}?first=mood&second=fear-highest")
    assert "Mood" not in coach.content
    assert "Fear" not in coach.content
    make.do(lambda session: session.execute(update(Share).values(withdrawn_at=make.work.clock())))
    assert make.one(select(Share.withdrawn_at)) is not None
    after = thea.get(f"{path}?first=mood&second=energy")
    assert after.content == before.content


def test_nobody_else_has_this_page(client_for: ClientFor, cast: Cast, make: Make) -> None:
    path = _written(cast, make)
    for account in (cast.accounts.coordinator, cast.accounts.supervisor, cast.accounts.admin):
        client_for(account).get(path, 403)
        client_for(account).get(OWN, 403)
    client_for(cast.accounts.outsider_therapist).get(path, 404)
