// Makes an element what another one is, touching only what differs: focus,
// selection, scroll, open menus and whatever was typed stay.

/** Makes el what next is. Both have the same tag. */
export function patch(el, next) {
  if (el.isEqualNode(next) || untouchable(el)) return
  attributes(el, next)
  // A text area's children are only its first value.
  if (el.localName !== 'textarea') children(el, next)
}

// A form in which somebody typed, or which is on its way, is theirs until the
// page is left: also its hidden ids, which make sending it twice one act.
function untouchable(el) {
  return el.localName === 'form' && (el.dataset.touched !== undefined || el.contains(document.activeElement) && document.activeElement !== document.body)
}

// What the reader does to an element, not what the page says about it.
const theirs = new Set(['open', 'hidden', 'data-touched'])

function attributes(el, next) {
  for (const { name, value } of [...next.attributes]) {
    if (!theirs.has(name) && el.getAttribute(name) !== value) el.setAttribute(name, value)
  }
  for (const { name } of [...el.attributes]) {
    if (!theirs.has(name) && !next.hasAttribute(name)) el.removeAttribute(name)
  }
}

function children(el, next) {
  const byId = new Map()
  for (const c of el.children) if (c.id) byId.set(c.id, c)
  let at = el.firstChild
  for (const n of [...next.childNodes]) {
    const known = n.id ? byId.get(n.id) : undefined
    const match = known && known.localName === n.localName ? known : alike(at, n) ? at : undefined
    if (match === undefined) {
      el.insertBefore(n, at)
    } else if (match === at) {
      at = at.nextSibling
      become(match, n)
    } else {
      el.insertBefore(match, at)
      become(match, n)
    }
  }
  while (at) {
    const gone = at
    at = at.nextSibling
    gone.remove()
  }
}

// Elements with an id are only ever matched by it.
function alike(a, b) {
  return a && a.nodeType === b.nodeType && a.nodeName === b.nodeName && !a.id && !b.id
}

function become(a, b) {
  if (a.nodeType === Node.ELEMENT_NODE) patch(a, b)
  else if (a.nodeValue !== b.nodeValue) a.nodeValue = b.nodeValue
}
