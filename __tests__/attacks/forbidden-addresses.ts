/** Where nobody but the host may send this server: itself, its neighbours, a cloud's secrets; in every spelling. */

const octets = (address: string) => address.split('.').map(Number)
const whole = (address: string) => octets(address).reduce((sum, octet) => sum * 256 + octet, 0)
const hex = (address: string) => `0x${whole(address).toString(16).padStart(8, '0')}`
const words = (address: string) => {
  const [a = 0, b = 0, c = 0, d = 0] = octets(address)
  return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`
}

const v4 = ['127.0.0.1', '127.1.2.3', '0.0.0.0', '10.0.0.1', '172.16.0.1', '192.168.0.1', '169.254.169.254', '100.64.0.1', '100.100.100.200', '192.0.0.192', '198.18.0.1', '224.0.0.1', '255.255.255.255'] // prettier-ignore

/** One address of IPv4 as resolvers and parsers take it. */
const spellings = (address: string): string[] => [
  address,
  String(whole(address)),
  hex(address),
  `0${whole(address).toString(8)}`,
  octets(address)
    .map((octet) => `0x${octet.toString(16)}`)
    .join('.'),
  octets(address)
    .map((octet) => `0${octet.toString(8).padStart(3, '0')}`)
    .join('.'),
  `[::ffff:${address}]`,
  `[::ffff:${words(address)}]`,
  `[64:ff9b::${words(address)}]`,
  `[64:ff9b:1::${words(address)}]`,
  `[2002:${words(address)}::]`,
  `[::${address}]`,
  `${address}.`,
  `${address}.nip.io`,
  address.replace(/\d/g, (digit) => String.fromCodePoint(0x24ea + (Number(digit) === 0 ? 0 : Number(digit) + 0x2460 - 0x24ea - 1))), // prettier-ignore
]

const names = ['localhost', 'LOCALHOST', 'localhost.', 'localhost.localdomain', 'ip6-localhost', 'metadata.google.internal', 'metadata', 'instance-data', 'kubernetes.default.svc', 'host.docker.internal', 'rebind.evil.example', 'localtest.me', '127.1', '127.0.1', '0', '0x7f.1', '[::1]', '[::]', '[0:0:0:0:0:0:0:1]', '[fe80::1]', '[fc00::1]', '[fd00:ec2::254]', '[ff02::1]', 'ｌｏｃａｌｈｏｓｔ', '①②⑦.⓪.⓪.①'] // prettier-ignore

/** @param port Where somebody listens, so that a connection could come to something. */
export function forbiddenAddresses(port: number): string[] {
  const hosts = [...v4.flatMap(spellings), ...names]
  const http = hosts.map((host) => `http://${host}:${port}/`)
  const disguised = ['127.0.0.1', '169.254.169.254', '[::1]', 'localhost'].flatMap((host) => [
    `http://good.example@${host}:${port}/`,
    `http://good.example%2f@${host}:${port}/`,
    `http://good.example:80\\@${host}:${port}/`,
    `http:${host}:${port}/`,
    `http:/\\${host}:${port}/`,
    `//${host}:${port}/`,
    `\\\\${host}:${port}/`,
    `hTTp://${host}:${port}/`,
    `https://${host}:${port}/`,
    `ws://${host}:${port}/`,
    `http://${host}:${port}/latest/meta-data/iam/security-credentials/`,
    `http://${host}:${port}/#good.example`,
    `http://${host}:${port}/?good.example`,
    `http://\t${host}:${port}/`,
    `ftp://${host}:${port}/`,
    `gopher://${host}:${port}/_GET%20/`,
    `dict://${host}:${port}/info`,
    `ldap://${host}:${port}/`,
    `tftp://${host}:${port}/x`,
    `sftp://${host}:${port}/`,
    `jar:http://${host}:${port}/!/`,
    `netdoc:http://${host}:${port}/`,
    `smb://${host}/share`,
  ])
  const files = ['file:///etc/passwd', 'file:/etc/passwd', 'file://localhost/etc/passwd', 'file:///proc/self/environ', 'data:text/html,x', 'blob:http://127.0.0.1/x', 'about:blank', 'unix:/var/run/docker.sock', 'http+unix://%2Fvar%2Frun%2Fdocker.sock/'] // prettier-ignore
  return [...http, ...disguised, ...files]
}
