// What a rater's device computes: the twin of the Go package
// eventstore/ballotbox/ballot, which says what every byte means.
//
// A credential is a blind signature (RFC 9474, RSABSSA-SHA384-PSS-Randomized)
// on a message that names the ballot box; answers are sealed (RFC 9180,
// DHKEM(P-256), HKDF-SHA256, AES-256-GCM) to the round's opening key. Bytes
// are Uint8Arrays; what is kept or sent as text is hexadecimal or base 64.

const { subtle } = crypto
const utf8 = new TextEncoder()

const sizes = { random: 32, signature: 256, plain: 4096 }

// The longest answers, in bytes.
export const longest = sizes.plain - 4

// The prefixes keep what is hashed, signed or sealed for one purpose from
// meaning anything for another.
const boxPrefix = utf8.encode('koersvast-box-1\0')
const ballotPrefix = utf8.encode('koersvast-ballot-1\0')
const nullifierPrefix = utf8.encode('koersvast-nullifier-1\0')
const invitedPrefix = utf8.encode('koersvast-invited-1\0')

// Bytes.

export function concat(...parts) {
  const all = new Uint8Array(parts.reduce((n, p) => n + p.length, 0))
  let at = 0
  for (const p of parts) {
    all.set(p, at)
    at += p.length
  }
  return all
}

const random = n => crypto.getRandomValues(new Uint8Array(n))
const digest = async (hash, bytes) => new Uint8Array(await subtle.digest(hash, bytes))

export const hex = bytes => Array.from(bytes, b => b.toString(16).padStart(2, '0')).join('')
export const unhex = text => Uint8Array.from(text.match(/../g) ?? [], pair => parseInt(pair, 16))
export const base64 = bytes => btoa(Array.from(bytes, b => String.fromCharCode(b)).join(''))
export const unbase64 = text => Uint8Array.from(atob(text), c => c.charCodeAt(0))

// Numbers modulo n.

const toNumber = bytes => BigInt('0x' + (hex(bytes) || '0'))
const toBytes = (number, size) => unhex(number.toString(16).padStart(2 * size, '0'))

function power(base, exponent, n) {
  let result = 1n
  for (base %= n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = result * base % n
    base = base * base % n
  }
  return result
}

function inverse(a, n) {
  let [x, y, u, v] = [a % n, n, 1n, 0n]
  while (x) {
    const q = y / x;
    [x, y, u, v] = [y - q * x, x, v - q * u, u]
  }
  if (y !== 1n) throw new Error('ballot: this number has no inverse')
  return (v % n + n) % n
}

// The box.

// The id by which the log knows a box: the digest of its manifest.
export const boxID = async manifest => hex(await digest('SHA-256', concat(boxPrefix, manifest)))

// open checks what the server says of a box against the id that the log knows,
// and returns what is needed to answer in it. Whatever does not fit is thrown:
// a box of one's own, or other questions, would give somebody away.
//
//   sheet: { box, manifest, round, group, least, asked, invited? }
export async function open(sheet) {
  const bytes = unbase64(sheet.manifest)
  if (await boxID(bytes) !== sheet.box) throw new Error('ballot: this is not the box that the log knows')
  const manifest = JSON.parse(new TextDecoder().decode(bytes))
  const questions = base64(await digest('SHA-256', utf8.encode(sheet.asked)))
  const fits = manifest.version === 1 && manifest.round === sheet.round && manifest.group === sheet.group &&
    manifest.k === sheet.least && manifest.questions_digest === questions
  if (!fits) throw new Error('ballot: this box is for something else')
  if (sheet.invited && manifest.invited_digest !== base64(await invitedDigest(sheet.invited))) {
    throw new Error('ballot: this box is for other people')
  }
  return { id: unhex(sheet.box), opening: unbase64(manifest.opening), issuer: await readIssuer(unbase64(manifest.issuer)) }
}

const invitedDigest = people => digest('SHA-256', concat(invitedPrefix, utf8.encode([...people].sort().map(p => p + '\n').join(''))))

export async function readIssuer(spki) {
  const key = await subtle.importKey('spki', spki, { name: 'RSA-PSS', hash: 'SHA-384' }, true, ['verify'])
  const jwk = await subtle.exportKey('jwk', key)
  const number = text => toNumber(unbase64(text.replaceAll('-', '+').replaceAll('_', '/')))
  const issuer = { key, n: number(jwk.n), e: number(jwk.e) }
  if (issuer.e !== 65537n || issuer.n >> 2047n !== 1n) throw new Error('ballot: the issuer has no RSA-2048 key')
  return { ...issuer, size: sizes.signature }
}

// The credential.

// ask makes a request for a credential. What it returns is kept until the
// credential has come: sent again, the same blinded message is answered again.
export async function ask(box) {
  const prepared = concat(random(sizes.random), ballotPrefix, box.id, random(sizes.random))
  const { blinded, inverse } = await blind(box.issuer, prepared)
  return { prepared: base64(prepared), blinded: base64(blinded), inverse: inverse.toString(16) }
}

// credential makes one of what the issuer signed. It throws what was not
// signed with the key of the box.
export async function credential(box, request, signed) {
  const prepared = unbase64(request.prepared)
  const signature = await finalize(box.issuer, prepared, unbase64(signed), BigInt('0x' + request.inverse))
  return { prepared: request.prepared, signature: base64(signature) }
}

// The name of the ballot that a credential casts: its receipt.
export const nullifier = async c => hex(await digest('SHA-256', concat(nullifierPrefix, unbase64(c.prepared))))

// blind is Blind of RFC 9474, 4.2. The examples of that RFC fix salt and r.
export async function blind(issuer, prepared, salt = random(48), r = below(issuer)) {
  const m = toNumber(await encode(issuer, prepared, salt))
  inverse(m, issuer.n) // or it has a divisor in common with n
  return { blinded: toBytes(m * power(r, issuer.e, issuer.n) % issuer.n, issuer.size), inverse: inverse(r, issuer.n) }
}

function below(issuer) {
  for (;;) {
    const r = toNumber(random(issuer.size))
    if (r > 0n && r < issuer.n) return r
  }
}

// finalize is Finalize of RFC 9474, 4.4.
export async function finalize(issuer, prepared, signed, inverse) {
  if (signed.length !== issuer.size) throw new Error('ballot: a signature has another size')
  const signature = toBytes(toNumber(signed) * inverse % issuer.n, issuer.size)
  const right = await subtle.verify({ name: 'RSA-PSS', saltLength: 48 }, issuer.key, signature, prepared)
  if (!right) throw new Error('ballot: this was not signed with the key of the box')
  return signature
}

// encode is EMSA-PSS-ENCODE of RFC 8017, 9.1.1, with SHA-384.
async function encode(issuer, message, salt) {
  const bits = issuer.n.toString(2).length - 1
  const size = Math.ceil(bits / 8), zeros = size - salt.length - 48 - 2
  const hash = await digest('SHA-384', concat(new Uint8Array(8), await digest('SHA-384', message), salt))
  const block = concat(new Uint8Array(zeros), [1], salt)
  const masked = (await mask(hash, block.length)).map((x, i) => x ^ block[i])
  masked[0] &= 0xff >> (8 * size - bits)
  return concat(masked, hash, [0xbc])
}

// mask is MGF1 of RFC 8017, B.2.1, with SHA-384.
async function mask(seed, size) {
  let out = new Uint8Array()
  for (let i = 0; out.length < size; i++) out = concat(out, await digest('SHA-384', concat(seed, [i >>> 24, i >>> 16, i >>> 8, i])))
  return out.slice(0, size)
}

// The ballot.

// cast returns the bytes of a ballot. It says that it replaces what was cast
// with the credential before, also when there is nothing yet: so all ballots
// look the same. No answers at all withdraw what was cast.
export async function cast(box, c, answers = '') {
  const sealed = await seal(box.opening, concat(ballotPrefix, box.id), unhex(await nullifier(c)), padded(utf8.encode(answers)))
  return concat([1], unbase64(c.prepared), unbase64(c.signature), sealed)
}

// size is how many bytes of longest answers take.
export const size = answers => utf8.encode(answers).length

function padded(answers) {
  if (answers.length > longest) throw new Error('ballot: these answers are too long')
  const plain = new Uint8Array(sizes.plain)
  new DataView(plain.buffer).setUint32(0, answers.length)
  plain.set(answers, 4)
  return plain
}

// HPKE, RFC 9180, base mode with one message.

export const curve = { name: 'ECDH', namedCurve: 'P-256' }
const version = utf8.encode('HPKE-v1')
const kem = concat(utf8.encode('KEM'), [0, 0x10])
const suite = concat(utf8.encode('HPKE'), [0, 0x10, 0, 1, 0, 2])
const nothing = new Uint8Array()

export async function seal(to, info, additional, plain) {
  const pair = await subtle.generateKey(curve, true, ['deriveBits'])
  const encapsulated = new Uint8Array(await subtle.exportKey('raw', pair.publicKey))
  const theirs = await subtle.importKey('raw', to, curve, false, [])
  const shared = new Uint8Array(await subtle.deriveBits({ name: 'ECDH', public: theirs }, pair.privateKey, 256))
  const { key, iv } = await schedule(await sharedSecret(shared, encapsulated, to), info)
  return concat(encapsulated, new Uint8Array(await subtle.encrypt({ name: 'AES-GCM', iv, additionalData: additional }, key, plain)))
}

// unseal returns what was sealed to the owner of a private key, whose public
// half is to, without additional data. It throws what was not.
export async function unseal(key, to, info, sealed) {
  const encapsulated = sealed.slice(0, to.length)
  const theirs = await subtle.importKey('raw', encapsulated, curve, false, [])
  const shared = new Uint8Array(await subtle.deriveBits({ name: 'ECDH', public: theirs }, key, 256))
  const { key: opens, iv } = await schedule(await sharedSecret(shared, encapsulated, to), info)
  return new Uint8Array(await subtle.decrypt({ name: 'AES-GCM', iv }, opens, sealed.slice(to.length)))
}

async function sharedSecret(shared, encapsulated, to) {
  return expand(kem, await extract(kem, nothing, 'eae_prk', shared), 'shared_secret', concat(encapsulated, to), 32)
}

async function schedule(shared, info) {
  const context = concat([0], await extract(suite, nothing, 'psk_id_hash', nothing), await extract(suite, nothing, 'info_hash', info))
  const secret = await extract(suite, shared, 'secret', nothing)
  return {
    key: await subtle.importKey('raw', await expand(suite, secret, 'key', context, 32), 'AES-GCM', false, ['encrypt', 'decrypt']),
    iv: await expand(suite, secret, 'base_nonce', context, 12),
  }
}

async function hmac(key, bytes) {
  // Web Crypto takes no empty key; zeros are the same one.
  const k = await subtle.importKey('raw', key.length ? key : new Uint8Array(32), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return new Uint8Array(await subtle.sign('HMAC', k, bytes))
}

const extract = (id, salt, label, input) => hmac(salt, concat(version, id, utf8.encode(label), input))

async function expand(id, secret, label, info, size) {
  const labeled = concat([size >> 8, size & 0xff], version, id, utf8.encode(label), info)
  let block = nothing, out = nothing
  for (let i = 1; out.length < size; i++) {
    block = await hmac(secret, concat(block, labeled, [i]))
    out = concat(out, block)
  }
  return out.slice(0, size)
}
