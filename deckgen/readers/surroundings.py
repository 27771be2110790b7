"""What stands around a talk: captions, credits, editor's notes, lists, comments."""

from __future__ import annotations

import re
from typing import Literal

from deckgen.readers import naming
from deckgen.readers.plain import ends_sentence, simplified

Section = Literal[
    "related", "contents", "key points", "summary", "mind map", "glossary", "people", "talk"
]

_SECTIONS: tuple[tuple[Section, re.Pattern[str]], ...] = (
    (
        "talk",
        re.compile(
            r"(?:read )?(?:the )?(?:full |edited |interview |episode )?transcript(?:ion)?s?\b|"
            r"full text|"
            r"the (?:interview|conversation)\Z|the following is\b|"
            r"以下(?:为|是)?.{0,20}(?:对话|访谈|采访|专访|实录|问答|交流|内容|全文|正文)|"
            r"(?:q ?& ?a|interview|conversation)\Z|"
            r".{0,8}(?:文字(?:稿|版|实录|记录)|实录|逐字稿|正文|全文(?!概要|摘要|总结)|教本|对话内容|"
            r"访谈内容|对话全文|文稿)|(?:转写)?原文\Z|转写(?:结果|内容|文本)",
            re.I,
        ),
    ),
    (
        "contents",
        re.compile(
            r"(?:table of )?contents|chapters|timestamps?|time ?codes?|outline|timeline|"
            r"episode (?:outline|chapters)|in this episode\W*\Z|"
            r".{0,6}(?:目录|时间(?:轴|线|戳|表)|视频框架|章节速览|(?:章节|大纲)\W*\Z)",
            re.I,
        ),
    ),
    ("mind map", re.compile(r"mind ?map|.{0,6}(?:脑图|思维导图)", re.I)),
    (
        "glossary",
        re.compile(
            r"glossary|(?:key )?(?:terms|terminology|vocabulary)(?: explained)?\W*\Z|"
            r".{0,6}(?:名词|术语|概念|词汇)(?:解释|释义|注释|说明|表|对照)",
            re.I,
        ),
    ),
    (
        "key points",
        re.compile(
            r"(?:the )?(?:key|main|top) (?:points?|takeaways?|ideas|insights|learnings|lessons|"
            r"quotes)|takeaways?|highlights?|tl;?dr|"
            r".{0,6}(?:要点|核心观点|关键观点|主要观点|精彩观点|关键信息|金句|划重点|亮点|看点|"
            r"核心内容)",
            re.I,
        ),
    ),
    (
        "summary",
        re.compile(
            r"(?:executive |episode )?summary|synopsis|overview|abstract|about this episode|"
            r"description|"
            r".{0,6}(?:摘要|总结|概要|简介|概述|导读|访谈主题|主要话题|主要内容|结论|内容整理|"
            r"本期内容|引言|前言|导语|编者按)",
            re.I,
        ),
    ),
    (
        "people",
        re.compile(
            r"participants?|speakers?|guests?|hosts?|people|attendees|panell?ists?|cast|"
            r".{0,6}(?:访谈人物|嘉宾(?:介绍|简介)?|人物(?:介绍)?|主播(?:介绍)?|主持(?:人)?|"
            r"与会(?:者|人员)|出场人物|参与者|对谈人)\Z",
            re.I,
        ),
    ),
    (
        "related",
        re.compile(
            r"related|references?\W*\Z|comments?\W*\Z|further reading|read (?:more|next)|"
            r"show ?notes|(?:useful |episode )?links?\W*\Z|links? (?:and|mentioned|from)|"
            r"resources\W*\Z|"
            r"sponsors?|advertis|about (?:the |us\b|me\b)|subscribe|footnotes?|credits|"
            r"where to find|follow us|connect with|"
            r"acknowledge?ments?|more from|you may also|recommended|call participants|"
            r"leave a (?:reply|comment)|"
            r"share this|mentioned|"
            r"(?:\d+ )?(?:comments|replies|responses)\b|"
            r"(?:相关|关联)(?:阅读|文章|推荐|链接|网址|标签|资料|内容|问题|话题|视频)?\Z|"
            r"(?:延伸|扩展|拓展)阅读|推荐(?:阅读|文章)|(?:好文|会议|活动|课程)推荐|"
            r"更多(?:阅读|文章|精彩|内容|推荐|访谈|对话|专访|节目|报道)|往期|参考(?:资料|文献|链接|"
            r"阅读)?\Z|"
            r"(?:全部|精彩|热门|最新|网友|读者)?(?:评论|留言)|发评论|关于(?:我们|作者|本文|节目|"
            r"本号|播客)|联系(?:我们|方式)|版权|声明|致谢|鸣谢|广告|"
            r"赞助|订阅|收听(?:方式|平台)|制作(?:团队|人员)|本期(?:音乐|提到)|提到的|相关链接|"
            r"文章目录|猜你喜欢|加入(?:我们|社群)",
            re.I,
        ),
    ),
)
_COMMENTS = re.compile(
    r"(?:\d+ )?(?:reader |user )?(?:comments?|replies|responses)(?: ?\(?\d+\)?)?|"
    r"leave a (?:reply|comment)|call participants|"
    r"(?:全部|精彩|热门|最新|网友|读者|文章)?(?:评论|留言)(?:区|精选)?(?: ?[(（]?\d+[)）]?)?条?|"
    r"\d+ ?条(?:评论|留言|回复)",
    re.I,
)
_INSIDE = re.compile(
    r"(?:本节|本章|小节)?(?:摘要|小结|概要|要点)|(?:section |chapter )?summary", re.I
)
_CREDIT = re.compile(
    r"[\[(（【—\-–*·▲△↑↓©※▌■●☆★#]{0,3}[ ]?(?:"
    r"(?:文章来自|文章来源|本文(?:来自|来源|转载|首发|由|作者|编译|整理|系|为|仅|已获|内容|版权|"
    r"选自|根据|经)|本(?:内容|稿件?|篇)(?:为|系|由|仅|不代表)|如对本|"
    r"(?:文|图|编辑|来源|作者|编译|责编|校对|整理|排版|摄影|译者|翻译|撰文|采访|采写|监制|出品|"
    r"原文链接|原文地址|视频链接|播客链接|节目链接|转载请|图注|转自|设计|运营|策划|制作|剪辑|审校|"
    r"(?:责任|执行|核稿|内容|图片|视觉)(?:编辑|校对)|编辑部|"
    r"(?:题|头|首|配|插|封面)?图(?:片|源|片?来源|片?作者)?|封面)[ ]?[:：/|丨｜]|"
    r"\w{0,8}记者[ ]\w{2,4}\Z|(?:值班)?(?:编辑|校对|责编|撰文|摄影|排版)[ ]\w{2,4}(?:[ ]|\Z)|"
    r"(?:编辑|发布|更新|发表|修改)于[ ]?\d{4}|"
    r"(?:图片来源|图源|图片由|题图来自|头图来自|图\s?/|摄影/|转载(?:自|请|须)|点击(?:上方|下方|"
    r"阅读|关注|图片|查看|进入|收听)|扫(?:码|描)|长按|(?:欢迎|请|快来)?关注(?:我们|公众号|本号|"
    r"微信)|欢迎(?:关注|订阅|转发|添加|加入|留言|扫码|点赞|分享)|版权(?:所有|归)|未经(?:授权|"
    r"许可)|免责声明|特别声明|点赞|在看|星标|阅读原文|赞赏|以上(?:内容|观点)仅))"
    r"|图\s?\d{0,3}[:：.丨|｜ ]|[Ff]ig(?:ure|\.)? ?\d+[:.]|"
    r"(?:[Pp]hoto(?:graph)?s?|[Ii]mages?|[Pp]ictures?|[Ii]llustrations?|[Cc]redits?|[Ss]ources?|"
    r"PHOTO|IMAGE|CREDIT)(?: (?:[Cc]redits?|[Ss]ource|[Cc]ourtesy|by|via|from|of))?(?:[ ]?[:：]|"
    r" by | courtesy )|"
    r"(?:Share|Listen|Subscribe|Follow|Like|Comment|Reply|Save|Sign (?:in|up)|Log in|分享|收藏|"
    r"点赞|关注|评论|举报|赞同|喜欢|转发|回复)\Z|The (?:views|opinions) expressed|"
    r"Find (?:us|me|the show) (?:on|at)|If you (?:enjoyed|liked) (?:this|the)|Thanks for reading|"
    r"(?:Photo|Image|Illustration) (?:by|via|courtesy)|Getty Images|Advertisement\b|"
    r"ADVERTISEMENT|(?:Please )?[Ss]ubscribe (?:to|on|now|here|for)|Follow (?:us|me|the show) on|"
    r"Sign up (?:for|to)|"
    r"Read (?:more|next|also)\b|Related(?: articles?| posts?| stories)?:|Originally published|"
    r"First published|Reprinted|(?:This|The) (?:transcript|interview|conversation|discussion|"
    r"episode|article|text) "
    r"(?:was|has been|is|may|originally|first)|(?:Transcript(?:ion)?|Transcribed|Edited|"
    r"Translated) (?:by|provided|created|produced)|All rights reserved|Copyright|©|\(c\) \d{4}|"
    r"Share this|"
    r"Click (?:here|to)|Listen (?:on|to (?:this|the) (?:episode|podcast|full))|Watch (?:on|"
    r"the (?:full|video))|Join (?:our|the) (?:newsletter|community|discord)|"
    r"Duration[:：]? ?\d|Posted (?:in|on|by)|Filed under|Tags?:|Tagged|Leave a (?:comment|reply)|"
    r"Powered by|"
    r"Support (?:us|the show|this podcast)|"
    r".{0,120}\bPage \d{1,4} of \d{1,4}\Z|"
    r"更多(?:信息|内容|精彩|详情|资讯)[^。]{0,8}(?:访问|关注|点击)|特别(?:说明|提示)[:：]|"
    r"\d+ (?:[Cc]omments?|[Rr]eplies|[Ll]ikes)\b|(?:发表|发布|写)评论|暂无评论|查看更多|"
    r"展开全文|阅读全文|打赏|上一篇|下一篇)"
)
_END = re.compile(
    r"[\W_]*(?:end {1,10}\d{1,2}:\d\d.{0,12}|"
    r"完|全文完|正文完|本文完|未完待续|结束|全文结束|访谈结束|the end|end|fin|"
    r"end of (?:the )?(?:transcript|interview|episode|recording|conversation|article)|"
    r"transcript ends)[\W_]*",
    re.I,
)
_NOTE = re.compile(
    r"[\[(（【〔《*]{0,2}[ ]?(?:编者(?:注|按)|编辑(?:注|按)|小编(?:注|按)?|译者?(?:注|按)|"
    r"译者注|校(?:注|者注)|笔者注|作者注|记者注|注(?:释|解)?[ ]?\d{0,2}|背景(?:资料|知识|介绍|"
    r"补充)?|知识点|拓展|补充(?:说明|资料)|"
    r"[Ee]ditor['’]?s? ?[Nn]otes?|[Ee]ditorial [Nn]ote|[Tt]ranslator['’]?s? ?[Nn]otes?|"
    r"[Tt]ranscriber['’]?s? ?[Nn]otes?|Ed\.?(?: note)?|[Nn]ote|NOTE|TN|T/N|N\.?B\.?|"
    r"[Bb]ackground|[Cc]ontext)"
    r"[ ]?(?:[:：—–-]|】|\])",
)
_ASIDE = re.compile(r"[\[(（【〔][^\[\]()（）【】〔〕]{1,400}[\])）】〕][.。]?")
_DIRECTION = re.compile(
    r"[\[(（【♪*][ ]?(?:[\w' ]{0,20}(?:laugh\w*|music|applause|cheer\w*|crosstalk|inaudible|"
    r"silence|pause|sighs?|chuckl\w*|theme|intro|outro|coughs?|noise|foreign|break|"
    r"ad break)[\w', :\d]{0,20}|"
    r"(?:end|start|beginning|continuation) of (?:tape|side|file|audio|video|part|recording|disc)"
    r"[\w', :\d]{0,30}|"
    r"[^()（）\[\]]{0,6}(?:笑|掌声|音乐|鼓掌|停顿|沉默|欢呼|大笑|听不清|片头|片尾|"
    r"串场)[^()（）\[\]]{0,6})[ ]?[\])）】♪*][.。]?",
    re.I,
)
_BREAK = re.compile(
    r"(?:break|outro|intro|music|ads?|advertisement|sponsors?|clip|teaser|片头|片尾|"
    r"广告)[ ]?[:：]?[ ]?"
    r"[\[(]?[\d:.]*[\])]?",
    re.I,
)
_HASHTAG = re.compile(r"[#＃]([^\s#＃,，、。;；|!！?？:：()（）\[\]]{1,40})[#＃]?")
_HASHTAG_LINE = re.compile(r"(?:[#＃][^\s#＃,，、。;；|]{1,40}[#＃]?[\s,，、;；|]{0,6})+")
_TRANSLATOR = re.compile(
    r"[（(【\[][ ]?(?:译者?注|译者按|译注|编者注|编者按|编辑注|编注|校注|笔者注|注|"
    r"[Tt]ranslator['’]?s? [Nn]ote|[Ee]ditor['’]?s? [Nn]ote|[Ee]d\. note|TN|T/N)[ ]?[:：，,—-]"
)
_ADDRESS = re.compile(r"https?://|\bwww\.|[\w.]+@[\w-]+\.\w|(?<![\w.])@\w{3,}")
_POINTER = re.compile(r"[▲△▼▽↑][ ]?\S")
_MAP = re.compile(r"[\s│|]*(?:├|└|┣|┗|│|╰|╭)")
_EDGES = re.compile(r"\A[\W_]+|[\W_]+\Z")
_MAX_CAPTION = 40


def section(title: str) -> Section | None:
    """Say what a heading promises about the lines under it; None for a chapter of the talk."""
    title = simplified(_EDGES.sub("", title))
    if len(title) > 50:
        return None
    return next((name for name, pattern in _SECTIONS if pattern.match(title)), None)


def opens_comments(title: str) -> bool:
    """Say whether a line opens what readers wrote, or who took part in a call."""
    return len(title) <= 30 and _COMMENTS.fullmatch(simplified(_EDGES.sub("", title))) is not None


def is_inside_summary(title: str) -> bool:
    """Say whether a heading inside the talk opens an editor's summary of a chapter."""
    return _INSIDE.fullmatch(simplified(_EDGES.sub("", title))) is not None


def is_credit(text: str) -> bool:
    """Say whether a line is a credit, a caption, an appeal to subscribe or the like."""
    return _CREDIT.match(simplified(text[:200])) is not None


def is_end(text: str) -> bool:
    """Say whether a line says that the talk is over."""
    return len(text) < 50 and _END.fullmatch(simplified(text)) is not None


def is_note(text: str) -> bool:
    """Say whether a paragraph calls itself an editor's or translator's note."""
    return _NOTE.match(simplified(text[:200])) is not None


def is_direction(text: str) -> bool:
    """Say whether a line only tells what is heard: laughter, music."""
    return len(text) < 80 and bool(
        _DIRECTION.fullmatch(simplified(text)) or _BREAK.fullmatch(simplified(text))
    )


def is_aside(text: str) -> bool:
    """Say whether a whole paragraph stands in brackets."""
    return len(text) < 420 and _ASIDE.fullmatch(text) is not None


def is_address(text: str) -> bool:
    """Say whether a line tells where to write, read on or follow: a link, an e-mail, @handles."""
    return len(text) < 300 and _ADDRESS.search(text) is not None


def is_signature(text: str) -> bool:
    """Say whether a whole line stands in brackets and tells of no sound: `（本报记者 …）`."""
    ends = text[:1] + text[-1:]
    bracketed = ends in ("()", "（）", "[]", "【】") and len(text) < 120
    return bracketed and not is_direction(text) and not is_note(text)


def is_caption(text: str) -> bool:
    """Say whether a line could stand under a picture: short, and no sentence."""
    return len(text) <= _MAX_CAPTION and not ends_sentence(text)


def points_at_picture(text: str) -> bool:
    """Say whether a line begins with a mark that points at the picture over it: `▲ …`."""
    return _POINTER.match(text) is not None and is_caption(text)


def is_mind_map(text: str) -> bool:
    """Say whether a line is drawn as a branch of a tree."""
    return _MAP.match(text) is not None


def hashtags(text: str) -> tuple[str, ...]:
    """Return the tags of a line that consists of hashtags, else nothing."""
    if len(text) > 600 or not _HASHTAG_LINE.fullmatch(text.strip()):
        return ()
    return tuple(_HASHTAG.findall(text))


def inline_notes(text: str) -> list[tuple[int, int]]:
    """Find the translator's and editor's notes in brackets inside a text, as spans."""
    found: list[tuple[int, int]] = []
    done = 0
    for match in _TRANSLATOR.finditer(simplified(text)):
        if match.start() < done:
            continue
        depth = 0
        for index in range(match.start(), min(len(text), match.start() + 1500)):
            depth += (text[index] in "（(【[") - (text[index] in "）)】]")
            if depth == 0:
                found.append((match.start(), index + 1))
                done = index + 1
                break
    return found


def is_field(text: str) -> bool:
    """Say whether a line tells of the talk and is none of it: `Location: London`."""
    key, colon, _ = text.replace("：", ":").partition(":")
    return bool(colon) and len(text) <= 160 and naming.is_key(key.strip())


def is_link(text: str) -> bool:
    """Say whether a line is a link, with a word or two before it."""
    words = text.split()
    return (
        bool(words)
        and len(text) < 400
        and words[-1].startswith(("http://", "https://", "<http"))
        and len(words) <= 4
    )
