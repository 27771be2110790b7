"""What turns a statement round or takes it back: negations, hedges, what is done or only meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

_DOUBT = re.compile(
    r"不(?:太|是很|是特别|大)?(?:确定|清楚|知道)|不好说|也许|或许|可能|大概率|猜|似乎|好像|看起来|说不定|未必"
    r"|\b(?:not sure|unsure|don't know|perhaps|maybe|might|may|possibly|probably|likely"
    r"|guess|suspect|seems?)\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"不(?:太|是很|是特别|大)?(?:确定|清楚)|不好说|说不定|猜|\b(?:not sure|unsure|guess|suspect)\b",
    re.IGNORECASE,
)
_PARTLY = re.compile(
    r"某种程度|一定程度|\b(?:somewhat|kind of|sort of|to some extent|a bit)\b", re.IGNORECASE
)
_DONE = re.compile(r"已经|早已|\balready\b", re.IGNORECASE)
_MEANT = re.compile(
    r"(?<![机社协])会(?!议|员)|将(?!其|这|它|大|数|我)|想(?!象|法|到|起)|希望|计划|打算|还没|尚未"
    r"|\b(?:will|would|want to|hope|plan|not yet)\b",
    re.IGNORECASE,
)
_OPPOSITES = (
    (r"变化|改变|不同", r"迁移|相同|一样|不变|通用"),
    (r"增加|提高|上升", r"减少|降低|下降"),
    (r"领先|走得更前", r"落后"),
    (r"开源|开放", r"闭源|封闭"),
    (r"成功", r"失败"),
    (r"必要|必须", r"不必|不需要"),
)
_NEGATED = re.compile(
    r"(?:不(?!仅|只|但|断|过|错|管|同|论|得不|少|止|是一)(?:太|是很|再|会)?|没有|无法|并非|难以)([\u4e00-\u9fff]{2})"
)


def differences(a: str, b: str) -> Iterator[tuple[float, str]]:
    """List how two renderings of one passage differ in polarity: harm 0…1 and what it is."""
    unsure = [bool(_UNSURE.search(text)) for text in (a, b)]
    doubt = [bool(_DOUBT.search(text)) for text in (a, b)]
    if unsure[0] != unsure[1] and not all(doubt):
        yield 0.8, f"doubt only in {'A' if unsure[0] else 'B'}"
    elif doubt[0] != doubt[1]:
        yield 0.5, f"a hedge only in {'A' if doubt[0] else 'B'}"
    elif (partly := [bool(_PARTLY.search(text)) for text in (a, b)])[0] != partly[1]:
        yield 0.4, f"limited only in {'A' if partly[0] else 'B'}"
    for one, other, name in ((a, b, "A"), (b, a, "B")):
        if (
            _DONE.search(one)
            and not _DONE.search(other)
            and _MEANT.search(other)
            and not _MEANT.search(one)
        ):
            yield 0.6, f"done in {name}, meant in the other"
    for left, right in _OPPOSITES:
        for one, other in ((a, b), (b, a)):
            if (
                re.search(left, one)
                and not re.search(right, one)
                and re.search(right, other)
                and not re.search(left, other)
            ):
                yield 0.7, f"{left} against {right}"
    for one, other, name in ((a, b, "A"), (b, a, "B")):
        for match in _NEGATED.finditer(one):
            plain = re.search(rf"(?<![不没未无])(?<!不是)(?<!并非){re.escape(match[1])}", other)
            if plain and not _NEGATED.search(other) and match[1] not in _NEGATED.sub("", one):
                yield 0.6, f"{match[0]} only in {name}"
