"""From documents of a talk to proposals: terms, claims and sentences, all drafts.

Every statement is a sentence of the documents; nothing is translated or invented.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from deckgen.content import Claim, Pair, Source, Term
from deckgen.hanzi import english_words
from deckgen.lexicon import Lexicon
from deckgen.mining import claims, latin, sentences, talk, terms
from deckgen.mining.glosses import Glosses, Translate
from deckgen.mining.heads import Heads
from deckgen.mining.propernames import ProperNames
from deckgen.mining.reference import refers_back_en, refers_back_zh
from deckgen.mining.sentences import Variety
from deckgen.mining.talk import Rejected
from deckgen.mining.usage import Usage
from deckgen.mining.wellformed import Objections
from deckgen.segmentation import Segmenter
from deckgen.transcript import Transcript

__all__ = ["MOST", "Mined", "Progress", "Rejected", "Translate", "Variety", "mine"]

MOST = 60
"""How many proposals of a kind are made, beside the terms that a document explains itself."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Mined:
    """What documents propose, and what was left out and why."""

    source: Source
    terms: tuple[Term, ...]
    claims: tuple[Claim, ...]
    pairs: tuple[Pair, ...]
    rejected: tuple[Rejected, ...]
    variety: Variety


def mine(
    source: Source,
    documents: Sequence[Transcript],
    english: Transcript | None = None,
    most: int = MOST,
    translate: Translate | None = None,
    progress: Progress | None = None,
) -> Mined:
    """Propose what a talk teaches; the documents are renderings of one talk."""
    report = progress or _silent
    report("aligning" if english else "listening", 0, 1)
    plain = Segmenter()
    heads = Heads(plain, Lexicon(vocabulary=plain.vocabulary))
    trimmed = [heads.trimmed(document) for document in documents]
    heard = talk.listen(source, trimmed, english, ProperNames(plain).differ)
    report("cutting words", 0, 1)
    segmenter = Segmenter(terms.spelled(heard))
    lexicon = Lexicon(vocabulary=segmenter.vocabulary)
    is_chinese = heard.language == "zh"
    seen = latin.gather(heard)
    kept = frozenset(word for name in seen for word in name.split() if not is_chinese)
    given = {t.zh: terms.names(t.en)[0] for d in heard.documents for t in d.bilingual_terms}
    glosses = Glosses(segmenter, lexicon, translate, kept, given)
    tokens = [segmenter.tokens(said.text) if is_chinese else () for said in heard.sentences]
    cut = {said.text: row for said, row in zip(heard.sentences, tokens, strict=True)}

    def refers_back(text: str) -> bool:
        if is_chinese:
            row = cut.get(text) or segmenter.tokens(text)
            return refers_back_zh([token.text for token in row], lexicon)
        return refers_back_en(english_words(text), glosses.english)

    objections = Objections(heard.language, refers_back, heard.people)
    usage = Usage(heard.sentences, tokens, objections)
    report("choosing terms", 0, 1)
    proposed = terms.propose(heard, seen, usage, segmenter, lexicon, glosses, most)

    def words_of(text: str) -> list[str]:
        if not is_chinese:
            return [word.lower() for word in english_words(text)]
        row = cut.get(text) or segmenter.tokens(text)
        return [token.text for token in row if token.text[0].isalnum()]

    report("choosing claims", 0, 1)
    stated = claims.propose(heard, proposed, lexicon, glosses, words_of, objections, most)
    report("choosing sentences", 0, 1)
    chosen, rejected, variety = sentences.propose(
        heard, proposed, words_of, glosses, objections, most
    )
    return Mined(source, proposed, stated, chosen, rejected, variety)


def _silent(what: str, done: int, total: int) -> None:
    return None
