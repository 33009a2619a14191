"""Mails that were given up, for an admin or whoever runs the site: ids, the class of the failure,
and trying again."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from placement.domain.jobs import JobKind
from placement.domain.mails import job_words
from placement.policy.permissions import Permission
from placement.queries.mails.dead import dead_mails
from placement.usecases.mails.resend import resend_mail
from placement.web.current import actor, reads, work
from placement.web.gate import record, requires
from placement.web.lists import cursor, neighbors
from placement.web.mails.blueprint import mails
from placement.web.words import say, upper_first


@mails.get("/mails/undelivered")
@requires(Permission.MAIL_REPAIR)
def undelivered() -> ResponseReturnValue:
    found = dead_mails(reads(), actor(), cursor())
    record()
    return render_template("mails/undelivered.html", page=found, about=_about, **neighbors(found))


def _about(kind: JobKind) -> str:
    """What the mail is about, without anybody's name."""
    return upper_first(say(job_words(kind)))


@mails.post("/mails/undelivered/<public_id>/send")
@requires(Permission.MAIL_REPAIR)
def resend(public_id: str) -> ResponseReturnValue:
    resend_mail(work(), actor(), public_id)
    flash(_("The mail will be sent again within a minute."))
    return redirect(url_for("mails.undelivered"), 303)
