/** What the peers send: the envelope of the tutorial, without sessions, rooms, numbers or storage. */
let users = 0
let messages = 0

export const newUser = () => {
  users++
  return { id: users, name: `用户${users}`, imageid: `${users % 27}` }
}

export const chat = (user, data) => JSON.stringify({ id: ++messages, type: 'chat', user, data })

export const port = Number(process.argv[2])
export const host = '127.0.0.1'
