"""TF-IDF vectors of paragraphs over jieba's words: a view of what texts are about.

Source: G. Salton and C. Buckley, "Term-weighting approaches in automatic text
retrieval", IPM 24 (1988), https://doi.org/10.1016/0306-4573(88)90021-0.
"""

from collections.abc import Sequence
from typing import Any

from detector.text.tokens import words


class TfidfVectors:
    """The vectors of a set of normalized texts, fitted on these.

    Parameters
    ----------
    texts : sequence of str
        Without a word in any of them, nothing is similar to them.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._vectorizer = TfidfVectorizer(
            tokenizer=words, token_pattern=None, lowercase=False, sublinear_tf=True
        )
        # Transposed once: a row of the draft times this is 10 times the speed of
        # this times a column of the draft.
        try:
            self._by_word = self._vectorizer.fit_transform(texts).T.tocsr()
        except ValueError:  # not one word in all texts
            self._by_word = None

    def nearest(
        self, texts: Sequence[str], most: int, least: float = 0.1
    ) -> list[list[tuple[int, float]]]:
        """Return for each of `texts` the fitted ones with the most similar vectors.

        Parameters
        ----------
        most : int
            Fitted texts for one of `texts`, at the most.
        least : float
            Cosine below which one is left out, 0–1.

        Returns
        -------
        list of lists of (index of the fitted text, cosine 0–1), most similar first
        """
        if self._by_word is None:
            return [[] for _ in texts]
        cosines = (self._vectorizer.transform(texts) @ self._by_word).tocsr()
        return [_best(cosines[at], most, least) for at in range(len(texts))]


def _best(row: Any, most: int, least: float) -> list[tuple[int, float]]:  # noqa: ANN401
    pairs = zip(row.indices.tolist(), row.data.tolist(), strict=True)
    ranked = sorted(pairs, key=lambda pair: (-pair[1], pair[0]))
    return [(at, cosine) for at, cosine in ranked[:most] if cosine >= least]
