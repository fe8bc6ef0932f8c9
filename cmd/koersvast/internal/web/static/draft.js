// What somebody types stays on their device until it has been sent: after a
// refusal, a crash or a closed tab it is there again. A draft belongs to one
// person and one form, which is known by the address that it posts to: a
// refused form comes back on another page. After two days it is dropped.
//
// A form that was sent but not answered keeps its hidden ids, so that sending
// it again is the same act; once something in it changes it is a new one.

const keep = 2 * 24 * 60 * 60 * 1000
const mine = `draft ${document.body.dataset.me ?? ''} `
const sent = 'draft sent'

// A device may forbid storing anything; then there are no drafts.
const store = {
  read(key) { try { return JSON.parse(localStorage.getItem(key)) } catch { return null } },
  write(key, draft) { try { localStorage.setItem(key, JSON.stringify(draft)) } catch { /* full or forbidden */ } },
  drop(key) { try { localStorage.removeItem(key) } catch { /* forbidden */ } },
  keys() { try { return Object.keys(localStorage).filter(k => k.startsWith('draft ')) } catch { return [] } },
}

const keyOf = form => mine + form.getAttribute('action')

// controls lists what a form asks, and apart from it what travels unseen.
function controls(form, hidden) {
  return [...form.elements].filter(c => c.name && c.type !== 'file' && c.type !== 'submit' && (c.type === 'hidden') === hidden)
}

const chooses = c => c.type === 'radio' || c.type === 'checkbox'

function values(form, hidden = false) {
  const all = {}
  for (const c of controls(form, hidden)) {
    all[c.name] ??= []
    if (!chooses(c) || c.checked) all[c.name].push(c.value)
  }
  return all
}

function fill(form, all, hidden = false) {
  const turn = {}
  for (const c of controls(form, hidden)) {
    const v = all[c.name]
    if (!v) continue
    if (chooses(c)) c.checked = v.includes(c.value)
    else c.value = v[turn[c.name] = (turn[c.name] ?? -1) + 1] ?? c.value
  }
}

function note(form, shown) {
  const el = form.querySelector('[data-draft-note]')
  if (el) el.hidden = !shown
}

function begin(form) {
  const key = keyOf(form), fresh = values(form), ids = values(form, true)
  const draft = store.read(key)
  // A refused form comes back with what was typed, and with its own ids.
  if (draft && !form.querySelector('[data-refused]')) {
    const stale = JSON.stringify(draft.fields) === JSON.stringify(fresh)
    if (stale) store.drop(key)
    else {
      fill(form, draft.fields)
      if (draft.hidden) fill(form, draft.hidden, true)
      form.dataset.touched = ''
      note(form, true)
    }
  }
  form.addEventListener('input', e => {
    if (e.target === form) return
    form.dataset.touched = ''
    if (draft?.hidden) fill(form, ids, true)
    store.write(key, { at: Date.now(), fields: values(form) })
  })
  form.addEventListener('submit', () => {
    form.dataset.touched = ''
    store.write(key, { at: Date.now(), fields: values(form), hidden: values(form, true) })
    try { sessionStorage.setItem(sent, key) } catch { /* forbidden */ }
  })
  form.querySelector('[data-draft-drop]')?.addEventListener('click', () => {
    store.drop(key)
    fill(form, fresh)
    fill(form, ids, true)
    delete form.dataset.touched
    note(form, false)
    form.dispatchEvent(new Event('input', { bubbles: true }))
  })
}

// Only the answer to an act comes at an address with its position: that is
// how a sent draft is known to have arrived.
try {
  if (new URLSearchParams(location.search).has('after')) store.drop(sessionStorage.getItem(sent))
  sessionStorage.removeItem(sent)
} catch { /* forbidden */ }

for (const key of store.keys()) {
  if (!(Date.now() - store.read(key)?.at < keep)) store.drop(key)
}

for (const form of document.querySelectorAll('form[data-draft]')) begin(form)

// A shared device forgets whoever leaves it.
document.addEventListener('submit', e => {
  if (e.target.matches('[data-sign-out]')) for (const key of store.keys()) store.drop(key)
})
