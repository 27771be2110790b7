"""Does a sentence speak of something that only the sentences before it name?"""

from __future__ import annotations

from collections.abc import Sequence

from deckgen.hanzi import count_han
from deckgen.lexicon import Lexicon
from deckgen.mining.everyday import LIGHT, SHELLS
from deckgen.mining.reverse import Reverse

_POINTS_ZH = frozenset(
    "它 它们 他 他们 她 她们 这 这个 这些 这种 这样 这么 那 那个 那些 那种 那样 此".split()
)
_NOBODY_ZH = frozenset(
    "人 大家 很多 现在 今天 时候 事情 东西 有时候 别人 自己 意思 我们 你们 印象 一般 通常".split()
)
_NAMING = frozenset({"n", "j", "l", "i", None})
_POINTS_EN = frozenset(
    "it its they them their theirs he him his she her hers this these those".split()
)
_NEARBY_EN = frozenset("day week month year morning evening century time way".split())


def refers_back_zh(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Say whether the first pronoun of a sentence, cut into words, stands before any noun."""
    for word in words:
        if word in _POINTS_ZH:
            return True
        if word in _NOBODY_ZH or word in SHELLS:
            continue
        if not count_han(word) and word[0].isalpha():
            return False
        if len(word) > 1 and lexicon.tag(word) in _NAMING:
            return False
    return False


def refers_back_en(words: Sequence[str], english: Reverse) -> bool:
    """Say whether the first pronoun of an English sentence stands before any noun."""
    for index, word in enumerate(words):
        lower = word.lower()
        if lower in _POINTS_EN:
            after = words[index + 1].lower() if index + 1 < len(words) else ""
            return not (lower in ("this", "these") and after.removesuffix("s") in _NEARBY_EN)
        if lower not in LIGHT and (english.is_noun(lower) or word[0].isupper()):
            return False
    return False
