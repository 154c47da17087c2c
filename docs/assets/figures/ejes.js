// Adam in a narrow valley that the reader turns: one rate for each parameter helps along the axes only. On the left the
// path, on the right how many rounds each angle takes; with momentum they are the same for all (its path leaves the map).
import { button, clamp, foot, handle, keep, make, panel, range, restore, set, short, voice } from "./common.js"
import { needed, roundsOf } from "./valle.js"

const GOAL = 2 // the bottom, in the valley's own axes, is at (2, 2); the way begins at the origin
const BETAS = [0.9, 0.999]
const EPSILON = 1e-8

const own = ([m, b], [c, s]) => [c * m + s * b, c * b - s * m]
const turned = ([u, v], [c, s]) => [c * u - s * v, s * u + c * v]
const radians = degrees => (degrees * Math.PI) / 180
const axes = degrees => [Math.cos(radians(degrees)), Math.sin(radians(degrees))]

// The path of Adam in float64, as the lesson's function gives it.
export function adam(degrees, narrow, rate, rounds) {
  const frame = axes(degrees)
  const path = [[0, 0]]
  const [average, square] = [[0, 0], [0, 0]]
  for (let t = 1; t <= rounds; t++) {
    const point = path.at(-1)
    const [u, v] = own(point, frame)
    const slopes = turned([narrow * (u - GOAL), v - GOAL], frame)
    path.push(point.map((value, i) => {
      average[i] = BETAS[0] * average[i] + (1 - BETAS[0]) * slopes[i]
      square[i] = BETAS[1] * square[i] + (1 - BETAS[1]) * slopes[i] ** 2
      const size = Math.sqrt(square[i] / (1 - BETAS[1] ** t))
      return value - (rate * (average[i] / (1 - BETAS[0] ** t))) / (size + EPSILON)
    }))
  }
  return path
}

// The valley in its own axes, where momentum has the same rounds whatever the angle.
const valley = narrow => ({ hessian: [[narrow, 0], [0, 1]], best: [GOAL, GOAL], start: [0, 0] })

export function byAdam(degrees, narrow, rate, rounds) {
  const frame = axes(degrees)
  return roundsOf(adam(degrees, narrow, rate, rounds).map(point => own(point, frame)), valley(narrow))
}

// With the best rate and β, and with the best rate alone.
export function byMomentum(narrow, isHeavy, rounds) {
  const root = Math.sqrt(narrow)
  const [rate, beta] = isHeavy ? [(2 / (root + 1)) ** 2, ((root - 1) / (root + 1)) ** 2] : [2 / (narrow + 1), 0]
  return needed(rate, beta, rounds, valley(narrow))
}

const SHOWN = 150 // rounds on the map
const ENDS = { g: [0, 90], k: [10, 10000], a: [0.01, 1] }

export default function draw(host, data) {
  const NAME = host.id.replace("figura-", "")
  const first = { g: 0, k: data.narrow, a: data.rate }
  const state = restore(NAME, first, ENDS)
  state.g = Math.round(state.g)
  const map = panel({
    x: [-2.5, 2.9], y: [-0.9, 3.3], equal: true, ticks: [[-2, -1, 0, 1, 2], [0, 1, 2, 3]], names: ["$m$", "$b$"],
    label: "El valle girado y el camino de Adam",
  })
  const counts = panel({
    x: [0, 90], y: [1, 3.1], ticks: [[0, 15, 30, 45, 60, 75, 90].map(each => [each, `${each}°`]), [10, 30, 100, 300, 1000].map(each => [Math.log10(each), each < data.most ? each : `≥${each}`])],
    names: ["giro del valle", "vueltas"], label: "Las vueltas que hacen falta según el giro, en escala logarítmica", height: 290, left: 46,
  })
  const levels = [0.3, 2, 20, 100, 400, 1600].map(level => [level, map.add("path", { class: "nb-live__thin-0" })])
  const trail = map.add("path", { class: "nb-live__line-2" })
  map.add("circle", { class: "nb-live__fill-muted", r: 4, cx: map.x(0), cy: map.y(0) })
  const bar = counts.add("path", { class: "nb-live__path-1" })
  const curve = counts.add("path", { class: "nb-live__line-2" })

  const { elements, say } = voice()
  const numbers = make("p", { class: "nb-live__numbers" })
  const told = count => (count > data.most ? `más de ${data.most}` : String(count))
  const height = count => Math.log10(Math.min(count, data.most))
  const turn = g => update({ g: clamp(Math.round(g), ENDS.g) })
  const scale = (name, key) => range({
    name, min: Math.log10(ENDS[key][0]), max: Math.log10(ENDS[key][1]), step: 0.05, show: value => short(10 ** value),
    change: value => update({ [key]: Number(short(10 ** value)) }),
  })
  const dial = range({ name: "Giro", min: 0, max: 90, step: 1, show: value => `${value}°`, change: turn })
  const narrowness = scale("Estrechez", "k")
  const pace = scale("Tasa de Adam $α$", "a")
  const text = () => `${state.g}°: Adam, ${told(rounds[state.g])} vueltas`
  const goal = handle(map, {
    label: "La meta", colour: 3, step: 1, where: () => turned([GOAL, GOAL], axes(state.g)), text, value: () => state.g, limits: ENDS.g,
    nudge: by => turn(state.g + by),
    // From straight up, so that who pulls too far on one side stays at its end.
    move: (m, b) => turn(45 - (Math.atan2(m, b) * 180) / Math.PI),
  })
  const dot = handle(counts, {
    label: "El giro", colour: 2, axis: "x", step: 1, where: () => [state.g, height(rounds[state.g])], text, move: turn,
  })
  let rounds = []
  let plain, best

  // At every angle: only what is not turned changes them.
  function recount() {
    rounds = Array.from({ length: 91 }, (_, degrees) => byAdam(degrees, state.k, state.a, data.most))
    plain = byMomentum(state.k, false, data.most)
    best = byMomentum(state.k, true, data.most)
    set(curve, { d: counts.line(rounds.map((count, degrees) => [degrees, height(count)])) })
    set(bar, { d: counts.line([[0, height(best)], [90, height(best)]]) })
  }

  function update(change) {
    Object.assign(state, change)
    if (!("g" in change) || "k" in change) recount()
    const frame = axes(state.g)
    for (const [level, path] of levels) {
      set(path, { d: map.line(Array.from({ length: 121 }, (_, i) => {
        const angle = radians(3 * i)
        return turned([GOAL + Math.sqrt((2 * level) / state.k) * Math.cos(angle), GOAL + Math.sqrt(2 * level) * Math.sin(angle)], frame)
      })) })
    }
    set(trail, { d: map.line(adam(state.g, state.k, state.a, SHOWN)) })
    const mine = rounds[state.g]
    const key = (colour, words) => make("span", { class: `nb-live__key nb-live__key-${colour}` }, words)
    numbers.replaceChildren(
      `Curvaturas ${short(state.k)} y 1   tasa de Adam = ${short(state.a)}   sin inercia: ${told(plain)} vueltas`,
      key(1, `Con inercia: ${told(best)} vueltas`), key(2, `Adam: ${told(mine)} vueltas`),
    )
    dial.put(state.g)
    narrowness.put(Math.log10(state.k))
    pace.put(Math.log10(state.a))
    goal.update()
    dot.update()
    const who =
      Math.min(mine, best) > data.most ? "Ninguno de los dos llega."
      : mine < best ? "Gana Adam."
      : best < mine ? "Gana la inercia." : "Empatan."
    say(`${state.g ? `Girado ${state.g}°` : "Sin girar"}, Adam necesita ${told(mine)} vueltas, y la inercia, ${told(best)}. ${who}`)
    keep(NAME, state, first)
  }

  update({})
  host.append(
    make("div", { class: "nb-live__panels" }, map.svg, counts.svg),
    numbers, foot(elements, dial.element, narrowness.element, pace.element, button("Reiniciar", () => update({ ...first }))),
  )
}
