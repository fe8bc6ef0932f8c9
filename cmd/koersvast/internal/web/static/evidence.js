// Coding without a mouse and without a button: every choice is saved at once,
// and keys make the choices. Without this script the same forms are sent by
// hand.
//
// Keys are in data-key: on a choice, a link or what has a button. Single keys
// do nothing while somebody types, and can be switched off.

const form = document.querySelector('form[data-code]')
const status = form?.querySelector('[data-code-status]')

/* Saving. One request at a time: what is chosen meanwhile goes with the next. */

let pending = Promise.resolve(), queued = false, busy = 0

function chosen() {
  const all = {}
  for (const [name, value] of new FormData(form)) if (name !== 'act') all[name] = value
  return all
}

function save() {
  form.dataset.touched = '' // the page must not put back what was there before
  if (queued) return
  queued = true
  busy++
  status.textContent = form.dataset.saving
  pending = pending.then(send)
}

async function send() {
  queued = false
  try {
    const res = await fetch(`/api/v1${form.getAttribute('action')}`, {
      method: 'POST', headers: { 'Content-Type': 'application/json', Accept: 'application/json' }, body: JSON.stringify(chosen()),
    })
    const said = await res.json()
    status.textContent = res.ok ? form.dataset.saved : said.errors?.[0]?.detail ?? said.detail
  } catch {
    status.textContent = form.dataset.failed
  }
  busy--
}

if (form) {
  form.addEventListener('change', save)
  form.querySelector('[data-code-save]').hidden = true
  // Whoever goes on takes the last choice along.
  document.addEventListener('click', e => {
    const next = e.target.closest('a[href], .undo button')
    if (!next || !busy) return
    e.preventDefault()
    pending.then(() => next.click())
  })
}

/* Keys. */

const on = 'coding keys off'
const box = document.querySelector('[data-keys-on]')
let enabled = true
try { enabled = !localStorage.getItem(on) } catch { /* forbidden */ }

if (box) {
  document.querySelector('[data-keys]').hidden = false
  box.checked = enabled
  box.addEventListener('change', () => {
    enabled = box.checked
    try { enabled ? localStorage.removeItem(on) : localStorage.setItem(on, '1') } catch { /* forbidden */ }
  })
}

const focuses = { b: '#code [name=target]', t: '#code [name=day]', n: '.add-fragment textarea' }

// What somebody types in keeps its keys; a choice keeps its arrows.
function typing(el, key) {
  if (el.localName === 'textarea' || el.localName === 'select') return true
  if (el.localName !== 'input') return false
  return el.type !== 'radio' && el.type !== 'checkbox' || key.startsWith('Arrow')
}

document.addEventListener('keydown', e => {
  if (!form || !enabled || e.ctrlKey || e.metaKey || e.altKey || typing(e.target, e.key)) return
  const el = document.querySelector(focuses[e.key] ?? `[data-key="${CSS.escape(e.key)}"]`)
  if (!el) return
  e.preventDefault()
  if (focuses[e.key]) el.focus()
  else if (el.localName === 'input') {
    el.checked = true
    save()
  } else (el.querySelector('button') ?? el).click()
})

document.querySelector('.fragments [aria-current]')?.scrollIntoView({ block: 'nearest' })

/* The digest of a file, which itself stays where it is. */

const file = document.querySelector('[data-digest] input')
if (file && globalThis.crypto?.subtle) {
  file.closest('[data-digest]').hidden = false
  file.addEventListener('change', async () => {
    if (!file.files[0]) return
    const sum = await crypto.subtle.digest('SHA-256', await file.files[0].arrayBuffer())
    const field = file.form.elements.digest
    field.value = [...new Uint8Array(sum)].map(b => b.toString(16).padStart(2, '0')).join('')
    field.dispatchEvent(new Event('input', { bubbles: true }))
  })
}
