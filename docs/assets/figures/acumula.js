// A training loop line by line: what each one leaves in ``.grad``, with and without zero_grad.
import { check, decimals, f, foot, keep, make, panel, restore, set, transport, voice } from "./common.js"
import { look, step } from "./paisaje.js"

export const LINES = [
  "optimizer.zero_grad()",
  "y_hat = predict(m, b, xs)",
  "cost = ((y_hat - ys) ** 2).mean()",
  "cost.backward()",
  "optimizer.step()",
]

// How things stand after each of ``count`` lines, from the beginning on. A gradient that nobody has is null: None.
export function lines(start, rate, count, clears, data) {
  const states = [{ m: f(start.m), b: f(start.b), cost: null, grad_m: null, grad_b: null }]
  for (let done = 0; done < count; done++) {
    const now = { ...states.at(-1) }
    const line = done % LINES.length
    if (line === 0 && clears) now.grad_m = now.grad_b = null
    if (line === 2) now.cost = look(now, data).cost
    if (line === 3) {
      const { grad_m, grad_b } = look(now, data)
      now.grad_m = now.grad_m === null ? grad_m : f(now.grad_m + grad_m)
      now.grad_b = now.grad_b === null ? grad_b : f(now.grad_b + grad_b)
    }
    if (line === 4) Object.assign(now, step(now, rate))
    states.push(now)
  }
  return states
}

const MOST = 20 * LINES.length
const SAID = [
  "Se vacía `.grad`.",
  "La recta predice: `.grad` no cambia.",
  "Se mide el coste: `.grad` no cambia.",
  "`backward` **suma** su gradiente a lo que hay en `.grad`.",
  "El paso usa lo que hay en `.grad`, y no lo borra.",
].map(each => each.replace(/[`*]/g, ""))

export default function draw(host, data) {
  const NAME = host.id.replace("figura-", "")
  const first = { n: 0, z: 1 }
  const state = restore(NAME, first, { n: [0, MOST], z: [0, 1] })
  state.n = Math.round(state.n)
  state.z = Math.round(state.z)
  const start = { m: data.m, b: data.b }
  const plot = panel({
    x: [0.5, 20.5], y: [0, 26], ticks: [[1, 5, 10, 15, 20], [0, 5, 10, 15, 20, 25]], names: ["vuelta", "coste"],
    label: "El coste de cada vuelta", height: 230,
  })
  const curve = plot.add("path", { class: "nb-live__line-1" })
  const dots = plot.add("g")
  const program = make("ol", { class: "nb-live__program" }, ...LINES.map(each => make("li", {}, make("code", {}, each))))
  const numbers = make("p", { class: "nb-live__numbers" })
  const { elements, say } = voice()
  const clear = check({ name: "con zero_grad", change: on => update({ z: Number(on) }) })
  const play = transport({
    one: "Una línea", advance, back: () => update({ n: state.n - 1 }), reset: () => update({ ...first }), pause: 600,
  })

  function advance() {
    if (state.n >= MOST) return false
    update({ n: state.n + 1 })
    return true
  }

  const grad = value => (value === null ? "None" : decimals(value, 3))

  function update(change) {
    Object.assign(state, change)
    const states = lines(start, data.rate, state.n, state.z === 1, data)
    const now = states.at(-1)
    const line = state.n ? (state.n - 1) % LINES.length : -1
    for (const [i, each] of [...program.children].entries()) {
      each.classList.toggle("nb-live__lit", i === line)
      each.classList.toggle("nb-live__off", i === 0 && !state.z)
      set(each, { "aria-current": i === line && "step" })
    }
    // The third line of each round measures its cost.
    const costs = states.filter((_, i) => i % LINES.length === 3).map((each, i) => [i + 1, each.cost])
    set(curve, { d: plot.line(costs) })
    dots.replaceChildren(...costs.map(each => {
      const [cx, cy] = plot.place(each)
      return make("circle", { cx, cy, r: 3, class: "nb-live__fill-1" })
    }))
    numbers.textContent =
      `Vuelta ${Math.max(1, Math.ceil(state.n / LINES.length))}   C = ${now.cost === null ? "—" : decimals(now.cost, 3)}\n` +
      `m = ${decimals(now.m, 3)}   m.grad = ${grad(now.grad_m)}\nb = ${decimals(now.b, 3)}   b.grad = ${grad(now.grad_b)}`
    clear.put(state.z === 1)
    play.put(state.n)
    if (line < 0) say("Aún no se ha ejecutado nada: .grad está en None.")
    else say(line === 0 && !state.z ? "Sin zero_grad, .grad conserva lo de antes." : SAID[line])
    keep(NAME, state, first)
  }

  update({})
  host.append(
    make("div", { class: "nb-live__panels" }, program, plot.svg),
    numbers, foot(elements, clear.element, ...play.elements),
  )
}
