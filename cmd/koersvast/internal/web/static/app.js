// Everything a page does by itself. Without this script pages still read,
// post and print; they only do not change while one looks at them.
import './copy.js'
import './draft.js'
import './hint.js'
import './live.js'

document.addEventListener('click', e => {
  if (e.target.closest('[data-print]')) print()
  // A menu closes when something else is chosen.
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    if (!menu.contains(e.target)) menu.open = false
  }
})

document.addEventListener('keydown', e => {
  if (e.key !== 'Escape') return
  for (const menu of document.querySelectorAll('details.menu[open]')) {
    menu.open = false
    menu.querySelector('summary').focus()
  }
})

for (const button of document.querySelectorAll('[data-print]')) button.hidden = false

// A refusal is where the reader goes on.
document.querySelector('[data-refused]')?.focus()
