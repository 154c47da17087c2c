// Runs a block of code in the page and lets the reader change it. Fetched with the first press of «Ejecutar» (copy.js);
// Python itself stands in a worker, one for each run, so that a loop without end stops neither the page nor the reader.

const LONGEST = 20_000 // characters of an output; what writes more has most likely no end

const opened = new WeakMap() // the blocks that were run once
let isNew = true // to the reader

/** What a press of the block's `button` does: it runs the block, or stops it. `before()` is the code that it needs. */
export function press(block, button, said, before) {
  if (!opened.has(block)) opened.set(block, open(block, button, said, before))
  opened.get(block)()
}

function open(block, button, said, before) {
  const code = block.querySelector("pre > code")
  const output = place(block)
  const published = [code, output].map(each => each.cloneNode(true))
  const original = code.textContent
  let worker = null

  const say = (text, isFault = false) => {
    said.textContent = text
    said.classList.toggle("nb-run__said--fault", isFault)
  }
  const show = text => {
    output.append(text)
    output.closest(".salida").hidden = !output.textContent
  }
  const end = (...words) => {
    worker.onmessage = worker.onerror = null // some may be under way
    worker.terminate()
    worker = null
    button.textContent = "Ejecutar"
    say(...words)
  }
  const done = () => {
    const what = output.textContent ? "Hecho." : "Hecho: este bloque no escribe nada."
    const hint = isNew ? " Cambia el código y repite, también con Control + Intro." : ""
    isNew = false
    end(what + hint)
  }
  const start = () => {
    button.textContent = "Parar"
    say("Llega Python…")
    output.replaceChildren()
    worker = new Worker(new URL("python.js", import.meta.url), { type: "module" })
    const missing = () => end("Python no ha llegado. Comprueba la conexión y vuelve a pulsar.", true)
    worker.onerror = missing
    worker.onmessage = ({ data: { ready, text, fault, line } }) => {
      if (ready === false) missing()
      else if (ready) say("Se está ejecutando…")
      else if (text) {
        show(text.slice(0, LONGEST - output.textContent.length))
        if (output.textContent.length >= LONGEST) end("Parado: escribía sin fin.", true)
      } else if (fault) end(explain(fault, line), true)
      else done()
    }
    worker.postMessage({ before: before(), code: code.textContent })
  }
  const explain = (fault, line) => line
    ? `Error en la línea ${line}, «${code.textContent.split("\n")[line - 1].trim()}»: ${fault}`
    : `Error en un bloque anterior: ${fault}`

  const toggle = () => worker ? end("Parado.") : start()
  edit(code, toggle)
  const restore = document.createElement("button")
  restore.className = "nb-run"
  restore.type = "button"
  restore.textContent = "Restaurar"
  restore.hidden = true
  restore.addEventListener("click", () => {
    if (worker) end("")
    const [first, printed] = published.map(each => each.cloneNode(true))
    code.replaceChildren(...first.childNodes)
    output.replaceChildren(...printed.childNodes)
    show("")
    restore.hidden = true
    button.focus()
    say("El bloque y su salida vuelven a ser los de la página.")
  })
  button.after(restore)
  code.addEventListener("input", () => { restore.hidden = code.textContent === original })
  return toggle
}

/** The element that holds what the block prints: the published one, or a new one where it prints nothing. */
function place(block) {
  let printed = block.nextElementSibling
  if (!printed.matches(".salida")) {
    printed = document.createElement("div")
    printed.className = "salida highlight"
    printed.append(document.createElement("pre"))
    printed.firstChild.append(document.createElement("code"))
    printed.hidden = true
    block.after(printed)
  }
  const output = printed.querySelector("pre > code")
  output.ariaLive = "polite"
  return output
}

/** Lets the reader write in `code`; Tab leaves it, and Control + Intro calls `run`. */
function edit(code, run) {
  try {
    code.contentEditable = "plaintext-only"
  } catch {
    return // an older browser runs the block as it is
  }
  code.setAttribute("role", "textbox")
  code.ariaMultiLine = "true"
  code.ariaLabel = "Código, que puedes cambiar"
  code.spellcheck = false
  code.setAttribute("autocapitalize", "off")
  code.addEventListener("keydown", event => {
    if (event.key !== "Enter") return
    event.preventDefault()
    if (event.ctrlKey || event.metaKey) run()
    else document.execCommand("insertText", false, `\n${indent(code)}`) // the one way that can be undone
  })
}

/** The blanks that the line after the caret's starts with. */
function indent(code) {
  const { startContainer, startOffset } = getSelection().getRangeAt(0)
  const above = document.createRange()
  above.setStart(code, 0)
  above.setEnd(startContainer, startOffset)
  const line = above.toString().split("\n").at(-1)
  return line.match(/^ */)[0] + (line.trimEnd().endsWith(":") ? "    " : "")
}
