// Material asks for the index of the search with every page, and it weighs more than the page. Here that request waits
// until the reader comes to the search, or comes from it to find the words marked.
if (!new URL(location).searchParams.has("h")) {
  const form = document.forms.namedItem("search")
  const searched = new Promise(resolve => {
    if (form.matches(":focus-within")) resolve()
    form.addEventListener("focusin", resolve, { once: true })
  })
  window.XMLHttpRequest = class extends XMLHttpRequest {
    open(method, url, ...rest) {
      this.isIndex = url.endsWith("/search_index.json")
      super.open(method, url, ...rest)
    }
    send(body) {
      if (this.isIndex) searched.then(() => super.send(body))
      else super.send(body)
    }
  }
}
