/**
 * Checks a history against the invariants of the protocol. Types and meaning: checker.d.mts.
 * @param {import('./checker.mjs').History} history
 * @returns {import('./checker.mjs').Violation[]}
 */
export function check({ steps, log, mayRead = {} }) {
  const found = []
  const violation = (rule, sentence) => found.push({ rule, sentence })

  checkLog(log, violation)
  checkAnswers(steps, log, violation)
  checkSenders(steps, violation)
  checkReceivers(steps, log, mayRead, violation)
  return found
}

/** The log itself: 1, 2, 3 …, each request once, time never backwards. */
function checkLog(log, violation) {
  for (const [room, events] of Object.entries(log)) {
    const stored = new Set()
    events.forEach(({ seq, author, cid, at }, index) => {
      const before = events[index - 1]
      if (seq !== (before?.seq ?? 0) + 1)
        violation('gap', `the log of ${room} goes from ${before?.seq ?? 0} to ${seq}`)
      if (before && at < before.at)
        violation('order', `the log of ${room} goes back in time at ${seq}`)
      if (cid === undefined) return
      const request = `${author} ${cid}`
      if (stored.has(request)) violation('twice', `the log of ${room} holds ${request} twice`)
      stored.add(request)
    })
  }
}

/** What was acknowledged is in the log under that number; what was refused for good is not. */
function checkAnswers(steps, log, violation) {
  const logged = {}
  for (const [room, events] of Object.entries(log))
    logged[room] = new Map(events.map((event) => [`${event.author} ${event.cid}`, event.seq]))

  const acked = new Map()
  for (const { step, room, author, cid, seq } of steps) {
    if (step !== 'ok' && step !== 'fail') continue
    const request = `${author} ${cid}`
    const stored = logged[room]?.get(request)
    if (step === 'fail') {
      if (stored !== undefined)
        violation('refused', `${request} was refused, yet ${room} has it as ${stored}`)
      continue
    }
    const earlier = acked.get(`${room} ${request}`)
    if (earlier !== undefined && earlier !== seq)
      violation('seq', `${request} was acknowledged as ${earlier} and as ${seq} in ${room}`)
    acked.set(`${room} ${request}`, seq)
    if (stored === undefined) violation('lost', `${request} was acknowledged, ${room} lacks it`)
    else if (stored !== seq)
      violation('seq', `${request} was acknowledged as ${seq}, ${room} has it as ${stored}`)
  }
}

/**
 * Order: what was acknowledged before another request left, to whomever, or heard by its client, has the smaller
 * number; and the requests of one client keep their order, but for those that were put off.
 */
function checkSenders(steps, violation) {
  const highestAck = new Map() // room → highest number acknowledged so far
  const heard = new Map() // client and room → highest number heard there so far
  const atLeast = new Map() // request → the higher of both when it left
  const position = new Map() // request → place among its client's requests
  const sent = new Map() // client and room → how many requests left
  const putOff = new Set()
  const answered = new Map() // client and room → [place, seq] of its requests

  for (const { step, client, room, author, cid, seq } of steps) {
    const request = `${room} ${author} ${cid}`
    const lane = `${client} ${room}`
    if (step === 'event') heard.set(lane, Math.max(heard.get(lane) ?? 0, seq))
    if (step === 'enter') heard.delete(lane) // its epoch may be another
    if (step === 'invoke' && !position.has(request)) {
      const place = sent.get(lane) ?? 0
      sent.set(lane, place + 1)
      position.set(request, { lane, place })
      atLeast.set(request, Math.max(highestAck.get(room) ?? 0, heard.get(lane) ?? 0))
    }
    if (step === 'retry') putOff.add(request)
    if (step !== 'ok') continue
    if (seq <= (atLeast.get(request) ?? 0))
      violation('order', `${request} got ${seq}, less than what was told before it left`)
    highestAck.set(room, Math.max(highestAck.get(room) ?? 0, seq))
    const { lane: own, place } = position.get(request) ?? {}
    if (own === undefined || putOff.has(request)) continue
    if (!answered.has(own)) answered.set(own, new Map())
    answered.get(own).set(place, seq)
  }

  for (const [lane, seqs] of answered) {
    let before = 0
    for (const [place, seq] of [...seqs].toSorted(([a], [b]) => a - b)) {
      if (seq <= before)
        violation('order', `request ${place} of ${lane} got ${seq} after ${before}`)
      before = seq
    }
  }
}

/** Each receiver goes up by one from where it stands, in rooms of its own, and hears what the log says. */
function checkReceivers(steps, log, mayRead, violation) {
  const stands = new Map() // client and room → { epoch, at }
  const meaning = new Map() // room, epoch and number → what the first receiver heard there
  const logged = {}
  for (const [room, events] of Object.entries(log))
    logged[room] = new Map(events.map((event) => [event.seq, nameOf(event)]))

  for (const entry of steps) {
    const { step, client, room } = entry
    const place = `${client} ${room}`
    if (step === 'enter') stands.set(place, { epoch: entry.epoch, at: entry.at })
    if (step === 'leave') stands.delete(place)
    if (step === 'stands') {
      const head = log[room]?.at(-1)?.seq ?? 0
      if (entry.at !== head)
        violation('behind', `${client} stands at ${entry.at} of ${room}, its log ends at ${head}`)
    }
    if (step !== 'event') continue

    const where = stands.get(place)
    const allowed = mayRead[client]
    if (!where || (allowed && !allowed.includes(room))) {
      violation('foreign', `${client} heard ${entry.seq} of ${room}, which it is not in`)
      continue
    }
    if (entry.seq <= where.at)
      violation('twice', `${client} heard ${entry.seq} of ${room} standing at ${where.at}`)
    else if (entry.seq > where.at + 1)
      violation('gap', `${client} heard ${entry.seq} of ${room} standing at ${where.at}`)
    where.at = Math.max(where.at, entry.seq)

    const number = `${room} ${where.epoch} ${entry.seq}`
    const agreed = meaning.get(number) ?? logged[room]?.get(entry.seq)
    if (agreed === undefined) {
      violation('lost', `${client} heard ${entry.seq} of ${room}, which the log lacks`)
    } else if (agreed !== nameOf(entry)) {
      violation(
        'disagree',
        `${entry.seq} of ${room} is ${agreed}; ${client} heard ${nameOf(entry)}`,
      )
    }
    meaning.set(number, agreed ?? nameOf(entry))
  }
}

const nameOf = ({ author, cid }) => `${author} ${cid ?? '-'}`
