// A Python for one run, in a worker (run.js): first the code that a block needs, whose output nobody wants, then the
// block. Posts whether Python is `ready`, the `text` that it prints, and at the end its `fault` and the block's `line`, if there is one.
import { loadMicroPython } from "../vendor/micropython/micropython.mjs"

const PAUSE = 100 // milliseconds between two posts: a loop that prints must not drown the page
const BLOCK = "bloque"

onmessage = async ({ data: { before, code } }) => {
  const decoder = new TextDecoder()
  let isHeard = false
  let text = ""
  let posted = performance.now()
  const post = () => {
    if (text) postMessage({ text })
    text = ""
    posted = performance.now()
  }
  const stdout = bytes => {
    if (!isHeard) return
    text += decoder.decode(bytes, { stream: true })
    if (performance.now() - posted > PAUSE) post()
  }
  const python = await loadMicroPython({ heapsize: 2 ** 25, stdout, linebuffer: false }).catch(() => null)
  postMessage({ ready: Boolean(python) })
  if (!python) return
  // A text of JSON is a text of Python too.
  const run = (code, name) => python.runPython(`exec(compile(${JSON.stringify(code)}, "${name}", "exec"))`)
  let end = {}
  try {
    for (const each of before) run(each, "antes")
    isHeard = true
    run(code, BLOCK)
  } catch (error) {
    end = explain(error)
  }
  post()
  postMessage(end)
}

/** What went wrong, without its way through the files, and the last line of the block on that way. */
function explain(error) {
  if (error.name !== "PythonError") return { fault: String(error) }
  const own = [...error.message.matchAll(/File "(.*)", line (\d+)/g)].findLast(([, file]) => file === BLOCK)
  const fault = error.message.split(/^ *File ".*$/m).at(-1).trim()
  return { fault, line: own && Number(own[2]) }
}
