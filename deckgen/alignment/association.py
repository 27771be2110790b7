"""Which words translate which: from the dictionary, and from the document itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np

from deckgen.alignment.coverage import Links
from deckgen.alignment.dictionary import BilingualDictionary, Stemmer
from deckgen.alignment.tokens import Side

_PART, _CHARACTER, _NAME, _SURNAME = 0.5, 0.3, 0.9, 0.5
_LEAST = 2
_ABOVE_CHANCE = 3.0


def dictionary_links(
    zh: Side, en: Side, dictionary: BilingualDictionary, stem: Stemmer, names: frozenset[str]
) -> Links:
    """Link Chinese words with the English stems of their senses, parts, sounds and digits.

    `names` are the words of the English text that may be names in pinyin.
    """
    return _links(((word, _stems(word, dictionary, stem, names)) for word in zh.types), zh, en)


def same_language_links(
    left: Side, right: Side, dictionary: BilingualDictionary, stem: Stemmer
) -> Links:
    """Link words of one language: the same, with the same characters, or of the same sense."""
    keys = [[_keys(word, dictionary, stem) for word in side.types] for side in (left, right)]
    where: dict[str, list[tuple[int, float]]] = {}
    for target, own in enumerate(keys[1]):
        for key, strength in own.items():
            where.setdefault(key, []).append((target, strength))
    links: dict[tuple[int, int], float] = {}
    for source, own in enumerate(keys[0]):
        for key, strength in own.items():
            for target, other in where.get(key, ()):
                pair = source, target
                links[pair] = max(links.get(pair, 0.0), strength * other)
    return _arrays(links)


def _keys(word: str, dictionary: BilingualDictionary, stem: Stemmer) -> dict[str, float]:
    if word[0] < "\u3400":
        return {word.lower(): 1.0, f"en:{stem(word)}": 0.9}
    keys = {f"en:{key}": 0.75 * weight for key, weight in dictionary.senses(word).items()}
    keys[word] = 1.0
    for character in word:
        keys.setdefault(character, 0.75)
    return keys


def learnt_links(
    zh: Side, en: Side, pairs: Iterable[tuple[tuple[int, ...], tuple[int, ...]]]
) -> Links:
    """Link the words that come together in pairs of aligned sentences again and again.

    A link is as strong as the pair's Dice coefficient; it needs three occurrences, or two of words
    that never come apart, and three times as many as chance would give.
    """
    both: Counter[tuple[int, int]] = Counter()
    in_zh: Counter[int] = Counter()
    in_en: Counter[int] = Counter()
    total = 0
    for of_zh, of_en in pairs:
        types_zh = {t for i in of_zh for t in zh.tokens[i].tolist()}
        types_en = {t for j in of_en for t in en.tokens[j].tolist()}
        in_zh.update(types_zh)
        in_en.update(types_en)
        both.update((a, b) for a in types_zh for b in types_en)
        total += 1
    learnt: dict[tuple[int, int], float] = {}
    for (a, b), count in both.items():
        if count < _LEAST or count * total <= _ABOVE_CHANCE * in_zh[a] * in_en[b]:
            continue
        if count > _LEAST or in_zh[a] == in_en[b] == count:
            learnt[a, b] = 2 * count / (in_zh[a] + in_en[b])
    return _arrays(learnt)


def joined(first: Links, second: Links) -> Links:
    """Put links together; where both have one, the stronger holds."""
    return Links(
        np.concatenate([first.source, second.source]),
        np.concatenate([first.target, second.target]),
        np.concatenate([first.strength, second.strength]),
    )


def _links(rows: Iterable[tuple[str, Mapping[str, float]]], zh: Side, en: Side) -> Links:
    ids = {name: index for index, name in enumerate(en.types)}
    return _arrays(
        {
            (source, ids[stem]): strength
            for source, (_, stems) in enumerate(rows)
            for stem, strength in stems.items()
            if stem in ids
        }
    )


def _arrays(links: Mapping[tuple[int, int], float]) -> Links:
    pairs = np.array(list(links), np.int64).reshape(-1, 2)
    return Links(pairs[:, 0], pairs[:, 1], np.array(list(links.values()), np.float32))


def _stems(
    word: str, dictionary: BilingualDictionary, stem: Stemmer, names: frozenset[str]
) -> dict[str, float]:
    if word[0] < "\u3400":
        return {word if word[0] == "#" else stem(word): 1.0}
    stems = dictionary.senses(word)
    if len(word) == 1:
        for syllable in dictionary.readings.get(word, ()):
            stems.setdefault(stem(syllable), _SURNAME)
        return stems
    if len(word) <= 3:
        for name in names.intersection(_spellings(word, dictionary)):
            stems.setdefault(stem(name), _NAME)
    for size in range(1, min(len(word) - 1, 3) + 1):
        factor = _CHARACTER if size == 1 else _PART
        for start in range(len(word) - size + 1):
            for key, weight in dictionary.senses(word[start : start + size]).items():
                stems[key] = max(stems.get(key, 0.0), weight * factor)
    return stems


def _spellings(word: str, dictionary: BilingualDictionary) -> list[str]:
    spellings = [""]
    for character in word:
        syllables = sorted(dictionary.readings.get(character, ()))
        spellings = [spelling + syllable for spelling in spellings for syllable in syllables]
    return spellings
