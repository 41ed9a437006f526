import { expect, test } from '@jest/globals'
import type { NetworkInterfaceInfo } from 'node:os'
import { addressesOf } from '../../src/commands/addresses.js'
import { loadConfig } from '../../src/config.js'
import { listeningAt } from '../../src/listen.js'

const at = (flags: Record<string, string>) =>
  loadConfig({
    flags: Object.fromEntries(Object.entries(flags).map(([flag, word]) => [flag, [word]])),
    env: {},
    cwd: process.cwd(),
  }).config.server

const v4 = (address: string, internal = false): NetworkInterfaceInfo => ({
  address,
  internal,
  family: 'IPv4',
  netmask: '255.255.255.0',
  mac: '00:00:00:00:00:01',
  cidr: `${address}/24`,
})
const v6 = (address: string): NetworkInterfaceInfo => ({
  ...v4(address),
  family: 'IPv6',
  scopeid: 0,
})
const machine = {
  lo: [v4('127.0.0.1', true)],
  docker0: [v4('172.17.0.1')],
  wlan0: [v6('fe80::1'), v6('2001:db8::5'), v4('192.168.1.5')],
}

test('what a phone can reach comes first, containers last, IPv6 only where we listen on it', () => {
  expect(addressesOf(listeningAt(at({}), 8088), machine)).toEqual({
    local: 'http://localhost:8088/',
    network: ['http://192.168.1.5:8088/', 'http://172.17.0.1:8088/'],
  })
  expect(addressesOf(listeningAt(at({ host: '::' }), 8088), machine).network).toEqual([
    'http://192.168.1.5:8088/',
    'http://[2001:db8::5]:8088/',
    'http://172.17.0.1:8088/',
  ])
})

test('a room for this machine alone has no address on the network', () => {
  expect(addressesOf(listeningAt(at({ host: '127.0.0.1' }), 81), machine)).toEqual({
    local: 'http://127.0.0.1:81/',
    network: [],
  })
})

test('scheme and base path are those of the configuration', () => {
  const server = { ...at({ 'base-path': '/chat' }), tls_cert: '/c.pem' }

  expect(addressesOf(listeningAt(server, 443), machine).local).toBe('https://localhost:443/chat/')
})
