#!/usr/bin/env bash
# Finding: In lunr with a stemmer, adding the wildcard * to a word that is found makes it not found.
# Versions: lunr 2.3.9, lunr-languages 1.22.0; Node 20; seen on 2026-11-29
# Guess: derivadas* finds at least what derivadas finds; lunr's own documentation says that wildcards
#   "increase the number of documents".
# Seen: derivadas finds the page, derivadas* finds nothing, deriv* finds it again.
# Why: the index holds stems (deriv), and a term with a wildcard is not stemmed: nothing in the index begins
#   with derivadas. MkDocs Material adds a * to what is typed, so a stemmer empties its search.
# Source: the opposite is documented; that the pipeline is skipped for wildcards is only in the source.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-fund --no-audit lunr@2.3.9 lunr-languages@1.22.0
node - <<'EOF'
const assert = require("assert")
const lunr = require("lunr")
require("lunr-languages/lunr.stemmer.support")(lunr)
require("lunr-languages/lunr.es")(lunr)

const index = lunr(function () {
  this.use(lunr.es)
  this.ref("id")
  this.field("text")
  this.add({ id: "page", text: "Las derivadas parciales" })
})
const found = Object.fromEntries(["derivadas", "derivadas*", "deriv*"].map(q => [q, index.search(q).length]))
console.log(found)
assert.deepStrictEqual(found, { derivadas: 1, "derivadas*": 0, "deriv*": 1 })
EOF
