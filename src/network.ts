import { isIPv6 } from 'node:net'
import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os'

/** As `os.networkInterfaces()` gives them. */
export type Interfaces = Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>

/**
 * Addresses under which others reach this machine, the likeliest first.
 * @returns IPv4 before IPv6; last what containers and virtual machines made, which no phone can reach.
 */
export function reachable(interfaces: Interfaces = networkInterfaces()): string[] {
  const found = Object.entries(interfaces).flatMap(([name, infos = []]) =>
    infos
      .filter(({ internal, address }) => !internal && !address.startsWith('fe80:'))
      .map(({ address }) => ({
        address,
        rank: Number(isVirtual(name)) * 2 + Number(isIPv6(address)),
      })),
  )
  return found.toSorted((a, b) => a.rank - b.rank).map(({ address }) => address)
}

const isVirtual = (name: string): boolean => /^(?:docker|br-|veth|virbr|vmnet|vEthernet)/.test(name)
