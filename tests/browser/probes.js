// What the tests measure inside a page. Colours are [red, green, blue, alpha].
window.probes = (() => {
  const DECORATION = ["", "none", "var(--fig-grid)", "var(--fig-bg)"]

  const parse = css => css.match(/[\d.]+/g).map(Number).concat(1).slice(0, 4)
  const over = ([r, g, b, alpha], under) => [r, g, b].map((value, i) => value * alpha + under[i] * (1 - alpha))

  function luminance(colour) {
    const [r, g, b] = colour.map(value => value / 255).map(
      value => value <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4)
    return .2126 * r + .7152 * g + .0722 * b
  }

  function contrast(one, other) {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a)
    return (light + .05) / (dark + .05)
  }

  // "fill" or "stroke" as it is painted, or null.
  function paint(element, property) {
    const style = getComputedStyle(element)
    if (style[property] === "none") return null
    const colour = parse(style[property])
    colour[3] *= style[`${property}Opacity`]
    for (let each = element; each.ownerSVGElement; each = each.parentElement)
      colour[3] *= getComputedStyle(each).opacity
    return colour
  }

  // The colour behind the middle of an element, with all that shines through.
  function backdrop(element) {
    const { x, y, width, height } = element.getBoundingClientRect()
    const stack = document.elementsFromPoint(x + width / 2, y + height / 2)
    const behind = stack.slice(stack.indexOf(element) + 1).filter(each => !(each instanceof SVGTextContentElement))
    return behind.reverse().reduce((under, each) => {
      const colour = each.ownerSVGElement ? paint(each, "fill") : parse(getComputedStyle(each).backgroundColor)
      return colour ? over(colour, under) : under
    }, [255, 255, 255])
  }

  const figures = () => [...document.querySelectorAll("svg.nabla-figure")]

  // Runs of text, each with the letters of its own: a <text> of matplotlib, or the pieces of a formula.
  const hasLetters = element => [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim())
  const texts = figure => [...figure.querySelectorAll("text, tspan")].filter(hasLetters)

  // The styles that a mark has and inherits.
  function look(mark) {
    const styles = []
    for (let each = mark; each.ownerSVGElement; each = each.parentElement) styles.push(each.getAttribute("style") ?? each.getAttribute("class"))
    return styles.join()
  }

  // What is painted of a mark of a figure that answers.
  const answering = mark => ["stroke", "fill"].filter(
    (_, i) => (i ? /__fill-/ : /__(line|path)-|__ring/).test(mark.getAttribute("class")))

  // How an element shows on its ground; of its colours, the one that stands out most counts.
  function seen(element, properties, ground) {
    const colours = properties.map(property => paint(element, property)).filter(Boolean)
    return {
      what: element.textContent.trim() || (element.getAttribute("style") ?? element.getAttribute("class")),
      colours: colours.map(String),
      contrast: Math.max(...colours.map(colour => contrast(over(colour, ground), ground))),
      minimum: element instanceof SVGTextContentElement ? 4.5 : colours.every(([,,, alpha]) => alpha < 1) ? 1.5 : 3,
    }
  }

  return {
    // Every text of the figures with its contrast to what is behind it, every mark with its contrast to the page,
    // and the least that each needs: WCAG 2.2's 4.5 and 3; a mark that fades on purpose must still be there. With the
    // ``root`` of a figure that answers, of its drawings, whose classes tell what is a mark; the others are decoration.
    figureColours(root) {
      return (root ? [...root.querySelectorAll("svg")] : figures()).flatMap(figure => {
        figure.scrollIntoView({ block: "center" })
        const marks = [...figure.querySelectorAll("path, use, circle, rect")]
          .map(mark => [mark, root ? answering(mark) : ["stroke", "fill"].filter(property => !DECORATION.includes(mark.style[property]))])
          .filter(([mark, properties]) => properties.length && !mark.closest("defs, clipPath"))
        // Marks of one look count once: a figure may have thousands.
        const looks = new Map(marks.map(each => [look(each[0]), each]))
        const paper = backdrop(figure)
        return [
          ...texts(figure).map(text => seen(text, ["fill"], backdrop(text))),
          ...[...looks.values()].map(([mark, properties]) => seen(mark, properties, paper)),
        ]
      })
    },

    // Pixels of each text; a formula counts by its largest letters, not by its indices.
    figureTextSizes() {
      return figures().flatMap(figure => [...figure.querySelectorAll("text")].map(text => {
        const { a, b } = text.getScreenCTM()
        const sizes = [text, ...text.querySelectorAll("tspan")].filter(hasLetters).map(each => parseFloat(getComputedStyle(each).fontSize))
        return { what: text.textContent.trim(), size: Math.max(...sizes) * Math.hypot(a, b) }
      }))
    },

    // Texts that the edge of their figure cuts.
    cutTexts() {
      return figures().flatMap(figure => {
        const frame = figure.getBoundingClientRect()
        return [...figure.querySelectorAll("text")].filter(text => {
          const box = text.getBoundingClientRect()
          return box.left < frame.left - 1 || box.right > frame.right + 1
            || box.top < frame.top - 1 || box.bottom > frame.bottom + 1
        }).map(text => text.textContent.trim())
      })
    },

    // What the keyboard is on: whether it is all in sight, and the contrast of its outline to what lies around it.
    focus() {
      const element = document.activeElement
      if (element === document.body) return null
      element.dataset.reached = ""
      // An invisible radio button shows its focus on its label.
      const shown = element.matches(".md-option") ? element.nextElementSibling : element
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(shown)
      const box = [...shown.getClientRects()].at(0)
      const header = document.querySelector(".md-header")
      const top = header.contains(shown) || shown.closest(".md-sidebar, .md-skip") ? 0 : header.getBoundingClientRect().bottom
      const around = shown.parentElement
      const paper = parse(getComputedStyle(document.body).backgroundColor)
      const ground = (function under(each) {
        const colour = each && parse(getComputedStyle(each).backgroundColor)
        return !each ? paper : colour[3] === 1 ? colour : over(colour, under(each.parentElement))
      })(around)
      return {
        what: element.outerHTML.slice(0, 120),
        outline: outlineStyle === "none" || parseFloat(outlineWidth) < 1 ? 0 : contrast(parse(outlineColor), ground),
        covered: Math.max(0, Math.min(box.height, Math.round(top - box.top), 1e6)),
      }
    },

    // Controls that the focus has never been on; of radio buttons, it comes only to one.
    unreached() {
      return [...document.querySelectorAll("a[href], button, summary, input:not([type=radio]), [tabindex]")]
        .filter(each => each.tabIndex === 0 && !each.disabled && each.checkVisibility({ visibilityProperty: true }) && !("reached" in each.dataset))
        .map(each => each.outerHTML.slice(0, 120))
    },

    // Controls smaller than 24 by 24 pixels that have no room of that size of their own; links within text may be small.
    smallTargets() {
      const controls = [...document.querySelectorAll("a[href], button, summary, input, [role=button]")].filter(each =>
        each.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !each.closest("article :is(p, li, dd, td, th, figcaption, h1, h2, h3, h4), .md-copyright")
        && each.getClientRects().length)
      const boxes = controls.map(each => each.getBoundingClientRect())
      const middle = box => [box.x + box.width / 2, box.y + box.height / 2]
      return controls.filter((each, i) => {
        const box = boxes[i]
        if (Math.min(box.width, box.height) >= 24) return false
        const [x, y] = middle(box)
        return boxes.some((other, j) => i !== j && !controls[j].contains(each) && !each.contains(controls[j])
          && Math.hypot(Math.max(other.left - x, 0, x - other.right), Math.max(other.top - y, 0, y - other.bottom)) < 12)
      }).map(each => each.outerHTML.slice(0, 120))
    },

    // What moves by itself or glides: nothing, for a reader who asked for that.
    movement() {
      return [...document.querySelectorAll("*")].flatMap(each => {
        const { transitionDuration, animationName, animationDuration, scrollBehavior } = getComputedStyle(each)
        const lasting = [transitionDuration, animationName === "none" ? "0s" : animationDuration].join().split(",")
        return lasting.some(time => parseFloat(time) > .001) || scrollBehavior === "smooth" ? [each.outerHTML.slice(0, 80)] : []
      })
    },

    // The text of the page that is neither code nor formula nor figure, folded or not.
    prose() {
      const article = document.querySelector("article").cloneNode(true)
      for (const each of article.querySelectorAll("pre, code, .katex, svg, script, style")) each.remove()
      return article.textContent
    },

    // Punctuation that begins a line because the formula before it ended the last one.
    strayPunctuation() {
      return [...document.querySelectorAll("article span.arithmatex")].filter(formula => {
        const next = formula.nextSibling
        if (!/^[,.;:?!)»”]/.test(next?.data ?? "") || !formula.checkVisibility()) return false
        const mark = document.createRange()
        mark.setStart(next, 0)
        mark.setEnd(next, 1)
        const pieces = formula.querySelectorAll(".katex-base")
        return mark.getBoundingClientRect().left < pieces[pieces.length - 1].getBoundingClientRect().left
      }).map(formula => formula.querySelector("math").textContent + formula.nextSibling.data.slice(0, 10))
    },

    // What sticks out of the screen and cannot be scrolled inside the page.
    overflow() {
      const width = document.documentElement.clientWidth
      const scrolls = element => element && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement))
      // MathML is there for screen readers only, in a box of one pixel; a figure clips what it draws.
      const outside = [...document.querySelectorAll("article *:not(math, math *, svg *)")].filter(
        element => element.getBoundingClientRect().right > width + 1 && !scrolls(element.parentElement))
      const names = outside.map(element => `${element.localName}.${element.getAttribute("class")}`)
      if (document.documentElement.scrollWidth > width) names.push(`document: ${document.documentElement.scrollWidth}`)
      return names
    },
  }
})()
