// What Material's own script leaves undone; it runs before it, on every page.

// A table that scrolls cannot be reached with the keyboard.
new MutationObserver(() => {
  for (const table of document.querySelectorAll(".md-typeset__scrollwrap:not([tabindex])"))
    if (table.scrollWidth > table.clientWidth) table.tabIndex = 0
}).observe(document.body, { childList: true, subtree: true })

// On a phone, the navigation opens with labels, which take no focus; Material answers Enter on a label.
{
  const drawer = document.getElementById("__drawer")
  const opener = document.querySelector(".md-header__button[for=__drawer]")
  const labels = document.querySelectorAll(".md-nav--primary .md-nav label.md-nav__title, .md-nav__link[for=__toc]")
  for (const label of [opener, ...labels]) {
    label.tabIndex = 0
    label.setAttribute("role", "button")
  }
  opener.setAttribute("aria-label", "Navegación")
  opener.setAttribute("aria-expanded", drawer.checked)
  drawer.addEventListener("change", () => {
    opener.setAttribute("aria-expanded", drawer.checked)
    const inside = [...document.querySelectorAll(".md-sidebar--primary :is(a, label)")]
    if (drawer.checked)
      inside.find(each => each.tabIndex === 0 && each.checkVisibility({ visibilityProperty: true }))?.focus()
  })
  for (const toggle of document.querySelectorAll(".md-nav__toggle"))
    toggle.addEventListener("change", () => {
      document.querySelector(`${toggle.checked ? ".md-nav__title" : ".md-nav__link"}[for="${toggle.id}"]`)?.focus()
    })
  document.addEventListener("keydown", event => {
    if (event.key === " " && event.target instanceof HTMLLabelElement) {
      event.preventDefault()
      event.target.click()
    }
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
