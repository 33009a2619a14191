"""Short forms of the card and of the pages around it."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, StringField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Length

from placement.usecases.effects.colleagues import LONGEST_NAME
from placement.usecases.effects.told import LONGEST
from placement.web.forms import DayField, Form, trimmed


class WorryForm(Form):
    text = TextAreaField(_l("What worries you?"), filters=[trimmed], validators=[Length(max=LONGEST)])


class AccidentForm(Form):
    day = DayField(_l("Day"), validators=[InputRequired(_l("Please enter the day."))])
    time = TimeField(_l("Time"), validators=[InputRequired(_l("Please enter the time."))])
    what = TextAreaField(
        _l("What happened?"),
        filters=[trimmed],
        validators=[InputRequired(_l("Please say in a few words what happened.")), Length(max=LONGEST)],
    )
    injury = TextAreaField(_l("Is somebody hurt, and where?"), filters=[trimmed], validators=[Length(max=LONGEST)])
    first_aid = TextAreaField(_l("What first aid was given?"), filters=[trimmed], validators=[Length(max=LONGEST)])
    witness = TextAreaField(_l("Who saw it?"), filters=[trimmed], validators=[Length(max=LONGEST)])
    told = TextAreaField(_l("Who has been told?"), filters=[trimmed], validators=[Length(max=LONGEST)])


class ColleagueForm(Form):
    name = StringField(
        _l("Your colleague’s name"),
        filters=[trimmed],
        validators=[InputRequired(_l("Please enter a name.")), Length(max=LONGEST_NAME)],
    )


class RaterForm(Form):
    key = HiddenField()
    name = StringField(
        _l("Name"),
        filters=[trimmed],
        validators=[InputRequired(_l("Please enter a name.")), Length(max=LONGEST_NAME)],
    )
    email = EmailField(_l("E-mail address"), filters=[trimmed], validators=[Length(max=254)])


class LineForm(Form):
    text = StringField(
        _l("A limit or an adjustment"),
        filters=[trimmed],
        validators=[InputRequired(_l("Please write a few words.")), Length(max=120)],
    )
