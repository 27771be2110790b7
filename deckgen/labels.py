"""The few words that cards say by themselves, in the languages a recipe can choose."""

from __future__ import annotations

from collections.abc import Mapping

LABELS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "also": "Also",
        "as_of": "as of",
        "bopomofo": "Bopomofo",
        "caution": "Caution",
        "classifier": "Measure word",
        "english": "English",
        "examples": "Examples",
        "fill_in": "Fill in the gap",
        "frequency": "Frequency",
        "interlinear": "Word by word",
        "level": "Level",
        "listen": "Listen",
        "other_script": "Other script",
        "reading": "Pinyin",
        "right": "Right",
        "say_in_chinese": "Say it in Chinese",
        "source": "Source",
        "terms": "Terms",
        "tones": "Right but for the tones:",
        "type": "Type it (optional)",
        "wrong": "You wrote:",
    },
    "zh": {
        "also": "又称",
        "as_of": "时间",
        "bopomofo": "注音",
        "caution": "注意",
        "classifier": "量词",
        "english": "英文",
        "examples": "例句",
        "fill_in": "填空",
        "frequency": "常用度",
        "interlinear": "逐词对照",
        "level": "级别",
        "listen": "听",
        "other_script": "繁体",
        "reading": "拼音",
        "right": "正确",
        "say_in_chinese": "用中文说",
        "source": "出处",
        "terms": "术语",
        "tones": "声调不对：",
        "type": "可在此输入",
        "wrong": "你写的是：",
    },
}
