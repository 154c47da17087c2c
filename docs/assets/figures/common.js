// What the figures that answer share: numbers as PyTorch computes them and Python prints them, a panel with axes,
// controls, points that are dragged, a voice, and a state that stands in the page's address.

// ---------------------------------------------------------------- numbers

// The nearest float32. One call for each operation: that is how a tensor of float32 computes.
export const f = Math.fround

// Adds as torch does with up to eight numbers on a processor: one after another.
export const sum = list => list.reduce((total, each) => f(total + each), 0)

const whole = value => (Math.abs(value) >= 1e21 ? null : Math.abs(value).toFixed(100))

// As f"{value:.{places}f}" does: what lies right between two goes to the even one. With a true minus, none at zero.
export function decimals(value, places) {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "nan" : value > 0 ? "∞" : "−∞"
  if (Math.abs(value) >= 1e9) return powers(value)
  let text = Math.abs(value).toFixed(places)
  const exact = whole(value)
  const end = exact.length - 100 + places - (places ? 0 : 1)
  const rest = exact.slice(end).replace(".", "")
  if (/^50*$/.test(rest) && "02468".includes(exact[end - 1])) text = exact.slice(0, end)
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text
}

// «5·10⁻³»: as f"{value:.{places}e}", the way books write it.
export function powers(value, places = 1) {
  const [digits, exponent] = value.toExponential(places).replace("+", "").split("e")
  const raised = [...exponent].map(each => (each === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[each])).join("")
  return `${digits.replace("-", "−")}·10${raised}`
}

// Three figures that count, as the rates of a logarithmic scale are written.
export const short = value => String(Number(value.toPrecision(3)))

export const clamp = (value, [low, high]) => Math.min(Math.max(value, low), high)

// ---------------------------------------------------------------- elements

const SVG = "http://www.w3.org/2000/svg"
const DRAWN = new Set(["svg", "g", "path", "line", "circle", "rect", "text", "tspan", "defs", "clipPath"])

// An element of HTML or SVG; attributes that are undefined or false stay out.
export function make(name, attributes = {}, ...children) {
  const element = DRAWN.has(name) ? document.createElementNS(SVG, name) : document.createElement(name)
  set(element, attributes)
  element.append(...children)
  return element
}

export function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) element.removeAttribute(name)
    else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value)
  }
  return element
}

// «Coste $C$» with its letters in the typeface of formulas.
export function words(text, name = "span") {
  return text.split("$").map((part, place) => (place % 2 ? make(name, { class: "nb-live__math" }, part) : part))
}

const trace = points => points.map(([x, y], place) => `${place ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("")

const written = tick => (Array.isArray(tick) ? tick : [tick, String(tick).replace("-", "−")])

let panels = 0

// A drawing with axes. ``x`` and ``y`` are the ends of each axis; with ``equal``, both have one scale and the height
// follows. ``ticks`` are [of x, of y], each a number or [number, what is written]; ``names``, what stands at the axes; ``label``
// is read aloud.
export function panel({ x, y, ticks, names, label, equal = false, width = 340, height = 260, left = 34 }) {
  const inner = { left, right: width - 10, top: 10 }
  const unit = (inner.right - inner.left) / (x[1] - x[0])
  const bottom = equal ? inner.top + unit * (y[1] - y[0]) : height - 36
  const toX = value => inner.left + unit * (value - x[0])
  const toY = value => bottom - ((bottom - inner.top) * (value - y[0])) / (y[1] - y[0])
  const id = `nb-live-${panels++}`
  const svg = make("svg", { viewBox: `0 0 ${width} ${(bottom + 36).toFixed(0)}`, role: "group", "aria-label": label })
  const area = { x: inner.left, y: inner.top, width: inner.right - inner.left, height: bottom - inner.top }
  svg.append(make("defs", {}, make("clipPath", { id }, make("rect", area))))
  const grid = make("g", { class: "nb-live__axes", "aria-hidden": "true" })
  for (const [at, text] of ticks[0].map(written)) {
    grid.append(make("line", { x1: toX(at), x2: toX(at), y1: inner.top, y2: bottom }))
    grid.append(make("text", { x: toX(at), y: bottom + 15, "text-anchor": "middle" }, text))
  }
  for (const [at, text] of ticks[1].map(written)) {
    grid.append(make("line", { x1: inner.left, x2: inner.right, y1: toY(at), y2: toY(at) }))
    grid.append(make("text", { x: inner.left - 5, y: toY(at) + 4, "text-anchor": "end" }, text))
  }
  grid.append(make("text", { x: (inner.left + inner.right) / 2, y: bottom + 31, "text-anchor": "middle" }, ...words(names[0], "tspan")))
  const middle = (inner.top + bottom) / 2
  grid.append(make("text", { x: 11, y: middle, "text-anchor": "middle", transform: `rotate(-90 11 ${middle})` }, ...words(names[1], "tspan")))
  const drawing = make("g", { "clip-path": `url(#${id})`, "aria-hidden": "true" })
  svg.append(grid, drawing)

  const add = (name, attributes = {}) => drawing.appendChild(make(name, attributes))
  const place = ([u, v]) => [clamp(toX(u), [-1e4, 1e4]), clamp(toY(v), [-1e4, 1e4])]
  return {
    svg, add, place, x: toX, y: toY, ends: { x, y },
    line: points => trace(points.map(place)),
    // Where a pointer is, in the units of the axes.
    at({ clientX, clientY }) {
      const point = new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM().inverse())
      return [x[0] + (point.x - inner.left) / unit, y[0] + ((bottom - point.y) * (y[1] - y[0])) / (bottom - inner.top)]
    },
    arrow: (from, to) => arrow(place(from), place(to)),
  }
}

function arrow([x, y], [u, v]) {
  const length = Math.hypot(u - x, v - y)
  if (length < 1) return ""
  const [dx, dy] = [(u - x) / length, (v - y) / length]
  const head = Math.min(9, length)
  const wing = side => `${(u - head * dx - side * 0.45 * head * dy).toFixed(1)} ${(v - head * dy + side * 0.45 * head * dx).toFixed(1)}`
  return `M${x.toFixed(1)} ${y.toFixed(1)}L${u.toFixed(1)} ${v.toFixed(1)}M${wing(1)}L${u.toFixed(1)} ${v.toFixed(1)}L${wing(-1)}`
}

// ---------------------------------------------------------------- controls

// A button for one thing; ``act`` does it.
export function button(text, act) {
  const made = make("button", { type: "button", class: "nb-live__button" }, text)
  made.addEventListener("click", act)
  return made
}

// A native slider with its name and its value beside it. ``show`` gives the text of a value.
export function range({ name, min, max, step, show, change }) {
  const input = make("input", { type: "range", min, max, step })
  const output = make("output")
  const label = make("label", { class: "nb-live__range" }, make("span", {}, ...words(name)), input, output)
  input.addEventListener("input", () => change(Number(input.value)))
  return {
    element: label,
    put(value) {
      input.value = value
      const text = show(Number(value))
      output.value = text
      set(input, { "aria-valuetext": text })
    },
  }
}

// A choice of one among ``options`` ({ value: text }).
export function choice({ name, options, change }) {
  const group = make("fieldset", { class: "nb-live__choice" }, make("legend", {}, ...words(name)))
  const of = `nb-live-${panels++}`
  const inputs = Object.entries(options).map(([value, text]) => {
    const input = make("input", { type: "radio", name: of, value })
    input.addEventListener("change", () => change(value))
    group.append(make("label", {}, input, ...words(text)))
    return input
  })
  return { element: group, put: value => inputs.forEach(each => (each.checked = each.value === String(value))) }
}

export function check({ name, change }) {
  const input = make("input", { type: "checkbox" })
  input.addEventListener("change", () => change(input.checked))
  return { element: make("label", { class: "nb-live__check" }, input, ...words(name)), put: value => (input.checked = value) }
}

// A point of a panel that is moved by mouse, finger and arrow keys (with Shift, ten times as far).
// ``where`` gives its place; ``move`` takes a new one; ``text`` says it aloud. A point that has one number only, such as
// an angle, gives it as ``value`` within ``limits``, and arrow keys ``nudge`` that.
export function handle(panel, { label, where, move, text, step, axis = "xy", colour = 1, value, limits, nudge }) {
  const dot = make("circle", { r: 6, class: `nb-live__fill-${colour}` })
  const ends = limits ?? (axis === "y" ? panel.ends.y : panel.ends.x)
  const knob = make("g", {
    class: "nb-live__knob", role: "slider", tabindex: 0, "aria-label": label,
    "aria-valuemin": ends[0], "aria-valuemax": ends[1], "aria-orientation": axis === "y" ? "vertical" : "horizontal",
  }, make("circle", { r: 18, class: "nb-live__reach" }), dot)
  panel.svg.append(knob)
  const go = ([x, y]) => {
    const [u, v] = where()
    move(axis === "y" ? u : clamp(x, panel.ends.x), axis === "x" ? v : clamp(y, panel.ends.y))
  }
  knob.addEventListener("pointerdown", event => {
    knob.setPointerCapture(event.pointerId)
    knob.focus({ preventScroll: true })
    event.preventDefault()
  })
  knob.addEventListener("pointermove", event => {
    if (knob.hasPointerCapture(event.pointerId)) go(panel.at(event))
  })
  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }
  knob.addEventListener("keydown", event => {
    if (!arrows[event.key] || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    let [dx, dy] = arrows[event.key]
    if (axis === "x") [dx, dy] = [dx || dy, 0]
    if (axis === "y") [dx, dy] = [0, dx || dy]
    const far = event.shiftKey ? 10 * step : step
    if (nudge) return nudge(far * (dx || dy))
    const [u, v] = where()
    go([u + far * dx, v + far * dy])
  })
  return {
    update() {
      const [u, v] = where()
      const [x, y] = panel.place([clamp(u, panel.ends.x), clamp(v, panel.ends.y)])
      set(knob, {
        transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})`,
        "aria-valuenow": value?.() ?? (axis === "y" ? v : u), "aria-valuetext": text(),
      })
    },
  }
}

// A button that repeats ``step`` until it says that there is no more. Who wants no movement gets ten at once.
export function player(step, pause = 250) {
  let timer = 0
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches
  const made = button(still ? "Diez pasos" : "Reproducir", () => {
    if (still) for (let count = 0; count < 10 && step(); count++);
    else if (timer) stop()
    else {
      timer = setInterval(() => step() || stop(), pause)
      made.textContent = "Pausa"
    }
  })
  function stop() {
    clearInterval(timer)
    timer = 0
    if (!still) made.textContent = "Reproducir"
  }
  return { element: made, stop }
}

// What every figure in steps has: one step (named ``one``), many, one back, and to the beginning.
export function transport({ one, advance, back, reset, pause }) {
  const play = player(advance, pause)
  const stopped = act => () => (play.stop(), act())
  const before = button("Atrás", stopped(back))
  return {
    elements: [button(one, stopped(advance)), play.element, before, button("Reiniciar", stopped(reset))],
    stop: play.stop,
    put: steps => (before.disabled = steps === 0),
  }
}

// Under the drawing: what was said, and the controls.
export const foot = (said, ...controls) =>
  make("div", { class: "nb-live__foot" }, ...said, make("div", { class: "nb-live__controls" }, ...controls))

// ---------------------------------------------------------------- the voice

// A sentence that is seen at once and read aloud once it has stood for a moment.
export function voice() {
  const seen = make("p", { class: "nb-live__text", "aria-hidden": "true" })
  const heard = make("p", { class: "nb-live__voice", "aria-live": "polite" })
  let timer = 0
  let last = null
  return {
    elements: [seen, heard],
    say(text) {
      if (text === last) return
      seen.replaceChildren(...words(text))
      const told = text.replaceAll("$", "")
      if (last === null) heard.textContent = told // what stands there before anybody moves it is not called out
      else timer ||= setTimeout(() => ((timer = 0), (heard.textContent = last.replaceAll("$", ""))), 1000)
      last = text
    },
  }
}

// ---------------------------------------------------------------- the address

// The state of a figure in the page's address, as «?name=m:0.5,b:1». ``first`` is the state to begin with; ``ends``,
// between what each number must be. What the address does not say, or says wrongly, is as at first.
export function restore(name, first, ends) {
  const told = Object.fromEntries((new URL(location).searchParams.get(name) ?? "").split(",").map(each => each.split(":")))
  const state = { ...first }
  for (const key of Object.keys(first)) {
    const given = typeof first[key] === "number" ? Number(told[key] || NaN) : told[key]
    const known = Array.isArray(ends[key]) && typeof first[key] === "string" ? ends[key].includes(given) : given >= ends[key]?.[0] && given <= ends[key]?.[1]
    if (known) state[key] = given
  }
  return state
}

let waiting = 0
const due = new Map()

function write() {
  clearTimeout(waiting)
  waiting = 0
  const url = new URL(location)
  const kept = url.search.slice(1).split("&").filter(each => each && !due.has(each.split("=")[0]))
  for (const [name, text] of due) if (text) kept.push(`${name}=${text}`)
  due.clear()
  url.search = kept.join("&")
  if (url.href !== location.href) history.replaceState(history.state, "", url)
}

addEventListener("pagehide", () => waiting && write())

// Put the state of a figure into the address; nothing of it if it is as at first. Browsers take few changes a second.
export function keep(name, state, first) {
  const changed = Object.keys(first).filter(key => state[key] !== first[key])
  due.set(name, changed.map(key => `${key}:${state[key]}`).join(","))
  waiting ||= setTimeout(write, 400)
}
