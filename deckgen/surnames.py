"""Surnames that stand apart from a given name, as in 小刘, 老钱 and 王部长.

>>> is_name("小", "", "刘"), is_name("王", "见", "部长"), is_name("王", "国", "在")
(True, True, False)
"""

from __future__ import annotations

from typing import Final

SURNAMES: Final = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱郭何罗郑梁谢宋唐许韩冯邓曹彭萧肖董袁潘"
    "蒋蔡余杜苏魏吕丁沈姚卢姜崔钟谭陆汪范廖贾韦邱侯邹熊孟秦阎薛尹郝龚邵钱汤黎傅"
    "張劉陳楊趙黃吳孫羅鄭謝許韓馮鄧蕭蔣蘇魏呂瀋盧鐘譚陸賈韋鄒閻龔錢湯"
)
"""Common surnames of one character; those that are common words too, as 高 and 马, are left out."""

_PREFIXES = frozenset("小老大阿")
_TITLES = frozenset(
    """
    先生 女士 小姐 太太 夫人 同学 同志 师傅 老师 教授 博士 医生 大夫 律师 工程师 老板 总 经理 总经理
    董事长 主任 部长 局长 处长 科长 校长 院长 所长 市长 省长 县长 厂长 队长 书记 主席 总统 总理 将军
    同學 師傅 老師 醫生 律師 工程師 老闆 總 經理 總經理 董事長 部長 局長 處長 校長 院長 市長 隊長
    書記 總統 總理 將軍
    """.split()
)
_COUNTING = frozenset("这那本上下每一二两三四五六七八九十几這兩幾")
"""What makes a measure word of what could be a name, as in 这 周 总统 and 一 小 段 话."""


def is_name(word: str, before: str, after: str) -> bool:
    """Say whether a word is a surname or the 小 of one, by the words around it.

    GB/T 16159 gives either a capital: 小刘 is Xiǎo Liú.
    """
    if before in _COUNTING:
        return False
    if word in _PREFIXES:
        return after in SURNAMES
    return word in SURNAMES and (before in _PREFIXES or after in _TITLES)
