// A logistic neuron on its map: its two weights and its bias move the frontier, and a house shows its logit on the sigmoid.
import { choice, clamp, decimals, f, foot, handle, keep, make, panel, range, restore, set, button, voice } from "./common.js"

// Logit, answer and loss of one example in float32, and the loss again by the stable formula. Of exp and log, torch may give
// the neighbouring float32: its processor's own polynomials round otherwise than the browser's.
export function look({ p, q, b }, [east, north], label) {
  const z = f(f(f(f(p) * east) + f(f(q) * north)) + f(b))
  const a = f(1 / f(1 + f(Math.exp(-z))))
  const loss = -f(Math.log(label ? a : f(1 - a)))
  const logarithm = f(Math.min(z, 0) - f(Math.log1p(f(Math.exp(-Math.abs(z))))))
  const stable = f(f((1 - label) * z) - logarithm) // as binary_cross_entropy_with_logits has it
  return { z, a, loss: f(loss), stable }
}

export const looks = (states, { houses, labels }) =>
  states.map(([p, q, b, i]) => Object.values(look({ p, q, b }, houses[i], labels[i])))

const CELLS = 20
const SIDE = 4.3

export default function draw(host, data) {
  const NAME = host.id.replace("figura-", "")
  const round = value => Number(value.toFixed(2))
  const first = { p: round(data.w[0]), q: round(data.w[1]), b: round(data.b), i: 0, k: "1" }
  const ends = { p: [-3, 3], q: [-3, 3], b: [-6, 6], i: [0, data.houses.length - 1], k: ["1", "20", "200"] }
  const state = restore(NAME, first, ends)
  state.i = Math.round(state.i)
  const ticks = [-4, -2, 0, 2, 4]
  const map = panel({
    x: [-SIDE, SIDE], y: [-SIDE, SIDE], equal: true, ticks: [ticks, ticks], names: ["km al este", "km al norte"],
    label: "Las casas, y con qué probabilidad dice la neurona que se oye A", width: 300,
  })
  const curve = panel({
    x: [-8, 8], y: [-0.05, 1.05], ticks: [[-8, -4, 0, 4, 8], [0, 0.5, 1]], names: ["logit $z$", "$a = σ(z)$"],
    label: "La casa elegida, sobre la sigmoide", width: 300, height: 240,
  })
  const ground = Array.from({ length: CELLS * CELLS }, (_, k) => {
    const unit = (2 * SIDE) / CELLS
    const [x, y] = [(k % CELLS) * unit - SIDE, Math.floor(k / CELLS) * unit - SIDE]
    const [left, top] = map.place([x, y + unit])
    const side = map.x(unit) - map.x(0) + 0.3
    return [map.add("rect", { class: "nb-live__cell", x: left, y: top, width: side, height: side }), [x + unit / 2, y + unit / 2]]
  })
  const border = map.add("path", { class: "nb-live__line-2" })
  const houses = data.houses.map(([x, y], i) => {
    const [cx, cy] = [map.x(x), map.y(y)]
    const mark = data.labels[i]
      ? map.add("path", { class: "nb-live__fill-0", d: `M${cx} ${cy - 5}l5 9h-10z` })
      : map.add("circle", { class: "nb-live__fill-1", r: 4, cx, cy })
    mark.addEventListener("click", () => update({ i }))
    return mark
  })
  const ring = map.add("circle", { class: "nb-live__ring", r: 9 })
  const s = Array.from({ length: 161 }, (_, k) => -8 + k / 10)
  curve.add("path", { class: "nb-live__line-0", d: curve.line(s.map(z => [z, 1 / (1 + Math.exp(-z))])) })
  const drop = curve.add("path", { class: "nb-live__path-2" })
  const point = curve.add("circle", { class: "nb-live__fill-3", r: 6 })
  const numbers = make("p", { class: "nb-live__numbers" })
  const { elements, say } = voice()
  const bias = range({ name: "Sesgo $b$", min: -6, max: 6, step: 0.05, show: value => decimals(value, 2), change: b => update({ b }) })
  const house = range({ name: "Casa", min: 0, max: data.houses.length - 1, step: 1, show: value => `${value + 1} de ${data.houses.length}`, change: i => update({ i }) })
  const times = choice({ name: "Logits multiplicados por", options: { 1: "1", 20: "20", 200: "200" }, change: k => update({ k }) })
  const tip = handle(map, {
    label: "La punta de w", step: 0.1, colour: 3,
    where: () => [state.p, state.q],
    text: () => `w = (${decimals(state.p, 2)}, ${decimals(state.q, 2)})`,
    move: (p, q) => update({ p: round(clamp(p, ends.p)), q: round(clamp(q, ends.q)) }),
  })
  // The frontier is caught where it is nearest to the origin, and goes along w: that is the bias. Outside the map it waits at its edge.
  const fence = handle(map, {
    label: "La frontera", step: 0.05, colour: 2, limits: ends.b, value: () => state.b,
    where: nearest,
    text: () => `b = ${decimals(state.b, 2)}`,
    nudge: by => update({ b: round(clamp(state.b + by, ends.b)) }),
    move: (x, y) => update({ b: round(clamp(-(state.p * x + state.q * y), ends.b)) }),
  })
  const arrow = map.add("path", { class: "nb-live__line-3" })

  function nearest() {
    const norm = state.p ** 2 + state.q ** 2 || 1
    return [-state.b * state.p, -state.b * state.q].map(each => each / norm)
  }

  function update(change) {
    Object.assign(state, change)
    const k = Number(state.k)
    const scaled = { p: k * state.p, q: k * state.q, b: k * state.b }
    for (const [cell, place] of ground) set(cell, { "fill-opacity": (0.75 * look(scaled, place, 1).a).toFixed(2) })
    const norm = state.p ** 2 + state.q ** 2
    const at = nearest()
    const along = [-20, 20].map(t => [at[0] - (t * state.q) / Math.sqrt(norm || 1), at[1] + (t * state.p) / Math.sqrt(norm || 1)])
    set(border, { d: norm ? map.line(along) : "" })
    set(arrow, { d: map.arrow([0, 0], [state.p, state.q]) })
    const label = data.labels[state.i]
    const now = look(scaled, data.houses[state.i], label)
    set(ring, { cx: map.x(data.houses[state.i][0]), cy: map.y(data.houses[state.i][1]) })
    const z = Math.min(Math.max(now.z, -8), 8)
    set(point, { cx: curve.x(z), cy: curve.y(now.a) })
    set(drop, { d: curve.line([[z, now.a], [z, label]]) })
    numbers.textContent = `w = (${decimals(state.p, 2)}, ${decimals(state.q, 2)})   b = ${decimals(state.b, 2)}\nz = ${decimals(now.z, 3)}   a = ${decimals(now.a, 4)}   y = ${label}\n−log: ${decimals(now.loss, 4)}   con el logit: ${decimals(now.stable, 4)}`
    bias.put(state.b)
    house.put(state.i)
    times.put(state.k)
    tip.update()
    fence.update()
    const right = (now.z > 0) === (label === 1)
    const broken = Number.isFinite(now.loss) ? "" : " El logaritmo de la sigmoide da infinito: la pérdida calculada con el logit, no."
    say(`La neurona ${right ? "acierta" : "falla"} en esta casa: pérdida ${decimals(now.stable, 4)}.${broken}`)
    keep(NAME, state, first)
  }

  update({})
  host.append(
    make("div", { class: "nb-live__panels" }, map.svg, curve.svg),
    numbers, foot(elements, bias.element, house.element, times.element, button("Reiniciar", () => update({ ...first }))),
  )
}
