"""Certificates, in the participant's language: of a milestone, and of the time worked."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from placement.domain.errors import NotFound
from placement.domain.maintenance import kept_words
from placement.domain.milestone_words import milestone_words
from placement.domain.milestones import RuleKind
from placement.domain.words import Say
from placement.policy.permissions import Permission
from placement.queries.progress.page import own_public_id
from placement.queries.progress.portfolio import portfolio_of
from placement.queries.reports.certificates import (
    Certificates,
    Earned,
    Whose,
    certificates_of,
    one_earned,
    own_certificates,
    whose,
)
from placement.web.current import actor, reads, today
from placement.web.gate import record, requires
from placement.web.paper import pdf_file
from placement.web.reports.blueprint import reports


@reports.get("/certificates")
@requires(Permission.REPORT_RELEASE)
def certificates() -> ResponseReturnValue:
    """The participant's own."""
    return _page(own_certificates(reads(), actor()), own=True)


@reports.get("/participants/<public_id>/certificates")
@requires(Permission.CERTIFICATE_SEE)
def certificates_of_person(public_id: str) -> ResponseReturnValue:
    """To print and to hand over."""
    if public_id == own_public_id(reads(), actor()):
        return redirect(url_for("reports.certificates"))
    return _page(certificates_of(reads(), actor(), public_id), own=False)


@reports.get("/participants/<public_id>/certificates/participation.pdf")
@requires(Permission.CERTIFICATE_SEE)
def participation(public_id: str) -> ResponseReturnValue:
    """Hours, and what is done alone; the shops only where the participant wants them named."""
    person = whose(reads(), actor(), public_id)
    found = portfolio_of(reads(), actor(), public_id)
    record(person.participant_id)
    if not found.stays:
        # That page says that the first one comes with the first shifts.
        return redirect(_home(person))
    return _paper("print/participation.html", person, _("certificate"), found=found)


@reports.get("/milestones/<public_id>/certificate.pdf")
@requires(Permission.CERTIFICATE_SEE)
def milestone(public_id: str) -> ResponseReturnValue:
    person, earned = one_earned(reads(), actor(), public_id)
    record(person.participant_id)
    if not earned.ready(today()):
        raise NotFound
    return _paper(
        "print/milestone.html", person, _("milestone"), earned=earned, title=_title(earned), kept=_kept(earned)
    )


def _page(found: Certificates, own: bool) -> ResponseReturnValue:
    record(found.whose.participant_id)
    ready = [one for one in found.earned if one.ready(today())]
    return render_template(
        "reports/certificates.html", found=found, own=own, ready=ready, title=_title, named=_named(),
        waiting=len(found.earned) - len(ready),
    )  # fmt: skip


def _paper(template: str, person: Whose, name: str, **values: object) -> ResponseReturnValue:
    """In the participant's language, whoever prints it."""
    locale = person.locale or actor().program_locale
    with force_locale(locale):
        return pdf_file(
            template, f"{name}-{today().isoformat()}", _home(person), landscape=True, person=person, locale=locale,
            program=actor().program_name if _named() else "", today=today(), **values,
        )  # fmt: skip


def _home(person: Whose) -> str:
    if person.participant_id == actor().participant_id:
        return url_for("reports.certificates")
    return url_for("reports.certificates_of_person", public_id=person.public_id)


def _named() -> bool:
    """Whether the program is named: a program's name may say more than somebody wants to show."""
    return request.args.get("program") == "1"


def _title(one: Earned) -> Say:
    own = one.words if one.kind is RuleKind.OWN_WORDS else None
    return milestone_words(
        one.kind, task=one.task, percent=one.percent, occasions=one.occasions, amount=one.amount, name=own
    )


def _kept(one: Earned) -> Say | None:
    return kept_words(one.standing.kept, one.day) if one.standing and one.standing.kept else None
