// A slope measured with two points: on the left, what a step h sees, as through a microscope that is set to h; on the
// right, the error of each step, in a V. Too long a step bends, too short a one is lost in the rounding.
import { choice, decimals, f, foot, handle, keep, make, panel, powers, range, restore, set, voice } from "./common.js"

// Rounds every result to the precision of a number.
export const kinds = { float32: f, float64: value => value }

const cube = (x, to) => to(to(x * x) * x)

// As ``forward_difference`` and ``central_difference`` compute it for numbers of a kind; also the ends of the stretch.
export function slope(way, kind, h, { x }) {
  const to = kinds[kind]
  const step = to(h)
  const [from, until] = [way === "central" ? to(x - step) : to(x), to(x + step)]
  const rise = to(cube(until, to) - cube(from, to))
  return { slope: to(rise / (way === "central" ? to(2 * step) : step)), from, until, rise }
}

export const slopes = (way, kind, steps, data) => steps.map(h => slope(way, kind, h, data).slope)

const COLOURS = { "adelante float32": 1, "central float32": 3, "adelante float64": 0, "central float64": 2 }
const FLOOR = -13 // an error of 0 has no logarithm: it stands at the bottom

// A step by its logarithm; written with three figures, as it is computed with.
const toStep = exponent => Number((10 ** exponent).toPrecision(3))

export default function draw(host, data) {
  const NAME = host.id.replace("figura-", "")
  const first = { h: -1, tipo: "float32", modo: "adelante" }
  const ends = { h: [-16, 0], tipo: Object.keys(kinds), modo: ["adelante", "central"] }
  const state = restore(NAME, first, ends)
  const top = data.x ** 3

  const lens = panel({
    x: [-1.6, 1.6], y: [-24, 24], ticks: [[[-1, "−h"], [0, "0"], [1, "h"]], [[-12, "−12h"], [0, "0"], [12, "12h"]]],
    names: [`cambio de $x$ desde ${data.x}`, `cambio de $x$³`], label: "La curva de x³ vista con un aumento que depende de h", height: 300, left: 46,
  })
  const vee = panel({
    x: [-16, 0], y: [FLOOR, 2], ticks: [[-16, -12, -8, -4, 0], [-12, -8, -4, 0]].map(each => each.map(at => [at, at ? powers(10 ** at, 0).slice(2) : "1"])),
    names: ["paso $h$", "error"], label: "El error de cada método según el paso, en escala logarítmica", height: 300, left: 48,
  })
  const curve = lens.add("path", { class: "nb-live__line-0" })
  lens.add("path", { class: "nb-live__path-2", d: lens.line([-1.6, 1.6].map(u => [u, data.slope * u])) })
  const secant = lens.add("path", { class: "nb-live__line-1" })
  const marks = [0, 1].map(() => lens.add("circle", { r: 5, class: "nb-live__fill-1" }))

  const failure = (way, kind, h) => Math.abs(slope(way, kind, h, data).slope - data.slope)
  const height = error => Math.max(FLOOR, error ? Math.log10(error) : FLOOR)
  const exponents = Array.from({ length: 161 }, (_, i) => (i - 160) / 10)
  const curves = {}
  for (const [name, colour] of Object.entries(COLOURS)) {
    const [way, kind] = name.split(" ")
    const points = exponents.map(exponent => [exponent, height(failure(way, kind, toStep(exponent)))])
    curves[name] = vee.add("path", { class: `nb-live__thin-${colour}`, d: vee.line(points) })
  }

  const { elements, say } = voice()
  const numbers = make("p", { class: "nb-live__numbers" })
  const change = exponent => update({ h: Math.round(exponent * 10) / 10 })
  const step = range({ name: "Paso $h$", min: -16, max: 0, step: 0.1, show: value => written(toStep(value)), change })
  const kind = choice({ name: "Tipo", options: { float32: "float32", float64: "float64" }, change: tipo => update({ tipo }) })
  const way = choice({ name: "Diferencia", options: { adelante: "hacia adelante", central: "central" }, change: modo => update({ modo }) })
  const dot = handle(vee, {
    label: "El paso, sobre su curva", axis: "x", step: 0.1,
    where: () => [state.h, height(failure(state.modo, state.tipo, toStep(state.h)))],
    text: () => `h = ${written(toStep(state.h))}, error ${written(failure(state.modo, state.tipo, toStep(state.h)))}`,
    move: change,
  })

  function written(value) {
    return value === 0 ? "0" : value >= 0.001 ? String(Number(value.toPrecision(3))) : powers(value, 1)
  }

  function update(changed) {
    Object.assign(state, changed)
    const h = toStep(state.h)
    const to = kinds[state.tipo]
    const found = slope(state.modo, state.tipo, h, data)
    const error = Math.abs(found.slope - data.slope)
    const seen = value => [(value - data.x) / h, (cube(value, to) - top) / h]
    const samples = Array.from({ length: 641 }, (_, i) => to(data.x + ((i - 320) / 200) * h))
    set(curve, { d: lens.line(samples.map((value, i) => [(i - 320) / 200, seen(value)[1]])) })
    const [start, end] = [seen(found.from), seen(found.until)]
    const line = end[0] === start[0] ? [] : [-1.6, 1.6].map(u => [u, start[1] + ((end[1] - start[1]) / (end[0] - start[0])) * (u - start[0])])
    set(secant, { d: lens.line(line) })
    for (const [i, mark] of marks.entries()) {
      const [cx, cy] = lens.place([start, end][i])
      set(mark, { cx, cy })
    }
    const name = `${state.modo} ${state.tipo}`
    for (const [each, path] of Object.entries(curves)) set(path, { class: `nb-live__${each === name ? "line" : "thin"}-${COLOURS[each]}` })
    numbers.textContent = `h = ${written(h)}   pendiente = ${decimals(found.slope, 4)}   error = ${written(error)}`
    step.put(state.h)
    kind.put(state.tipo)
    way.put(state.modo)
    dot.update()
    const bend = state.modo === "central" ? h * h : 6 * h + h * h
    const better = by => {
      const other = failure(state.modo, state.tipo, toStep(Math.min(0, state.h + by)))
      return other < error ? `: con un paso diez veces ${by < 0 ? "menor" : "mayor"} fallaría menos` : ""
    }
    const why =
      found.rise === 0 ? `El paso se ha perdido: para ${state.tipo}, ${data.x} + $h$ es ${data.x}, y la pendiente sale 0`
      : Math.abs(error - bend) < bend / 2 ? `Manda el truncamiento${better(-1)}` : `Manda el redondeo${better(1)}`
    say(`Con $h$ = ${written(h)} la pendiente sale ${decimals(found.slope, 4)}. ${why}.`)
    keep(NAME, state, first)
  }

  update({})
  host.append(
    make("div", { class: "nb-live__panels" }, lens.svg, vee.svg),
    numbers, foot(elements, step.element, kind.element, way.element),
  )
}
