// Lists the texts that do not fit: wider than their box, or off the screen.
(() => {
  const found = []
  const name = el => `${el.localName}${el.id && '#' + el.id}${[...el.classList].map(c => '.' + c).join('')}`
  // What only screen readers are meant to meet, and what one scrolls sideways
  // on purpose, may be anywhere.
  const exempt = el => {
    for (let a = el; a; a = a.parentElement) {
      const s = getComputedStyle(a)
      if (s.clipPath !== 'none' || s.overflowX === 'auto' || s.overflowX === 'scroll' || s.visibility === 'hidden') return true
      if (a.classList.contains('skip')) return true
    }
  }
  const width = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth > width) found.push(`the page is ${document.documentElement.scrollWidth} wide on a screen of ${width}`)
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const range = document.createRange()
  for (let n = texts.nextNode(); n; n = texts.nextNode()) {
    if (!n.data.trim() || exempt(n.parentElement)) continue
    range.selectNodeContents(n)
    let box = n.parentElement
    while (getComputedStyle(box).display === 'inline') box = box.parentElement
    const svg = box.closest('svg')
    const edge = svg ? { left: 0, right: width } : box.getBoundingClientRect()
    for (const r of range.getClientRects()) {
      if (r.width === 0) continue
      if (r.right > width + 1 || r.left < -1) found.push(`${name(n.parentElement)} is off the screen: ${n.data.trim()}`)
      else if (r.right > edge.right + 1 || r.left < edge.left - 1) found.push(`${name(n.parentElement)} is wider than ${name(box)}: ${n.data.trim()}`)
      else continue
      break
    }
  }
  for (const el of document.querySelectorAll('button, summary, a, select, h1, h2, h3, td, th, label')) {
    if (!exempt(el) && getComputedStyle(el).display !== 'inline' && el.scrollWidth > el.clientWidth + 1) found.push(`${name(el)} holds ${el.scrollWidth} in ${el.clientWidth}: ${el.textContent.trim()}`)
  }
  return found
})()
