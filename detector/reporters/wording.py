"""Words that every reporter needs, for codes that other parts of the tool own."""

from detector.messages import Language, say
from detector.model.document import Omission

NOTICE = "R-notice"
"""What every report says last: similarity is not misconduct."""


def reason(code: str, language: Language) -> str:
    """Word the code of a reason; a code without a sentence stands for itself."""
    return _say_or_code(code, language)


def omission(omitted: Omission, language: Language) -> str:
    """Word what a reader left out; a code without a sentence stands for itself."""
    facts = {"count": omitted.count, "detail": omitted.detail}
    return _say_or_code(omitted.code, language, **facts)


def _say_or_code(code: str, language: Language, **facts: object) -> str:
    # A report is worth more than its wording: readers and rules may be newer.
    try:
        return say(code, language, **facts)
    except KeyError:
        return code
