"""Forms of questionnaires: filling one in, handing one out, and writing one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import HiddenField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from placement.domain.errors import Refused
from placement.domain.questionnaire_draft import LONGEST_ABOUT, LONGEST_NAME, LONGEST_SOURCE
from placement.domain.questionnaires import Scale, Scoring
from placement.domain.words import say
from placement.queries.questionnaires.staff import Choice
from placement.web.forms import DayField, Form, NumberField, trimmed
from placement.web.words import say as in_words

#: Answers as text: 5000 characters hold more than can be offered.
_LINES = [Length(max=5000)]
_CHOOSE = _l("Choose one of the answers.")


class FillForm(Form):
    """The questions are fields of the page, named by their items' keys."""


def answers_given(scale: Scale, chosen: Mapping[str, str]) -> dict[str, int]:
    """What was chosen, by item key; "" is skipped. Raises Refused at the item's key."""
    offered = {str(value): value for value in range(scale.low, scale.high + 1)}
    for key, text in chosen.items():
        if text and text not in offered:
            raise Refused(say("Choose one of the answers."), key)
    return {key: offered[text] for key, text in chosen.items() if text}


class GiveForm(Form):
    """``key``: made for every form that is shown, so that a double tap is one handout."""

    key = HiddenField()
    questionnaire = RadioField(_l("Which questionnaire?"), validators=[InputRequired(_CHOOSE)])
    reader = SelectField(_l("Who reads the answers?"), validators=[InputRequired(_CHOOSE)])
    read_by = DayField(_l("Read by"), validators=[InputRequired(_l("Enter a day."))])
    due_on = DayField(_l("Fill in by"), validators=[Optional()])

    def offer(self, asked: Sequence[Choice], readers: Sequence[Choice]) -> None:
        self.questionnaire.choices = [(one.public_id, in_words(one.name)) for one in asked]
        self.reader.choices = [(one.public_id, one.name[""]) for one in readers]


class FileForm(Form):
    file = FileField(
        _l("File"),
        description=_l("A file in TOML or JSON, at most 64 KB."),
        validators=[DataRequired(_l("Please choose a file."))],
    )


class DraftForm(Form):
    """A questionnaire without its questions, which are rows of the page."""

    name_en = StringField(_l("Name in English"), filters=[trimmed], validators=[Length(max=LONGEST_NAME)])
    name_de = StringField(_l("Name in German"), filters=[trimmed], validators=[Length(max=LONGEST_NAME)])
    about_en = TextAreaField(
        _l("What it is about, in English"), filters=[trimmed], validators=[Length(max=LONGEST_ABOUT)]
    )
    about_de = TextAreaField(
        _l("What it is about, in German"), filters=[trimmed], validators=[Length(max=LONGEST_ABOUT)]
    )
    low = IntegerField(
        _l("The first answer counts"), default=0, validators=[InputRequired(_l("Enter a whole number."))]
    )
    answers_en = TextAreaField(_l("Answers in English"), filters=[trimmed], validators=_LINES)
    answers_de = TextAreaField(_l("Answers in German"), filters=[trimmed], validators=_LINES)
    scoring = RadioField(
        _l("Score"),
        choices=[
            SelectChoice(Scoring.SUM.value, _l("Sum of the answers")),
            SelectChoice(Scoring.MEAN.value, _l("Mean of the answers")),
        ],
        default=Scoring.SUM.value,
        validators=[InputRequired(_CHOOSE)],
    )
    smallest_change = NumberField(_l("Smallest change it can show"), validators=[Optional()])
    source = TextAreaField(
        _l("Where it comes from and by what right"), filters=[trimmed], validators=[Length(max=LONGEST_SOURCE)]
    )

    def tree(self, rows: Sequence[Mapping[str, str]], keys: Sequence[str]) -> dict[str, Any]:
        """As a file would hold it. ``rows``: the questions, ``keys``: theirs."""
        answers = {code: _lines(self[f"answers_{code}"].data) for code in ("en", "de") if self[f"answers_{code}"].data}
        low = self.low.data or 0
        count = max((len(texts) for texts in answers.values()), default=0)
        tree: dict[str, Any] = {
            "name": _both(self.name_en.data, self.name_de.data),
            "low": low,
            "high": low + count - 1,
            "scoring": self.scoring.data,
            "source": self.source.data or "",
            "answers": answers,
            "item": [
                {"key": key, "text": _both(row["en"], row["de"]), "reversed": row["reversed"] == "1"}
                for key, row in zip(keys, rows, strict=True)
            ],
        }
        if self.about_en.data or self.about_de.data:
            tree["about"] = _both(self.about_en.data, self.about_de.data)
        if self.smallest_change.data is not None:
            tree["smallest_change"] = self.smallest_change.data
        return tree


def _both(english: str | None, german: str | None) -> dict[str, str]:
    return {code: text for code, text in (("en", english), ("de", german)) if text}


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").splitlines() if line.strip()]
