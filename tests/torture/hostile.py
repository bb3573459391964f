"""All inputs that are made to break what reads them."""

from tests.torture import documents, folders, texts

CASES = tuple(
    case._replace(name=f"{kind}: {case.name}")
    for kind, cases in (
        ("encoding", texts.ENCODINGS),
        ("text", texts.SHAPES),
        ("compared", texts.COMPARED),
        ("Markdown", texts.MARKDOWN),
        ("HTML", texts.HTML),
        ("Word", documents.WORD),
        ("PDF", documents.PORTABLE),
        ("folder", folders.FOLDERS),
        ("index", folders.INDEXES),
        ("settings", folders.SETTINGS),
    )
    for case in cases
)
