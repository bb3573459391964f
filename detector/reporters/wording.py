"""Words that every reporter needs, for codes that other parts of the tool own."""

from detector.messages import Language, say
from detector.model.corpus import Corpus
from detector.model.document import Omission
from detector.model.pairs import Pair, Pairs
from detector.model.report import IgnoreStatus, Remark
from detector.model.template import Library
from detector.text.visible import visible

NOTICE = "R-notice"
"""What every report says last: similarity is not misconduct."""


LACKS = {"when": "W201", "how_many": "W202", "who_where": "W203"}
"""Codes of the kinds of specifics that an advice lacks."""


def comment_code(remark: Remark) -> str:
    """Return the message about a comment to this tool that is not followed."""
    none = remark.status is IgnoreStatus.UNKNOWN_RULE and not remark.rules
    return f"R-comment-{'no_rule' if none else remark.status.value}"


def corpus_size(corpus: Corpus, language: Language) -> str:
    """Word how many documents a corpus has and, where that is known, of how many."""
    facts = corpus.facts
    code = "N-corpus-organisations" if facts.organisations else "N-corpus"
    counts = {"documents": facts.documents, "organisations": facts.organisations}
    return say(code, language, **counts)


def library_size(library: Library, language: Language) -> str:
    """Word how many templates and phrases a library has, and from how much."""
    return say(
        "N-library",
        language,
        count=len(library.templates),
        phrases=len(library.phrases),
        documents=library.documents,
        organisations=library.organisations,
    )


def pairs_found(pairs: Pairs, language: Language) -> str:
    """Word how many documents of how many share passages."""
    return say(
        "P-found",
        language,
        documents=len(pairs.documents),
        pairs=len(pairs.pairs),
        clusters=len(pairs.clusters),
        aligned=pairs.looked_at,
    )


def lineage_code(pair: Pair) -> str:
    """Return the message that says which document of a pair was first."""
    lineage = pair.lineage
    code = f"P-{lineage.basis.value}"
    if lineage.first is not None:
        code += "-one" if lineage.first == pair.one else "-other"
    return code


def lineage(pair: Pair, language: Language) -> str:
    """Word which document of a pair was first, and how that is known."""
    return say(lineage_code(pair), language, left=visible(pair.lineage.left))


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
