"""How a talk uses its words, and which of them it uses unusually often."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from deckgen.hanzi import count_han
from deckgen.lexicon import Lexicon
from deckgen.mining.talk import Said
from deckgen.mining.wellformed import length, objection
from deckgen.segmentation import Segmenter, Token

SIGNIFICANT = 10.83
"""The log-likelihood ratio that chance reaches once in a thousand."""

LEAST_COUNT = 3
CONTENT_TAGS = frozenset("nvajlibz")
_HEAD_TAGS = frozenset("nvlj")
THINGS = frozenset({"n", "j", "l", "i", None})
"""The parts of speech of nouns, idioms, and words that the dictionary lacks."""

_LONGEST_PHRASE = 3
_LONGEST_TERM = 8


class Usage:
    """How often each word and phrase is used, and the sentence that shows it best."""

    def __init__(self, sentences: Sequence[Said], tokens: Sequence[Sequence[Token]]) -> None:
        self.counts: Counter[str] = Counter()
        self.phrases: Counter[tuple[str, ...]] = Counter()
        self.words = 0
        self._best: dict[str, tuple[tuple[int, int], int]] = {}
        self._sentences = sentences
        for index, row in enumerate(tokens):
            rating = rating_of(sentences[index])
            run: list[Token] = []
            for token in row:
                self._note(token.text, rating, index)
                self.words += token.han
                if not token.han or (run and run[-1].start + len(run[-1].text) != token.start):
                    run = []
                if token.han:
                    run = [*run, token][-_LONGEST_PHRASE:]
                    for size in range(2, len(run) + 1):
                        phrase = tuple(t.text for t in run[-size:])
                        self.phrases[phrase] += 1
                        self._show("".join(phrase), rating, index)

    def _note(self, word: str, rating: tuple[int, int], index: int) -> None:
        self.counts[word] += 1
        self._show(word, rating, index)

    def _show(self, word: str, rating: tuple[int, int], index: int) -> None:
        if word not in self._best or rating < self._best[word][0]:
            self._best[word] = (rating, index)

    def example(self, word: str) -> Said | None:
        """Return the sentence that shows a word best, the earliest of those."""
        found = self._best.get(word)
        return self._sentences[found[1]] if found else None


def rating_of(said: Said) -> tuple[int, int]:
    """Rate a sentence as an example, the less the better: whole ones of about 20 hanzi."""
    text = said.text
    return (objection(text, "zh") is not None, abs(length(text, "zh") - 20))


def log_likelihood(here: float, words: float, general: float, total: float) -> float:
    """Return Dunning's ratio for a count of `here` in `words` against `general` in `total`.

    Negative where it is rarer here than in general.
    """
    share = (here + general) / (words + total)
    parts = ((here, words * share), (general, total * share))
    ratio = 2 * sum(seen * math.log(seen / likely) for seen, likely in parts if seen)
    return ratio if here * total >= general * words else -ratio


def frequent_words(usage: Usage, segmenter: Segmenter, lexicon: Lexicon) -> dict[str, float]:
    """Rate the words that are used more often here than in general Chinese."""
    vocabulary = segmenter.vocabulary
    rated = {}
    for word, count in usage.counts.items():
        if count < LEAST_COUNT or count_han(word) < 2 or count_han(word) != len(word):
            continue
        tag = lexicon.tag(word)
        if tag is not None and tag not in CONTENT_TAGS:
            continue
        if is_everyday(word, lexicon):
            continue
        general = vocabulary.frequencies.get(word, 0)
        rated[word] = log_likelihood(count, usage.words, general, vocabulary.total)
    return {word: ratio for word, ratio in rated.items() if ratio >= SIGNIFICANT}


def _is_everyday_verb(word: str, lexicon: Lexicon) -> bool:
    return lexicon.tag(word) == "v" and (lexicon.rank(word) or math.inf) <= 2


def is_everyday(word: str, lexicon: Lexicon) -> bool:
    """Say whether a word is one of the first that a learner meets, and no noun of a field."""
    level = lexicon.rank(word) or math.inf
    if lexicon.tag(word) in THINGS:
        return level <= 2
    return level <= 3 or lexicon.frequency(word) == 5


def frequent_phrases(usage: Usage, segmenter: Segmenter, lexicon: Lexicon) -> dict[str, float]:
    """Rate word groups against what their words' frequencies in general Chinese make likely."""
    vocabulary = segmenter.vocabulary
    rated = {}
    for phrase, count in usage.phrases.items():
        if count < LEAST_COUNT or len("".join(phrase)) > _LONGEST_TERM:
            continue
        tags = [vocabulary.tags.get(word, "n") for word in phrase]
        if tags[-1] not in _HEAD_TAGS or not CONTENT_TAGS.issuperset(tags):
            continue
        if any(_is_everyday_verb(word, lexicon) for word in phrase):
            continue
        cohesion = 2 if any(len(word) == 1 for word in phrase) else 4
        if cohesion * count < min(usage.counts[word] for word in phrase):
            continue
        likely = float(vocabulary.total)
        for word in phrase:
            likely *= max(1, vocabulary.frequencies.get(word, 0)) / vocabulary.total
        ratio = log_likelihood(count, usage.words, likely, vocabulary.total)
        if ratio >= SIGNIFICANT:
            rated["".join(phrase)] = ratio
    return rated


def without_parts(rated: Mapping[str, float], usage: Usage) -> dict[str, float]:
    """Leave out what hardly stands outside a longer phrase that is proposed too."""
    counts: Counter[str] = Counter(usage.counts)
    parts: Counter[str] = Counter()
    for phrase, count in usage.phrases.items():
        whole = "".join(phrase)
        if whole not in rated:
            continue
        counts[whole] = count
        smaller = {"".join(phrase[a:b]) for a, b in _inner(len(phrase))}
        for part in smaller:
            parts[part] = max(parts[part], count)
    return {word: ratio for word, ratio in rated.items() if 5 * parts[word] < 4 * counts[word]}


def _inner(size: int) -> Iterator[tuple[int, int]]:
    for start in range(size):
        for end in range(start + 1, size + 1):
            if end - start < size:
                yield start, end
