"""Names that are written differently in the two languages, to see whether both say the same."""

from __future__ import annotations

import re

_TABLE = """
特斯拉 tesla|谷歌 google|微软 microsoft|苹果公司 apple|亚马逊 amazon|英伟达 nvidia|脸书 facebook
推特 twitter|百度 baidu|阿里巴巴 alibaba|腾讯 tencent|华为 huawei|英特尔 intel|三星 samsung
索尼 sony|丰田 toyota|福特 ford|大众汽车 volkswagen|波音 boeing|空客 airbus
辉瑞 pfizer|可口可乐 coca
马斯克 musk|卡帕西 karpathy|盖茨 gates|乔布斯 jobs|扎克伯格 zuckerberg|贝佐斯 bezos|黄仁勋 huang
辛顿 hinton|杨立昆 lecun|图灵 turing|爱因斯坦 einstein|牛顿 newton|达尔文 darwin|居里 curie
伽利略 galileo|哥白尼 copernicus|孔子 confuci|莎士比亚 shakespeare|拿破仑 napoleon|林肯 lincoln
华盛顿 washington|特朗普 trump|拜登 biden|奥巴马 obama|丘吉尔 churchill|斯大林 stalin|列宁 lenin
凯恩斯 keynes|弗洛伊德 freud|贝多芬 beethoven|莫扎特 mozart|巴赫 bach|毕加索 picasso
中国 china,chinese|美国 america,u.s,united states|日本 japan|德国 german|法国 france,french
英国 brit,england,english,u.k,united kingdom|印度 india|俄罗斯 russia|韩国 korea|意大利 ital
西班牙 spain,spanish|加拿大 canad|澳大利亚 australia|巴西 brazil|墨西哥 mexic|埃及 egypt
希腊 greece,greek|土耳其 turk|荷兰 netherlands,dutch,holland|瑞士 swiss,switzerland|瑞典 swed
北京 beijing,peking|上海 shanghai|广州 guangzhou,canton|深圳 shenzhen|香港 hong kong|台北 taipei
东京 tokyo|首尔 seoul|伦敦 london|巴黎 paris|柏林 berlin|罗马 rome,roman|莫斯科 moscow|纽约 new york
旧金山 san francisco|洛杉矶 los angeles|多伦多 toronto|悉尼 sydney|非洲 africa|欧洲 europe|亚洲 asia
"""
_ENTRIES = tuple(entry.partition(" ") for entry in re.split(r"[|\n]", _TABLE.strip()))
_CHINESE = {english: zh for zh, _, all_ in _ENTRIES for english in all_.split(",")}
_ENGLISH = re.compile(rf"\b(?:{'|'.join(map(re.escape, _CHINESE))})")


def differ(zh: str, en: str) -> tuple[str, str] | None:
    """Return a name that only the Chinese has, and one that only the English has instead."""
    told = {_CHINESE[name]: name for name in _ENGLISH.findall(re.sub(r"\s+", " ", en.lower()))}
    only_zh = [chinese for chinese, _, _ in _ENTRIES if chinese in zh and chinese not in told]
    only_en = [n for chinese, n in told.items() if chinese not in zh and n not in zh.lower()]
    return (only_zh[0], only_en[0]) if only_zh and only_en else None
