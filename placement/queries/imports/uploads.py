"""Tables that were brought in: their list, one of them, and what is in the program already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from placement.domain.errors import NotFound
from placement.domain.import_fields import ImportKind, ImportState, identity
from placement.models.accounts.account import Account
from placement.models.employers.employer import Employer, Site
from placement.models.imports.upload import Upload
from placement.models.participants.participant import Participant
from placement.policy.actor import Actor
from placement.policy.check import ensure
from placement.policy.facts import Facts
from placement.policy.permissions import Permission
from placement.queries import scope
from placement.queries.pages import Page, fetch_page


@dataclass(frozen=True, slots=True)
class UploadLine:
    public_id: str
    kind: ImportKind
    state: ImportState
    file_name: str
    at: datetime
    by: str
    total: int
    done: int
    kept: int


@dataclass(frozen=True, slots=True)
class UploadPage:
    """``rows`` are gone once it is in or taken back."""

    line: UploadLine
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    mapping: dict[str, int]


def upload_list(db: Session, actor: Actor, cursor: str | None) -> Page[UploadLine]:
    """Newest first, in one statement. Raises Forbidden."""
    ensure(actor, Permission.IMPORT_RUN, Facts(actor.program))
    keys: list[Any] = [Upload.id]
    page: Page[Any] = fetch_page(db, _lines(actor), keys, cursor, descending=True)
    return Page([UploadLine(*row[:9]) for row in page.rows], page.next, page.previous)


def upload_page(db: Session, actor: Actor, public_id: str) -> UploadPage:
    """One of them, in one statement. Raises NotFound, Forbidden."""
    ensure(actor, Permission.IMPORT_RUN, Facts(actor.program))
    row = db.execute(
        _lines(actor).add_columns(Upload.header, Upload.rows, Upload.mapping).where(Upload.public_id == public_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    return UploadPage(UploadLine(*row[:9]), row[9], row[10], dict(row[11]))


def known(db: Session, actor: Actor, kind: ImportKind) -> frozenset[str]:
    """What is in the program already, as ``domain.import_fields.identity`` says it; one statement."""
    if kind is ImportKind.PARTICIPANTS:
        people = db.execute(
            select(Participant.preferred_name, Participant.family_name).where(
                scope.in_program(actor, Participant.program_id)
            )
        )
        return frozenset(identity(kind, {"preferred_name": one, "family_name": two}) for one, two in people)
    shops = db.execute(
        select(
            Employer.name, func.coalesce(Site.name, ""), func.coalesce(Site.street, ""), func.coalesce(Site.city, "")
        )
        .outerjoin(Site, Site.employer_id == Employer.id)
        .where(scope.in_program(actor, Employer.program_id))
    )
    return frozenset(
        identity(kind, {"name": name, "site": "" if site == name else site, "street": street, "city": city})
        for name, site, street, city in shops
    )


def _lines(actor: Actor) -> Any:
    return (
        select(
            Upload.public_id, Upload.kind, Upload.state, Upload.file_name, Upload.created_at, Account.name,
            Upload.total, Upload.done, Upload.kept,
        )
        .join(Account, Account.id == Upload.by_account_id)
        .where(scope.in_program(actor, Upload.program_id))
    )  # fmt: skip
