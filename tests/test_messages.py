"""The catalogues say the same things, and every error has a sentence."""

import pickle
import re
import string

import pytest

from detector import errors
from detector.alignment.options import AlignmentOptions
from detector.messages import LANGUAGES, catalogue


def below(error):
    return [error, *(leaf for sub in error.__subclasses__() for leaf in below(sub))]


ERRORS = below(errors.DetectorError)[1:]


def placeholders(message):
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_says_every_message_with_the_same_facts(language):
    wanted = {code: placeholders(text) for code, text in catalogue("en").items()}

    assert {c: placeholders(t) for c, t in catalogue(language).items()} == wanted


@pytest.mark.parametrize("error", ERRORS)
def test_every_error_has_a_message_and_a_line_in_the_tree(error):
    assert error.code in catalogue("en")
    assert f"{error.__name__} " in (errors.__doc__ or "")


def test_error_codes_are_unique():
    assert len({error.code for error in ERRORS}) == len(ERRORS)


def test_errors_survive_the_way_home_from_a_worker():
    sent = errors.SpanError(start=3, end=1)

    received = pickle.loads(pickle.dumps(sent))

    assert (
        str(received)
        == str(sent)
        == ("D101 span 3:1 is not an ascending range of offsets")
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_rule_says_what_the_options_are(language):
    options = AlignmentOptions()
    page = catalogue(language)["COPY001.page"]
    asked = (options.evidence, options.shortest, options.exact)

    assert all(re.search(rf"(?<!\d){number:g}(?!\d)", page) for number in asked)
