// A formula is on the page twice, to be seen and to be heard. Who copies it gets it once, as LaTeX; it is read from what is
// heard, because to bring it along would make a long lesson a twentieth heavier.
{
  const COMMANDS = {
    "∂": "\\partial", "∇": "\\nabla", "Δ": "\\Delta", "⊤": "\\top", "∑": "\\sum", "∏": "\\prod", "∞": "\\infty",
    "α": "\\alpha", "β": "\\beta", "γ": "\\gamma", "ε": "\\varepsilon", "η": "\\eta", "θ": "\\theta", "λ": "\\lambda",
    "μ": "\\mu", "π": "\\pi", "ρ": "\\rho", "σ": "\\sigma", "τ": "\\tau", "φ": "\\varphi", "ω": "\\omega",
    "⋅": "\\cdot", "×": "\\times", "⊙": "\\odot", "∘": "\\circ", "±": "\\pm", "…": "\\dots", "⋯": "\\cdots", "⋮": "\\vdots",
    "≈": "\\approx", "≠": "\\ne", "≤": "\\le", "≥": "\\ge", "∼": "\\sim", "∈": "\\in", "←": "\\leftarrow", "→": "\\to",
    "⟹": "\\Longrightarrow", "⟶": "\\longrightarrow", "{": "\\{", "}": "\\}", "%": "\\%", "#": "\\#", "&": "\\&", "_": "\\_",
    "\u2009": "\\,", "\u2009\u2063": "\\!", "\u2005": "\\:", "\u2005\u200a": "\\;", "\u00a0": "\\ ",
    "−": "-", "∣": "|", "∥": "\\|", "′": "'", "\u2061": "",
  }
  const ACCENTS = { "^": "\\hat", "ˉ": "\\bar", "~": "\\tilde", "⃗": "\\vec", "˙": "\\dot", "‾": "\\overline" }
  const RELATION = /^(=|<|>|\\(approx|ne|le|ge|sim|in|leftarrow|to))$/

  const sign = text => COMMANDS[text] ?? text
  const base = latex => /^(.|[\d.]+|\\[a-zA-Z]+(\{[^{}]*\})?)$/u.test(latex) ? latex : `{${latex}}`
  const group = latex => /^(.|\\[a-zA-Z]+)$/u.test(latex) ? latex : `{${latex}}`

  const whole = parts => parts.reduce((before, part) => {
    if (RELATION.test(part)) return `${before} ${part} `
    return before + (/\\[a-zA-Z]+$/.test(before) && /^[a-zA-Z]/.test(part) ? " " : "") + part
  }, "").trim()

  const table = (node, kind) => {
    const rows = [...node.children].map(row => [...row.children].map(latex).join(" & "))
    return `\\begin{${kind}} ${rows.join(" \\\\ ")} \\end{${kind}}`
  }

  // What \left and \right hold is a row of its own.
  const row = (parts, node) => {
    const [first, ...inside] = parts
    const last = inside.pop()
    if (node.firstChild.localName !== "mo" || node.parentElement.localName === "math") return whole(parts)
    if (first === "\\{" && node.lastChild.localName === "mtable") return table(node.lastChild, "cases")
    if (!/^([([|]|\\\{)$/.test(first) || !/^([)\]|]|\\\})$/.test(last)) return whole(parts)
    return `\\left${first} ${whole(inside)} \\right${last}`
  }

  const MAKE = {
    mi: (_, node) => /^[a-zA-Z]{2,}$/.test(node.textContent)
      ? node.hasAttribute("mathvariant") ? `\\mathrm{${node.textContent}}` : `\\${node.textContent}`
      : sign(node.textContent),
    mtext: (_, node) => COMMANDS[node.textContent] ?? `\\text{${node.textContent.replaceAll("\u00a0", " ")}}`,
    mspace: (_, node) => node.getAttribute("width") === "1em" ? "\\quad" : "\\qquad",
    mfrac: ([above, below]) => `\\frac{${above}}{${below}}`,
    msqrt: parts => `\\sqrt{${whole(parts)}}`,
    msup: ([letter, above]) => base(letter) + (/^'+$/.test(above) ? above : `^${group(above)}`),
    msub: ([letter, below]) => `${base(letter)}_${group(below)}`,
    msubsup: ([letter, below, above]) => `${base(letter)}_${group(below)}^${group(above)}`,
    munder: ([letter, below]) => below === "⏟" ? `\\underbrace{${letter}}` : `${letter}_${group(below)}`,
    mover: ([letter, above]) => ACCENTS[above] ? `${ACCENTS[above]}{${letter}}` : `${letter}^${group(above)}`,
    munderover: ([letter, below, above]) => `${letter}_${group(below)}^${group(above)}`,
    mtable: (_, node) => table(node, node.getAttribute("columnalign")?.startsWith("right left") ? "aligned" : "matrix"),
  }

  function latex(node) {
    const parts = [...node.children].map(latex)
    if (MAKE[node.localName]) return MAKE[node.localName](parts, node)
    return parts.length ? row(parts, node) : sign(node.textContent)
  }

  const around = node => {
    const formula = (node.closest ? node : node.parentElement).closest(".katex")
    return formula?.closest(".katex-display") ?? formula
  }

  document.addEventListener("copy", event => {
    const selection = getSelection()
    const copied = document.createElement("div")
    for (let at = 0; at < selection.rangeCount; at++) {
      const range = selection.getRangeAt(at).cloneRange()
      const first = around(range.startContainer)
      const last = around(range.endContainer)
      if (first) range.setStartBefore(first)
      if (last) range.setEndAfter(last)
      copied.append(range.cloneContents())
    }
    const formulas = copied.querySelectorAll(".katex")
    if (!formulas.length) return
    for (const formula of formulas) {
      const marks = formula.parentElement.matches(".katex-display") ? "$$" : "$"
      formula.replaceWith(marks, latex(formula.querySelector("math")), marks)
    }
    document.querySelector("article").append(copied) // only what is on the page knows its lines
    event.clipboardData.setData("text/plain", copied.innerText)
    event.clipboardData.setData("text/html", copied.innerHTML)
    copied.remove()
    event.preventDefault()
  })
}
