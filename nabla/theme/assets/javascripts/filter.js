// Tables to look things up in: what is typed, and whether the rows agree, decides which rows stay.
for (const box of document.querySelectorAll(".nb-filtro")) {
  const rows = [...box.querySelectorAll("tbody tr")]
  const fold = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()

  // What a row answers: one value a cell, or several with who gives them, «0: autograd, casadi · 1: jax».
  const answers = row =>
    [...row.cells].slice(1).flatMap(cell => cell.textContent.split(" · ").map(each => each.split(":")[0].trim()))

  const form = document.createElement("form")
  form.className = "nb-filtrar"
  form.role = "search"
  form.ariaLabel = "Filtrar las tablas"
  const make = (type, text) => {
    const label = document.createElement("label")
    const input = document.createElement("input")
    input.type = type
    label.append(...(type === "checkbox" ? [input, text] : [text, input]))
    form.append(label)
    return input
  }
  const words = make("search", "Filtra por función o biblioteca ")
  const differ = make("checkbox", " Solo donde no coinciden")
  const count = document.createElement("output")
  form.append(count)

  const filter = () => {
    const wanted = fold(words.value).split(/\s+/).filter(Boolean)
    let shown = 0
    for (const row of rows) {
      const text = fold(row.textContent)
      row.hidden = !(
        wanted.every(word => text.includes(word)) && (!differ.checked || new Set(answers(row)).size > 1)
      )
      shown += !row.hidden
    }
    count.value = `${shown} de ${rows.length} filas`
  }
  form.addEventListener("input", filter)
  form.addEventListener("submit", event => event.preventDefault())
  filter()
  box.prepend(form)
}
