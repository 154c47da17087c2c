// From a point of the map, a step in any direction: how much the loss rises along it, and that most of all it rises along
// the gradient. On the left the level lines; on the right the slope by its angle.
import { button, clamp, decimals, foot, handle, keep, make, panel, range, restore, set, voice } from "./common.js"

const angleOf = degrees => (degrees * Math.PI) / 180

// Loss, gradient and slope along an angle in degrees, in float64 as the lesson's functions give them.
export function look({ m, b, t }, { x, y }) {
  const error = m * x + b - y
  const [grad_m, grad_b] = [2 * error * x, 2 * error]
  return { loss: error ** 2, grad_m, grad_b, slope: grad_m * Math.cos(angleOf(t)) + grad_b * Math.sin(angleOf(t)) }
}

export const slopes = (states, data) => states.map(([m, b, t]) => decimals(look({ m, b, t }, data).slope, 2))

const REACH = 0.62
// Where the point may be: from there no slope leaves its panel.
const PLACES = { m: [0.6, 2.8], b: [-2.4, 0.2], t: [0, 359] }

export default function draw(host, data) {
  const NAME = host.id.replace("figura-", "")
  const first = { m: data.m, b: data.b, t: 90 }
  const ends = { m: [0.2, 3.4], b: [-2.6, 0.6] }
  const state = restore(NAME, first, PLACES)
  state.t = Math.round(state.t)
  const map = panel({
    x: ends.m, y: ends.b, equal: true, ticks: [[0.5, 1, 1.5, 2, 2.5, 3], [-2.5, -2, -1.5, -1, -0.5, 0, 0.5]], names: ["$m$", "$b$"],
    label: "Curvas de nivel de la pérdida, el punto y la dirección elegida", left: 40,
  })
  const rose = panel({
    x: [0, 360], y: [-64, 64], ticks: [[0, 90, 180, 270, 360].map(each => [each, `${each}°`]), [-60, -30, 0, 30, 60]],
    names: ["ángulo de la dirección", "pendiente"], label: "La pendiente en cada dirección", height: 300, left: 40,
  })
  for (const root of [0, 1, 2, 3, 4, 5, 6, 7, 8].flatMap(each => (each ? [each, -each] : [0])))
    map.add("path", { class: root ? "nb-live__thin-0" : "nb-live__path-2", d: map.line(ends.m.map(m => [m, data.y + root - m * data.x])) })
  const steepest = map.add("path", { class: "nb-live__thin-2" })
  const arrow = map.add("path", { class: "nb-live__line-1" })
  const wave = rose.add("path", { class: "nb-live__line-0" })
  const crest = rose.add("path", { class: "nb-live__path-2" })

  const { elements, say } = voice()
  const numbers = make("p", { class: "nb-live__numbers" })
  const turn = t => update({ t: (Math.round(t) + 720) % 360 })
  const dial = range({ name: "Dirección", min: 0, max: 359, step: 1, show: value => `${value}°`, change: turn })
  const tip = () => [state.m + REACH * Math.cos(angleOf(state.t)), state.b + REACH * Math.sin(angleOf(state.t))]
  const place = handle(map, {
    label: "El punto de partida", step: 0.05, colour: 2, limits: PLACES.m, where: () => [state.m, state.b],
    text: () => `m = ${decimals(state.m, 2)}, b = ${decimals(state.b, 2)}`,
    move: (m, b) => update({ m: Number(clamp(m, PLACES.m).toFixed(2)), b: Number(clamp(b, PLACES.b).toFixed(2)) }),
  })
  const head = handle(map, {
    label: "La dirección", step: 1, where: tip, value: () => state.t, limits: [0, 359],
    text: () => `${state.t}°, pendiente ${decimals(look(state, data).slope, 2)}`,
    nudge: by => turn(state.t + by),
    move: (m, b) => turn((Math.atan2(b - state.b, m - state.m) * 180) / Math.PI),
  })
  const dot = handle(rose, {
    label: "El ángulo", axis: "x", step: 1, where: () => [state.t, look(state, data).slope],
    text: () => `${state.t}°, pendiente ${decimals(look(state, data).slope, 2)}`,
    move: t => turn(clamp(t, [0, 359])),
  })
  const reset = button("Reiniciar", () => update({ ...first }))

  function update(change) {
    Object.assign(state, change)
    const now = look(state, data)
    const length = Math.hypot(now.grad_m, now.grad_b)
    const best = length ? Math.atan2(now.grad_b, now.grad_m) : 0
    const from = [state.m, state.b]
    set(arrow, { d: map.arrow(from, tip()) })
    set(steepest, { d: length ? map.arrow(from, [state.m + REACH * Math.cos(best), state.b + REACH * Math.sin(best)]) : "" })
    set(wave, { d: rose.line(Array.from({ length: 121 }, (_, i) => [3 * i, look({ ...state, t: 3 * i }, data).slope])) })
    const peak = ((best * 180) / Math.PI + 360) % 360
    set(crest, { d: rose.line(rose.ends.y.map(each => [peak, each])) })
    numbers.textContent =
      `m = ${decimals(state.m, 2)}   b = ${decimals(state.b, 2)}   L = ${decimals(now.loss, 2)}\n` +
      `Gradiente (${decimals(now.grad_m, 2)}, ${decimals(now.grad_b, 2)}), de longitud ${decimals(length, 2)}`
    dial.put(state.t)
    for (const each of [place, head, dot]) each.update()
    const apart = Math.abs(((state.t - peak + 540) % 360) - 180)
    const what =
      length === 0 ? "Aquí el gradiente es cero: ninguna dirección sube ni baja"
      : apart < 1 ? "Es la del gradiente: la que más sube"
      : apart > 179 ? "Es la contraria al gradiente: la que más baja"
      : Math.abs(apart - 90) < 1 ? "Va a lo largo de la curva de nivel: apenas cambia nada"
      : now.slope > 0 ? "Sube, pero menos que el gradiente" : "Baja, pero menos que la contraria al gradiente"
    say(`A ${state.t}° la pendiente es ${decimals(now.slope, 2)}. ${what}.`)
    keep(NAME, state, first)
  }

  update({})
  host.append(
    make("div", { class: "nb-live__panels" }, map.svg, rose.svg),
    numbers, foot(elements, dial.element, reset),
  )
}
