// A coach's key. Its private half is made on this device and leaves it only
// wrapped under a passphrase, which never leaves it; so does nothing else of
// what is done with it here: only the opening key of one round is sent, when
// that round is closed. The twin of eventstore/ballotbox/ballot/key.go, which
// says what every byte means.
import { base64, concat, curve, unbase64, unseal } from './ballot.js'

const { subtle } = crypto
const utf8 = new TextEncoder()

const wrapVersion = 1
const sizes = { salt: 16, nonce: 12 }
const iterations = 600_000
const coachPrefix = utf8.encode('koersvast-coach-1\0')
const openingPrefix = utf8.encode('koersvast-opening-1\0')

// make returns a new key pair: its public half, and its private half wrapped.
export async function make(passphrase) {
  const pair = await subtle.generateKey(curve, true, ['deriveBits'])
  return {
    public: base64(new Uint8Array(await subtle.exportKey('raw', pair.publicKey))),
    wrapped: base64(await wrap(pair.privateKey, passphrase)),
  }
}

async function wrap(key, passphrase) {
  const plain = new Uint8Array(await subtle.exportKey('pkcs8', key))
  const salt = crypto.getRandomValues(new Uint8Array(sizes.salt))
  const iv = crypto.getRandomValues(new Uint8Array(sizes.nonce))
  const under = await passphraseKey(passphrase, salt)
  const sealed = await subtle.encrypt({ name: 'AES-GCM', iv, additionalData: coachPrefix }, under, plain)
  plain.fill(0)
  return concat([wrapVersion], salt, iv, new Uint8Array(sealed))
}

// unwrap returns a private key. It throws what another passphrase wrapped.
export async function unwrap(wrapped, passphrase) {
  if (wrapped[0] !== wrapVersion) throw new Error('key: wrapped in a way that is not known here')
  const salt = wrapped.slice(1, 1 + sizes.salt)
  const iv = wrapped.slice(1 + sizes.salt, 1 + sizes.salt + sizes.nonce)
  const under = await passphraseKey(passphrase, salt)
  const plain = new Uint8Array(await subtle.decrypt({ name: 'AES-GCM', iv, additionalData: coachPrefix }, under, wrapped.slice(1 + sizes.salt + sizes.nonce)))
  const key = await subtle.importKey('pkcs8', plain, curve, false, ['deriveBits'])
  plain.fill(0)
  return key
}

async function passphraseKey(passphrase, salt) {
  const typed = await subtle.importKey('raw', utf8.encode(passphrase.normalize('NFC')), 'PBKDF2', false, ['deriveKey'])
  return subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, typed, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

// open returns the opening key of a round in base 64, or the name of what is
// wrong. A coach may have had several keys; each may have its own passphrase.
//
//   sealed: { round, opening, keys: [{ public, wrapped }] }, the newest first
export async function open(sealed, passphrase) {
  let unwrapped = false
  for (const k of sealed.keys) {
    if (!k.wrapped) continue
    try {
      const key = await unwrap(unbase64(k.wrapped), passphrase)
      unwrapped = true
      const info = concat(openingPrefix, utf8.encode(sealed.round))
      return { key: base64(await unseal(key, unbase64(k.public), info, unbase64(sealed.opening))) }
    } catch { /* another key, or another passphrase */ }
  }
  return { wrong: unwrapped ? 'key' : 'passphrase' }
}

// What a passphrase has to be: the wrapped key can be tried without end by
// who gets hold of it.
export function strong(passphrase) {
  const words = passphrase.trim().split(/\s+/).length
  return passphrase.length >= 16 && (words >= 4 || passphrase.length >= 20) && new Set(passphrase).size >= 8
}

// The forms.

function begin(panel) {
  const form = panel.closest('form'), button = form.querySelector('[type=submit]')
  const [passphrase, again] = panel.querySelectorAll('[type=password]')

  const say = what => {
    for (const el of panel.querySelectorAll('[data-say]')) el.hidden = el.dataset.say !== what
  }
  const refuse = (what, field) => {
    say(what)
    field.setAttribute('aria-invalid', 'true')
    field.focus()
  }
  if (!subtle) {
    say('unsupported')
    return
  }
  panel.hidden = false
  button.disabled = false

  passphrase.addEventListener('input', () => {
    form.dataset.touched = '' // whoever types is not disturbed
    passphrase.removeAttribute('aria-invalid')
    panel.querySelector('[data-strong]')?.toggleAttribute('hidden', !strong(passphrase.value))
  })
  again?.addEventListener('input', () => again.removeAttribute('aria-invalid'))

  form.addEventListener('submit', async e => {
    e.preventDefault()
    if (button.disabled) return
    if (again && !strong(passphrase.value)) return refuse('weak', passphrase)
    if (again && again.value !== passphrase.value) return refuse('differs', again)
    button.disabled = true
    say('busy')
    const made = again ? await make(passphrase.value) : await open(JSON.parse(panel.dataset.key), passphrase.value)
    button.disabled = false
    if (made.wrong) return refuse(`wrong ${made.wrong}`, passphrase)
    send(form, made)
  })
}

// send sends what was made, and leaves nothing of it in the page: a browser
// may keep pages.
function send(form, made) {
  for (const [name, value] of Object.entries(made)) form.elements[name].value = value
  form.submit()
  for (const name of Object.keys(made)) form.elements[name].value = ''
  for (const field of form.querySelectorAll('[type=password]')) field.value = ''
}

for (const panel of document.querySelectorAll('[data-key]')) begin(panel)
