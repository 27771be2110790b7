"""The command line as a whole."""

import subprocess
import sys


def test_help_loads_no_heavy_library() -> None:
    code = (
        "import sys\n"
        "from deckgen.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'jieba', 'pypinyin', 'genanki', 'numpy', 'opencc'} & set(sys.modules)))\n"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.splitlines()[-1] == "[]"
