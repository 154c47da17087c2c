// Who goes back to a page finds open the folds that were; nothing of it outlives the tab. Without storage, all are closed.
{
  const storage = sessionStorage
  const key = `${location.pathname}.abiertos`
  const folds = [...document.querySelectorAll("article details")]
  if (performance.getEntriesByType("navigation")[0].type === "back_forward")
    for (const place of JSON.parse(storage.getItem(key)) ?? []) folds[place].open = true
  addEventListener("pagehide", () => {
    storage.setItem(key, JSON.stringify(folds.flatMap((fold, place) => fold.open ? [place] : [])))
  })
}
