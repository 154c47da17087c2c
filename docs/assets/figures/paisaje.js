// The landscape of the cost: on the left the line with the squares of its errors, on the right where it stands on the
// map of (m, b). Rounds of descent move both.
import { clamp, decimals, f, foot, handle, keep, make, panel, range, restore, set, short, sum, transport, voice } from "./common.js"

// Cost and gradient of a line in float32, bit by bit as ``((m * x + b - y) ** 2).mean()`` and its ``backward`` give them.
export function look({ m, b }, { x, y }) {
  const n = x.length
  const errors = x.map((each, i) => f(f(f(m * each) + b) - y[i]))
  const cost = f(sum(errors.map(each => f(each * each))) / n)
  const pull = errors.map(each => f(f(2 * each) * f(1 / n)))
  return { m, b, cost, grad_m: sum(pull.map((each, i) => f(each * x[i]))), grad_b: sum(pull), errors }
}

// ``optimizer.step()``: SGD multiplies and adds in one go (FMA), so the product is not rounded; the rate is.
export const step = ({ m, b, grad_m, grad_b }, rate) => ({ m: f(m - f(rate) * grad_m), b: f(b - f(rate) * grad_b) })

// The rounds from a line on: how it stands before each step, and after the last.
export function rounds({ m, b }, rate, count, data) {
  const path = [look({ m: f(m), b: f(b) }, data)]
  while (path.length <= count) path.push(look(step(path.at(-1), rate), data))
  return path
}

const LEVELS = [0.25, 1, 2, 4, 8, 16, 32]
const MOST = 999

export default function draw(host, data) {
  const NAME = host.id.replace("figura-", "")
  const first = { m: data.m, b: data.b, a: data.rate, n: 0 }
  const ends = { m: [-1.2, 1.2], b: [-0.6, 2.4], a: [0.001, 0.2], n: [0, MOST] }
  const state = restore(NAME, first, ends)
  state.n = Math.round(state.n)

  const plot = panel({
    x: [-1.3, 7.7], y: [-2.3, 7], equal: true, ticks: [[0, 2, 4, 6], [-2, 0, 2, 4, 6]], names: ["$x$", "$y$"],
    label: "La recta, los datos y el cuadrado de cada error",
  })
  const map = panel({
    x: ends.m, y: ends.b, equal: true, ticks: [[-1, -0.5, 0, 0.5, 1], [0, 0.5, 1, 1.5, 2]], names: ["$m$", "$b$"],
    label: "Curvas de nivel del coste; el punto es la recta", width: 300,
  })

  const squares = data.x.map(() => plot.add("rect", { class: "nb-live__area-2" }))
  const line = plot.add("path", { class: "nb-live__line-1" })
  for (const [i, each] of data.x.entries())
    plot.add("circle", { class: "nb-live__fill-0", r: 4, cx: plot.x(each), cy: plot.y(data.y[i]) })

  // A level line is an ellipse: the cost is a quadratic form around the best line.
  const mean = list => list.reduce((total, each) => total + each, 0) / list.length
  const [mx, mxx] = [mean(data.x), mean(data.x.map(each => each * each))]
  const least = mean(data.x.map((each, i) => (data.best[0] * each + data.best[1] - data.y[i]) ** 2))
  for (const level of LEVELS) {
    const radius = Math.sqrt(level - least)
    const points = Array.from({ length: 121 }, (_, i) => {
      const v = (radius * Math.sin((i * Math.PI) / 60)) / Math.sqrt(mxx - mx * mx)
      return [data.best[0] + v, data.best[1] + radius * Math.cos((i * Math.PI) / 60) - mx * v]
    })
    map.add("path", { class: "nb-live__thin-0", d: map.line(points) })
  }
  map.add("circle", { class: "nb-live__fill-2", r: 5, cx: map.x(data.best[0]), cy: map.y(data.best[1]) })
  const trail = map.add("path", { class: "nb-live__path-1" })
  const stops = map.add("g")
  const arrow = map.add("path", { class: "nb-live__line-1" })

  const numbers = make("p", { class: "nb-live__numbers" })
  const { elements, say } = voice()
  let path

  const rate = range({
    name: "Tasa $α$", min: -3, max: Math.log10(0.2), step: 0.0035, show: value => short(10 ** value),
    change: value => update({ a: Number(short(10 ** value)) }),
  })
  const play = transport({
    one: "Un paso", advance, back: () => update({ n: state.n - 1 }), reset: () => update({ ...first }),
  })
  const dot = handle(map, {
    label: "La recta, en el mapa", step: 0.01,
    where: () => [path.at(-1).m, path.at(-1).b],
    text: () => `m = ${decimals(path.at(-1).m, 2)}, b = ${decimals(path.at(-1).b, 2)}, C = ${decimals(path.at(-1).cost, 4)}`,
    move: (m, b) => {
      play.stop()
      update({ m: Number(clamp(m, ends.m).toFixed(2)), b: Number(clamp(b, ends.b).toFixed(2)), n: 0 })
    },
  })

  function advance() {
    const { cost, grad_m, grad_b } = path.at(-1)
    if (state.n >= MOST || cost > 1e12 || (grad_m === 0 && grad_b === 0)) return false
    update({ n: state.n + 1 })
    return true
  }

  function update(change) {
    Object.assign(state, change)
    path = rounds(state, state.a, state.n, data)
    const now = path.at(-1)
    set(line, { d: plot.line([-1.3, 7.7].map(each => [each, now.m * each + now.b])) })
    for (const [i, square] of squares.entries()) {
      const side = Math.abs(now.errors[i]) * (plot.x(1) - plot.x(0))
      const top = plot.y(Math.max(data.y[i], data.y[i] + now.errors[i]))
      set(square, { x: plot.x(data.x[i]) - side, y: top, width: side, height: side })
    }
    const places = path.map(each => [each.m, each.b])
    const after = step(now, state.a)
    set(trail, { d: map.line(places) })
    stops.replaceChildren(...places.slice(0, -1).slice(-300).map(each => {
      const [cx, cy] = map.place(each)
      return make("circle", { r: 2.2, class: "nb-live__fill-1", cx, cy })
    }))
    set(arrow, { d: map.arrow([now.m, now.b], [after.m, after.b]) })
    numbers.textContent =
      `m = ${decimals(now.m, 3)}   b = ${decimals(now.b, 3)}   C = ${decimals(now.cost, 4)}\n` +
      `∂C/∂m = ${decimals(now.grad_m, 3)}   ∂C/∂b = ${decimals(now.grad_b, 3)}`
    rate.put(Math.log10(state.a))
    dot.update()
    play.put(state.n)
    say(told(now))
    keep(NAME, state, first)
  }

  function told(now) {
    const fate = `Con $α$ = ${state.a} ${state.a > data.limit ? "diverge: cada salto es más largo" : "converge"}.`
    if (state.n === 0) return `${fate} Da un paso y mira los cuadrados.`
    const before = path.at(-2).cost
    const steps = state.n === 1 ? "Un paso" : `${state.n} pasos`
    const way = now.cost < before ? "baja" : now.cost > before ? "sube" : "se queda"
    const out = now.m < ends.m[0] || now.m > ends.m[1] || now.b < ends.b[0] || now.b > ends.b[1]
    return `${steps}: el coste ${way} de ${decimals(before, 4)} a ${decimals(now.cost, 4)}. ${out ? "La recta se ha salido del mapa. " : ""}${fate}`
  }

  update({})
  host.append(
    make("div", { class: "nb-live__panels" }, plot.svg, map.svg),
    numbers, foot(elements, rate.element, ...play.elements),
  )
}
