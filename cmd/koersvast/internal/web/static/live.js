// Open pages change by themselves. The server's stream only says "changed, at
// position N"; the page then asks for itself again, no older than N, and
// patches its live regions: the elements with an id and data-live.
//
//   event: changed
//   event: ping         every 15 seconds, so that silence means trouble
//   event: bye          the server stops, and may be back soon
//
// The data of each is the newest position, so that a missed one is no loss.
import { patch } from './patch.js'

const silence = 40_000 // a dead wifi leaves the stream open and silent
const longestWait = 15_000
const grace = 5000
const { stream } = document.body.dataset

const line = document.getElementById('lost')
let source, heard, wait = 1000, retry, losing
let wanted = Number(document.body.dataset.position)
let asking = false

// Streams end now and then and come back by themselves; only what lasts is
// worth a word.
function lost(is) {
  if (is && losing) return
  clearTimeout(losing)
  losing = is ? setTimeout(() => { line.hidden = false }, grace) : undefined
  if (!is) line.hidden = true
}

function open() {
  clearTimeout(retry)
  source?.close()
  heard = Date.now()
  const address = new URL(stream, location.href)
  address.searchParams.set('after', document.body.dataset.position)
  source = new EventSource(address)
  source.addEventListener('open', () => {
    heard = Date.now()
    wait = 1000
    lost(false)
  })
  for (const name of ['changed', 'ping']) {
    source.addEventListener(name, e => {
      heard = Date.now()
      wanted = Math.max(wanted, Number(e.data))
      refresh()
    })
  }
  source.addEventListener('bye', () => {
    source.close()
    lost(true)
    again(open)
  })
  source.addEventListener('error', () => {
    lost(true)
    // The browser tries again by itself, unless it got an answer that is no stream.
    if (source.readyState === EventSource.CLOSED) again(open)
  })
}

// Everybody's page would come back at the same moment after a restart.
function again(what) {
  clearTimeout(retry)
  retry = setTimeout(what, wait * (0.7 + Math.random() * 0.6))
  wait = Math.min(wait * 2, longestWait)
}

async function refresh() {
  if (asking || wanted <= Number(document.body.dataset.position)) return
  asking = true
  try {
    const address = new URL(location.href)
    address.searchParams.set('after', wanted)
    address.hash = ''
    const answer = await fetch(address, { headers: { Accept: 'text/html' }, cache: 'no-store' })
    const there = new URL(answer.url)
    // Signed out meanwhile, or no longer allowed: the reader's next step will
    // say so; what they read and typed stays.
    if (!answer.ok || there.pathname !== address.pathname) throw new Error(`${answer.status} at ${there.pathname}`)
    show(new DOMParser().parseFromString(await answer.text(), 'text/html'))
    wait = 1000
    lost(false)
  } catch {
    lost(true)
  }
  asking = false
  // Something happened while asking, or the answer was older than wanted.
  if (wanted > Number(document.body.dataset.position)) again(refresh)
}

function show(next) {
  const focused = document.activeElement
  document.title = next.title
  for (const n of next.querySelectorAll('[data-live][id]')) {
    const el = document.getElementById(n.id)
    // A region within a region is patched with it.
    if (el && !n.parentElement.closest('[data-live]')) patch(el, n)
  }
  document.body.dataset.position = next.body.dataset.position
  // An element that had to move lost the focus on its way.
  if (focused !== document.activeElement && focused?.isConnected) focused.focus({ preventScroll: true })
}

// The address of a page that was asked for after an act says so; a bookmark
// should not.
const here = new URL(location.href)
if (here.searchParams.has('after')) {
  here.searchParams.delete('after')
  history.replaceState(history.state, '', here)
}

// A refused form stands at an address that cannot be asked again.
if (stream && !document.querySelector('[data-refused]')) {
  open()
  setInterval(() => {
    if (document.hidden || Date.now() - heard < silence) return
    lost(true)
    open()
  }, 5000)
  // A hidden page needs no stream: browsers allow six of them under HTTP/1.1.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) source.close()
    else open()
  })
  addEventListener('pagehide', () => source.close())
  addEventListener('pageshow', e => { if (e.persisted) open() })
}
