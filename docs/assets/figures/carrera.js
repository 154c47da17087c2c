// Three descents that read the same eight points in the same order: all at once, some at a time, one by one.
import { choice, decimals, foot, keep, make, panel, restore, set, transport, voice } from "./common.js"
import { look, step } from "./paisaje.js"

// The path of (m, b) after each step, and the batch of each, once ``read`` examples were read.
export function run(size, read, seed, data) {
  let line = { m: Math.fround(data.m), b: Math.fround(data.b) }
  const path = [[line.m, line.b]]
  const batches = []
  for (let epoch = 0; ; epoch++) {
    const order = data.orders[seed][epoch]
    for (let from = 0; from < order?.length; from += size) {
      const batch = order.slice(from, from + size)
      if (epoch * order.length + from + batch.length > read) return { path, batches }
      line = step(look(line, { x: batch.map(i => data.x[i]), y: batch.map(i => data.y[i]) }), data.rate)
      path.push([line.m, line.b])
      batches.push(batch)
    }
    if (!order) return { path, batches }
  }
}

const cost = ([m, b], { x, y }) => look({ m, b }, { x, y }).cost

export default function draw(host, data) {
  const NAME = host.id.replace("figura-", "")
  const n = data.x.length
  const most = n * data.orders[0].length
  const first = { r: 0, q: "2", s: "0", e: "ejemplos" }
  const state = restore(NAME, first, {
    r: [0, most], q: ["2", "3", "4"], s: Object.keys(data.orders), e: ["ejemplos", "pasos"],
  })
  state.r = Math.round(state.r)
  const map = panel({
    x: [-1, 1.1], y: [-0.3, 2], equal: true, ticks: [[-1, -0.5, 0, 0.5, 1], [0, 0.5, 1, 1.5, 2]], names: ["$m$", "$b$"],
    label: "Los tres caminos en el mapa del coste; la estrella es la meta", width: 300,
  })
  const plot = panel({
    x: [0, most], y: [-2, 1.5], ticks: [[0, 80, 160, 240], [[-2, "0.01"], [-1, "0.1"], [0, "1"], [1, "10"]]],
    names: ["leídos o dados", "coste de los ocho"], label: "El coste de los ocho puntos", width: 330,
  })
  const field = panel({
    x: [-1.3, 7.7], y: [-2.3, 7], ticks: [[0, 2, 4, 6], [-2, 0, 2, 4, 6]], names: ["$x$", "$y$"],
    label: "Los ocho puntos, encendidos los del último minilote, y la recta de cada corredor", height: 170,
  })
  const mean = list => list.reduce((total, each) => total + each, 0) / list.length
  const [mx, mxx] = [mean(data.x), mean(data.x.map(each => each * each))]
  const least = mean(data.x.map((each, i) => (data.best[0] * each + data.best[1] - data.y[i]) ** 2))
  for (const level of [0.25, 1, 2, 4, 8, 16]) {
    const radius = Math.sqrt(level - least)
    map.add("path", { class: "nb-live__thin-0", d: map.line(Array.from({ length: 121 }, (_, i) => {
      const v = (radius * Math.sin((i * Math.PI) / 60)) / Math.sqrt(mxx - mx * mx)
      return [data.best[0] + v, data.best[1] + radius * Math.cos((i * Math.PI) / 60) - mx * v]
    })) })
  }
  map.add("circle", { class: "nb-live__fill-fg", r: 4, cx: map.x(data.best[0]), cy: map.y(data.best[1]) })
  const runners = ["lote", "minilotes", "estocástico"].map((name, i) => ({
    name, trail: map.add("path", { class: `nb-live__path-${i}` }), curve: plot.add("path", { class: `nb-live__line-${i}` }),
    line: field.add("path", { class: `nb-live__line-${i}` }),
    end: map.add("circle", { class: `nb-live__fill-${i}`, r: 4.5 }),
  }))
  const points = data.x.map((x, i) => field.add("circle", { cx: field.x(x), cy: field.y(data.y[i]) }))
  const numbers = make("p", { class: "nb-live__numbers" })
  const { elements, say } = voice()
  const size = choice({ name: "Minilotes de", options: { 2: "2", 3: "3", 4: "4" }, change: q => update({ q }) })
  const seed = choice({ name: "Baraja", options: Object.fromEntries(Object.keys(data.orders).map(s => [s, String(Number(s) + 1)])), change: s => update({ s }) })
  const against = choice({ name: "Coste según los", options: { ejemplos: "ejemplos leídos", pasos: "pasos dados" }, change: e => update({ e }) })
  const play = transport({
    one: "Un ejemplo", advance, back: () => update({ r: state.r - 1 }), reset: () => update({ ...first }), pause: 90,
  })

  function advance() {
    if (state.r >= most) return false
    update({ r: state.r + 1 })
    return true
  }

  function update(change) {
    Object.assign(state, change)
    const sizes = [n, Number(state.q), 1]
    const told = []
    let lit = []
    for (const [i, each] of runners.entries()) {
      const { path, batches } = run(sizes[i], state.r, state.s, data)
      set(each.trail, { d: map.line(path) })
      const [cx, cy] = map.place(path.at(-1))
      set(each.end, { cx, cy })
      const [m, b] = path.at(-1)
      set(each.line, { d: field.line([-1.3, 7.7].map(x => [x, m * x + b])) })
      let read = 0
      const costs = path.map((place, k) => {
        if (k) read += batches[k - 1].length
        return [state.e === "pasos" ? k : read, Math.log10(cost(place, data))]
      })
      set(each.curve, { d: plot.line(costs) })
      if (i === 1) lit = batches.at(-1) ?? []
      told.push(make("span", { class: `nb-live__key nb-live__key-${i}` },
        `${each.name}: ${path.length - 1} ${path.length === 2 ? "paso" : "pasos"}, C = ${decimals(cost(path.at(-1), data), 4)}`))
    }
    for (const [i, each] of points.entries())
      set(each, lit.includes(i) ? { class: "nb-live__fill-1", r: 7 } : { class: "nb-live__fill-muted", r: 4 })
    numbers.replaceChildren(...told)
    size.put(state.q)
    seed.put(state.s)
    against.put(state.e)
    play.put(state.r)
    const epochs = Math.floor(state.r / n)
    say(state.r ? `${state.r} ejemplos leídos, ${epochs} ${epochs === 1 ? "época" : "épocas"}. ${lit.length ? `El último minilote: ${lit.join(", ")}.` : ""}` : "Los tres salen del mismo sitio. Lee un ejemplo.")
    keep(NAME, state, first)
  }

  update({})
  host.append(
    make("div", { class: "nb-live__panels" }, map.svg, plot.svg, field.svg),
    numbers, foot(elements, size.element, seed.element, against.element, ...play.elements),
  )
}
