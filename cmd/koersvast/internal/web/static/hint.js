// While somebody types: how many characters are left, and, in a form with
// data-check, the checklist that the server makes of the fields named in
// data-check-fields. They are posted, so that what is typed is in no address.
import { patch } from './patch.js'

const pause = 400 // milliseconds without a key

function count(control) {
  const counter = control.closest('.field')?.querySelector('.counter')
  if (!counter) return
  const left = Number(control.dataset.max) - [...control.value].length
  counter.textContent = `${left < 0 ? counter.dataset.over : counter.dataset.left} ${Math.abs(left)}`
  counter.classList.toggle('over', left < 0)
}

const asked = new WeakMap()

function ask(form) {
  const last = asked.get(form)
  clearTimeout(last?.timer)
  last?.abort.abort()
  const abort = new AbortController()
  asked.set(form, { abort, timer: setTimeout(() => answer(form, abort.signal), pause) })
}

async function answer(form, signal) {
  const typed = new URLSearchParams()
  for (const name of form.dataset.checkFields.split(' ')) typed.append(name, form.elements[name]?.value ?? '')
  try {
    const res = await fetch(form.dataset.check, { method: 'POST', body: typed, signal, headers: { Accept: 'text/html' } })
    if (!res.ok) return
    const next = new DOMParser().parseFromString(await res.text(), 'text/html').querySelector('[data-checklist]')
    const list = form.querySelector('[data-checklist]')
    if (list && next) patch(list, next)
  } catch { /* typed on, or offline: the checklist is only a hint */ }
}

document.addEventListener('input', e => {
  const changed = e.target.localName === 'form' ? e.target.elements : [e.target]
  for (const control of changed) if (control.dataset.max) count(control)
  const form = e.target.closest('form[data-check]')
  if (form) ask(form)
})

// What a draft put back counts as typed.
for (const control of document.querySelectorAll('[data-max]')) if (control.value) count(control)
for (const form of document.querySelectorAll('form[data-check][data-touched]')) ask(form)
