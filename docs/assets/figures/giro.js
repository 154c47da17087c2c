// The question of the site: a line passes far above a point. To turn it or to shift it: which of the two makes the
// square of the error smaller, faster?
import { clamp, choice, decimals, f, foot, handle, keep, make, panel, range, restore, set, button, voice } from "./common.js"

// The cost of the line at the point and its two partials, in float32 as autograd gives them.
export function look({ m, b }, { x, y }) {
  const error = f(f(f(f(m) * x) + f(b)) - y)
  const pull = f(2 * error)
  return { error, cost: f(error * error), grad_m: f(pull * x), grad_b: pull }
}

export const looks = (states, data) => states.map(([m, b]) => Object.values(look({ m, b }, data)))


export default function draw(host, data) {
  const NAME = host.id.replace("figura-", "")
  const round = value => Number(value.toFixed(2))
  const first = { m: round(data.m), b: round(data.b), r: "" }
  const ends = { m: [-1.2, 1.2], b: [-8, 2], r: ["girar", "desplazar"] }
  const state = restore(NAME, first, ends)
  const plot = panel({
    x: [-2.2, 8.2], y: [-2.4, 8], equal: true, ticks: [[0, 2, 4, 6, 8], [-2, 0, 2, 4, 6]], names: ["$x$", "$y$"],
    label: "La recta, el punto y el cuadrado de su error", width: 360,
  })
  const square = plot.add("rect", { class: "nb-live__area-2" })
  const line = plot.add("path", { class: "nb-live__line-1" })
  plot.add("circle", { class: "nb-live__fill-0", r: 5, cx: plot.x(data.x), cy: plot.y(data.y) })
  const start = look(first, data)

  const { elements, say } = voice()
  const numbers = make("p", { class: "nb-live__numbers" })
  const guess = choice({
    name: "¿Qué baja más deprisa el coste?", options: { girar: "girar la recta", desplazar: "desplazarla" }, change: r => update({ r }),
  })
  const turn = range({ name: "Girar, $m$", min: ends.m[0], max: ends.m[1], step: 0.01, show: value => decimals(value, 2), change: m => update({ m }) })
  const shift = range({ name: "Desplazar, $b$", min: ends.b[0], max: ends.b[1], step: 0.01, show: value => decimals(value, 2), change: b => update({ b }) })
  const height = () => state.m * data.x + state.b
  const dot = handle(plot, {
    label: "La recta, sobre el punto", axis: "y", step: 0.07,
    where: () => [data.x, height()],
    text: () => `m = ${decimals(state.m, 2)}, C = ${decimals(look(state, data).cost, 2)}`,
    move: (_, y) => update({ m: round(clamp((y - state.b) / data.x, ends.m)) }),
  })
  const reset = button("Reiniciar", () => update({ m: first.m, b: first.b }))

  function update(change) {
    Object.assign(state, change)
    const now = look(state, data)
    const side = Math.abs(now.error) * (plot.x(1) - plot.x(0))
    set(line, { d: plot.line([-2.2, 8.2].map(x => [x, state.m * x + state.b])) })
    set(square, { x: plot.x(data.x) - side, y: plot.y(Math.max(data.y, height())), width: side, height: side })
    const shown = state.r ? `\n∂C/∂m = ${decimals(now.grad_m, 2)}   ∂C/∂b = ${decimals(now.grad_b, 2)}` : ""
    numbers.textContent = `m = ${decimals(state.m, 2)}   b = ${decimals(state.b, 2)}   C = ${decimals(now.cost, 2)}${shown}`
    turn.put(state.m)
    shift.put(state.b)
    guess.put(state.r)
    dot.update()
    say(told(now))
    keep(NAME, state, first)
  }

  function told(now) {
    if (!state.r) return "El área del cuadrado es el coste. Elige antes de mover."
    if (state.m === first.m && state.b === first.b) {
      const times = decimals(start.grad_m / start.grad_b, 0)
      return `${state.r === "girar" ? "Sí" : "No"}: al girar, el coste cambia a razón de ${decimals(now.grad_m, 2)}; al desplazar, de ${decimals(now.grad_b, 2)}. Gana girar, por ${times} a 1.`
    }
    return `El coste ${now.cost < start.cost ? "ha bajado" : "ha subido"} de ${decimals(start.cost, 2)} a ${decimals(now.cost, 2)}.`
  }

  update({})
  host.append(
    make("div", { class: "nb-live__panels" }, plot.svg),
    numbers, foot(elements, guess.element, turn.element, shift.element, reset),
  )
}
