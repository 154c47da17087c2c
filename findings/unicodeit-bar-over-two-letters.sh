#!/usr/bin/env bash
# Finding: unicodeit writes \bar{xy} as x̅}: the second letter is gone and a brace stays, without a word.
# Versions: unicodeit 0.7.5; Python 3.11; seen on 2026-12-01
# Guess: a bar over both letters, or the source left as it was, as with x_b, for which Unicode has no sign.
# Seen: the same for \hat and \vec; of three letters the second is lost. Over one letter all is right, and what
#   cannot be converted stays as it is: x_b, \frac.
# Why: the sign behind the opening brace gets the mark, and the one after it is taken for the closing brace.
# Source: the README, which shows marks over one letter and says nothing of more.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib unicodeit==0.7.5
PYTHONPATH=$folder/lib "$python" - <<'END'
import unicodeit

seen = {
    latex: unicodeit.replace(latex)
    for latex in (r"\bar{x}", r"\bar{xy}", r"\hat{xy}", r"\vec{xy}", r"\bar{xyz}", "x_b", r"\frac{1}{x}")
}
for latex, found in seen.items():
    print(f"{latex}  ->  {found}")
assert list(seen.values()) == ["x\u0305", "x\u0305}", "x\u0302}", "x\u20d7}", "x\u0305z}", "x_b", r"\frac{1}{x}"], seen
END
