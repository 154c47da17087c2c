// On the page for what is missing: a search that starts from the words of the address that was asked for.
{
  const form = document.querySelector(".nb-buscar")
  const root = new URL(JSON.parse(document.getElementById("__config").textContent).base, location).pathname
  const asked = decodeURIComponent(location.pathname).replace(/\.html$/, "").split("/").filter(Boolean).at(-1) ?? ""
  if (location.pathname.startsWith(root) && asked !== "404") form.q.value = asked.split(/[-_+\s]+/).join(" ").trim()
}
