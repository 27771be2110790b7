"""A small project in a folder, as a user would write it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SOURCES = """\
schema: 1
sources:
  - id: talk
    title: {en: A talk, zh: 一次谈话}
    deck: Talk
    language: en
    link: https://www.youtube.com/watch?v=abc
    date: 2024-09-05
    people: [{id: ann, name: {en: Ann, zh: 安}}]
    chapters: [{id: start, title: {en: Start, zh: 开始}, start: 0:00}]
"""
EVIDENCE = '[{source: talk, chapter: start, speaker: ann, time: "0:10", keywords: [x]}]'
TERMS = f"""\
schema: 1
terms:
  - id: network
    hanzi: 网络
    english: network
    definition: {{zh: 由许多节点连成的结构。, en: Many nodes joined together.}}
    context: {{zh: 安谈到了它。, en: Ann spoke of it.}}
    topics: [machines/structure]
    evidence: {EVIDENCE}
  - id: model
    hanzi: 模型
    english: model
    definition: {{zh: 对事物的简化描述。, en: A simplified description of something.}}
    evidence: {EVIDENCE}
"""
CLAIMS = f"""\
schema: 1
claims:
  - id: ten-years
    speaker: ann
    statement: {{zh: 从演示到产品用了十年。, en: It took ten years from demo to product.}}
    question: {{zh: 安说从演示到产品用了多久？, en: "How long, says Ann, from demo to product?"}}
    answer: {{zh: 十年。, en: Ten years.}}
    cloze: {{zh: "从演示到产品用了{{{{c1::十年}}}}。", en: "It took {{{{c1::ten years}}}} in all."}}
    stance: fact
    as_of: 2024-09
    evidence: {EVIDENCE}
"""
PAIRS = f"""\
schema: 1
pairs:
  - id: big-network
    zh: 这个网络很大。
    en: This network is large.
    terms: [network]
    speaker: ann
    evidence: {EVIDENCE}
"""
RECIPE = "schema: 1\ntitle: All\ndescription: All of it.\n"


def make(root: Path) -> Path:
    """Write the project's files and return its folder."""
    files = {
        "deckgen.yaml": "schema: 1\nnamespace: test\n",
        "content/sources.yaml": SOURCES,
        "content/terms.yaml": TERMS,
        "content/claims.yaml": CLAIMS,
        "content/pairs.yaml": PAIRS,
        "decks/all.yaml": RECIPE,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def run(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a user does, in the project's folder."""
    checkout = Path(__file__).parent.parent
    return subprocess.run(
        [sys.executable, "-m", "deckgen", *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(checkout), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
