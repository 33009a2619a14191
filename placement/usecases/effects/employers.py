"""Rows of the employers' side, loaded to be changed."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.models.employers.employer import Employer, Site
from placement.models.employers.opening import Opening
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries.scope import in_program

Row = TypeVar("Row", Employer, Site, Opening)


def load_to_edit(session: Session, actor: Actor, model: type[Row], public_id: str) -> Row:
    """An employer, site or opening, locked, so that nobody changes it between looking and writing.

    Raises NotFound out of sight, Forbidden for who may not edit it.
    """
    row: Row | None = session.scalar(
        select(model).where(model.public_id == public_id, in_program(actor, model.program_id)).with_for_update()
    )
    if row is None:
        raise NotFound
    ensure(actor, Permission.EMPLOYER_EDIT, Facts(row.program_id))
    return row
