#!/usr/bin/env bash
# Finding: lunr throws at what a reader of a maths page types: x^n, and torch.optim: SGD.
# Versions: lunr 2.3.9; Node 20; seen on 2026-11-29
# Guess: a search for words that are not in the index finds nothing; it does not fail. x^2 finds the page
#   that says x^2.
# Seen: x^n throws (boost must be numeric), torch.optim: SGD throws (unrecognised field), x^2 is accepted as
#   x with boost 2 and finds nothing.
# Why: the text is a query language: ^ boosts, : names a field, ~ allows errors, + and - require and
#   exclude.
# Source: documented as query syntax; that free text from a search box throws is not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit lunr@2.3.9
node - <<'EOF'
const assert = require("assert")
const lunr = require("lunr")

const index = lunr(function () {
  this.ref("id")
  this.field("text")
  this.add({ id: "page", text: "derivative of x^2 and x^n with torch.optim: SGD" })
})
const ask = query => {
  try {
    return index.search(query).length
  } catch (error) {
    return error.message
  }
}
const seen = ["x^n", "torch.optim: SGD", "x^2", "derivative"].map(ask)
console.log(seen)
assert.strictEqual(seen[0], "boost must be numeric")
assert.ok(String(seen[1]).startsWith("unrecognised field"))
assert.strictEqual(seen[2], 0)
assert.strictEqual(seen[3], 1)
EOF
