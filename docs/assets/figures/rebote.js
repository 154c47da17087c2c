// Descent in one parameter: where each rate makes the point bounce on the parabola, and which row of the lesson's
// table of five cases that is.
import { clamp, decimals, foot, handle, keep, make, panel, range, restore, set, transport, voice } from "./common.js"

const mean = list => list.reduce((total, each) => total + each, 0) / list.length

// As the lesson computes them in NumPy, in float64.
export const cost = (w, { xs, ys }) => mean(xs.map((x, i) => (w * x - ys[i]) ** 2))
export const gradient = (w, { xs, ys }) => mean(xs.map((x, i) => 2 * (w * x - ys[i]) * x))

export function epochs(w, rate, count, data) {
  const rows = [[w, cost(w, data)]]
  while (rows.length <= count) {
    w = w - rate * gradient(w, data)
    rows.push([w, cost(w, data)])
  }
  return rows
}

// Which of the five rows: before, at, after the rate that arrives in one step; at and after the one that never does.
export const row = (rate, { threshold }) => [rate >= threshold / 2, rate > threshold / 2, rate >= threshold, rate > threshold].filter(Boolean).length

const PARTS = 1500 // so that 1/15 and 2/15 are on the slider, which goes in whole numbers
const MOST = 99

// The last table before the figure: its rows light up in a copy beside the figure, and its words are said.
function table(host) {
  const before = [...document.querySelectorAll("article table")].filter(
    each => each.compareDocumentPosition(host) & Node.DOCUMENT_POSITION_FOLLOWING && each.tBodies[0]?.rows.length === 5)
  return before.at(-1)?.cloneNode(true)
}

export default function draw(host, data) {
  const NAME = host.id.replace("figura-", "")
  const first = { a: 195, w: data.w, n: 5 }
  const ends = { a: [0, 225], w: [-1.8, 5.8], n: [0, MOST] }
  const state = restore(NAME, first, ends)
  state.a = Math.round(state.a)
  state.n = Math.round(state.n)
  const goal = data.ys[0] / data.xs[0]
  const plot = panel({
    x: ends.w, y: [-6, 112], ticks: [[-1, 0, 1, 2, 3, 4, 5], [0, 25, 50, 75, 100]], names: ["$w$", "coste $C$"],
    label: "El coste según w, y por dónde va el descenso", height: 300,
  })
  const valley = Array.from({ length: 153 }, (_, i) => ends.w[0] + i / 20)
  plot.add("path", { class: "nb-live__line-0", d: plot.line(valley.map(w => [w, cost(w, data)])) })
  plot.add("path", { class: "nb-live__path-2", d: plot.line([[goal, 0], [goal, 112]]) })
  const trail = plot.add("path", { class: "nb-live__path-1" })
  const stops = plot.add("g")
  const cases = table(host)
  const lit = cases ? [...cases.tBodies[0].rows] : []
  const { elements, say } = voice()
  const numbers = make("p", { class: "nb-live__numbers" })
  let rows

  const rate = range({
    name: "Tasa $α$", min: ends.a[0], max: ends.a[1], step: 1, show: value => (value / PARTS).toFixed(4),
    change: a => update({ a }),
  })
  const play = transport({
    one: "Una época", advance, back: () => update({ n: state.n - 1 }), reset: () => update({ ...first }), pause: 500,
  })
  const dot = handle(plot, {
    label: "El punto, sobre la parábola", step: 0.1, axis: "x",
    where: () => rows.at(-1),
    text: () => `w = ${decimals(rows.at(-1)[0], 3)}, C = ${decimals(rows.at(-1)[1], 3)}`,
    move: w => (play.stop(), update({ w: Number(clamp(w, ends.w).toFixed(2)), n: 0 })),
  })

  function advance() {
    if (state.n >= MOST || rows.at(-1)[1] > 1e9) return false
    update({ n: state.n + 1 })
    return true
  }

  function update(change) {
    Object.assign(state, change)
    const alpha = state.a / PARTS
    rows = epochs(state.w, alpha, state.n, data)
    set(trail, { d: plot.line(rows) })
    stops.replaceChildren(...rows.slice(0, -1).map((each, epoch) => {
      const [cx, cy] = plot.place(each)
      return make("circle", { cx, cy, r: epoch ? 3 : 4.5, class: "nb-live__fill-1" })
    }))
    const [w, height] = rows.at(-1)
    const which = state.a ? row(alpha, data) : -1 // a rate of 0 is in no row: it is no descent
    for (const [i, each] of lit.entries()) {
      each.classList.toggle("nb-live__lit", i === which)
      set(each, { "aria-current": i === which && "true" })
    }
    const factor = 1 - alpha * data.steepness
    numbers.textContent = `Época ${state.n}   w = ${decimals(w, 3)}   C = ${decimals(height, 3)}\nFactor 1 − ${data.steepness} · ${alpha.toFixed(4)} = ${decimals(factor, 2)}`
    rate.put(state.a)
    dot.update()
    play.put(state.n)
    const fate = state.a ? (lit[which]?.cells[2].textContent.trim().split(":")[0] ?? "") : "el punto no se mueve"
    const moved = state.n ? `De w = ${decimals(rows.at(-2)[0], 3)} a w = ${decimals(w, 3)}. ` : ""
    const out = w < ends.w[0] || w > ends.w[1] ? "Ya no cabe en el dibujo. " : ""
    say(`${moved}${out}La distancia a ${goal} se multiplica por ${decimals(factor, 2)}: ${fate}.`)
    keep(NAME, state, first)
  }

  update({})
  host.append(
    make("div", { class: "nb-live__panels" }, plot.svg, make("div", { class: "nb-live__cases" }, ...(cases ? [cases] : []))),
    numbers, foot(elements, rate.element, ...play.elements),
  )
}
