"""Does the wording stand on its own? Orphan pronouns, undated words, filler."""

from __future__ import annotations

import re
from collections.abc import Iterator

from deckgen.hanzi import folded
from deckgen.linting.model import Deck, Finding, Limits, Text, about, quoted
from deckgen.linting.words import cloze_text

_LEAD_ZH = (
    r"^(?:(?:请问|为什么|为何|怎么|怎样|如何|什么|时候|谁|哪|在|对|于|从|用|让|使|把|被|与|和|是|那么?|因此|所以|"
    r"但是?|而且?|如果|虽然|因为|由于|根据|按照|[，、：“‘《\s])*)"
)
_THING_ZH = (
    r"(?:它们?|(?<!与)其(?![实中他它她次余间])|上述|以上|前述|如前所述|如上所述|前者|后者|本文|本[章节书篇](?!身|人)|"
    r"此(?:[项种类处事法时刻举次]|人)|该(?![有是])(?=[^？?，。])|"
    r"这(?!样?一来|[些几]年|[一两]年|么说)|那(?!些?没|么|怕|时候起|些[^，。？]{1,15}的))"
)
_PERSON_ZH = r"(?:他们?(?![人国乡杀])|她们?)"
_ORPHAN_THING_ZH = re.compile(f"{_LEAD_ZH}({_THING_ZH})")
_ORPHAN_PERSON_ZH = re.compile(f"{_LEAD_ZH}({_PERSON_ZH})")
_MENTIONED_ZH = re.compile("如前所述|如上所述|上文(?:提到|所述)|前面(?:提到|说)的|本文|上述")

_FUNCTION_EN = (
    r"what|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|can|could|will|would|"
    r"should|has|have|had|much|many|long|often|far|in|on|at|of|for|to|by|from|with|and|but|so|then|"
    r"because|if|although|also"
)
_LEAD_EN = rf"^[\"'“‘(]*(?:(?:{_FUNCTION_EN})[\s,]+)*"
_THING_EN = (
    r"(?:it|its|itself|this|these|that|those|such(?!\s+as))\b(?!\s+(?:year|who|which|day|way\s+of))"
)
_PERSON_EN = r"(?:they|them|their|he|him|his|she|her)\b"
_ORPHAN_THING_EN = re.compile(f"{_LEAD_EN}({_THING_EN})", re.IGNORECASE)
_ORPHAN_PERSON_EN = re.compile(f"{_LEAD_EN}({_PERSON_EN})", re.IGNORECASE)
_ENDS_ORPHAN_EN = re.compile(
    r"\b(?:during|after|before|trained?|about|of|by|with|in|for|like|from)"
    r"\s+(this|that|these|those)\s*\?$",
    re.IGNORECASE,
)
_OBJECT_ZH = re.compile(
    "^(?:是?谁|什么时候|何时|在?哪里|为什么|怎样|如何)[^，]{1,4}([它他她]们?)的?[？?]$"
)
_OBJECT_EN = re.compile(
    r"^(?:who|what|when|where|why|how)(?:\s+\w+){1,2}\s+(it|them|him|her|this|that)\s*\?$",
    re.IGNORECASE,
)
_MENTIONED_EN = re.compile(
    r"\b(?:as\s+(?:mentioned|described|noted|shown|stated|discussed)(?:\s+(?:above|before|earlier))?|"
    r"(?:mentioned|described|discussed)\s+(?:above|earlier|before)|the\s+above|the\s+aforementioned|"
    r"(?:in\s+)?this\s+(?:article|text|passage|chapter|paragraph)|the\s+(?:former|latter))\b",
    re.IGNORECASE,
)
_EXPLETIVE = re.compile(
    r"\bit(?:\s+(?:will|would|can|could|may|might|must|should|has|had))?(?:\s+(?:not|also|still|often|"
    r"only|soon|always|usually|be|been))*(?:\s+|['’])(?:takes?|took|taken|costs?|seems?|seemed|appears?|"
    r"turns?\s+out|turned\s+out|matters?|rains?|snows?|depends?|helps?\s+to|follows?\s+that|"
    r"(?:is|was|be|been|s|becomes?|became|gets?|got)\s+(?:\S+\s+){0,5}?(?:to|that|for|whether|how|why|"
    r"when|who|what|possible|time|because)\b)"
    r"|\b(?:is|was|be)\s+it\s+(?:\S+\s+){0,4}?(?:to|that|whether)\b|\bmakes?\s+it\s",
    re.IGNORECASE,
)

_NOW_ZH = re.compile(
    r"目前|今年|如今|当今|现今|眼下|时下|当下|近年来?|近来|近期|最近(?![的邻点似距])|至今|迄今|今天|今日|去年|明年|"
    r"当前(?!词|位置|状态|步|帧|节点|值|时刻|层|窗口|元素|模型的输)|本月|上个月|下个月|这些年|(?:这|近)几年|最新|(?<![出体表实呈浮展发再])现在(?!完成|进行|分词|时)"
)
_NOW_EN = re.compile(
    r"\b(?:(?<!by )(?<!until )now(?!\s+that)|currently|nowadays|today|present-day|up\s+to\s+now|"
    r"(?:the|its|their|[’']s)\s+current\s+(?!account|density|flow|through|in\b|of\b|state|token|step|"
    r"word|position|carrying)(?=\w)|these\s+days|presently|"
    r"lately|at\s+present|at\s+the\s+moment|recently|in\s+recent\s+(?:years|months)|so\s+far|to\s+date|"
    r"(?:this|last|next)\s+(?:year|month|week)|(?<!at the )latest|newest)\b",
    re.IGNORECASE,
)
_DATED = re.compile(
    r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)|[一二][〇零九八七六五]{1,3}[〇零一二三四五六七八九]年"
)
_MONEY = re.compile(
    r"[$€£¥]\s?\d|\d[\d,.]*\s*(?:dollars|euros|yuan)|[\d一二三四五六七八九十百千万亿]+(?:美元|欧元|元)"
)

_ENDS_ZH = re.compile(
    r"(?:…+|\.{2,}|[，、,：；:;—]|"
    r"(?:因为|所以|但是|但|而且|并且|或者|以及|还有|和|与|如果|虽然|不过|然后|比如|例如)[。.，,]?)$"
)
_ENDS_EN = re.compile(
    r"(?:…|\.{2,}|[,;:—-]|"
    r"\b(?:and|but|or|because|although|whereas|while|the|(?<!['’])an?|such as|e\.g)\.?)$",
    re.IGNORECASE,
)
_FILLER_ZH = re.compile(
    r"^嗯|嗯[，,]|^呃|呃[，,]|^那个[，,]|(?<!也)就是说[，,要]?|怎么说呢|你知道吗?[，,]|^啊[，,]|对吧[。？]?$|(?:什么的|之类的|可能吧|大概吧|反正)[。！]?$"
)
_FILLER_EN = re.compile(
    r"\b(?:um+|uh+|erm|hmm+)\b|(?:^|,\s*)you\s+know(?=,)|(?:^|,\s*)I\s+mean,|(?:^|,\s*)like,|"
    r"\b(?:I\s+guess|or\s+something(?:\s+like\s+that)?\W*$|or\s+whatever\W*$)|"
    r"(?:^|,\s*|\b(?:is|are|was|were|just)\s+)(?:sort|kind)\s+of\s(?!the\b|thing)",
    re.IGNORECASE,
)


def orphan(deck: Deck, limits: Limits) -> Iterator[Finding]:
    """L13: a word that points at something the card does not show."""
    for text in deck.fields("statement", "question", "definition", "cloze", "zh", "en"):
        said = cloze_text(text.text).strip()
        if word := (_orphan_zh if text.language == "zh" else _orphan_en)(text, said):
            yield about(text, f"{quoted(word)} points at nothing on the card; name what is meant")
    for text in deck.fields("answer"):
        mentioned = _MENTIONED_ZH if text.language == "zh" else _MENTIONED_EN
        if match := mentioned.search(text.text):
            yield about(text, f"{quoted(match[0])} points outside the card; name what is meant")


def _orphan_zh(text: Text, said: str) -> str | None:
    people = () if text.item.kind == "pair" else (_ORPHAN_PERSON_ZH,)
    for pattern in (_MENTIONED_ZH, _OBJECT_ZH, _ORPHAN_THING_ZH, *people):
        if match := pattern.search(said):
            return str(match[match.lastindex or 0])
    return None


def _orphan_en(text: Text, said: str) -> str | None:
    if match := _MENTIONED_EN.search(said) or _ENDS_ORPHAN_EN.search(said):
        return match[0]
    if match := _OBJECT_EN.search(said):
        return str(match[1])
    people = () if text.item.kind == "pair" else (_ORPHAN_PERSON_EN,)
    for pattern in (_ORPHAN_THING_EN, *people):
        match = pattern.search(said)
        if match and not (match[1].lower() == "it" and _EXPLETIVE.search(said)):
            return str(match[1])
    return None


def undated(deck: Deck, limits: Limits) -> Iterator[Finding]:
    """L15: a word such as “now” in what will be read years later, with no date beside it."""
    for text in deck.fields("statement", "question", "answer", "cloze", "definition"):
        if _DATED.search(text.text):
            continue
        now = _NOW_ZH if text.language == "zh" else _NOW_EN
        match = now.search(text.text) or (
            _MONEY.search(text.text) if text.field == "definition" else None
        )
        if match:
            yield about(text, f"{quoted(match[0])} has no date; write “as of” and the year")


def unfinished(deck: Deck, limits: Limits) -> Iterator[Finding]:
    """L17: a text that breaks off, or that kept what one says while thinking."""
    names = ("statement", "question", "answer", "definition", "context", "caution", "zh", "en")
    for text in deck.fields(*names):
        said = text.text.strip()
        chinese = text.language == "zh"
        if not folded(said):
            continue
        if match := (_ENDS_ZH if chinese else _ENDS_EN).search(said):
            yield about(text, f"ends with {quoted(match[0])}; finish the sentence")
        elif match := (_FILLER_ZH if chinese else _FILLER_EN).search(said):
            yield about(text, f"{quoted(match[0].strip(' ,，'))} says nothing; leave it out")
