import type { Texts } from '../zh-CN.js'

/** What `chat-room doctor` says, in English. */
export const doctorEn: Texts['doctor'] = {
  help: 'Look whether all is well: settings, data, disk, port, TLS, bots, backups',
  grades: { ok: 'ok', warn: 'warn', fault: 'FAULT' },
  sum: '{faults} faults, {warns} warnings.',
  says: {
    failed: 'This could not be looked at ({reason}).',
    node: 'Node {version}.',
    nodeOld: 'Node {version} runs it, but gets no fixes any more. Please install Node 24.',
    nodeUnfit: 'Node {version} is too old. Please install Node 24 (20.19 and 22.9 are the least).',
    root: 'This runs as root. A user of its own is safer: docs/OPERATING.md has a systemd unit for that.',
    config: 'The settings of {file} are fine.',
    configNone: 'No configuration file was named (--config); all settings are fine.',
    configOpen:
      'Others on this machine may change {file}, and so give orders to the server. Please run: chmod go-w {file}',
    dataNew: 'The data folder {folder} will be made at the first start.',
    data: 'The data folder {folder} can be written; {free} GiB are free.',
    dataShut: 'This user cannot write to {folder}. Please give it to them: chown -R USER {folder}',
    dataOpen: 'Others on this machine may look into {folder}. Please run: chmod 700 {folder}',
    dataWide: '{files} in the data folder may be read by others. Please run: chmod 600 in {folder}',
    spaceNone:
      'Only {free} GiB are free in {folder}. At 0 every message is refused; please make room now.',
    spaceLow: 'Only {free} GiB are free in {folder}. Please make room soon.',
    diskNet:
      '{folder} is on a network file system ({type}), where SQLite may lose data. Please use a disk of this machine.',
    diskMaybe: '{folder} is on {type}. SQLite may not be safe there; a disk of this machine is.',
    diskGone:
      '{folder} is on {type}: its data are gone with the container or the next start of the machine. Please mount a volume or use a disk.',
    disk: 'The disk keeps what was committed (WAL, synchronous FULL); a commit takes {ms} ms.',
    diskSlow:
      'The disk keeps what was committed, but a commit takes {ms} ms. More than a few talk at a slow pace; a local SSD is faster.',
    diskUnsafe:
      'What is committed here may be lost ({found}). Please use another disk, or the SQLite that comes with Node.',
    storeNew: 'There is no data yet: {file} will be made at the first start.',
    store: '{file} is whole ({size} MiB).',
    storeDamaged:
      '{file} is damaged ({detail}). Please stop the server and go back to a backup: {program} restore FILE',
    storeNewer:
      '{file} comes from a newer version (it has {detail}). Please install that version again.',
    storeOlder: '{file} comes from an older version; the next start brings it up to date.',
    index: 'The search index has every message.',
    indexWaits:
      'The search index lacks {count} messages; a running server makes up for it by itself.',
    indexBroken:
      '{count} messages are missing in the search index and nothing would add them. They can be read but not found; please report this.',
    clock: 'The clock says {now}.',
    clockBehind:
      'The clock says {now}, but the last message is of {last}. Please set the clock: timedatectl set-ntp true',
    clockWrong:
      'The clock says {now}, long before this program was made. Please set the clock: timedatectl set-ntp true',
    files: '{count} files may be open at a time.',
    filesFew:
      'Only {count} files may be open at a time, each connection is one. Please set LimitNOFILE=65536 in the unit, or ulimit -n 65536.',
    filesUnknown: 'How many files may be open is not known on this system.',
    portAny: 'Port 0: any free port is taken.',
    portFree: 'Port {port} is free; no server of ours runs on this data.',
    portOurs: 'Our server answers on port {port}: version {version}, ready.',
    portOther:
      'A server with version {version} answers, but this program is version {own}. Please restart it after an upgrade.',
    portUnready:
      'Our server runs, but port {port} does not say that it is ready ({reason}). Please look into its log.',
    portTaken:
      'Another program has port {port}. Please stop it (ss -ltnp shows it), or take another one: --port {next}',
    portForbidden:
      'This user may not listen on port {port}. Please take one above 1023, or add AmbientCapabilities=CAP_NET_BIND_SERVICE to the unit.',
    portHost: 'This machine has no address {host}. Please check [server] host.',
    tlsNone: 'No certificate: plain http, right for a LAN or behind a proxy.',
    tls: 'The certificate for {names} holds until {until}.',
    tlsSoon:
      'The certificate for {names} ends on {until}. Please renew it; a running server takes the new files by itself.',
    tlsOver: 'The certificate for {names} has ended on {until}. Please renew it.',
    tlsEarly: 'The certificate for {names} holds from {from} on only. Please check the clock.',
    tlsName: 'The certificate is for {names}, not for {host} of [server] origins.',
    keyOpen: 'Others may read the key {file}. Please run: chmod go-rwx {file}',
    proxyNone: 'No proxy is trusted: addresses are those that connect.',
    proxy: 'X-Forwarded-* is believed from {list}.',
    proxyWide:
      '[server] trust_proxy has {entry}: nearly everybody may claim to come from anywhere. Please list the addresses of your proxies alone.',
    proxyMissing:
      '{origin} is https, but there is neither a certificate nor a trusted proxy, so cookies are not Secure. Please set tls_cert, or trust_proxy to the proxy’s address.',
    proxyAround:
      'The proxy is on this machine, and yet everybody reaches port {port} past it. Please set [server] host = 127.0.0.1.',
    address: 'The QR code on the terminal leads to {url}.',
    addressHere: 'Only this machine gets in ({url}): [server] host is {host}.',
    addressNames: 'It may be opened as {names}, by address and by a local name.',
    originStar:
      '[server] origins has *: every web site may open a connection in a visitor’s name. Please list your own addresses.',
    bots: 'All {count} plugins and bots can be loaded.',
    endpointUnasked: 'Whether models and webhooks can be reached is asked with --network alone.',
    endpoint: '{name} reaches {host} (status {status}).',
    endpointGone:
      '{name} does not reach {host} ({reason}). Please check the address and the network.',
    botsOpen:
      'Others may write to {folder}, and what lies there runs in the server. Please run: chmod -R go-w {folder}',
    backup: 'The last backup is of {at}: {file}.',
    backupOld:
      'The last backup is of {at}. Please make one each day: {program} backup FOLDER (docs/OPERATING.md has a timer).',
    backupNone:
      'No backup was made here yet. Please make one each day: {program} backup FOLDER (docs/OPERATING.md has a timer).',
    backupGone: 'The last backup was {file}, and it is not there any more.',
  },
}
