from __future__ import annotations

from collections.abc import Collection
from datetime import time

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField, TelField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from placement.domain.employers import zones
from placement.domain.mails import MailKind, is_called, kinds_for, mail_words
from placement.domain.roles import Role
from placement.queries.mails.choices import Choices
from placement.usecases.mails.choose import ChooseMails
from placement.web.forms import Form, trimmed
from placement.web.locale import LOCALES
from placement.web.words import say, upper_first


class ChecksField(SelectMultipleField):
    """Several of a few: a list of boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class MailsForm(Form):
    kinds = ChecksField(_l("Mails about"), validators=[Optional()])
    quiet_from = TimeField(_l("No mails from"), validators=[Optional()])
    quiet_until = TimeField(_l("until"), validators=[Optional()])
    zone = SelectField(_l("Time zone of these hours"), validators=[Optional()])
    locale = RadioField(_l("Language of mails and pages"), validators=[InputRequired()])
    phone = TelField(
        _l("Your phone at work"),
        description=_l("Shops and participants you look after are told to call it. Leave it empty for none."),
        filters=[trimmed],
        validators=[Length(max=40)],
    )

    def offer(self, roles: Collection[Role], zone: str, own_zone: str) -> None:
        """Fill in the choices, in the reader's language. ``zone``: the program's."""
        self.kinds.choices = [(kind.value, upper_first(say(mail_words(kind)))) for kind in kinds_for(roles)]
        if not self.kinds.choices:
            del self.kinds
        if not is_called(roles):
            del self.phone
        as_program = SelectChoice("", gettext("As in the program (%(zone)s)", zone=_readable(zone)))
        known = [*zones(), *([] if not own_zone or own_zone in zones() else [own_zone])]
        self.zone.choices = [as_program, *(SelectChoice(name, _readable(name)) for name in known)]
        self.locale.choices = list(LOCALES.items())

    def show(self, choices: Choices) -> None:
        """Fill in what was chosen."""
        if "kinds" in self:
            self.kinds.data = [value for value, _ in self.kinds.choices if choices.wants(MailKind(value))]
        if "phone" in self:
            self.phone.data = choices.phone
        self.quiet_from.data, self.quiet_until.data = choices.quiet_from, choices.quiet_until
        self.zone.data, self.locale.data = choices.zone, choices.locale

    def command(self) -> ChooseMails:
        """What was chosen, once it is valid."""
        kinds = self.kinds.data or [] if "kinds" in self else []
        return ChooseMails(
            frozenset(MailKind(value) for value in kinds),
            self.locale.data,
            _minutes(self.quiet_from.data),
            _minutes(self.quiet_until.data),
            self.zone.data or "",
            self.phone.data or "" if "phone" in self else "",
        )


def _minutes(at: time | None) -> time | None:
    return None if at is None else at.replace(second=0, microsecond=0)


def _readable(zone: str) -> str:
    return zone.replace("_", " ")
