// Descent with momentum in the narrow valley: each pair of rate and β is a point of a plane, coloured by the rounds it takes.
import { clamp, decimals, foot, handle, keep, make, panel, range, restore, set, button, voice } from "./common.js"

// The path in float64, as the lesson computes it: v ← βv + ∇C, then a step; the gradient is H (point − best).
export function momentum(rate, beta, rounds, data) {
  const [[h00, h01], [h10, h11]] = data.hessian
  const path = [data.start]
  let v = [0, 0]
  while (path.length <= rounds) {
    const [m, b] = path.at(-1)
    const [u, w] = [m - data.best[0], b - data.best[1]]
    v = [beta * v[0] + h00 * u + h01 * w, beta * v[1] + h10 * u + h11 * w]
    path.push([m - rate * v[0], b - rate * v[1]])
  }
  return path
}

// By how much the cost of a point is above the least.
export function excess([m, b], { best, hessian }) {
  const [u, w] = [m - best[0], b - best[1]]
  return (hessian[0][0] * u * u + 2 * hessian[0][1] * u * w + hessian[1][1] * w * w) / 2
}

// Rounds until the cost stays within a millionth of the least; one more than the path has if it does not.
export const roundsOf = (path, data) => path.findLastIndex(each => !(excess(each, data) < 1e-6)) + 1

export const needed = (rate, beta, limit, data) => roundsOf(momentum(rate, beta, limit, data), data)

const LIMIT = 400
const STEPS = [24, 20] // cells of the plane
const ENDS = { a: [0.002, 0.14], b: [0, 0.96] }

export default function draw(host, data) {
  const NAME = host.id.replace("figura-", "")
  const first = { a: Number(data.rate.toFixed(6)), b: 0 }
  const state = restore(NAME, first, ENDS)
  const plane = panel({
    x: [0, 0.14], y: [0, 1], ticks: [[0, 0.05, 0.1], [0, 0.25, 0.5, 0.75, 1]], names: ["tasa $α$", "$β$"],
    label: "Cada punto es una tasa y una β; cuanto más oscuro, menos vueltas", width: 310, height: 290, left: 44,
  })
  const map = panel({
    x: [-1.9, 1.1], y: [-0.8, 2.6], equal: true, ticks: [[-1, 0, 1], [0, 1, 2]], names: ["$m$", "$b$"],
    label: "Treinta vueltas en el valle: sin inercia y con ella", width: 280,
  })
  const [wide, high] = [0.14 / STEPS[0], 1 / STEPS[1]]
  for (let i = 0; i < STEPS[0]; i++) {
    for (let j = 0; j < STEPS[1]; j++) {
      const count = needed((i + 0.5) * wide, (j + 0.5) * high, LIMIT, data)
      if (count > LIMIT) continue
      const [x, y] = plane.place([i * wide, (j + 1) * high])
      plane.add("rect", {
        class: "nb-live__cell", x, y, width: plane.x(wide) - plane.x(0) + 0.4, height: plane.y(0) - plane.y(high) + 0.4,
        "fill-opacity": (0.08 + 0.87 * (1 - Math.log(count / 30) / Math.log(LIMIT / 30))).toFixed(3),
      })
    }
  }
  for (const level of [0.1, 0.5, 2, 8, 25]) {
    map.add("path", { class: "nb-live__thin-0", d: map.line(Array.from({ length: 121 }, (_, i) => {
      // An ellipse of H, by its Cholesky factor.
      const [[h00, h01], [, h11]] = data.hessian
      const [l00, radius] = [Math.sqrt(h00), Math.sqrt(2 * level)]
      const l10 = h01 / l00
      const w = (radius * Math.sin((i * Math.PI) / 60)) / Math.sqrt(h11 - l10 * l10)
      return [data.best[0] + (radius * Math.cos((i * Math.PI) / 60) - l10 * w) / l00, data.best[1] + w]
    })) })
  }
  map.add("circle", { class: "nb-live__fill-2", r: 5, cx: map.x(data.best[0]), cy: map.y(data.best[1]) })
  const plain = map.add("path", { class: "nb-live__path-0" })
  const trail = map.add("path", { class: "nb-live__line-1" })
  const numbers = make("p", { class: "nb-live__numbers" })
  const { elements, say } = voice()
  const told = count => (count > data.most ? `más de ${data.most}` : String(count))
  const pace = range({ name: "Tasa $α$", min: ENDS.a[0], max: ENDS.a[1], step: 0.001, show: value => decimals(value, 4), change: a => update({ a }) })
  const inertia = range({ name: "Inercia $β$", min: ENDS.b[0], max: ENDS.b[1], step: 0.01, show: value => decimals(value, 3), change: b => update({ b }) })
  const dot = handle(plane, {
    label: "La tasa y la β", step: 0.005,
    where: () => [state.a, state.b],
    text: () => `tasa ${decimals(state.a, 4)}, β = ${decimals(state.b, 2)}: ${told(needed(state.a, state.b, data.most, data))} vueltas`,
    move: (a, b) => update({ a: Number(clamp(a, ENDS.a).toFixed(4)), b: Number(clamp(b, ENDS.b).toFixed(3)) }),
  })

  function update(change) {
    Object.assign(state, change)
    set(plain, { d: map.line(momentum(state.a, 0, 30, data)) })
    set(trail, { d: map.line(momentum(state.a, state.b, 30, data)) })
    const [without, with_] = [0, state.b].map(beta => needed(state.a, beta, data.most, data))
    const key = (colour, text) => make("span", { class: `nb-live__key nb-live__key-${colour}` }, text)
    numbers.replaceChildren(
      `tasa = ${decimals(state.a, 4)}   β = ${decimals(state.b, 3)}`,
      key(0, `Sin inercia: ${told(without)} vueltas`), key(1, `Con inercia: ${told(with_)} vueltas`),
    )
    pace.put(state.a)
    inertia.put(state.b)
    dot.update()
    const stopped = with_ > data.most ? "Con esta pareja no llega." : `Con inercia, ${with_} vueltas.`
    say(`${stopped} ${without > data.most ? "Sin inercia, a esta tasa, no llega." : `Sin ella, ${without}.`}`)
    keep(NAME, state, first)
  }

  update({})
  host.append(
    make("div", { class: "nb-live__panels" }, plane.svg, map.svg),
    numbers, foot(elements, pace.element, inertia.element, button("La mejor pareja", () => update({ a: Number(data.good[0].toFixed(6)), b: Number(data.good[1].toFixed(6)) })), button("Reiniciar", () => update({ ...first }))),
  )
}
