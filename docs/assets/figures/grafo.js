// A graph of operations, step by step: forward the values, backward the gradients. Each number is asked for before it
// is shown. The operations are read from the labels that the lesson draws: «p = 2u», «s = p + q», «u = x³».
import { decimals, f, foot, keep, make, restore, set, transport, voice } from "./common.js"

const FORM = /^(\S+) = (?:(\S+) ([+\-·/]) (\S+)|(\d+)(\p{L}\p{M}*)|(\p{L}\p{M}*)([²³]))$/u

function operation(label) {
  const [, name, left, sign, right, factor, factored, base, power] = FORM.exec(label)
  if (sign) return { name, sign, of: [left, right] }
  if (factor) return { name, sign: "·", of: [factor, factored] }
  return { name, sign: "^", of: [base, power === "²" ? "2" : "3"] }
}

// What is computed, each operation after those that it needs; labels that are only a name are inputs.
export function program(labels) {
  const all = Object.values(labels).filter(each => each.includes("=")).map(operation)
  const ordered = new Set()
  const visit = each => {
    for (const source of each.of) all.filter(other => other.name === source).forEach(visit)
    ordered.add(each)
  }
  visit(all.find(({ name }) => !all.some(other => other.of.includes(name))))
  return [...ordered]
}

const APPLY = {
  "+": (a, b) => f(a + b), "-": (a, b) => f(a - b), "·": (a, b) => f(a * b), "/": (a, b) => f(a / b),
  "^": (a, n) => (n === 2 ? f(a * a) : f(f(a * a) * a)),
}

// What an operation sends back along each of its branches, for each unit that comes to it.
const LOCAL = {
  "+": () => [1, 1], "-": () => [1, -1], "·": (a, b) => [b, a], "/": (a, b) => [f(1 / b), f(-f(f(a / b) / b))],
  "^": (a, n) => [f(n * (n === 2 ? a : f(a * a)))],
}

// All moves, in order: each value forward, then each product backward, which is added to what has come before. Float32,
// as torch does it.
export function moves(operations, inputs, fixed = []) {
  const values = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, f(value)]))
  const read = each => values[each] ?? Number(each)
  const found = []
  for (const { name, sign, of } of operations) {
    values[name] = APPLY[sign](...of.map(read))
    found.push({ kind: "value", name, sign, of, numbers: of.map(read), result: values[name] })
  }
  const last = operations.at(-1).name
  const grads = { [last]: 1 }
  found.push({ kind: "seed", name: last, result: 1 })
  for (const { name, sign, of } of [...operations].reverse()) {
    const local = LOCAL[sign](...of.map(read))
    for (const [i, to] of of.entries()) {
      if (!(to in values) || fixed.includes(to) || local[i] === undefined) continue
      const product = f(grads[name] * local[i])
      const before = grads[to]
      grads[to] = before === undefined ? product : f(before + product)
      found.push({ kind: "grad", name: to, through: name, arriving: grads[name], local: local[i], product, before, result: grads[to] })
    }
  }
  return { values, grads, found, last }
}

// For a test: all values and gradients of many inputs at once.
export const all = (runs, { labels, fixed }) => runs.map(inputs => {
  const { values, grads } = moves(program(labels), inputs, fixed)
  return [values, grads]
})

const tidy = value => decimals(value, 4).replace(/\.?0+$/, "")
const signed = value => (value < 0 ? `(${tidy(value)})` : tidy(value))
const near = (guess, value) => Math.abs(guess - value) <= 0.005 * Math.max(1, Math.abs(value))
const BOX = { width: 88, height: 46 }
const GAP = { x: 96, y: 84 }

// Layers by the longest way to the result, columns from left to right as the operations name them.
function layout(operations, last) {
  const by = Object.fromEntries(operations.map(each => [each.name, each]))
  const [depth, column] = [{}, {}]
  let next = 0
  const sink = (name, level) => {
    depth[name] = Math.max(depth[name] ?? 0, level)
    for (const each of by[name]?.of ?? []) if (isNaN(each)) sink(each, level + 1)
  }
  const spread = name => {
    if (name in column) return false
    const sources = (by[name]?.of ?? []).filter(isNaN)
    const fresh = sources.filter(spread)
    column[name] = fresh.length ? sources.reduce((total, each) => total + column[each], 0) / sources.length : next++
    return true
  }
  sink(last, 0)
  spread(last)
  const deepest = Math.max(...Object.values(depth))
  return Object.fromEntries(Object.keys(depth).map(name => [name, [column[name], deepest - depth[name]]]))
}

export default function draw(host, { labels, fixed = [], ...given }) {
  const NAME = host.id.replace("figura-", "")
  const operations = program(labels)
  const inputs = Object.keys(given)
  const tail = operations.at(-1).name
  const round = value => Number(value.toPrecision(6))
  const first = { ...Object.fromEntries(inputs.map(each => [each, round(given[each])])), n: 0 }
  const ends = { ...Object.fromEntries(inputs.map(each => [each, [-99, 99]])), n: [0, 99] }
  const state = restore(NAME, first, ends)
  let done = moves(operations, given, fixed)

  const shown = name => (labels[name] ?? name).replace("-", "−")
  const places = layout(operations, tail)
  const across = Math.max(...Object.values(places).map(each => each[0]))
  const down = Math.max(...Object.values(places).map(each => each[1]))
  const size = [BOX.width + across * GAP.x + 8, BOX.height + down * GAP.y + 8]
  const svg = make("svg", { viewBox: `0 0 ${size.join(" ")}`, role: "group", "aria-label": "Grafo de operaciones", style: `max-width:${size[0] / 15}rem` })
  const corner = name => [4 + places[name][0] * GAP.x, 4 + places[name][1] * GAP.y]
  const edges = {}
  for (const { name, of } of operations)
    for (const from of of.filter(isNaN)) {
      const [[x, y], [u, v]] = [corner(from), corner(name)]
      const [a, b, c, d] = [x + BOX.width / 2, y + BOX.height, u + BOX.width / 2, v]
      const line = svg.appendChild(make("path", { d: `M${a} ${b}L${c} ${d}` }))
      const text = svg.appendChild(make("text", { x: (a + c) / 2 + 6, y: (b + d) / 2 + 4, class: "nb-live__halo nb-live__ink-1" }))
      edges[`${from} ${name}`] = { line, text }
    }
  const boxes = Object.fromEntries(Object.keys(places).map(name => {
    const [x, y] = corner(name)
    const frame = make("rect", { x, y, width: BOX.width, height: BOX.height, rx: 3, class: "nb-live__box", "stroke-dasharray": fixed.includes(name) && "4 3" })
    const value = make("text", { x: x + 8, y: y + 37, class: "nb-live__ink-0" })
    const grad = make("text", { x: x + BOX.width - 8, y: y + 37, "text-anchor": "end", class: "nb-live__ink-1" })
    svg.append(frame, make("text", { x: x + BOX.width / 2, y: y + 17, "text-anchor": "middle" }, shown(name)), value, grad)
    return [name, { frame, value, grad }]
  }))

  const { elements, say } = voice()
  const answer = make("input", { type: "text", inputmode: "decimal", autocomplete: "off", size: 8 })
  const asked = make("span")
  const form = make("form", { class: "nb-live__ask" }, make("label", {}, asked, answer), make("button", { class: "nb-live__button" }, "Comprobar"))
  form.addEventListener("submit", event => {
    event.preventDefault()
    const guess = Number(answer.value.trim().replace(",", ".").replace("−", "-") || NaN)
    const { result } = done.found[state.n]
    if (Number.isNaN(guess)) say("Escribe un número.")
    else if (near(guess, result)) update({ n: state.n + 1 }, "Sí. ")
    else say(`No es ${tidy(guess)}. ${hint(done.found[state.n])}`)
  })
  const fields = inputs.map(name => {
    const field = make("input", { type: "number", step: "any", min: -99, max: 99 })
    field.addEventListener("change", () => {
      const value = field.valueAsNumber
      if (value >= -99 && value <= 99) update({ [name]: round(value) })
      else field.value = state[name]
    })
    return { name, field, element: make("label", { class: "nb-live__field" }, `${name} =`, field) }
  })
  const play = transport({
    one: "Muéstralo", advance, back: () => update({ n: state.n - 1 }), reset: () => update({ ...first }), pause: 1200,
  })

  const letter = (name, by) => `∂${by ?? tail}/∂${name}`

  function question(move) {
    return move.kind === "value" ? `¿Cuánto vale ${move.name}?` : move.before === undefined ? `¿Cuánto vale ${letter(move.name)}?` : `Llega otro camino. ¿Cuánto vale ahora ${letter(move.name)}?`
  }

  function hint(move) {
    if (move.kind === "value") return `Haz la cuenta: ${shown(move.name)}.`
    if (move.kind === "seed") return `¿Cuánto cambia ${tail} si cambia ${tail}?`
    const product = `Multiplica lo que llega a ${move.through}, ${tidy(move.arriving)}, por la derivada local ${letter(move.name, move.through)}`
    return move.before === undefined ? `${product}.` : `${product}, y súmalo a lo que ya había.`
  }

  function told(move) {
    if (!move) return "Adelante van los valores y, cuando acaben, atrás los gradientes."
    if (move.kind === "value") {
      const [a, b] = move.numbers
      const sum = move.sign === "^" ? `${signed(a)}${b === 2 ? "²" : "³"}` : `${signed(a)} ${move.sign.replace("-", "−")} ${signed(b)}`
      return `${shown(move.name)} = ${sum} = ${tidy(move.result)}.`
    }
    if (move.kind === "seed") return `Ahora, hacia atrás: ${letter(tail)} = 1.`
    const product = `${signed(move.arriving)} · ${signed(move.local)}`
    if (move.before === undefined) return `${letter(move.name)} = ${letter(move.through)} · ${letter(move.name, move.through)} = ${product} = ${tidy(move.result)}.`
    return `A ${move.name} llega otro camino, y se suma: ${letter(move.name)} = ${tidy(move.before)} + ${product} = ${tidy(move.result)}.`
  }

  function advance() {
    if (state.n >= done.found.length) return false
    update({ n: state.n + 1 })
    return state.n < done.found.length
  }

  function update(change, prefix = "") {
    Object.assign(state, change)
    done = moves(operations, Object.fromEntries(inputs.map(each => [each, state[each]])), fixed)
    state.n = Math.min(Math.round(state.n), done.found.length)
    const past = done.found.slice(0, state.n)
    const now = past.at(-1)
    for (const [name, { frame, value, grad }] of Object.entries(boxes)) {
      const known = inputs.includes(name) || past.some(each => each.kind === "value" && each.name === name)
      value.textContent = known ? tidy(done.values[name]) : ""
      const came = past.filter(each => each.kind !== "value" && each.name === name).at(-1)
      grad.textContent = came ? tidy(came.result) : ""
      set(frame, { class: now?.name === name ? "nb-live__box nb-live__box--now" : "nb-live__box" })
    }
    for (const [key, { line, text }] of Object.entries(edges)) {
      const [from, to] = key.split(" ")
      const came = past.find(each => each.kind === "grad" && each.name === from && each.through === to)
      text.textContent = came ? `× ${tidy(came.local)}` : ""
      const isNow = now && (now.kind === "grad" ? came === now : now.kind === "value" && now.name === to)
      set(line, { class: isNow ? `nb-live__line-${came ? 1 : 0}` : `nb-live__thin-${came ? 1 : "muted"}` })
    }
    const next = done.found[state.n]
    form.hidden = !next
    asked.textContent = next ? `${question(next)} ` : ""
    answer.value = ""
    for (const { name, field } of fields) if (document.activeElement !== field || field.valueAsNumber !== state[name]) field.value = state[name]
    play.put(state.n)
    say(prefix + told(now))
    keep(NAME, state, first)
  }

  update({})
  host.append(
    make("div", { class: "nb-live__panels" }, svg),
    foot(elements, form, ...play.elements, ...fields.map(each => each.element)),
  )
}
