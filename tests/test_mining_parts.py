"""The parts of mining: what carries a sentence, how it is asked for, which names are of what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deckgen import readers
from deckgen.content import Evidence, Term
from deckgen.lexicon import Lexicon
from deckgen.linting.questions import asks_yes_no, vague_part
from deckgen.mining import Mined, mine
from deckgen.mining.carriers import Carrier, Carriers
from deckgen.mining.glosses import Glosses
from deckgen.mining.names import Names
from deckgen.mining.points import points
from deckgen.mining.questions import asked, replied
from deckgen.mining.reference import refers_back_en, refers_back_zh
from deckgen.mining.reverse import stems
from deckgen.mining.talk import listen, source_of
from deckgen.mining.wellformed import objection
from deckgen.segmentation import Segmenter
from deckgen.sentences import Language
from deckgen.transcript import Speaker


def hidden(text: str, answer: str, what: str = "number") -> Carrier:
    start = text.index(answer)
    return Carrier(start, start + len(answer), what)  # type: ignore[arg-type]


def mined(text: str) -> Mined:
    document = readers.parse(text, "talk.md")
    return mine(source_of("talk", [document], None), [document])


@pytest.mark.parametrize(
    ("text", "answer", "what", "question"),
    [
        ("主缆由 27000 根钢丝组成。", "27000 根", "number", "据李强说，主缆由多少根钢丝组成？"),
        ("工程在 1998 年开始。", "1998 年", "number", "据李强说，工程在哪一年开始？"),
        ("全部费用的 80% 来自税收。", "80%", "number", "据李强说，全部费用的百分之多少来自税收？"),
        ("这是第三次检查主缆了。", "第三次", "number", "据李强说，这是第几次检查主缆了？"),
        ("悬索桥是最常见的桥。", "悬索桥", "thing", "据李强说，什么是最常见的桥？"),
        ("Arup 已经设计了两座桥。", "Arup", "firm", "据李强说，哪家公司已经设计了两座桥？"),
        # The first person, a second question word and a hanging clause leave the sentence quoted.
        ("我修了 5 年桥。", "5 年", "number", "李强说：“我修了 ＿＿桥。”＿＿是多少年？"),
        (
            "不知道什么桥能用 90 年。",
            "90 年",
            "number",
            "李强说：“不知道什么桥能用 ＿＿。”＿＿是多少年？",
        ),
        (
            "如果大桥用 90 年，就要换掉主缆。",
            "90 年",
            "number",
            "李强说：“如果大桥用 ＿＿，就要换掉主缆。”＿＿是多少年？",
        ),
        (
            "大家都喜欢“悬索桥”。",
            "悬索桥",
            "thing",
            "李强说：“大家都喜欢‘＿＿’。”＿＿是什么？",
        ),
    ],
)
def test_chinese_asks_in_place_where_that_is_grammatical(
    text: str, answer: str, what: str, question: str
) -> None:
    assert asked(text, hidden(text, answer, what), "zh", "李强") == question


@pytest.mark.parametrize(
    ("text", "answer", "what", "question"),
    [
        ("Rust is a safe language.", "Rust", "product", "According to Li, which product is a safe"),
        (
            "The cable has 27 wires.",
            "27",
            "number",
            "Li says: “The cable has ＿＿ wires.” How many w",
        ),
        (
            "It opened in May 1998.",
            "1998",
            "number",
            "Li says: “It opened in May ＿＿.” Which year?",
        ),
        ("We pay $40 for it.", "40", "number", "Li says: “We pay $＿＿ for it.” How much?"),
        (
            "About 30% rust away.",
            "30%",
            "number",
            "Li says: “About ＿＿ rust away.” What percentage",
        ),
        (
            "I think Rust is safe.",
            "Rust",
            "thing",
            "Li says: “I think ＿＿ is safe.” What is ＿＿?",
        ),
    ],
)
def test_english_asks_for_a_subject_or_quotes_with_a_blank(
    text: str, answer: str, what: str, question: str
) -> None:
    assert asked(text, hidden(text, answer, what), "en", "Li").startswith(question)


@pytest.mark.parametrize(("language", "name"), [("zh", "李强"), ("en", "Li")])
def test_no_question_that_is_made_is_vague_or_answered_by_yes(
    language: Language, name: str
) -> None:
    question = {"zh": "主缆为什么要换？", "en": "Why must the cable be replaced?"}[language]
    made = replied(question, language, name)
    assert question in made
    assert not asks_yes_no(made, language)
    assert not vague_part(made, language)


def term(hanzi: str, english: str = "", topic: str = "") -> Term:
    return Term(hanzi, hanzi, english, None, (Evidence("talk"),), topics=(topic,) if topic else ())


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon()


@pytest.mark.parametrize(
    ("text", "carried"),
    [
        ("主缆由两万七千根钢丝组成。", "两万七千根"),
        ("这座桥有两个特点。", None),
        ("大家都用 GPT 4 写报告。", None),
        ("修桥用 4、5 年时间。", None),
        ("我同意，100%。", None),
        ("费用是 3 亿美元。", "3 亿美元"),
        # All of a number is hidden, with its unit.
        ("能活着到达结肠的不到百分之一。", "百分之一"),
        ("网站上已经有五十多万张图片。", "五十多万张"),
        ("一斤黄豆能出三斤半豆腐。", "三斤半"),
        ("腐乳在 15 到 20 度的地方发酵。", "15 到 20 度"),
        ("壁画总面积有四万五千平方米。", "四万五千平方米"),
        # The last one, and no date where there is another.
        ("价格从 5000 元降到了 800 元。", "800 元"),
        ("2023 年的案件达到 385 万件。", "385 万件"),
        ("工程在 1998 年开始。", "1998 年"),
        # Names and formulas hold none.
        ("我们选了东北的“黑农 48”。", None),
        ("公司要付的是 N+1 的工资。", None),
        ("这是第三种办法。", None),
        ("嫦娥四号带了一台射电仪。", None),
        ("冬天的气温是零下 20 度。", "零下 20 度"),
    ],
)
def test_the_whole_number_that_measures_most_carries_a_sentence(
    lexicon: Lexicon, text: str, carried: str | None
) -> None:
    found = Carriers([], lexicon, "zh").number(text)
    assert (text[found.start : found.end].strip() if found else None) == carried


@pytest.mark.parametrize(
    ("text", "carried"),
    [
        ("工程师检查的是悬索桥。", "悬索桥"),
        ("工程师检查的是悬索桥（suspension bridge）。", "悬索桥（suspension bridge）"),
        ("老桥（悬索桥）要换主缆。", None),
        ("悬索桥工程很贵。", None),
        ("悬索桥换了，悬索桥就好了。", None),
    ],
)
def test_a_term_carries_a_sentence_once_whole_and_with_its_translation(
    lexicon: Lexicon, text: str, carried: str | None
) -> None:
    found = Carriers([term("悬索桥", "suspension bridge")], lexicon, "zh").term(text)
    assert (text[found.start : found.end] if found else None) == carried


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(["王敏", "Grace Hopper"])


@pytest.mark.parametrize(
    ("name", "before", "after", "kind"),
    [
        ("Grace", "", "说过", "person"),
        ("Arup", "当时在 ", " 工作的人", "firm"),
        ("Arup", "", " 公司设计了桥", "firm"),
        ("Arup", "the CEO of ", " said so", "firm"),
        ("Turing Labs", "", "", "firm"),
        ("OpenAI", "", "", "firm"),
        ("GPT-4", "", "", "product"),
        ("Falcon", "", " 机器人会走路", "product"),
        ("Falcon", "", " 先生来了", "person"),
        ("Microsoft", "", "", "firm"),
        ("Falcon", "我们喜欢 ", "，很好", None),
    ],
)
def test_a_names_kind_is_told_by_the_text_or_left_open(
    names: Names, name: str, before: str, after: str, kind: str | None
) -> None:
    assert names.kind(name, [(before, after)]) == kind


def test_a_firm_has_its_chinese_name_after_the_dictionary(names: Names) -> None:
    assert names.chinese("Google", "firm") == "谷歌"
    assert names.chinese("Google", "person") is None
    assert names.chinese("Arup", "firm") is None


@pytest.fixture(scope="module")
def glosses(lexicon: Lexicon) -> Glosses:
    return Glosses(Segmenter(), lexicon, kept=frozenset({"Python"}), given={"主缆": "main cable"})


@pytest.mark.parametrize(
    ("phrase", "word"),
    [
        ("friends", "朋友"),
        ("know", "知道"),
        ("learned", "学习"),
        ("studies", "学习"),
        ("money", "钱"),
        ("we", "我们"),
        ("students", "学生"),
        ("question mark", "问号"),
    ],
)
def test_english_goes_back_to_the_commonest_chinese_word(
    glosses: Glosses, phrase: str, word: str
) -> None:
    assert glosses.chinese(phrase.split()) == word


def test_a_gloss_keeps_names_and_drops_mere_links(glosses: Glosses) -> None:
    assert glosses.gloss("I don't know the Python.", "en") == "（逐词）我 · 不 · 知道 · Python"


def test_a_gloss_writes_numbers_in_figures_and_given_terms_as_given(lexicon: Lexicon) -> None:
    glosses = Glosses(Segmenter(["主缆"]), lexicon, given={"主缆": "main cable"})
    gloss = glosses.gloss("主缆用了 80 亿美元。", "zh")
    assert "main cable" in gloss
    assert "8 billion" in gloss


@pytest.mark.parametrize(
    ("form", "stem"),
    [("went", "go"), ("running", "run"), ("studies", "study"), ("used", "use"), ("boxes", "box")],
)
def test_an_english_form_has_its_stem(form: str, stem: str) -> None:
    assert stem in stems(form)


LATIN = """\
**王敏：** 你为什么要研究 scaling law 呢？

**李强：** 我研究 scaling law 是因为 Arup 公司需要模型。

**王敏：** 有人说“not your keys, not your tokens”，你知道吗？

**李强：** 我知道。Arup 公司也说“not your keys, not your tokens”。
"""


def test_latin_words_are_terms_as_they_stand_together_and_quotations_none() -> None:
    found = {t.hanzi: t.topics for t in mined(LATIN).terms}
    assert "scaling law" in found
    assert "names/firm" in found["Arup"]
    assert not {"your", "keys", "scaling", "law", "not your keys"} & set(found)


ASKED = """\
**王敏：** 风洞试验是怎样测量悬索桥的？

**李强：** 风洞试验把悬索桥的模型放进 90 公里的大风里。

**王敏：** 你喜欢吃什么？

**李强：** 工程师每年检查主缆 12 次。
"""


def test_a_question_of_the_talk_is_the_question_where_the_answer_takes_it_up() -> None:
    claims = {c.statement.zh: c for c in mined(ASKED).claims}
    wind = claims["风洞试验把悬索桥的模型放进 90 公里的大风里。"]
    assert wind.question.zh == "对“风洞试验是怎样测量悬索桥的？”这个问题，李强怎么回答？"
    assert wind.answer.zh == wind.statement.zh
    assert wind.cloze is not None
    assert "{{c1::90 公里}}" in wind.cloze.zh
    cable = claims["工程师每年检查主缆 12 次。"]
    assert "喜欢吃" not in cable.question.zh


POINTS = """\
# 桥

要点

- 悬索桥的主缆由两万七千根钢丝组成。
- 修桥的费用以后会下降。

**王敏：** 今天聊聊这座悬索桥，它的主缆很特别。

**李强：** 悬索桥的主缆由两万七千根钢丝组成，每根都很细。

**王敏：** 好的，我们谈谈别的。
"""


def test_a_key_point_is_said_by_whoever_says_it_in_the_talk_or_left_open() -> None:
    document = readers.parse(POINTS, "talk.md")
    talk = listen(source_of("talk", [document], None), [document], None)
    found = {said.text: said.evidence for said, _ in points(talk)}
    assert found["悬索桥的主缆由两万七千根钢丝组成。"].speaker == "李强"
    assert found["修桥的费用以后会下降。"].speaker is None


@pytest.mark.parametrize(
    ("text", "carried"),
    [
        ("It killed about a million birds in two years.", "a million"),
        ("The ocean has lost about 2 percent of its oxygen since the 1960s.", "2 percent"),
        ("Each float costs about $20,000, and there are many.", "20,000"),
        ("It has been tested in the harbour since 2023.", "2023"),
    ],
)
def test_an_english_number_is_hidden_as_a_whole(lexicon: Lexicon, text: str, carried: str) -> None:
    found = Carriers([], lexicon, "en").number(text)
    assert found is not None
    assert text[found.start : found.end] == carried


@pytest.mark.parametrize(
    ("text", "answer", "question"),
    [
        ("能活着到达结肠的不到百分之一。", "百分之一", "能活着到达结肠的不到百分之多少？"),
        ("已经有五十多万张图片。", "五十多万张", "已经有多少张图片？"),
        ("黄豆一斤能出三斤半豆腐。", "三斤半", "黄豆一斤能出多少斤豆腐？"),
        ("在 15 到 20 度的地方发酵。", "15 到 20 度", "在多少度的地方发酵？"),
        ("信号的频率低于 30 兆赫。", "30 兆赫", "信号的频率低于多少兆赫？"),
    ],
)
def test_a_number_is_asked_for_with_its_unit(text: str, answer: str, question: str) -> None:
    assert asked(text, hidden(text, answer), "zh", None) == question


REPLIES = """\
**王敏：** 所以，李老师，悬索桥的主缆能用多久？

**李强：** 这要看气候。悬索桥的主缆由钢丝组成。悬索桥的主缆一般能用一百二十年，海边要短一些。

**王敏：** 那么悬索桥的钢丝为什么会生锈？

**李强：** 悬索桥的钢丝很细，每根都很便宜。因为海风很咸，所以悬索桥的钢丝容易生锈。

**王敏：** 他说的钢丝，你同意吗？

**李强：** 风洞试验的钢丝每年要换 12 次。
"""


def test_the_sentence_that_gives_what_a_question_wants_answers_it() -> None:
    questions = {c.statement.zh: c.question.zh for c in mined(REPLIES).claims}
    life = questions["悬索桥的主缆一般能用一百二十年，海边要短一些。"]
    assert life == "对“悬索桥的主缆能用多久？”这个问题，李强怎么回答？"
    assert "同意吗" not in questions["风洞试验的钢丝每年要换 12 次。"]
    assert not [text for text, asks in questions.items() if "多久" in asks and "年" not in text]
    assert not [t for t, asks in questions.items() if "为什么" in asks and "因为" not in t]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("我不知道这在工地上是否重要。", False),
        ("很多人把这两个东西混在一起。", False),
        ("现在没有人会这样做，但我想试一试。", False),
        ("悬索桥很轻，这让它在大风里摇晃。", True),
        ("工程师说他们每年都检查主缆。", True),
    ],
)
def test_a_pronoun_needs_a_noun_before_it(lexicon: Lexicon, text: str, told: bool) -> None:
    words = [token.text for token in Segmenter().tokens(text)]
    assert refers_back_zh(words, lexicon) != told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Nobody can say yet whether it will collapse.", False),
        ("Every ten days it dives to the bottom.", False),
        ("The robot sends its data to a satellite.", True),
        ("Engineers say that they inspect the cable this year.", True),
    ],
)
def test_an_english_pronoun_needs_a_noun_before_it(glosses: Glosses, text: str, told: bool) -> None:
    assert refers_back_en(text.rstrip(".").split(), glosses.english) != told


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("顾律师，很多合同里都有试用期。", "zh"),
        ("今天我们请到了一位修桥的工程师。", "zh"),
        ("最早的一件写于公元 406 年。", "zh"),
        ("Mateus, why should people care about the ocean?", "en"),
        ("My guest today is an engineer from Norway.", "en"),
        ("Whether you're wanting to build a bridge or a road.", "en"),
        ("Do you have an app? is its performance all over the place?", "en"),
    ],
)
def test_talk_to_somebody_or_about_the_programme_is_nothing_to_learn(
    text: str, language: Language
) -> None:
    assert objection(text, language) is not None


def test_people_with_names_in_both_languages_are_called_by_each() -> None:
    document = replace(
        readers.parse(POINTS, "talk.md"), people=(Speaker("Li Qiang", ("李强", "强哥")),)
    )
    (person,) = source_of("talk", [document], None).people
    assert (person.name.en, person.name.zh, person.aliases) == ("Li Qiang", "李强", ("强哥",))
