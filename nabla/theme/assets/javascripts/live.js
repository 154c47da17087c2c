// A figure that answers is drawn by a module of its own, which comes when the reader nears it. Until then, without
// scripts and on paper stands the figure that the build drew.
{
  const start = async place => {
    const { default: draw } = await import(`../figures/${place.dataset.module}.js`)
    draw(place, JSON.parse(place.dataset.values))
    place.classList.add("nb-live--on")
  }
  const watch = new IntersectionObserver(entries => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue
      watch.unobserve(target)
      start(target)
    }
  }, { rootMargin: "400px" })
  for (const place of document.querySelectorAll(".nb-live")) watch.observe(place)
}
