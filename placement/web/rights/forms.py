from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from placement.domain.data_groups import GROUPS
from placement.domain.rights import (
    LONGEST_ANSWER,
    LONGEST_NAME,
    LONGEST_PHONE,
    LONGEST_REQUEST,
    LONGEST_SCOPE_WORDS,
    RepresentationScope,
    RequestKind,
    RequestState,
    scope_words,
)
from placement.web.forms import DayField, Form, VersionedForm, trimmed
from placement.web.words import say

_WORDS = _l("Please write a few words.")


class CorrectionForm(Form):
    about = SelectField(_l("What is it about?"), validators=[InputRequired(_l("Choose what it is about."))])
    text = TextAreaField(
        _l("What is wrong, and what would be right?"),
        filters=[trimmed],
        validators=[InputRequired(_WORDS), Length(max=LONGEST_REQUEST)],
    )

    def offer(self) -> None:
        self.about.choices = [SelectChoice(group.key, say(group.title)) for group in GROUPS]


class PasswordForm(Form):
    password = PasswordField(_l("Your password"), validators=[InputRequired(_l("Please enter your password."))])


class EmptyForm(Form):
    pass


class AnswerForm(VersionedForm):
    state = RadioField(_l("Your answer"), validators=[InputRequired(_l("Choose an answer."))])
    answer = TextAreaField(_l("In your words"), filters=[trimmed], validators=[Optional(), Length(max=LONGEST_ANSWER)])

    def offer(self, kind: RequestKind) -> None:
        words = {
            RequestKind.CORRECTION: (_l("It is corrected"), _l("It is corrected in part"), _l("It stays as it is")),
            RequestKind.READ_NOTE: (_l("Yes, they may read it"), None, _l("No, I keep it back")),
            RequestKind.ERASURE: (_l("Yes, forget them now"), None, _l("No, not now")),
        }[kind]
        states = (RequestState.DONE, RequestState.PARTLY, RequestState.REFUSED)
        self.state.choices = [
            SelectChoice(state.value, text) for state, text in zip(states, words, strict=True) if text is not None
        ]


class GroundForm(Form):
    ground = TextAreaField(
        _l("The ground"), filters=[trimmed], validators=[InputRequired(_WORDS), Length(max=LONGEST_ANSWER)]
    )


class RepresentativeForm(Form):
    name = StringField(
        _l("Name"), filters=[trimmed],
        validators=[InputRequired(_l("Please enter a name.")), Length(max=LONGEST_NAME)],
    )  # fmt: skip
    phone = StringField(_l("Phone"), filters=[trimmed], validators=[Optional(), Length(max=LONGEST_PHONE)])
    scopes = SelectMultipleField(
        _l("Decides about"), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    words = StringField(
        _l("What stays with the participant"), filters=[trimmed],
        validators=[Optional(), Length(max=LONGEST_SCOPE_WORDS)],
    )  # fmt: skip
    valid_until = DayField(_l("Valid until"), validators=[Optional()])

    def offer(self) -> None:
        self.scopes.choices = [SelectChoice(one.value, say(scope_words(one))) for one in RepresentationScope]
