#!/usr/bin/env bash
# Everything that must hold before a change lands: style, types, layers, tests. Ends at the first failure.
set -euo pipefail

say() { printf '\n== %s\n' "$*"; }

say "ruff"
"$BIN/ruff" check .
"$BIN/ruff" format --check .
say "mypy"
"$BIN/mypy"
say "import-linter"
"$BIN/lint-imports"
if ! command -v chromium >/dev/null 2>&1 || ! command -v chromedriver >/dev/null 2>&1; then
  say "Chromium is missing: the browser tests need it"
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
      chromium chromium-driver fonts-noto-cjk >/dev/null
  else
    echo "Install it (on Debian: apt-get install chromium chromium-driver fonts-noto-cjk) and run again."
    exit 1
  fi
fi
say "pytest"
"$BIN/python" -m pytest "$@"
