import type { Replies } from '../../bots/speaking/replies.js'
import { memberOf, roomView } from '../../bots/view.js'
import type { Delivered, Say } from '../../chat/face.js'
import type { Member, RoomView } from '../../plugin.js'
import type { Original } from './line-message.js'
import { Watch } from './watch.js'

/** One message on its way through the plugins of a room: what they share. */
export class Line implements Original {
  readonly say: Say
  readonly room: RoomView
  readonly user: Member
  readonly state: Record<string, unknown> = {}
  /** As the plugins left it so far. */
  text: string
  /** Set once it is durable. */
  delivered: Delivered | undefined
  /** Answers of the plugins, by the section that speaks. */
  readonly replies = new Map<string, Replies>()
  readonly watch = new Watch()
  /** Whoever has or had it in hand. */
  readonly hands: { abort(reason: Error): void }[] = []

  constructor(say: Say) {
    this.say = say
    this.room = roomView(say.room, say.lang)
    this.user = memberOf(say.user)
    this.text = say.data
  }

  get id(): number {
    return this.delivered?.seq ?? 0
  }

  get at(): number {
    return this.delivered?.at ?? 0
  }

  get hop(): number {
    return this.say.hop ?? 0
  }

  get replyTo(): number | undefined {
    return this.say.reply_to
  }

  get edits(): number | undefined {
    return this.say.edits
  }

  get mentions(): readonly number[] {
    return this.say.room.calls(this.text, this.say.user)
  }
}
