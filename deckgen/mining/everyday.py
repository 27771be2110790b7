"""Words that any talk leans on, whatever it is about."""

from __future__ import annotations

from deckgen.mining.reverse import GRAMMAR

SHELLS = frozenset(
    "方面 层面 领域 关键 核心 本质 背景 潜力 代价 技巧 方案 情形 场景 形态 现状 答案 区别 差距 "
    "建议 问题 成果 动机 观点 过程 阶段 案例 案子 目标 优势 特点 机会 挑战 趋势 现象 意义 价值 "
    "作用 原因 结果 程度 范围 内容 角度 水平 状态 情况 例子 想法 办法 方法 方式 条件 要求 标准 "
    "因素 重点 环节 思路 经验 能力 需求 资源 团队 人类 人们 大家 群体 受众 "
    "基本上 也就是说 事实上 总的来说".split()
)
"""Nouns that any talk may lean on, whatever it is about."""

LIGHT = GRAMMAR | frozenset(
    "able actually again almost already alright always answer anybody anyone anything awesome "
    "bad basically best better big biggest billion bit case clear come coming cool couple "
    "course cubic dash day days degree degrees different dollar dollars dot early easy eight "
    "end episode ever everybody everyone exactly example fact few first five four free full fun "
    "funny get go goes gonna good gram grams great guy guys half hard hello high himself hour "
    "hours hundred idea important instead interesting itself job kilogram kilograms kilometer "
    "kilometers kilometre kilometres kind kinds know large last late later least left less let "
    "life like little long look looks lot lots low made main make makes many mean means meant "
    "meter meters metre metres mile miles million minute minutes month months more most much "
    "myself need needs never new next nice nine nobody number numbers often oh ok okay old one "
    "only other part parts people percent person please podcast point possible previous "
    "probably problem quarter real really reason recent right said same say saying says season "
    "second seconds seven several short side simple simply six slash small somebody someone "
    "something sort square start started still super sure talk talking ten thank thanks "
    "themselves thing things think thinks third thousand three time times today tomorrow ton "
    "tonne tonnes tons try trying two uh um use used using versus wanna want way ways week "
    "weeks whereas whole work world worse yeah year years yesterday yet".split()
)
"""Words of everyday talk, and units, which by themselves or with others are no term."""
