// The reader's answers to «Predice», kept in this browser and nowhere else, and shown beside the right ones behind the
// code that tells them. The fields are in the page (nabla/site/questions.py); without storage they go away.
{
  const root = new URL(JSON.parse(document.getElementById("__config").textContent).base, location)
  const key = `${root.pathname}.predicciones`

  const load = () => JSON.parse(localStorage.getItem(key) ?? "{}")
  const save = (question, answer) => {
    const kept = load()
    if (answer === null) delete kept[question]
    else kept[question] = answer
    if (Object.keys(kept).length) localStorage.setItem(key, JSON.stringify(kept))
    else localStorage.removeItem(key)
  }

  const make = (tag, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), properties)
    made.append(...children)
    return made
  }
  // What stands between accents is code.
  const words = text => make("strong", {}, ...text.split("`").map((part, place) =>
    place % 2 ? make("code", { textContent: part }) : part))
  // As it is written in Spanish or in a program; NaN if it is no number.
  const number = text => text.trim() ? Number(text.trim().replace(",", ".").replace("−", "-")) : NaN

  // Behind the block that tells the answer: behind its output and its figure, outside what folds it. A solution keeps it.
  const place = index => {
    let last = document.querySelector(`[data-bloque="${index}"]`)
    for (let fold; (fold = last.parentElement.closest("article details")) && !fold.matches(".solucion");) last = fold
    while (last.nextElementSibling?.matches(".salida, .md-typeset__scrollwrap, figure")) last = last.nextElementSibling
    return last
  }

  const ask = form => {
    const { clave, tras, buena } = form.dataset
    const field = form.querySelector("[type=text]")
    const said = form.querySelector("output")
    const verdict = make("p", { className: "nb-veredicto", id: `${form.id}-respuesta`, hidden: true, tabIndex: -1 })
    const forget = make("button", { type: "button", className: "nb-olvidar", textContent: "Borrar mi respuesta" })
    place(tras).after(verdict)

    const show = (answer, saying) => {
      if (field) field.value = answer ?? ""
      else for (const each of form.querySelectorAll("[type=radio]")) each.checked = each.value === answer
      verdict.hidden = answer === null
      said.replaceChildren()
      if (answer === null) return
      const right = field ? number(answer) === number(buena) : answer === buena
      verdict.classList.toggle("nb-acierto", right)
      verdict.replaceChildren("Predijiste: ", words(answer), ". La respuesta: ", words(buena), right ? ". Acertaste." : ".")
      const where = verdict.closest(".solucion") ? "En la solución" : "Más abajo"
      const link = make("a", { href: `#${verdict.id}`, textContent: where })
      said.append(`${saying} `, link, " la verás junto a la buena. ", forget)
    }

    const answer = text => {
      save(clave, text)
      show(text, "Guardada, solo en este navegador.")
    }
    if (!field) form.addEventListener("change", event => answer(event.target.value))
    form.addEventListener("submit", event => {
      event.preventDefault()
      if (!field) return
      if (Number.isNaN(number(field.value))) said.textContent = "Eso no es un número."
      else answer(field.value.trim())
    })
    forget.addEventListener("click", () => {
      save(clave, null)
      show(null)
      form.querySelector("input").focus()
    })
    show(load()[clave] ?? null, "Ya contestaste.")
  }

  const forms = document.querySelectorAll(".nb-predice")
  try {
    load()
    forms.forEach(ask)
  } catch {
    // No storage, or what it holds is not ours: the questions stand as text.
    for (const form of forms) form.hidden = true
  }
}
