import pytest
from hypothesis import given
from hypothesis import strategies as st

from deckgen.sentences import Language, split

CHINESE = [
    ["他来了。", "我走了。"],
    ["你好！", "你是谁？", "我是王小波。"],
    ["他说：“你好。”", "我笑了。"],
    ["“走吧！”他说。", "我们走了。"],
    ["小玄子笑道：“投不投降？”", "韦小宝道：“死也不降。”", "小玄子哈哈一笑。"],
    ["“教育不应该是‘有趣的’”等等，我是这个意思。", "它很有趣。"],
    ["我……我不知道。", "你呢？"],
    ["“我不知道……”", "他走了。"],
    ["成本是 3.5 亿美元。", "涨了 0.001% 左右。"],
    ["见 No. 1 和 Fig. 2 的说明。", "完。"],
    ["我在斯坦福大学教过 CS231n，那是第一门课。", "非常成功。"],
    ["我自己会想买一台 Unitree G1.", "等到普及的时候，会有生态。"],
    ["是 G1 吗？", "是的，是 G1。"],
    ["《我，机器人！》很好看。", "你看过吗？"],
    ["（他昨天来过。今天没来。）我不知道。", "走吧。"],
    ["你怎么看今天自动驾驶的发展?", "还有多久我们会看到自动驾驶全面普及?"],
    ["这是 e.g. 一个例子。", "对。"],
    ["见 https://example.com/a?b=c.d 的说明。", "好。"],
    ["什么？！", "真的！！！", "好。"],
    ["1. 第一条。", "2. 第二条。"],
]

ENGLISH = [
    ["He came.", "I left."],
    ["Mr. Smith met Dr. Jones.", "They talked."],
    ["It costs $3.5 billion.", "That is 0.001% of it."],
    ["We like amazon.com.", "They sell books."],
    ["He told me.", "I did not know."],
    ["See No. 1 and Fig. 2 for this.", "Done."],
    ["Use a tool, e.g. Anki, i.e. the program.", "It works."],
    ["I bought a Unitree G1.", "It walks."],
    ["I taught CS231n.", "It was the first class."],
    ['"Stop!" he said.', "She stopped."],
    ['He said, "Go."', "She went."],
    ["Well... maybe.", "I do not know..."],
    ["I was thinking . . . about it.", "You too."],
    ["J. K. Rowling wrote it.", "She lives in the U.K. with her family."],
    ["He lives in the U.S.", "The house is big."],
    ["They met at 5 p.m. on Monday.", "Nobody came."],
    ["Apple Inc. sells phones.", "It grew."],
    ["(It was late. Very late.) We left.", "Bye."],
    ["What?!", "Really?", "Yes."],
    ["1. Open the door.", "2. Close it."],
    ["Is it you and I?", "It is you and I.", "Then go."],
]


@pytest.mark.parametrize("sentences", CHINESE)
def test_chinese(sentences: list[str]) -> None:
    for glue in ("", " ", "\n\n"):
        if glue == "" and any(s[-1].isascii() and s[-1] == "." for s in sentences[:-1]):
            continue  # a Latin full stop needs a space after it
        assert _sentences(glue.join(sentences), "zh") == sentences


@pytest.mark.parametrize("sentences", ENGLISH)
def test_english(sentences: list[str]) -> None:
    for glue in (" ", "\n", "\n\n"):
        assert _sentences(glue.join(sentences), "en") == sentences


def test_blank_line_ends_what_has_no_full_stop() -> None:
    assert _sentences("第一章\n\n他来了。", "zh") == ["第一章", "他来了。"]
    assert _sentences("Chapter one\n  \nHe came.", "en") == ["Chapter one", "He came."]


def test_line_break_does_not_end_a_sentence() -> None:
    assert _sentences("He came\nhome. She\nleft.", "en") == ["He came\nhome.", "She\nleft."]


def test_languages_mixed() -> None:
    assert _sentences("他说好。That is fine. 我走了。", "zh") == [
        "他说好。",
        "That is fine.",
        "我走了。",
    ]
    assert _sentences("He said 你好。They left.", "en") == ["He said 你好。", "They left."]


def test_nothing_to_split() -> None:
    assert split("", "zh") == []
    assert split(" \n\n ", "en") == []
    assert len(split("好" * 1_000_000, "zh")) == 1
    assert len(split("word " * 200_000, "en")) == 1


PIECES = st.sampled_from(
    [*"。！？.!?…”’\"'）)（(《》“ \n，,", "No", "1", "他说", "He", "it", "e.g", "我"]
)


@given(st.lists(PIECES, max_size=60).map("".join) | st.text(), st.sampled_from(["zh", "en"]))
def test_spans_and_white_space_rejoin(text: str, language: Language) -> None:
    end = 0
    rebuilt = ""
    for start, stop in split(text, language):
        assert start >= end
        assert text[start:stop].strip() == text[start:stop] != ""
        assert text[end:start].strip() == ""
        rebuilt += text[end:start] + text[start:stop]
        end = stop
    assert text[end:].strip() == ""
    assert rebuilt + text[end:] == text


def _sentences(text: str, language: Language) -> list[str]:
    return [text[start:end] for start, end in split(text, language)]
