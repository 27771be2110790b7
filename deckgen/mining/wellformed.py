"""Is a sentence complete, and understood on its own?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

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
        r"另外|同时|此外|其|是的|对|好|当然|没错|谢|没有|嗨|嘿|你好|欢迎|否则|尤其|包括|甚至|至于|"
        r"依然|仍然|不是说|首先|其次|同样|结果[，,]|换句话|也就是说|相反|反之|一方面|另一方面|再比如|说到|"
        r"我的意思|意思是|答案是|(?:如果|无论|不管|虽然|即使)(?:[^，,]*|.*等等)[。]$|"
        r"[一两几半\d三四五六七八九十]+\s?(?:年|天|个月|小时)(?:以后|之后|后)[，,].*了)"
    ),
    "en": re.compile(
        r"^[\"“‘]?(?:and|but|or|so|because|then|also|which|yes|yeah|no|right|okay|ok|sure|thanks|"
        r"thank|like|oh|hi|hey|hello|well|too|plus|otherwise|especially|including|cool|great|"
        r"however|therefore|instead|for example|in fact|as a result|on the other hand|that said|"
        r"first of all|of course|besides|meanwhile|alright|wait|yep|nope|let me|let['’]s|whether|"
        r"now(?=,)|anyone|presumably|previously|hopefully|until then)\b",
        re.IGNORECASE,
    ),
}
_ORPHAN: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        r"^[“\"‘「『]?(?:[^，,]{0,8}[，,])?(?:我们?|你|大家)?(?:也|还|都|就)?(?:觉得|认为|想|相信|知道|看到)?"
        r"(?:最.{1,3}的(?:一[件个次种位]|是)|[它他她]|这(?!样?一来|[些几]年)|那(?!时候)|此|该(?!有)|上述|以上|前者|后者|如前|本文)"
    ),
    "en": re.compile(
        r"^[\"“‘]?(?:[^,]{0,20},\s)?(?:(?:i|we|you)\s(?:think|believe|mean|know|guess|feel)\s(?:that\s)?)?"
        r"(?:it|its|this|that|these|those|they|their|them|he|him|his|she|her|there)\b",
        re.IGNORECASE,
    ),
}
_FILLER: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        r"[嗯呃唔哦噢]|你知道(?:吗|的)?[，,]|对吧|对吗|明白我的意思|你懂|([我你他就的是在那这])\1(?=[我你他是会要想])|就是说|怎么说呢|[这那]个[，,]|…|——$"
    ),
    "en": re.compile(
        r"\b(?:um+|uh+|erm|hmm|you know|i mean|sort of|kind of|gonna|wanna|yeah|"
        r"(?:was|were|be|am|are) like)\b|\blike,|, like\b|…|\.\.|--|[?!]\s+[a-z]|\b(\w+) \1\b",
        re.IGNORECASE,
    ),
}
_PROGRAMME: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        r"订阅|点赞|关注我们|[这本上下][期集档]节?目?|欢迎(?:收听|来到|大家)|感谢(?:收听|邀请|你|您|大家)|谢谢|"
        r"请举手|广告|赞助|优惠码|嘉宾|我们?的节目|我的(?:演讲|分享|名字)|本演讲|大家好|举个例子|"
        r"本[次篇场](?:访谈|采访|对话|演讲|文章|内容|视频)|我[想要希望]{1,2}谈谈|"
        r"今天我们?(?:请|来|聊|谈|和|要)|请[到来]了|聊聊|听众|观众朋友|采访|我能问|最后一个.{0,12}问题|"
        r"[您你](?:给|来|先)?.{0,6}(?:推荐|讲讲|谈谈|介绍一下)|能.{0,8}(?:讲讲|说说|谈谈|介绍一下)吗"
    ),
    "en": re.compile(
        r"\b(?:subscribe|sign up|sponsor\w*|promo|% off|percent off|episodes?|podcasts?|show notes|"
        r"thanks? (?:for|to|you)|welcome (?:to|back)|(?:my|our|today['’]s) guest|listeners|"
        r"joining (?:me|us)|season (?:\w+)|next season|my slides?|this (?:workshop|slide|show)|"
        r"if you look|as you can see|what i['’]m (?:talking|saying)|recording|co-? ?host|"
        r"(?:a|your|my) guess|"
        r"this (?:talk|presentation)|happy holidays|free t[- ]shirt|my name is|"
        r"raise your hand)\b|\bi am [A-Z][a-z]+\b",
        re.IGNORECASE,
    ),
}
_ADDRESS: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        r"[^，,。]{1,4}(?:律师|医生|老师|教授|师傅|先生|女士|博士|主任|院士)(?:[您你]好)?[，,]"
    ),
    "en": re.compile(
        r"[A-Z][a-z]+, (?:why|what|how|who|when|where|do|does|did|is|are|can|could|would)\b"
    ),
}
_SMALL = re.compile(r"[a-z]+\b")
_FOREIGN = re.compile(r"https?://|www\.|[{}<>\[\]|\\]|::|(\S)\1{3}|[♪#*_=]{1,}")
_TOO_LONG = "too long"
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
        return _TOO_LONG
    if language == "en" and _SMALL.match(text):
        return "not a complete sentence"
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
    if _PROGRAMME[language].search(text):
        return "is about the programme, not its subject"
    if _ADDRESS[language].match(text):
        return "addresses somebody"
    return None


class Objections:
    """The objections to the sentences of a talk, each found once.

    `refers_back` says whether a sentence speaks of what only others name; `people` are those who
    may be addressed.
    """

    def __init__(
        self,
        language: Language,
        refers_back: Callable[[str], bool] = lambda text: False,
        people: Iterable[str] = (),
    ) -> None:
        self.language: Language = language
        self._refers_back = refers_back
        named = "|".join(re.escape(name) for name in sorted(people, key=len, reverse=True))
        self._addresses = re.compile(rf"(?:{named or '(?!)'})[，,]")
        self._known: dict[str, str | None] = {}

    def __call__(self, text: str, longest: int | None = None) -> str | None:
        """Say why a sentence can't be learnt on its own, or nothing where it can."""
        if text not in self._known:
            self._known[text] = objection(text, self.language) or self._in_the_talk(text)
        known = self._known[text]
        if longest is None or (known != _TOO_LONG and length(text, self.language) <= longest):
            return known
        return objection(text, self.language, longest) or self._in_the_talk(text)

    def _in_the_talk(self, text: str) -> str | None:
        if self._addresses.match(text):
            return "addresses somebody"
        return "speaks of what is not named in it" if self._refers_back(text) else None


def _is_closed(text: str) -> bool:
    return text.count('"') % 2 == 0 and all(text.count(a) == text.count(b) for a, b in _PAIRED)
