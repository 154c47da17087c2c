// The buttons of every block of code. Before Material's script, which does the rest: it copies the text that a clicked
// button offers, says that it did, shows the buttons' names as tooltips, and works from file:// too.
{
  // A block of the page's own code lists the earlier ones that it needs, counted from 0; other code lists nothing.
  const lesson = []
  for (const block of document.querySelectorAll("[data-bloque]")) lesson[block.dataset.bloque] = block
  const needed = block => (block.dataset.anterior ?? "").split(" ").filter(Boolean).map(index => lesson[index])

  const code = block => block.querySelector("pre > code").textContent.trimEnd()
  // What a block that fails on purpose says above it.
  const warning = block => block.matches(".falla") ? block.querySelector(".filename").textContent : ""
  const alone = block => warning(block) ? `# ${warning(block)}\n${code(block)}` : code(block)

  // As in the downloads: what is needed of such a block is what it did before it failed.
  const guarded = block => warning(block)
    ? `# ${warning(block)}\ntry:\n${code(block).replace(/^(?=.)/gm, "    ")}\nexcept Exception as exception:\n` +
      '    print(f"{type(exception).__name__}: {exception}")'
    : code(block)

  const origin = () => {
    const address = document.querySelector("link[rel=canonical]")?.href
    return `# ${document.title}${address ? `, ${address}` : ""}`
  }
  const withBefore = block => [origin(), ...needed(block).map(guarded), alone(block)].join("\n\n")

  const button = (kind, name, text) => {
    const made = document.createElement("button")
    made.className = "md-code__button"
    made.type = "button"
    made.title = name
    made.ariaLabel = name // Material takes the title away while it shows the tooltip
    made.dataset.mdType = kind
    made.dataset.clipboardText = ""
    made.addEventListener("click", () => { made.dataset.clipboardText = text() })
    return made
  }

  // What runs a block comes with the first press; the block gets what it needs of the earlier ones that run here too.
  const runner = block => {
    const made = document.createElement("button")
    made.className = "nb-run"
    made.type = "button"
    made.textContent = "Ejecutar"
    const said = document.createElement("p")
    said.className = "nb-run__said"
    said.setAttribute("role", "status")
    const output = block.nextElementSibling?.matches(".salida") ? block.nextElementSibling : block
    output.after(said)
    const before = () => needed(block).filter(each => each.dataset.ejecutar).map(guarded)
    made.addEventListener("click", async () => {
      if (location.protocol === "file:") {
        said.textContent = "Aquí no se puede ejecutar: el navegador no deja que una página abierta desde un archivo " +
          "ponga Python en marcha. Hazlo en la página publicada, o copia el bloque."
        return
      }
      try {
        (await import("./run.js")).press(block, made, said, before)
      } catch {
        said.textContent = "Python no ha llegado. Comprueba la conexión y recarga la página."
      }
    })
    return made
  }

  for (const block of document.querySelectorAll("article .highlight:not(.salida)")) {
    const buttons = document.createElement("div")
    buttons.className = "md-code__nav"
    if (block.dataset.ejecutar) buttons.append(runner(block))
    if (needed(block).length)
      buttons.append(button("copy-before", "Copiar con lo anterior", () => withBefore(block)))
    buttons.append(button("copy", "Copiar", () => alone(block)))
    block.querySelector("pre").prepend(buttons)
  }

  document.querySelector("[data-md-component=dialog]").setAttribute("role", "status")
}
