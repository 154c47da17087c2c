// The two losses as surfaces that turn when they are dragged. Seen along its channel, each shows its profile: a V or
// a parabola.
import { button, choice, clamp, foot, keep, make, range, restore, voice, words } from "./common.js"

const HALF = 5 // the surfaces stand over −5 to 5
const CELLS = 16
const SIZE = 300

// The losses of a line at the point, in float64 as the lesson's functions give them.
export const LOSSES = { absoluta: error => Math.abs(error), cuadratica: error => error ** 2 }
export const heights = (name, lines, { x, y }) => lines.map(([m, b]) => LOSSES[name](m * x + b - y))

export default function draw(host, data) {
  const NAME = host.id.replace("figura-", "")
  const first = { g: 110, e: 28, p: "cuadratica" }
  const ends = { g: [0, 359], e: [0, 80], p: Object.keys(LOSSES) }
  const state = restore(NAME, first, ends)
  state.g = Math.round(state.g)
  state.e = Math.round(state.e)
  const svg = make("svg", { viewBox: `0 0 ${SIZE * 1.2} ${SIZE}`, role: "group", "aria-label": "La pérdida como superficie sobre el plano (m, b)", class: "nb-live__turn" })
  const { elements, say } = voice()
  const turn = range({ name: "Giro", min: 0, max: 359, step: 1, show: value => `${value}°`, change: g => update({ g }) })
  const tilt = range({ name: "Altura", min: 0, max: 80, step: 1, show: value => `${value}°`, change: e => update({ e }) })
  const kind = choice({ name: "Pérdida", options: { absoluta: "absoluta", cuadratica: "cuadrática" }, change: p => update({ p }) })
  const reset = button("Reiniciar", () => update({ ...first }))

  svg.addEventListener("pointerdown", event => svg.setPointerCapture(event.pointerId))
  svg.addEventListener("pointermove", event => {
    if (!svg.hasPointerCapture(event.pointerId)) return
    update({ g: (state.g - Math.round(event.movementX / 2) + 720) % 360, e: clamp(state.e + Math.round(event.movementY / 2), ends.e) })
  })

  const axis = Array.from({ length: CELLS + 1 }, (_, i) => -HALF + (2 * HALF * i) / CELLS)
  const corners = [[-HALF, -HALF], [HALF, -HALF], [HALF, HALF], [-HALF, HALF]]

  function update(change) {
    Object.assign(state, change)
    const loss = ([m, b]) => heights(state.p, [[m, b]], data)[0]
    const top = Math.max(...corners.map(loss))
    const [to, up] = [(state.g * Math.PI) / 180, (state.e * Math.PI) / 180]
    const far = ([m, b]) => (m * Math.cos(to) + b * Math.sin(to)) / HALF
    const project = ([m, b], height) => [
      SIZE * (0.6 + 0.33 * ((m * Math.sin(to) - b * Math.cos(to)) / HALF)),
      SIZE * (0.72 - 0.33 * (far([m, b]) * Math.sin(up) + ((1.7 * height) / top) * Math.cos(up))),
    ]
    const path = points => `M${points.map(each => each.map(value => value.toFixed(1)).join(" ")).join("L")}`
    const cells = []
    for (let i = 0; i < CELLS; i++)
      for (let j = 0; j < CELLS; j++) {
        const cell = [[axis[i], axis[j]], [axis[i + 1], axis[j]], [axis[i + 1], axis[j + 1]], [axis[i], axis[j + 1]]]
        const middle = [(axis[i] + axis[i + 1]) / 2, (axis[j] + axis[j + 1]) / 2]
        cells.push({ cell, depth: far(middle), height: loss(middle) / top })
      }
    cells.sort((one, other) => other.depth - one.depth)
    const base = make("path", { class: "nb-live__thin-muted", d: `${path(corners.map(each => project(each, 0)))}Z` })
    const [zero, one] = [HALF, -HALF].map(b => project([(data.y - b) / data.x, b], 0))
    const names = [["$m$", [0, -HALF * 1.18]], ["$b$", [HALF * 1.18, 0]]].map(([name, at]) => {
      const [x, y] = project(at, 0)
      return make("text", { x, y: y + 4, "text-anchor": "middle", class: "nb-live__halo" }, ...words(name, "tspan"))
    })
    svg.replaceChildren(
      base,
      ...cells.map(({ cell, height }) => make("path", { class: "nb-live__facet", "fill-opacity": (0.25 + 0.7 * Math.sqrt(height)).toFixed(2), d: `${path(cell.map(each => project(each, loss(each))))}Z` })),
      make("path", { class: "nb-live__line-1", d: path([zero, one]) }), ...names,
    )
    turn.put(state.g)
    tilt.put(state.e)
    kind.put(state.p)
    const along = (Math.atan2(data.x, -1) * 180) / Math.PI // of the line with error 0
    const apart = Math.abs(((state.g - along + 450) % 180) - 90)
    const name = state.p === "absoluta" ? "una uve, con esquina" : "una parábola, sin esquinas"
    say(
      apart < 1 && state.e <= 5 ? `Miras a lo largo del canal, y queda su perfil: ${name}.`
      : apart < 1 ? "Miras a lo largo del canal. Baja la altura y verás su perfil."
      : "La línea marcada es el fondo del canal: ahí el error es 0.",
    )
    keep(NAME, state, first)
  }

  update({})
  host.append(make("div", { class: "nb-live__panels" }, svg), foot(elements, turn.element, tilt.element, kind.element, reset))
}
