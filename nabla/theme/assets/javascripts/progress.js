// What has been read, kept in this browser and nowhere else. Without storage, nothing of this shows.
{
  const root = new URL(JSON.parse(document.getElementById("__config").textContent).base, location)
  const key = `${root.pathname}.leidas`

  // A lesson by its address in the site, which it has in the navigation and on the home page too.
  const lesson = address => {
    const { pathname } = new URL(address, location)
    return pathname.slice(root.pathname.length).replace(/^\/|(\/|\/index\.html)$/g, "")
  }

  const load = () => JSON.parse(localStorage.getItem(key) ?? "[]")
  const save = read => {
    if (read.length) localStorage.setItem(key, JSON.stringify(read))
    else localStorage.removeItem(key)
    show(read)
  }

  const make = (tag, className, text) => {
    const made = document.createElement(tag)
    made.className = className
    if (tag === "button") made.type = "button"
    made.textContent = text
    return made
  }

  // At the end of a lesson, a button that stays down once it is read.
  const here = lesson(location)
  const done = here.startsWith("lecciones/") && make("button", "md-button nb-leer", "He leído esta lección")
  if (done) done.addEventListener("click", () => {
    const others = load().filter(each => each !== here)
    save(done.ariaPressed === "true" ? others : [...others, here])
  })

  // On the home page, above the path, how much of it is behind.
  const path = document.querySelector(".nb-camino")
  const count = path && make("p", "nb-progreso", "")
  const forget = make("button", "nb-olvidar", "Olvidar lo leído")
  forget.addEventListener("click", () => {
    save([])
    path.querySelector("a").focus()
  })

  const links = [...document.querySelectorAll(".md-nav--primary a.md-nav__link[href], .nb-camino li a")]
  function show(read) {
    for (const link of links) {
      link.querySelector(".nb-leida")?.remove()
      if (read.includes(lesson(link.href))) {
        const mark = make("span", "nb-leida", "")
        mark.setAttribute("role", "img")
        mark.ariaLabel = "leída"
        link.append(" ", mark)
      }
    }
    if (done) done.ariaPressed = String(read.includes(here))
    if (count) {
      const lessons = [...path.querySelectorAll("li a")].map(link => lesson(link.href))
      const behind = lessons.filter(each => read.includes(each)).length
      count.hidden = behind === 0
      count.replaceChildren(`Has leído ${behind} de ${lessons.length} lecciones. `, forget)
    }
  }

  try {
    show(load())
    if (done) {
      const after = make("div", "md-content__inner md-typeset", "") // the lesson itself reads the same without scripts
      after.append(done)
      document.querySelector("article").after(after)
    }
    path?.before(count)
    addEventListener("storage", () => show(load()))
  } catch {
    // No storage, or what it holds is not ours: the lessons are the same without.
  }
}
