from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField
from wtforms.validators import InputRequired, Optional

from placement.domain.reports import Period, ReportReader, days_of, period_words, reader_words
from placement.queries.reports.choices import AboutWhom, PlacementChoice
from placement.usecases.reports.create import CreateReport
from placement.web.forms import DayField, Form
from placement.web.words import day_short, say, upper_first


class ReportForm(Form):
    """``key``: made for every form that is shown, so that a double tap is one report."""

    key = HiddenField()
    reader = RadioField(_l("Who is it for"), validators=[InputRequired()])
    placement = RadioField(
        _l("About which placement"), description=_l("Only for an employer."), validators=[Optional()]
    )
    period = RadioField(_l("About which time"), validators=[InputRequired()])
    first_day = DayField(
        _l("First day"), description=_l("Only if you chose the days yourself."), validators=[Optional()]
    )
    last_day = DayField(_l("Last day"), validators=[Optional()])

    def offer(self, whom: AboutWhom) -> None:
        """Fill in the choices, in the reader's language."""
        readers = [ReportReader.PARTICIPANT, *([ReportReader.THERAPIST] if whom.for_staff else [])]
        if whom.placements:
            readers.append(ReportReader.EMPLOYER)
        self.reader.choices = [
            (one.value, upper_first(say(reader_words(one, own=not whom.for_staff)))) for one in readers
        ]
        self.period.choices = [(one.value, say(period_words(one))) for one in Period]
        self.placement.choices = [(one.public_id, _described(one)) for one in whom.placements]

    def command(self, participant: str, today: date) -> CreateReport:
        """What was filled in; ask only after it was found valid. Raises Refused with the field's name."""
        first, last = days_of(Period(self.period.data), today, self.first_day.data, self.last_day.data)
        reader = ReportReader(self.reader.data)
        placement = self.placement.data or "" if reader is ReportReader.EMPLOYER else ""
        return CreateReport(participant, reader, first, last, placement, self.key.data or "")

    @staticmethod
    def beginning(key: str, reader: str, whom: AboutWhom) -> dict[str, Any]:
        """What a new form says before anybody has touched it."""
        placement = whom.placements[0].public_id if len(whom.placements) == 1 else None
        return {"key": key, "reader": reader, "period": Period.THREE_MONTHS.value, "placement": placement}


def _described(one: PlacementChoice) -> str:
    since = gettext("since %(day)s", day=day_short(one.first_day))
    return f"{one.place.employer}, {one.place.site}: {one.place.role}, {since}"
