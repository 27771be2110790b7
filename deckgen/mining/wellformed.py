"""Is a sentence complete, and understood on its own?"""

from __future__ import annotations

import re

from deckgen.hanzi import count_han, english_words
from deckgen.sentences import Language

_BOUNDS: dict[Language, tuple[int, int]] = {"zh": (8, 40), "en": (5, 28)}
_ENDS: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(r"[。！？!?][”」』）)\"]*$"),
    "en": re.compile(r"[.!?][\"”’)]*$"),
}
_FRAGMENT: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        r"^[“\"‘「『]?(?:但|不过|可是|而|所以|因此|因为|由于|于是|然后|并|或者|以及|比如|例如|也|还|就|"
        r"另外|同时|此外|其|是的|对|好|当然|没错|谢|没有|嗨|嘿|你好|欢迎|否则|尤其|包括|甚至|至于)"
    ),
    "en": re.compile(
        r"^[\"“‘]?(?:and|but|or|so|because|then|also|which|yes|yeah|no|right|okay|ok|sure|thanks|"
        r"thank|like|oh|hi|hey|hello|well|too|plus|otherwise|especially|including|cool|great)\b",
        re.IGNORECASE,
    ),
}
_ORPHAN: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        r"^[“\"‘「『]?(?:[^，,]{0,8}[，,])?(?:我们?|你|大家)?(?:也|还|都|就)?(?:觉得|认为|想|相信|知道|看到)?"
        r"(?:[它他她]|这(?!样?一来|[些几]年)|那(?!时候)|此|该(?!有)|上述|以上|前者|后者|如前|本文)"
    ),
    "en": re.compile(
        r"^[\"“‘]?(?:[^,]{0,20},\s)?(?:(?:i|we|you)\s(?:think|believe|mean|know|guess|feel)\s(?:that\s)?)?"
        r"(?:it|its|this|that|these|those|they|their|them|he|him|his|she|her|there)\b",
        re.IGNORECASE,
    ),
}
_FILLER: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        r"[嗯呃唔哦噢]|你知道(?:吗|的)?[，,]|对吧|对吗|就是说|怎么说呢|[这那]个[，,]|…|——$"
    ),
    "en": re.compile(
        r"\b(?:um+|uh+|erm|hmm|you know|i mean|sort of|kind of|gonna|wanna)\b|…|\.\.\.|--",
        re.IGNORECASE,
    ),
}
_FOREIGN = re.compile(r"https?://|www\.|[{}<>\[\]|\\]|::|(\S)\1{3}|[♪#*_=]{1,}")
_PAIRED = (("（", "）"), ("(", ")"), ("“", "”"), ("「", "」"), ("《", "》"))


def length(text: str, language: Language) -> int:
    """Count what makes a sentence long: hanzi with Latin words, or English words."""
    words = len(english_words(text))
    return count_han(text) + words if language == "zh" else words


def objection(text: str, language: Language, longest: int | None = None) -> str | None:
    """Say why a sentence can't be learnt on its own, or nothing where it can."""
    least, most = _BOUNDS[language]
    long = length(text, language)
    if language == "zh" and 2 * count_han(text) < long:
        return "mostly in another language"
    if long < least:
        return "too short"
    if long > (longest or most):
        return "too long"
    if not _ENDS[language].search(text) or not _is_closed(text):
        return "not a complete sentence"
    if _FOREIGN.search(text):
        return "holds signs that are no sentence"
    if _FRAGMENT[language].search(text):
        return "hangs on the sentence before"
    if _ORPHAN[language].search(text):
        return "begins with a pronoun that refers back"
    if _FILLER[language].search(text):
        return "has filler words"
    return None


def _is_closed(text: str) -> bool:
    return text.count('"') % 2 == 0 and all(text.count(a) == text.count(b) for a, b in _PAIRED)
