// One point that is badly written down: what it does to the line of least squares, and to that of least absolute error.
import { clamp, decimals, f, foot, handle, keep, make, panel, range, restore, set, button, sum, voice } from "./common.js"

const mean = list => f(sum(list) / list.length)
const middle = list => [...list].sort((a, b) => a - b)[Math.floor((list.length - 1) / 2)] // as torch.median: the lower one

// The two best lines in float32, as the lesson computes them: least squares, and among the lines through two points that of
// least absolute error; of those that are as good, the first. Each as [slope, intercept].
export function lines(x7, y7, { x, y }) {
  const [xs, ys] = [[...x.slice(0, -1), f(x7)], [...y.slice(0, -1), f(y7)]]
  const [mx, my] = [mean(xs), mean(ys)]
  const [dx, dy] = [xs.map(each => f(each - mx)), ys.map(each => f(each - my))]
  const m = f(sum(dx.map((each, i) => f(each * dy[i]))) / sum(dx.map(each => f(each * each))))
  const found = []
  for (let i = 0; i < xs.length; i++) {
    for (let j = i + 1; j < xs.length; j++) {
      const slope = f(f(ys[j] - ys[i]) / f(xs[j] - xs[i]))
      const intercept = f(ys[i] - f(slope * xs[i]))
      const cost = mean(xs.map((each, k) => f(Math.abs(f(f(f(slope * each) + intercept) - ys[k])))))
      found.push([slope, cost])
    }
  }
  const least = Math.min(...found.map(each => (Number.isNaN(each[1]) ? Infinity : each[1])))
  const [absolute] = found.find(each => each[1] < f(least + f(1e-5)))
  const over = (slope, of) => of(xs.map((each, k) => f(ys[k] - f(slope * each))))
  return { mse: [m, over(m, mean)], mae: [absolute, over(absolute, middle)] }
}

export const slopes = (places, data) => places.map(place => {
  const { mse, mae } = lines(...place, data)
  return [mse[0], mae[0]]
})

export default function draw(host, data) {
  const NAME = host.id.replace("figura-", "")
  const first = { x: data.at[0], y: data.at[1] }
  const ends = { x: [7, 70], y: [-10, 40] }
  const state = restore(NAME, first, ends)
  const plot = panel({
    x: [-0.6, 16], y: [-6, 10], ticks: [[0, 4, 8, 12, 16], [-4, 0, 4, 8]], names: ["$x$", "$y$"],
    label: "Los puntos y las dos mejores rectas", width: 400, height: 290,
  })
  const rows = [["mse", 1, "cuadrados"], ["mae", 2, "sin signo"]]
  const drawn = Object.fromEntries(rows.map(([name, colour]) => [name, plot.add("path", { class: `nb-live__line-${colour}` })]))
  for (const [i, each] of data.x.slice(0, -1).entries())
    plot.add("circle", { class: "nb-live__fill-0", r: 4, cx: plot.x(each), cy: plot.y(data.y[i]) })
  const sane = lines(data.x.at(-1), data.y.at(-1), data)
  const numbers = make("p", { class: "nb-live__numbers" })
  const { elements, say } = voice()
  const across = range({ name: "Su $x$", min: 7, max: 70, step: 0.5, show: value => decimals(value, 1), change: x => update({ x }) })
  const up = range({ name: "Su $y$", min: -10, max: 40, step: 0.5, show: value => decimals(value, 1), change: y => update({ y }) })
  const round = (value, limits) => Number(clamp(value, limits).toFixed(1))
  const dot = handle(plot, {
    label: "El último punto", step: 0.5, colour: 3,
    where: () => [state.x, state.y],
    text: () => `x = ${decimals(state.x, 1)}, y = ${decimals(state.y, 1)}`,
    move: (x, y) => update({ x: round(x, ends.x), y: round(y, ends.y) }),
  })

  function update(change) {
    Object.assign(state, change)
    const best = lines(state.x, state.y, data)
    for (const [name] of rows) set(drawn[name], { d: plot.line([-0.6, 16].map(x => [x, best[name][0] * x + best[name][1]])) })
    numbers.replaceChildren(...rows.map(([name, colour, text]) => make("span", { class: `nb-live__key nb-live__key-${colour}` },
      `${name.toUpperCase()}, ${text}: pendiente ${decimals(best[name][0], 3)}`)))
    across.put(state.x)
    up.put(state.y)
    dot.update()
    say(told(best))
    keep(NAME, state, first)
  }

  function told(best) {
    const moved = rows.filter(([name]) => Math.abs(best[name][0] - sane[name][0]) > 0.02).map(([name]) => name.toUpperCase())
    const out = state.x > 16 || state.y > 10 || state.y < -6 ? "El punto se ha salido del dibujo. " : ""
    const was = `Con el punto sano eran ${decimals(sane.mse[0], 3)} y ${decimals(sane.mae[0], 3)}.`
    if (!moved.length) return `${out}Ninguna de las dos rectas se ha apartado. ${was}`
    return `${out}${moved.length === 2 ? "Se han apartado las dos rectas" : `Solo se ha apartado la del ${moved[0]}`}. ${was}`
  }

  update({})
  host.append(
    make("div", { class: "nb-live__panels" }, plot.svg),
    numbers, foot(elements, across.element, up.element, button("Sanar el punto", () => update({ x: data.x.at(-1), y: Number(data.y.at(-1).toFixed(2)) })), button("Reiniciar", () => update({ ...first }))),
  )
}
