// Material's script measures and lays out the whole page, which takes a phone the better part of a second. Reading needs
// none of it, so it waits for the reader's first move; what was pressed meanwhile is pressed again once it is there.
{
  const address = document.currentScript.dataset.theme
  const moves = ["pointerdown", "pointermove", "touchstart", "wheel", "scroll", "keydown", "focusin", "click", "beforeprint"]
  let key, control

  const hold = event => {
    const pressed = event.target.closest("[data-clipboard-text], [for^=__palette]")
    if (!pressed) return
    event.preventDefault()
    event.stopImmediatePropagation()
    control = pressed
  }

  const start = event => {
    for (const move of moves) removeEventListener(move, start, true)
    if (event?.type === "keydown" && event.target === document.body && !event.ctrlKey && !event.metaKey && !event.altKey) {
      if ("fs/".includes(event.key)) {
        event.preventDefault()
        document.querySelector(".md-search__input").focus() // what is typed next is not lost
      } else key = event
    }
    if (event?.type === "click") hold(event)
    addEventListener("click", hold, true)
    const script = document.createElement("script")
    script.src = address
    script.addEventListener("load", () => {
      document.dispatchEvent(new Event("DOMContentLoaded")) // what it starts with, and has missed
      removeEventListener("click", hold, true)
      if (key) document.body.dispatchEvent(new KeyboardEvent(key.type, key))
      control?.click()
    })
    document.body.append(script)
  }

  for (const move of moves) addEventListener(move, start, true)
  // Fetched when the page is complete, so that nothing of what is read waits for it. Files cannot be fetched ahead.
  if (location.protocol !== "file:") addEventListener("load", () => {
    const ahead = document.createElement("link")
    Object.assign(ahead, { rel: "prefetch", as: "script", href: address })
    document.head.append(ahead)
  })
  // What was searched for is to be marked, or searched for again.
  if (location.search) start()

  // Of the buttons that change the theme, the one for what is chosen now; Material hides them all until it runs.
  const themes = document.querySelectorAll("[name=__palette]")
  const chosen = themes[__md_get("__palette")?.index] ?? themes[0]
  chosen.nextElementSibling.hidden = false
}
