// A figure comes as an image. Before it is seen, its drawing takes the place of the image: it follows the theme chosen
// on the page, not only the system's, and is set in the page's typefaces.
{
  const draw = async image => {
    image.loading = "eager"
    await image.decode().catch(() => {})
    // From the browser's cache, where the image has just left it.
    const answer = await fetch(image.src, { cache: "force-cache" })
    if (!answer.ok) return
    const figure = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement
    figure.querySelector("style").remove() // the page has its own
    figure.classList.add("nabla-figure")
    figure.setAttribute("role", "img")
    figure.setAttribute("aria-label", image.alt)
    image.replaceWith(figure)
  }
  const watch = new IntersectionObserver(entries => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue
      watch.unobserve(target)
      draw(target)
    }
  }, { rootMargin: "800px" })
  for (const image of document.querySelectorAll("img.nabla-figure")) watch.observe(image)
}
