"""What a name can be: a person's, that of a part such as host or 问, or nobody's at all."""

from __future__ import annotations

import re

from deckgen.hanzi import HAN, count_han
from deckgen.readers.plain import simplified

_ROLE = re.compile(
    r"(?:主持人?|主播|嘉宾|来宾|记者|采访[者人]|(?:被采|受)访[者人]|访谈者|访问[员者]|提问者|观众|听众|学生|老师|教授|编辑|旁白|"
    r"说话人|发言人|提问|回答|问|答|甲|乙)"
    r"[ ]?[#＃]?(?:[A-Za-z]|\d{1,2}|[一二三四五六七八九十甲乙丙丁])?|"
    r"(?:Host|Co-?host|Guest|Interviewer|Interviewee|Moderator|Speaker|Presenter|Narrator|Reporter|"
    r"Byline|Audience|Announcer|Questions?|Answers?|Questioner|Panelist|Participant|Student|"
    r"Operator|Caller|Q|A)(?:[ _]?[#＃]?\d{1,2}|[ _][A-Za-z])?",
    re.I,
)
_PART = (
    r"主持人?|主播|嘉宾|采访[者人]|受访[者人]|"
    r"host|guest|interviewer|interviewee|moderator|presenter"
)
_NOBODY = re.compile(
    r"(?:unknown|unidentified|inaudible)(?: (?:speaker|person|participant|male|female|man|woman|"
    r"voice))?[ ]?#?\d{0,2}"
    r"|audience(?: (?:member|question))?(?: ?\d{1,2}| [A-Z])?|(?:male|female) (?:voice|"
    r"speaker)[ ]?\d{0,2}|未知(?:说话人|发言人|人物)?|不明"
    r"|(?:现场|线上)?(?:观众|听众|网友|读者)(?:提问)?[ ]?\d{0,2}|"
    r"(?:群|众)人|大家|(?:many|multiple|several) (?:speakers|"
    r"voices|people)"
    r"|crowd|various|someone|speaker unknown",
    re.I,
)
_EVERYBODY = re.compile(
    r"(?:all|both|together|everyone|everybody|两人|二人|三人|所有人|全体|众人|合)(?: together|"
    r" speakers)?",
    re.I,
)
_NOT_A_NAME = re.compile(
    r"[，。！？；、,;!?\"“”<>=|/\\@#$%^*+~{}…《》]|https?|www\."
    r"|(?:说|说道|表示|认为|指出|称|问道|回答道|补充|写道|提到|强调|解释|介绍|如下|包括|例如|"
    r"比如|方面|问题|原因|结论|来说)\Z"
    r"|\b(?:said|says|asked|asks|adds|added|wrote|writes|replied|explains|explained|follows|"
    r"is|are|was|were|the|this|that|these|those|here|there|because|of|to|for|with|in|on|if|when|"
    r"an)\b"
)
_OTHER_KEYS = re.compile(
    r"(?:note|notes|nb|n\.b|tip|tips|warning|caution|important|info|hint|todo|fixme|example|"
    r"examples|e\.g|source|sources|link|links|"
    r"url|date|time|title|subtitle|author|authors|by|editor|edited by|translator|translated by|"
    r"tags?|category|categories|keywords?|"
    r"summary|abstract|description|version|license|status|type|name|id|usage|install(?:ation)?|"
    r"requirements?|features?|options?|"
    r"default|defaults|returns?|parameters?|args?|arguments|input|output|see|see also|ref|"
    r"references?|related|update|updated|"
    r"published|posted|location|venue|duration|length|language|format|file|files|path|email|"
    r"e-mail|phone|website|twitter|github|"
    r"youtube|video|audio|slides|transcript|transcript by|transcription|photo|image|picture|"
    r"figure|fig|table|caption|credit|credits|"
    r"step|steps|part|chapter|section|topic|topics|agenda|action|actions|decision|decisions|"
    r"pros|cons|added|changed|fixed|removed|"
    r"deprecated|security|ingredients|directions|method|result|results|conclusion|background|"
    r"objective|purpose|remember|first|"
    r"second|third|finally|bonus|spoiler|disclaimer|sponsor|sponsors|ps|p\.s|re|fwd?|from|"
    r"subject|cc|bcc|http|https|ftp|"
    r"host name|hostname|port|user|username|password|server|client|key|value|error|exception|"
    r"debug|trace|fatal|"
    r"meaning|definition|pronunciation|synonyms?|antonyms?|translation|original|english|chinese|"
    r"context|quote|"
    r"链接|原文链接|来源|作者|编辑|标题|原文标题|(?:采访|访谈|录制|录音|会议|活动)?(?:日期|时间|地点|时长)|标签|分类|关键词|关键字|摘要|"
    r"简介|注|注意|备注|说明|提示|警告|示例|例如|"
    r"例|图|图片|图注|图源|图片来源|题图|封面|表|译者|译者注|译注|编者按|编者注|译者按|校对|"
    r"整理|排版|编译|翻译|来自|原文|出处|版权|声明|"
    r"目录|章节|要点|总结|结论|概述|背景|目标|参考|参考资料|相关|推荐|更新|发布|版本|语言|格式|"
    r"文件|视频|音频|节目|时长|"
    r"定义|解释|名词解释|含义|步骤|方法|结果|答案|优点|缺点|第[一二三四五六七八九十\d]+|首先|"
    r"其次|最后|另外|此外|文章类别|类别|类型|"
    r"内容整理|小贴士|划重点|补充|拓展|延伸阅读|公众号|微信|微博|邮箱|电话|网址|官网|地址|"
    r"本期话题|本期嘉宾|导语|导读|前言|引言|开场白|后记|break|"
    r"exercise|homework|lesson|练习|作业|"
    r"recorded(?: on| at)?|recording|interview date|date of interview|place|tape|published on|"
    r"transcriber|repository|call participants|participants|"
    r"outro|intro|music|ad|ads|classifier|misc|advertisement|clip|teaser)"
    r"[ ]?\d{0,3}\.?",
    re.I,
)
_CAPITAL = r"[A-Z\u00c0-\u00de\u0100-\u017f][A-Za-z\u00c0-\u024f'’.\-]*"
_LATIN_NAME = re.compile(
    rf"(?:(?:Dr|Mr|Mrs|Ms|Prof|Sir|St)\.? )?{_CAPITAL}"
    rf"(?:[ -](?:{_CAPITAL}|de|van|von|der|del|di|la|bin|al)){{0,4}}(?: ?\d{{1,2}})?"
)
_HAN_NAME = re.compile(
    rf"[{HAN}]{{1,8}}(?:[·•・．.-][{HAN}A-Za-z.]{{1,12}}){{0,3}}[ ]?[A-Za-z]?\d{{0,2}}"
)
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪"
    "范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤俞章葛柯齐戚瞿阎黃張劉陳楊趙吳馬鄭謝許韓馮鄧"
    "蕭葉蘇呂盧鍾譚陸賈韋鄒龍賀顧龔邵萬錢嚴湯"
)
_ADDRESS = re.compile(
    rf"(?<=[{HAN}])(?:老师|老師|先生|女士|教授|博士|师傅|師傅|医生|醫生|院士|导演|律师|同学)\Z"
)
_TALK = re.compile("对话|对谈|专访|访谈|采访")


def could_be_name(name: str) -> bool:
    """Say whether nothing in a text speaks against its being what a speaker is called."""
    if name[:1] == "《" and name[-1:] == "》":
        name = name[1:-1]
    if (
        not name
        or len(name) > 40
        or _OTHER_KEYS.fullmatch(simplified(name))
        or _NOT_A_NAME.search(simplified(name))
    ):
        return False
    if re.search(r"\.(?:rst|md|txt|js|py|html?|json|ya?ml|com|org|net)\Z", name, re.I):
        return False
    if count_han(name) > 12 or len(name.split()) > 5:
        return False
    return any(c.isalpha() for c in name) and not name[0].isdigit()


def is_key(name: str) -> bool:
    """Say whether a word before a colon names a kind of remark: Note, Source, 编者按."""
    return _OTHER_KEYS.fullmatch(simplified(name)) is not None


def is_role(name: str) -> bool:
    """Say whether a label names a part (host, Q, 问) and no person."""
    return _ROLE.fullmatch(simplified(name)) is not None and not name[0].islower()


def is_part(name: str) -> bool:
    """Say whether a label names the part of one person: host, guest, 主持人; not Q, 观众, 嘉宾2."""
    return re.fullmatch(_PART, simplified(name), re.I) is not None


def is_nobody(name: str) -> bool:
    """Say whether a label stands for nobody in particular."""
    return _NOBODY.fullmatch(simplified(name)) is not None


def is_question(name: str) -> bool:
    """Say whether a label only marks a question."""
    return (
        re.fullmatch(r"(?:Q|问|提问|Question|Questioner)[ ]?\d{0,2}", simplified(name), re.I)
        is not None
    )


def is_answer(name: str) -> bool:
    """Say whether a label only marks an answer."""
    return re.fullmatch(r"(?:A|答|回答|Answer)[ ]?\d{0,2}", simplified(name), re.I) is not None


def unnumbered(name: str) -> str:
    """Take the number off a label of a question or an answer: Q1, 答2."""
    return name.rstrip("0123456789 ") if is_question(name) or is_answer(name) else name


def is_everybody(name: str) -> bool:
    """Say whether a label stands for all who are present."""
    return _EVERYBODY.fullmatch(simplified(name)) is not None


def is_latin(name: str) -> bool:
    """Say whether a text has the form of a person's name in Latin letters."""
    return _LATIN_NAME.fullmatch(name) is not None


def without_title(name: str) -> str:
    """Take the form of address off a Chinese name: 张立宪老师, 王医生."""
    return _ADDRESS.sub("", name)


def looks_like_person(name: str) -> bool:
    """Say whether a text has the form of a person's name."""
    if (bare := without_title(name)) != name and bare[0] in _SURNAMES and len(bare) <= 4:
        return True
    if _LATIN_NAME.fullmatch(name):
        return True
    if not _HAN_NAME.fullmatch(name) or name.startswith(("谢谢", "謝謝")):
        return False
    if "·" in name or (name[0] in "小老" and len(name) == 2 and name[1] in _SURNAMES):
        return not _TALK.search(name)
    return name[0] in _SURNAMES and 2 <= count_han(name) <= 4


def split_role(name: str) -> tuple[str | None, str]:
    """Split `主持人张三` or `Host Sarah Guo` into the part and the person's name."""
    parts = r"(主持人|主播|嘉宾|记者|Host|Guest|Moderator|Interviewer)[ ]?(?=\S)"
    match = re.match(parts, simplified(name))
    rest = name[match.end() :] if match else ""
    return (match[1], rest) if match and looks_like_person(rest) else (None, name)
