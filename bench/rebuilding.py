"""A rebuild after the edit of one note, against the full build of the same project.

Run: python -m bench.rebuilding [NOTES]. Both run the whole command in a process of its own, with an
empty cache for the full build; figures are CPU seconds of that process.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from tests import projects

WORDS = (
    "我们 模型 数据 可以 非常 学习 机器人 自动 驾驶 语言 老师 学生 问题 方法 公司 训练 速度 "
    "未来 世界 "
    "重要 知道 认为 需要 因为 所以 但是 如果 已经 开始 结果 研究 工作 时间 城市 安全 规模 成本 技术"
).split()
PER_FILE = 2_000


def write(root: Path, count: int) -> Path:
    chance = random.Random(1)
    projects.make(root)
    (root / "content/claims.yaml").unlink()
    (root / "content/pairs.yaml").unlink()
    for first in range(0, count, PER_FILE):
        lines = ["schema: 1", "pairs:"]
        for n in range(first, min(first + PER_FILE, count)):
            zh = "".join(chance.choices(WORDS, k=10))
            lines += [f"  - id: p{n}", f"    zh: {zh}。", f"    en: Sentence {n} in English."]
            lines += [f"    evidence: {projects.EVIDENCE}"]
        (root / f"content/pairs{first}.yaml").write_text("\n".join(lines), encoding="utf-8")
    return root


def build(root: Path) -> float:
    """Return the CPU seconds of one build."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parent.parent),
        "XDG_CACHE_HOME": str(root / "cache"),
    }
    command = [sys.executable, "-m", "deckgen", "build", "--quiet"]
    subprocess.run(command, cwd=root, env=environment, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    sizes = [int(n) for n in sys.argv[1:]] or [2_000, 20_000]
    print(f"{'notes':>7}{'compiling':>11}{'full':>9}{'rebuild':>9}{'ratio':>8}")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            small = write(Path(folder) / "small", 1)
            compiling = build(small)
            root = write(Path(folder) / "large", size)
            (small / "cache").rename(root / "cache")
            full = build(root)
            edited = root / "content/pairs0.yaml"
            text = edited.read_text(encoding="utf-8").replace("Sentence 0 in", "Sentence nought in")
            edited.write_text(text, encoding="utf-8")
            rebuild = build(root)
        print(f"{size:7,}{compiling:11.1f}{full:9.1f}{rebuild:9.1f}{full / rebuild:8.2f}")


if __name__ == "__main__":
    main()
