"""Whatever a document says, drafts are valid content, and nothing that a person wrote is lost."""

from __future__ import annotations

import random
import re
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deckgen import authoring, drafting
from deckgen.drafting import Drafted
from deckgen.problems import DeckgenError, failed
from tests.test_mining import TALK

NEWS = "**李强：** 锚碇（anchorage）把主缆固定在 12 根岩石柱子上。"

few = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])

said = st.one_of(
    st.sampled_from([line.partition("** ")[2] for line in TALK.splitlines() if "** " in line]),
    st.sampled_from(
        ["“A：B”（C）共 3 亿。", "{{c1::x}} 用了 5 年。", "<b>桥</b> & 'x' # 1", "GPT-4 会赢。"]
    ),
    st.text(
        st.characters(exclude_categories=("Cs",), exclude_characters="\r\n"),
        min_size=1,
        max_size=60,
    ),
)
talks = st.lists(
    st.tuples(st.sampled_from(["王敏", "李强", "Ann Lee"]), said), min_size=2, max_size=9
)


def document(turns: list[tuple[str, str]]) -> str:
    opening = [("王敏", "今天聊聊桥的历史，好吗？"), ("李强", "主缆由两万七千根钢丝组成。")]
    return "\n\n".join(f"**{who}：** {text}" for who, text in [*opening, *turns])


def project(root: Path) -> Path:
    (root / "deckgen.yaml").write_text("schema: 1\nnamespace: t\n")
    return root / "content" / "talk"


def draft(root: Path, text: str) -> Drafted:
    path = root / "talk.md"
    path.write_bytes(text.encode())
    drafted = drafting.draft([path], root / "content" / "talk")
    drafting.write(drafted)
    return drafted


@few
@given(talks)
def test_any_talk_drafts_content_that_loads_and_drafting_again_changes_nothing(
    turns: list[tuple[str, str]],
) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        folder = project(root)
        try:
            drafted = draft(root, document(turns))
        except DeckgenError as stopped:
            assert "no transcript" in str(stopped)
            return
        read = authoring.load(folder.parent)
        assert not failed(read.problems), read.problems
        assert {item.key for item in read.value.items} == set(drafted.added)
        assert {item.status for item in read.value.items} <= {"draft"}
        before = {path: path.read_bytes() for path in folder.iterdir()}
        again = draft(root, document(turns))
        assert not again.added
        assert not again.vanished
        assert {path: path.read_bytes() for path in folder.iterdir()} == before


@few
@given(st.randoms(use_true_random=False))
def test_every_edit_survives_drafting_again(chance: random.Random) -> None:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        folder = project(root)
        draft(root, TALK)
        kept: dict[Path, list[str]] = {}
        deleted: set[str] = set()
        for path in sorted(folder.glob("[!s]*.yaml")):
            edited, gone = edit(path.read_text(encoding="utf-8"), chance)
            path.write_text(edited, encoding="utf-8")
            kept[path] = edited.splitlines()
            deleted |= {f"{path.stem.removesuffix('s')}/{id}" for id in gone}
        paragraphs = TALK.split("\n\n")
        del paragraphs[chance.randrange(1, len(paragraphs))]
        again = draft(root, "\n\n".join([*paragraphs, NEWS]))
        read = authoring.load(folder.parent)
        assert not failed(read.problems), read.problems
        keys = {item.key for item in read.value.items}
        assert not deleted & keys
        assert "term/锚碇" in keys
        for path, lines in kept.items():
            after = path.read_text(encoding="utf-8").splitlines()
            rest = iter(after)
            status = re.compile(r"\s+status: ")
            assert all(line in rest for line in lines if not status.match(line))
        vanished = {item.key for item in read.value.items if item.status == "vanished"}
        assert vanished == set(again.vanished)
        assert not {item.key for item in read.value.items if item.status == "ready"} & vanished


def edit(text: str, chance: random.Random) -> tuple[str, list[str]]:
    """Edit a file as a person may: other words, a remark, another order, records taken or done."""
    head, *records = re.split(r"(?m)^(?=  - id: )", text)
    gone = []
    edited = []
    for record in records:
        what = chance.choice(["leave", "leave", "delete", "ready", "remark", "reword", "waive"])
        if what == "delete":
            gone.append(re.findall(r"id: (\S+)", record)[0])
            continue
        if what == "ready" and head.startswith("schema: 1\npairs"):
            record = re.sub(r"(?m)^    (?:status: draft|terms:(?:\n    - .*)*)\n", "", record)
        if what == "remark":
            record = f"  # {chance.choice(['checked', '看过了', 'why?'])}\n{record}"
        if what == "reword":
            record = re.sub(r"(?m)^    why: .*(?:\n      .*)*$", "    why: 我自己写的", record)
        if what == "waive":
            record = record.rstrip("\n") + "\n    waive:\n      - {check: L02, reason: 必须}\n"
        edited.append(record)
    if chance.random() < 0.3:
        edited.reverse()
    return head + "".join(edited) if edited else head.rstrip().rstrip(":") + ": []\n", gone
