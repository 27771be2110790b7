"""Annotated items made by hand, for the tests of what comes after annotation."""

from __future__ import annotations

from dataclasses import replace

from deckgen.annotation import (
    Annotated,
    AnnotatedClaim,
    AnnotatedPair,
    AnnotatedTerm,
    AnnotatedText,
    AnnotatedWord,
    Origin,
    Passage,
)
from deckgen.content import Chapter, Claim, Evidence, Pair, Person, Section, Source, Term, Text2
from deckgen.problems import Location

ANDREJ = Person("andrej", Text2("安德烈·卡帕西", "Andrej Karpathy"), ("Andrej",))
RESEARCH = Chapter(
    "ai-research",
    Text2("人工智能研究的现状", "The state of AI research"),
    888,
    (Section(Text2("神经网络", "Neural networks"), 888),),
)
SOURCE = Source(
    "no-priors-80",
    Text2("No Priors 第 80 期", "No Priors, episode 80"),
    "No Priors 80",
    "en",
    "2024-09-05",
    (ANDREJ,),
    (RESEARCH,),
    "https://www.youtube.com/watch?v=hM_h0UA7upI",
)
EVIDENCE = (Evidence("no-priors-80", "ai-research", "andrej", 900, None, ("反向传播", "可微")),)
ORIGIN = Origin(
    SOURCE,
    RESEARCH,
    RESEARCH.sections[0],
    ANDREJ,
    900,
    "https://www.youtube.com/watch?v=hM_h0UA7upI&t=900s",
    (
        Passage(
            "interview.txt",
            42,
            "它是可微的，所以可以用反向传播来训练。",
            "Andrej Karpathy",
            "为什么 Transformer 这么重要？",
            "Sarah Guo",
            1.0,
        ),
    ),
)


def text(*words: tuple[str, str, str, str] | str) -> AnnotatedText:
    """Write words as (hanzi or hanzi/traditional, pinyin, gloss, level); bare texts are unread."""
    annotated, start = [], 0
    for word in words:
        if isinstance(word, str):
            shown = word.strip()
            at = start + len(word) - len(word.lstrip())
            annotated.append(AnnotatedWord(shown, at, None, True, (), None, shown))
            start += len(word)
            continue
        written, _, traditional = word[0].partition("/")
        annotated.append(
            AnnotatedWord(
                written,
                start,
                tuple(word[1].split()),
                True,
                tuple(filter(None, word[2].split("; "))),
                word[3] or None,
                traditional or written,
            )
        )
        start += len(written)
    parts, end = [], 0
    for a in annotated:
        parts += [" " * (a.start - end), a.text]
        end = a.start + len(a.text)
    traditional = "".join(a.traditional for a in annotated)
    return AnnotatedText("".join(parts), tuple(annotated), traditional)


BACKPROPAGATION = text(
    ("反向", "fǎn xiàng", "reverse; backward", "HSK 7-9"),
    ("传播/傳播", "chuán bō", "to spread", "HSK 5"),
)
DEFINITION = text(
    ("从/從", "cóng", "from", "HSK 1"),
    ("误差/誤差", "wù chā", "error", "HSK 7-9"),
    ("出发/出發", "chū fā", "to set out", "HSK 2"),
    "，",
    ("逐", "zhú", "one by one", ""),
    ("层/層", "céng", "layer", "HSK 2"),
    ("计算/計算", "jì suàn", "to compute", "HSK 3"),
    ("梯度", "tī dù", "gradient", ""),
    ("的", "de", "(particle)", "HSK 1"),
    ("算法", "suàn fǎ", "algorithm", ""),
    "。",
)
SENTENCE = text(
    ("演示", "yǎn shì", "to demonstrate; demo", "HSK 6"),
    ("并/並", "bìng", "(emphasis before a negation)", "HSK 3"),
    ("不", "bù", "not", "HSK 1"),
    ("是", "shì", "to be", "HSK 1"),
    ("产品/產品", "chǎn pǐn", "product; goods", "HSK 4"),
    "，",
    "Waymo",
    ("花", "huā", "to spend", "HSK 2"),
    ("了", "le", "(completed action)", "HSK 1"),
    ("十", "shí", "ten", "HSK 1"),
    ("年", "nián", "year", "HSK 1"),
    "。",
)
QUESTION = text(
    "Waymo",
    ("从/從", "cóng", "from", "HSK 1"),
    ("演示", "yǎn shì", "demo", "HSK 6"),
    ("到", "dào", "to; until", "HSK 1"),
    ("产品/產品", "chǎn pǐn", "product", "HSK 4"),
    ("用", "yòng", "to use", "HSK 1"),
    ("了", "le", "(completed action)", "HSK 1"),
    ("多", "duō", "how", "HSK 1"),
    ("久", "jiǔ", "long (time)", "HSK 3"),
    "？",
)
ANSWER = text(
    ("大约/大約", "dà yuē", "about", "HSK 3"),
    ("十", "shí", "ten", "HSK 1"),
    ("年", "nián", "year", "HSK 1"),
    "。",
)

PAIR = AnnotatedPair(
    Pair(
        "demo-is-not-a-product",
        SENTENCE.text,
        "A demo isn’t a product: Waymo took ten years.",
        EVIDENCE,
        ("demo",),
        "andrej",
        ("autonomy/waymo",),
        Text2("他在比较两家公司。", "He is comparing two companies."),
    ),
    (ORIGIN,),
    SENTENCE,
    "HSK 6",
    (),
)
TERM = AnnotatedTerm(
    Term(
        "backpropagation",
        "反向传播",
        "backpropagation",
        Text2(DEFINITION.text, "The algorithm that works out gradients layer by layer."),
        EVIDENCE,
        None,
        ("反传", "backprop"),
        ("research/training",),
        Text2("他认为它可微，所以能训练。", "It can be trained because it is differentiable."),
        Text2("另一份译文把它写成“反馈”。", "The other rendering calls it “feedback”."),
    ),
    (ORIGIN,),
    BACKPROPAGATION,
    DEFINITION,
    "HSK 7-9",
    2,
    "种",
    (PAIR,),
)
CLAIM = AnnotatedClaim(
    Claim(
        "waymo-ten-years",
        "andrej",
        Text2(SENTENCE.text, "Waymo took ten years from demo to product."),
        Text2(QUESTION.text, "How long did Waymo take from a demo to a product?"),
        Text2(ANSWER.text, "About ten years."),
        "opinion",
        "2024-09",
        EVIDENCE,
        Text2(
            "从演示到产品，{{c1::Waymo}} 用了{{c2::十年::多久}}。",
            "From demo to product, {{c1::Waymo}} took {{c2::ten years}}.",
        ),
        Text2("另一份译文没有这个数字。", "The other rendering lacks the figure."),
        ("autonomy/waymo",),
    ),
    (ORIGIN,),
    SENTENCE,
    QUESTION,
    ANSWER,
    "HSK 6",
)
ITEMS = (TERM, PAIR, CLAIM)


def hostile(payload: str) -> tuple[AnnotatedTerm, AnnotatedPair, AnnotatedClaim]:
    """Put the payload into every text that an author or a document can write."""
    both = Text2(payload, payload)
    chinese = text(payload, ("好", "hǎo", payload, payload))
    origin = replace(
        ORIGIN,
        source=replace(SOURCE, title=both),
        chapter=replace(RESEARCH, title=both),
        speaker=replace(ANDREJ, name=both),
        link=payload,
        passages=(Passage(payload, 1, payload, payload, payload, payload, 1.0),),
    )
    pair = replace(
        PAIR,
        item=replace(PAIR.item, zh=payload, en=payload, topics=(payload,), context=both),
        origins=(origin,),
        zh=chinese,
        level=payload,
        terms=(replace(TERM.item, hanzi=payload, english=payload),),
    )
    term = replace(
        TERM,
        item=replace(
            TERM.item,
            hanzi=payload,
            english=payload,
            definition=both,
            aliases=(payload,),
            topics=(payload,),
            context=both,
            caution=both,
        ),
        origins=(origin,),
        hanzi=chinese,
        definition=chinese,
        level=payload,
        classifier=payload,
        examples=(pair,),
    )
    claim = replace(
        CLAIM,
        item=replace(
            CLAIM.item,
            statement=both,
            question=both,
            answer=both,
            cloze=Text2(payload + "{{c1::好}}", payload + "{{c1::good}}"),
            caution=both,
            context=both,
            topics=(payload,),
        ),
        origins=(origin,),
        statement=chinese,
        question=chinese,
        answer=chinese,
        level=payload,
    )
    return term, pair, claim


def at(item: Annotated, location: Location) -> Annotated:
    """Put an item at a place of a file."""
    return replace(item, item=replace(item.item, location=location))  # type: ignore[arg-type]
