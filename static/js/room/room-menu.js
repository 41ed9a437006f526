import { Alpine } from '../alpine.js'
import { askHere } from './ask.js'
import { addressOf, base, boot, texts } from './boot.js'
import { openShare } from './dialogs.js'
import { me } from './me.js'
import { openMenu } from './menus.js'
import { toast } from './toast.js'
import { openTopic } from './topic.js'

/**
 * The menu behind the room's name: what of it I want to be told, what it has, and how it is kept and left.
 * @param {{connection: import('../socket.js').Connection, settings: ReturnType<typeof import('./settings.js').roomSettings>,
 *   pins: () => void, order: Pick<ReturnType<typeof import('./order.js').order>, 'open' | 'label'>,
 *   places: ReturnType<typeof import('./places.js').placesPanel>}} room
 */
export function roomMenu({ connection, settings, pins, order, places }) {
  Alpine.store('roomMenu', { open })

  /** @param {Event} event */
  function open({ currentTarget }) {
    if (!(currentTarget instanceof HTMLElement)) return
    const level = places.places.named(boot.room.name)?.level ?? 'all'
    const words = texts.attention
    const { title, now } = settings
    const mayKeep = me.role !== undefined && now.kind === 'room'
    /** @type {import('../components/menu.js').Choice[]} */
    const levels = /** @type {const} */ (['all', 'mentions', 'muted']).map((one) => ({
      label: words[one],
      kind: 'radio',
      group: words.heading,
      checked: level === one,
      run: () => void attend(one),
    }))
    void openMenu({
      anchor: currentTarget,
      label: texts.settings.menu,
      about: { name: title, text: now.topic },
      choices: [
        ...levels,
        ...(now.topic
          ? [
              {
                label: texts.settings.topic,
                icon: 'room',
                run: () => openTopic(now.topic),
                separate: true,
              },
            ]
          : []),
        { label: texts.pins.open, icon: 'pin', run: pins, separate: !now.topic },
        ...(now.kind === 'room'
          ? [{ label: texts.share.open, icon: 'invite', run: openShare }]
          : []),
        ...(mayKeep
          ? [
              { label: texts.settings.open, icon: 'settings', run: settings.open },
              { label: order.label(), icon: 'flag', run: order.open },
            ]
          : []),
        ...(boot.user.role === 'host'
          ? [{ label: texts.settings.tokens, icon: 'bird', run: tokens }]
          : []),
        ...(boot.room.name === 'lobby' || now.kind === 'direct'
          ? []
          : [
              {
                label: texts.settings.leave,
                icon: 'out',
                danger: true,
                separate: true,
                run: () => void leave(),
              },
            ]),
      ],
    })
  }

  /** @param {import('../models/places.js').Level} level */
  async function attend(level) {
    const answer = await askHere(connection, { type: 'notify', level })
    if (answer.fault) toast(answer.fault)
    else places.attended(answer)
  }

  function tokens() {
    location.assign(`${base}/bots`)
  }

  async function leave() {
    const { fault } = await askHere(connection, { type: 'leave', forget: true })
    if (fault) toast(fault)
    else location.assign(addressOf('lobby'))
  }
}
