"""Door-to-door minutes to shops, known better than distance tells."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from placement.domain.errors import Refused, Stale
from placement.domain.words import say
from placement.models.employers.employer import Site
from placement.models.matching.tables import TravelMinutes
from placement.policy.actor import Actor
from placement.policy.permissions import Permission
from placement.queries.scope import in_program
from placement.usecases.effects.log import audit
from placement.usecases.effects.people import keys_by_public_id, lock_participant
from placement.usecases.transaction import Work

MOST_MINUTES = 1440
#: Site's public id → minutes one way; None: not known.
Minutes = Mapping[str, int | None]


def set_ways(work: Work, actor: Actor, public_id: str, minutes: Minutes, *, seen: Minutes) -> None:
    """Set or forget minutes by site; sites not named stay as they are. ``seen``: what the editor was looking at.

    Raises Stale (``current`` by site), Refused, NotFound, Forbidden.
    """
    if any(value is not None and not 0 <= value <= MOST_MINUTES for value in minutes.values()):
        raise Refused(say("Use a number from %(low)s to %(high)s.", low=0, high=MOST_MINUTES))
    with work.transaction() as session:
        person = lock_participant(session, actor, public_id, Permission.MATCHING_RUN)
        ids = keys_by_public_id(session, Site.id, Site.public_id, in_program(actor, Site.program_id), minutes)
        rows = {
            row.site_id: row
            for row in session.scalars(
                select(TravelMinutes).where(
                    TravelMinutes.participant_id == person.id, TravelMinutes.site_id.in_(sorted(ids.values()))
                )
            )
        }
        current = {site: rows[key].minutes if key in rows else None for site, key in ids.items()}
        changed = [site for site in minutes if minutes[site] != current[site]]
        foreign = {site: current[site] for site in changed if seen.get(site) != current[site]}
        if foreign:
            raise Stale(0, foreign)
        for site in changed:
            row, value = rows.get(ids[site]), minutes[site]
            if row is None:
                own = {"program_id": person.program_id, "participant_id": person.id, "site_id": ids[site]}
                session.add(TravelMinutes(**own, minutes=value))
            elif value is None:
                session.delete(row)
            else:
                row.minutes = value
        if changed:
            sites = sorted(ids[site] for site in changed)
            audit(session, work, actor, "participants.ways", "participant", person.id, sites=sites)
