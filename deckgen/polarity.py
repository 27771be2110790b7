"""What turns a statement round or takes it back: negations, hedges, amounts, done or only meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNSURE = re.compile(
    r"不(?:太|是很|是特别|大|敢)?(?:确定|清楚|肯定)|不好说|说不定|(?<!你)(?<!您)不知道(?!你|您|大家|什么时候)|(?<!可)猜|没(?:有)?把握"
    r"|\b(?:not (?:\w+ )?(?:sure|certain|clear)|unsure|unclear|no idea)\b"
    r"|\bdon't know\b(?! (?:if|whether) you)"
    r"|\b(?:I|we) (?:\w+ )?(?:guess|suspect|wonder)\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"(?<!不)可能(?!性|的|会?[说问]|$|\W)|也许|或许|大概(?!\s*[\d一二三四五六七八九十]|什么|多)|似乎|好像|仿佛|看起来|看来|未必|估计"
    r"|\b(?:perhaps|maybe|might|(?-i:may)|possibly|probably|presumably|likely|seems?|seemed"
    r"|appears? to)\b",
    re.IGNORECASE,
)
_PARTLY = re.compile(
    r"某种程度|一定程度|某种意义|有点(?!像)|几乎|近乎|接近"
    r"|\b(?:somewhat|kind of|sort of|partly|to (?:some|a certain) (?:extent|degree)|in (?:a|some)"
    r" (?:sense|ways?)|a (?:little )?bit|almost|nearly)\b",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"差不多|大约|大概|左右|\b(?:roughly|approximately|or so|can|could|would|should|looks?)\b"
    r"|\b(?:about|around)(?= (?:\d|a |half|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|\w+ty))",
    re.IGNORECASE,
)
_SURELY = re.compile(
    r"(?<!不)一定(?!程度|的|要|会儿)|必然|肯定(?!的是)|绝对|毫无疑问|无疑"
    r"|\b(?:definitely|certainly|surely|undoubtedly|absolutely|no doubt|inevitabl[ey]|guaranteed"
    r"|must (?:have )?be)",
    re.IGNORECASE,
)
_HARD = re.compile(r"很难|难以|不(?:太)?容易|\b(?:hard|difficult|tough|not easy)\b", re.IGNORECASE)
_CANNOT = re.compile(
    r"不可能|无法|没(?:有)?办法|\b(?:cannot|can't|couldn't|impossible|unable|no way)\b",
    re.IGNORECASE,
)
_AMOUNTS = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("all", r"所有|全部|一切|总是|\b(?:all(?! right| of a sudden)|every|always|everything)\b"),
        ("most", r"大多|大部分|绝大|多数|\b(?:most(?= of| \w+s\b)|mostly|majority)\b"),
        ("many", r"(?<![了得])很多|许多|大量|不少|众多|\b(?:many|lots?|plenty|numerous|much of)\b"),
        ("some", r"一些|某些|有些|(?<!大)部分|少数|几个|\b(?:some|several|a few|part of)\b"),
        ("none", r"没有一[个位]?|无一|\b(?:none|nobody|no one)\b"),
        ("few", r"很少|极少|寥寥|\b(?<!a )(?:few|hardly any|rarely)\b"),
    )
)
_OTHERWISE = {
    frozenset(pair)
    for pair in (
        ("some", "many"), ("some", "most"), ("some", "all"), ("few", "many"), ("few", "most"),
        ("few", "all"), ("none", "some"), ("none", "many"), ("none", "most"),
    )
}  # fmt: skip
_DONE = re.compile(
    r"已经|早已|已(?=[\u4e00-\u9fff])|刚刚"
    r"|\balready\b|\b(?:have|has|'ve) (?:just )?(?:bought|done|built|made|sold|started|\w+ed)\b",
    re.IGNORECASE,
)
_MEANT = re.compile(
    r"(?<![机社协])会(?!议|员)|将(?!其|这|它|大|数|我)|想(?!象|法|到|起|说)|希望|计划|打算|还没|尚未|未来"
    r"|\b(?:will|would (?:like|want)|want(?:s|ed)? to|hop(?:e|es|ed|ing)|plan(?:s|ned|ning)?"
    r"|intends?|going to|not yet)\b",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(
    r"本来|原本|原先|原计划|原以为|\b(?:originally|initially|had (?:hoped|planned|wanted))\b",
    re.IGNORECASE,
)
_OPPOSITES = r"""
change: 变化|改变|\bchang / 迁移|不变|保持|相同|一样|\b(?:transfer|unchanged|same)
growth: 增加|提高|上升|增长|上涨|扩大|\b(?:increas|rais|rose|ris(?:e|ing)|grow|grew|gain)
      / 减少|降低|下降|缩小|下跌|\b(?:decreas|reduc|fall|fell|drop|shrink|shrank|declin)
reach: 接近|快要|\b(?:close to|nearly|almost)\b / 实现|达成|达到|\b(?:achiev|reach)
lead: 领先|走得更前|\b(?:ahead|leads?|leading)\b / 落后|\bbehind\b
openness: 开源|开放|\bopen / 闭源|封闭|\bclosed
success: 成功|\bsucce / 失败|\bfail
need: 必要|必须|\b(?:necessary|must)\b / 不必|不需要|多余|\b(?:unnecessary|no need)\b
ease: 容易|简单|\b(?:easy|easier|simpler?)\b
    / 困难|很难|难以|复杂|\b(?:hard|harder|difficult|complex)\b
cost: 便宜|\bcheap / 昂贵|更贵|\b(?:expensive|costly)\b
safety: 安全|\bsafe / 危险|\bdangerous
quality: 很好|非常好|更好|出色|不错|\b(?:well|good|great|excellent|better)\b
       / 很差|更差|更糟|糟糕|不好|\b(?:poor|poorly|bad|badly|terribl[ey]|worse)\b
speed: 更快|加快|\bfaster\b / 更慢|放慢|\bslower\b
size: 更大|更多|\b(?:bigger|larger|more)\b / 更小|更少|\b(?:smaller|fewer|less)\b
support: 支持|赞成|同意|\b(?:support|agree) / 反对|拒绝|\b(?:oppos|disagree|refus)
trade: 买|\b(?:buy|bought)\b / 卖|\b(?:sell|sold)\b
profit: 盈利|赚|\bprofit / 亏|\bloss
order: 之前|以前|\bbefore\b / 之后|以后|\bafter\b
outlook: 乐观|\boptimis / 悲观|\bpessimis
term: 短期|\bshort[- ]term / 长期|长远|\blong[- ]term
uniqueness: 唯一|只有|\bonly\b / 之一|\bone of\b
"""
_PAIRS = {
    name: tuple(re.compile(words.strip(), re.IGNORECASE) for words in pair.split(" / "))
    for name, _, pair in (
        line.partition(": ") for line in _OPPOSITES.strip().replace("\n ", " ").splitlines()
    )
}
_PLAIN_NO = (
    r"(?:(?<!必)不(?!仅|只|但|断|过|错|管|同|论|得不|少|止|是一|妨|禁|可或缺)(?:太|是很|再|会|能|应该)?"
    r"|没有|没|无法|并非|难以|无需)"
)
_NEGATED = re.compile(rf"{_PLAIN_NO}([\u4e00-\u9fff]{{2}})")
_NO = re.compile(
    r"不(?!仅|只|但|断|过|管|同|论|止|妨|禁)|没|无|未(?!来)|非(?!常)|难|少|否|缺|还需|尚待|避免|停止|失去"
    r"|拒绝|反对|而是|n't\b|\b(?:not?|never|none|nothing|nobody|without|cannot|neither|nor|lack\w*"
    r"|hard\w*|difficult|few|little|avoid\w*|fail\w*|los[et]\w*|stop\w*|refus\w*|instead|rather"
    r"|against|free (?:of|from)|\w+-free|\w{3,}(?<!un)less|impossible|yet to|need to"
    r"|in(?:significant|correct|complete)|un(?:able|likely|clear|sure|necessary|like))\b",
    re.IGNORECASE,
)
_CLEAR_NO = re.compile(
    rf"(?<![是要能])(?<!差){_PLAIN_NO}(?!太|确定|清楚|知道|只)(?=[\u4e00-\u9fff])"
    r"|\b(?:not(?! only| just| sure)|never|cannot)\b|n't\b(?! know| only| just)",
    re.IGNORECASE,
)
_NOT_ONLY = re.compile(r"不[仅只止]|\bnot (?:just|only|merely)\b", re.IGNORECASE)
_ASKED = re.compile(r"(\w)[不没]\1")
_ALIKE = 0.4
_SET_PHRASE = re.compile(
    r"[恨巴]不得|不(?:得[不已]|由得?|料|时|久|住|定|妨|安|满|利|足|良|幸|仅|只|但|断|过|管|同|论|少|止|禁|错|免"
    r"|一会|可避免|知不觉|约而同|谋而合|可思议|如)|[没无](?:事|意|数|论|疑|形|辜|限|穷|奈|声|关紧要)"
    r"|不(?:到|足|超过|止|下|低于|少于|高于)(?=\s?[\d一二两三四五六七八九十百千万半])"
    r"|别(?=[人的处墅])|(?<=[特差分个级性类区])别|之(?:所以|一)不|了没有|能不能|是不是"
    r"|(?P<verb>[\u4e00-\u9fff])[不没](?P=verb)|(?<=[\u4e00-\u9fff])[不没][\u4e00-\u9fff](?=[？?])"
)
_FAINT_NO = re.compile(
    r"\b(?:un(?!der|i(?!n|m)|less|til)[a-z]{4,}|dis(?!c[uo]|play|t[ari]|pat)[a-z]{3,}|non-?[a-z]{4,}"
    r"|in(?:ab|acc|ade|app|cap|comple|consi|corr|eff|exp|finit|sec|suff|val|vis)[a-z]+"
    r"|(?:il|im|ir)(?:leg|log|mat|mor|perf|prac|reg|rel)[a-z]+|mis[a-z]{4,}|\w{3,}(?<!un)less\w*"
    r"|rare(?:ly)?|hardly|barely|scarcely|only|until|yet|unless|except|far from|too|den(?:y|ied)"
    r"|refus\w+|prevent\w*|without|miss\w*|stop\w*|bans?|banned|forb[ai]d\w*|absen\w+|lack\w*"
    r"|fail\w*|free|beyond|other than|wrong|end(?:s|ed)?)\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"(?<![很极甚最更])[少缺]")
_ONLY_ZH = re.compile(r"[只仅才]|唯一")
_ONLY_EN = re.compile(r"\bonly\b", re.IGNORECASE)
_ASKED_NO = re.compile(r"\b\w+n't (?:I|you|we|they|he|she|it|this|that|there)\b", re.IGNORECASE)


def is_denied_once(zh: str, en: str) -> bool:
    """Say whether one of two translations plainly denies more than the other seems to."""
    chinese, english = _SET_PHRASE.sub("　", zh), _ASKED_NO.sub(" ", en)
    if _ONLY_ZH.search(zh):
        en = _ONLY_EN.sub(" ", en)
    if len(_CLEAR_NO.findall(chinese)) > len(_NO.findall(en)) + len(_FAINT_NO.findall(en)):
        return True
    return len(_CLEAR_NO.findall(english)) > len(_NO.findall(_AMOUNT.sub("　", zh)))


def is_unsure(text: str) -> bool:
    """Say whether a sentence says that its speaker does not know."""
    return bool(_UNSURE.search(text))


def doubts(texts: tuple[str, str]) -> Iterator[tuple[float, str]]:
    """Tell doubt that only one of two passages has: harm 0…1 and where it is."""
    unsure = [is_unsure(text) for text in texts]
    hedged = [bool(_HEDGE.search(text) or _PARTLY.search(text)) for text in texts]
    for one, other in ((0, 1), (1, 0)):
        if unsure[one] and not unsure[other] and not hedged[other]:
            yield 0.7, f"doubt only in {'AB'[one]}"


def differences(
    clauses: tuple[str, str], around: tuple[str, str], side: int, alike: float
) -> Iterator[tuple[float, str]]:
    """List how a clause differs in polarity from its counterpart: harm 0…1 and what it is.

    The clause is that of `side`; `around` are the passages that both stand in, of which a hedge
    may stand elsewhere; `alike` says how sure it is that they say the same, 0…1.
    """
    one, other = side, 1 - side
    clauses = _ASKED.sub(r"\1", clauses[0]), _ASKED.sub(r"\1", clauses[1])
    name, else_ = "AB"[one], "AB"[other]
    yield from _hedges(clauses[one], clauses[other], around[other], name, else_)
    amounts = [{amount for amount, word in _AMOUNTS if word.search(text)} for text in clauses]
    if all(len(found) == 1 for found in amounts) and amounts[0] | amounts[1] in _OTHERWISE:
        yield 0.55, f"{min(amounts[0])} against {min(amounts[1])}"
    if (
        _DONE.search(clauses[one])
        and not _DONE.search(around[other])
        and _MEANT.search(clauses[other])
        and not _MEANT.search(clauses[one])
    ):
        yield 0.6, f"done in {name}, meant in {else_}"
    if (
        _HARD.search(clauses[one])
        and _CANNOT.search(clauses[other])
        and not _CANNOT.search(around[one])
        and not _HARD.search(around[other])
    ):
        yield 0.5, f"hard in {name}, impossible in {else_}"
    if _TAKEN_BACK.search(clauses[one]) and not _TAKEN_BACK.search(around[other]):
        yield 0.5, f"taken back only in {name}"
    yield from _opposites(clauses)
    if not _NO.search(clauses[other]):
        more = len(_NO.findall(around[one])) > len(_NO.findall(around[other]))
        yield from _negations(clauses[one], clauses[other], more and alike >= _ALIKE, name)


def _hedges(
    text: str, other: str, there: str, name: str, else_: str
) -> Iterator[tuple[float, str]]:
    hedged = any(word.search(there) for word in (_UNSURE, _HEDGE, _PARTLY, _ABOUT))
    if _SURELY.search(text) and _HEDGE.search(other) and not _SURELY.search(there):
        yield 0.6, f"certain in {name}, a hedge in {else_}"
    elif _HEDGE.search(text) and not hedged:
        yield 0.5, f"a hedge only in {name}"
    elif _PARTLY.search(text) and not hedged:
        yield 0.4, f"limited only in {name}"
    elif _SURELY.search(text) and not _SURELY.search(there):
        yield 0.45, f"certain only in {name}"


def _opposites(clauses: tuple[str, str]) -> Iterator[tuple[float, str]]:
    for name, (left, right) in _PAIRS.items():
        in_left, in_right = (
            [bool(word.search(text)) for text in clauses] for word in (left, right)
        )
        if in_left[0] == in_left[1] or in_right != in_left[::-1]:
            continue
        if not any(_NO.search(right.sub("", left.sub("", text))) for text in clauses):
            yield 0.7, f"opposites in {name}"


def _negations(text: str, other: str, more: bool, name: str) -> Iterator[tuple[float, str]]:
    """Tell a negated predicate that the other has plain, or `more` negations than there."""
    for match in _NEGATED.finditer(text):
        if match[1] in other and match[1] not in _NEGATED.sub("", text):
            yield 0.65, f"{match[0]} only in {name}"
            return
    if more and _CLEAR_NO.search(text) and not _NOT_ONLY.search(other):
        yield 0.6, f"negated only in {name}"
