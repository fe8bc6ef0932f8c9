// Answering, one question at a time. What is answered is kept on the device
// until it has been cast, and leaves it sealed; ballot.js does the sums.
//
// Two things are kept. The draft of the answers goes with the drafts of forms
// (draft.js): after casting, after two days, and when somebody signs out. The
// ballot paper is what it takes to cast, to replace and to recognise a ballot:
//
//   closes      the last day of the round
//   request     until the credential has come
//   credential  with which ballots are cast
//   waiting     a ballot that is yet to arrive
//   state       cast or withdrawn: what the last ballot that arrived did
//
// The question that is shown stands in the address, behind #, so that the
// device's own way back leads to the one before. The server never sees that.
import * as ballot from './ballot.js'

const answer = document.querySelector('[data-answer]')

// A device may forbid storing anything; then it has to stay on the page.
const memory = {}
const store = {
  read(key) { try { return JSON.parse(localStorage.getItem(key)) ?? memory[key] } catch { return memory[key] } },
  write(key, v) { memory[key] = v; try { localStorage.setItem(key, JSON.stringify(v)) } catch { /* full or forbidden */ } },
  drop(key) { delete memory[key]; try { localStorage.removeItem(key) } catch { /* forbidden */ } },
  keys() { try { return Object.keys(localStorage) } catch { return Object.keys(memory) } },
}

const paperKey = (person, round) => `ballot ${person} ${round}`

// Papers of rounds that were closed a year ago are of no use.
for (const key of store.keys().filter(k => k.startsWith('ballot '))) {
  if (!(Date.now() - Date.parse(store.read(key)?.closes) < 366 * 24 * 60 * 60 * 1000)) store.drop(key)
}

// say shows one of the sentences of an element, and hides the others.
function say(el, which, text) {
  for (const s of el.querySelectorAll('[data-say]')) {
    s.hidden = s.dataset.say !== which
    if (s.dataset.say === which && text) s.textContent = text
  }
}

const short = number => number.slice(0, 16).match(/.{4}/g).join(' ')

// whether asks about a receipt, as quietly as a ballot is cast.
async function whether(receipt) {
  const res = await fetch(`/ballots/${receipt}`, quietly)
  return res.ok ? (await res.json()).counted : undefined
}

const quietly = { credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' }

// tell says of a round that is over whether the answers of this device were
// counted.
async function tell(el) {
  const paper = store.read(paperKey(el.dataset.person, el.dataset.counted))
  if (paper?.state !== 'cast' || !globalThis.isSecureContext) return say(el, 'none')
  try {
    const counted = await whether(await ballot.nullifier(paper.credential))
    if (counted !== undefined) say(el, counted ? 'yes' : 'no')
  } catch { /* offline: the page says the rest */ }
}

// check says whether the ballot box is the one in the log, for these questions
// and these people.
async function check(el) {
  if (!globalThis.isSecureContext) return
  const sheet = JSON.parse(el.dataset.checkBox)
  try {
    await ballot.open({ ...sheet, least: leastOf(sheet) })
    say(el, 'right')
  } catch {
    say(el, 'wrong')
  }
}

const leastOf = sheet => sheet.thresholds[`threshold_${sheet.group}`] ?? 1

function begin() {
  const sheet = JSON.parse(answer.dataset.answer)
  const { person, lang } = answer.dataset
  const papers = paperKey(person, sheet.round), drafts = `draft ${person} answer ${sheet.round}`
  const panels = Object.fromEntries([...answer.querySelectorAll('[data-panel]')].map(p => [p.dataset.panel, p]))
  const form = panels.questions
  const questions = [...form.querySelectorAll('[data-question]')]
  let paper = store.read(papers) ?? {}

  const keep = changes => {
    paper = { ...paper, closes: sheet.closes, ...changes }
    store.write(papers, paper)
  }

  // What is shown.

  function show(panel) {
    for (const [name, p] of Object.entries(panels)) p.hidden = name !== panel
    window.scrollTo(0, 0)
  }

  function open(panel) {
    show(panel)
    panels[panel].querySelector('h1')?.focus({ preventScroll: true })
  }

  function wrong(which, text) {
    open('wrong')
    say(panels.wrong, which, text)
  }

  const at = () => location.hash.slice(1)
  const go = place => { if (at() === place) route(); else location.hash = place }

  function route() {
    const n = Number(at())
    if (paper.waiting) open('waiting')
    else if (paper.credential && n >= 1 && n <= questions.length) question(n - 1)
    else if (paper.credential && at() === 'preview') preview()
    else if (paper.state === 'cast') done()
    else if (paper.state === 'withdrawn') open('withdrawn')
    else intro()
  }

  function intro() {
    const elsewhere = sheet.standing === 'credential' && !paper.request && !paper.credential
    panels.intro.querySelector('[data-begin]').hidden = elsewhere
    say(panels.intro, elsewhere ? 'elsewhere' : '')
    show('intro')
  }

  function question(i) {
    show('questions')
    questions.forEach((q, n) => { q.hidden = n !== i })
    const progress = form.querySelector('[data-progress]')
    progress.querySelector('p').textContent = progress.dataset.progress.replace('{i}', i + 1).replace('{n}', questions.length)
    progress.querySelector('progress').value = i + 1
    questions[i].querySelector('[data-text]').focus({ preventScroll: true })
  }

  async function done() {
    open('done')
    panels.done.querySelector('[data-receipt]').textContent = short(await ballot.nullifier(paper.credential))
  }

  // What is answered.

  const chosen = name => form.elements[name]?.value ?? ''
  const idOf = q => q.dataset.question

  function answers() {
    const all = { sees: {}, hears: {}, words: {} }
    for (const id of questions.map(idOf)) {
      for (const kind of ['sees', 'hears']) {
        if (chosen(`${kind}-${id}`) !== '') all[kind][id] = Number(chosen(`${kind}-${id}`))
      }
      const text = chosen(`words-${id}`).trim()
      if (text) all.words[id] = { text, use: chosen(`use-${id}`) }
    }
    for (const kind in all) if (!Object.keys(all[kind]).length) delete all[kind]
    return all
  }

  function save() {
    const fields = {}
    for (const c of form.elements) {
      if (c.name && (c.type !== 'radio' || c.checked)) fields[c.name] = c.value
    }
    store.write(drafts, { at: Date.now(), fields })
  }

  function restore() {
    for (const [name, value] of Object.entries(store.read(drafts)?.fields ?? {})) {
      if (form.elements[name]) form.elements[name].value = value
    }
    for (const q of questions) hint(q)
  }

  function forget() {
    store.drop(drafts)
    form.reset()
    for (const q of questions) hint(q)
  }

  // hint warns of what could give somebody away. It looks at the words here,
  // and tells nobody.
  function hint(q) {
    const words = q.querySelector('textarea')?.value ?? ''
    for (const h of q.querySelectorAll('[data-hint]')) h.hidden = !signs[h.dataset.hint](words, answer.dataset.known)
  }

  // What becomes of it.

  function preview() {
    const rows = panels.preview.querySelector('[data-rows]'), row = panels.preview.querySelector('[data-row]')
    const said = panels.preview.querySelector('[data-phrases]').dataset
    rows.replaceChildren(...questions.map((q, i) => {
      const li = row.content.cloneNode(true)
      const [text, given, becomes] = li.querySelectorAll('p')
      text.textContent = q.querySelector('[data-text]').textContent
      given.textContent = described(q, said)
      const words = chosen(`words-${idOf(q)}`).trim()
      becomes.textContent = words ? said[chosen(`use-${idOf(q)}`)] : ''
      becomes.hidden = !words
      li.querySelector('a').href = `#${i + 1}`
      li.querySelector('a').setAttribute('aria-describedby', q.querySelector('[data-text]').id)
      return li
    }))
    say(panels.preview, '')
    open('preview')
  }

  // described says in the words of the page what somebody answered.
  function described(q, said) {
    if (q.dataset.scale === 'words') return chosen(`words-${idOf(q)}`).trim() || said.skipped
    const label = kind => form.querySelector(`[name="${kind}-${idOf(q)}"]:checked + label`)?.textContent ?? said.skipped
    if (q.dataset.scale === 'often') return label('sees')
    return ['hears', 'sees'].map(kind => `${said[kind]} ${label(kind)}`).join('\n')
  }

  // How it leaves the device.

  // box checks that the box is the one in the log, and that it is for the
  // questions that are shown.
  async function box() {
    const shown = questions.map(q => q.querySelector('[data-text]').textContent)
    if (JSON.parse(sheet.asked).some((q, i) => q.text !== shown[i] || q.id !== idOf(questions[i]))) throw new Error('other questions')
    return ballot.open({ ...sheet, least: leastOf(sheet) })
  }

  // take gets a credential, at the beginning: what asks for it and what is cast
  // are further apart in time then.
  async function take() {
    if (!globalThis.isSecureContext) return wrong('insecure')
    let b
    try {
      b = await box()
    } catch {
      return wrong('box')
    }
    if (!paper.credential) {
      if (!paper.request) keep({ request: await ballot.ask(b) })
      let res
      try {
        res = await fetch(`/api/v1/rounds/${sheet.round}/credential`, {
          method: 'POST', headers: { 'Content-Type': 'application/json', 'Accept-Language': lang },
          body: JSON.stringify({ blinded: paper.request.blinded }),
        })
      } catch {
        return wrong('offline')
      }
      const said = await res.json().catch(() => ({}))
      if (!res.ok) return wrong('told', said.detail)
      try {
        keep({ credential: await ballot.credential(b, paper.request, said.signed), request: undefined })
      } catch {
        return wrong('box')
      }
    }
    go('1')
  }

  async function send() {
    const given = answers()
    if (!Object.keys(given).length) return say(panels.preview, 'nothing')
    const text = JSON.stringify(given)
    if (ballot.size(text) > ballot.longest) return say(panels.preview, 'long')
    await seal(text, 'cast')
  }

  async function seal(text, becomes) {
    let b
    try {
      b = await box()
    } catch {
      return wrong('box')
    }
    keep({ waiting: ballot.base64(await ballot.cast(b, paper.credential, text)), becomes })
    await deliver()
  }

  let again, delivering

  // deliver sends what waits. Without a line, or when the server cannot take
  // it now, it goes on waiting: it can be sent as often as it takes.
  async function deliver() {
    clearTimeout(again)
    if (!paper.waiting || delivering) return
    delivering = true
    let res
    try {
      res = await fetch('/ballots', {
        ...quietly, method: 'POST', body: ballot.unbase64(paper.waiting),
        headers: { 'Content-Type': 'application/octet-stream', 'Accept-Language': lang },
      })
    } catch { /* offline */ }
    delivering = false
    if (!res || res.status >= 500) {
      again = setTimeout(deliver, 15_000 * (0.7 + Math.random() * 0.6))
      return open('waiting')
    }
    const { becomes, ...rest } = paper
    paper = rest
    if (res.ok) {
      keep({ waiting: undefined, state: becomes })
      forget()
      history.replaceState(null, '', location.pathname + location.search)
      return route()
    }
    keep({ waiting: undefined })
    wrong('told', (await res.json().catch(() => ({}))).detail)
  }

  // What people do.

  const on = (selector, what) => answer.querySelectorAll(selector).forEach(el => el.addEventListener('click', what))
  on('[data-begin]', take)
  on('[data-again]', take)
  on('[data-send]', send)
  on('[data-withdraw]', () => seal('', 'withdrawn'))
  on('[data-retry]', deliver)
  on('[data-back]', () => {
    const before = (Number(at()) || questions.length + 1) - 1
    go(before ? String(before) : '')
  })
  on('[data-start-over]', () => { history.replaceState(null, '', location.pathname + location.search); route() })
  on('[data-forget]', () => {
    forget()
    store.drop(papers)
    paper = {}
    sheet.standing = 'credential'
    route()
  })
  form.addEventListener('input', e => {
    save()
    const q = e.target.closest('[data-question]')
    if (q) hint(q)
  })
  form.addEventListener('submit', e => {
    e.preventDefault()
    const next = Number(at()) + 1
    go(next > questions.length ? 'preview' : String(next))
  })
  addEventListener('hashchange', route)
  addEventListener('online', deliver)

  restore()
  route()
  deliver()
}

// What in somebody's words could give them away.
const signs = {
  // A capital within a sentence, but for the person that it is about.
  name: (words, known) => [...words.matchAll(/(?<=[\p{Ll}\d,;:)]\s+)\p{Lu}[\p{L}'’-]+/gu)].some(([w]) => !known.split(' ').includes(w)),
  day: words => /\b\d{1,2}[-/.]\d{1,2}\b|\b\d{1,2}\s+(jan|feb|maart|march|apr|mei|may|jun|jul|aug|sep|o[kc]t|nov|dec)|\b(maan|dins|woens|donder|vrij|zater|zon)dag|\b(mon|tues|wednes|thurs|fri|satur|sun)day/i.test(words),
  quotation: words => /[“”„«»"]|(^|\s)[‘'][^\s]/.test(words),
  only: words => /\bals\s+(de\s+)?enige\b|\bik\s+(ben|was)\s+de\s+enige\b|\bonly\s+(one|person)\b|\bI\s+alone\b/i.test(words),
}

if (answer) begin()
for (const el of document.querySelectorAll('[data-counted]')) tell(el)
for (const el of document.querySelectorAll('[data-check-box]')) check(el)
