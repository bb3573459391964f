"""All inputs that are made to break what reads them."""

from tests.torture import documents, folders, texts

CASES = (*texts.CASES, *documents.CASES, *folders.CASES)
