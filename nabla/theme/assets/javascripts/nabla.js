// What Material's own script leaves undone, on every page.

// A table or a block of code that scrolls cannot be reached with the keyboard.
{
  const watch = new ResizeObserver(entries => {
    for (const { target } of entries) if (target.scrollWidth > target.clientWidth) target.tabIndex = 0
  })
  for (const wide of document.querySelectorAll(".md-typeset__scrollwrap, pre > code")) watch.observe(wide)
}

// Navigation and search open with labels, which are no controls to a keyboard or a screen reader: they become buttons.
{
  const drawer = document.getElementById("__drawer")
  function toButton(label) {
    const toggle = document.getElementById(label.htmlFor)
    const button = document.createElement("button")
    for (const { name, value } of label.attributes) button.setAttribute(name, value)
    button.removeAttribute("tabindex")
    button.type = "button"
    button.append(...label.childNodes)
    button.addEventListener("click", () => toggle.click())
    const tell = () => button.setAttribute("aria-expanded", toggle.checked)
    tell()
    toggle.addEventListener("change", tell)
    label.replaceWith(button)
    return button
  }

  const opener = toButton(document.querySelector(".md-header__button[for=__drawer]"))
  opener.setAttribute("aria-label", "Navegación")
  toButton(document.querySelector(".md-header__button[for=__search]")).setAttribute("aria-label", "Buscar")
  toButton(document.querySelector(".md-search__icon[for=__search]")).setAttribute("aria-label", "Cerrar la búsqueda")
  for (const label of document.querySelectorAll(".md-nav--primary :is(label.md-nav__link, .md-nav label.md-nav__title)"))
    toButton(label)
  // Each section's button now says whether it is open; Material keeps saying it on the list.
  for (const nav of document.querySelectorAll(".md-nav--primary nav[aria-expanded]")) nav.removeAttribute("aria-expanded")

  drawer.addEventListener("change", () => {
    const inside = [...document.querySelectorAll(".md-sidebar--primary :is(a, button)")]
    if (drawer.checked)
      inside.find(each => each.tabIndex === 0 && each.checkVisibility({ visibilityProperty: true }))?.focus()
  })
  for (const toggle of document.querySelectorAll(".md-nav__toggle"))
    toggle.addEventListener("change", () => {
      document.querySelector(`${toggle.checked ? ".md-nav__title" : ".md-nav__link"}[for="${toggle.id}"]`)?.focus()
    })
  document.addEventListener("keydown", event => {
    if (event.key !== "Escape") return
    if (drawer.checked) {
      drawer.click()
      opener.focus()
    }
    document.querySelector(".md-tooltip2--active")?.classList.remove("md-tooltip2--active")
  })
}

// The search leaves in the address what it found, without accents; Material marks it in the page only if it has them.
{
  const address = new URL(location)
  const found = (address.searchParams.get("h") ?? "").split(" ").filter(Boolean)
  if (found.length) {
    const fold = word => word.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
    const marked = new Set(found)
    for (const [word] of document.querySelector("article").textContent.matchAll(/[\p{L}\p{N}_]+/gu))
      for (const each of found) if (fold(word).startsWith(each)) marked.add(word.slice(0, each.length).toLowerCase())
    address.searchParams.set("h", [...marked].join(" "))
    history.replaceState(null, "", address)
  }
}
