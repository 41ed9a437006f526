import { createHmac } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { signature, slackSignature } from '../../src/gateways/webhook-out/sign.js'

test('a body is signed as Standard Webhooks has it: the vector of its authors', () => {
  const signed = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    at: 1614265330,
    body: '{"test": 2432232314}',
  }
  expect(signature(signed, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).toEqual({
    'webhook-id': signed.id,
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  })
})

test('and as Slack has it: the vector of its documentation', () => {
  const body =
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c'
  expect(slackSignature({ at: 1531420618, body }, '8f742231b10e8888abcd99yyyzzz85a5')).toEqual({
    'x-slack-request-timestamp': '1531420618',
    'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  })
})

test('words are a secret as they are, and without one nothing is signed', () => {
  const signed = { id: 'a', at: 1, body: '{}' }
  const mac = createHmac('sha256', 'tea').update('a.1.{}').digest('base64')
  expect(signature(signed, 'tea')['webhook-signature']).toBe(`v1,${mac}`)
  expect(Object.keys(signature(signed, ''))).toEqual(['webhook-id', 'webhook-timestamp'])
  expect(Object.keys(slackSignature(signed, ''))).toEqual(['x-slack-request-timestamp'])
})
