import { BlockList, isIP, isIPv6 } from 'node:net';

/**
 * Addresses that no public server has, by the registries of IANA for special purposes
 * (https://www.iana.org/assignments/iana-ipv4-special-registry, …/iana-ipv6-special-registry).
 */
const RESERVED: readonly [network: string, prefix: number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** Of IPv6 only what is handed out as global unicast is public, and of that not these. */
const GLOBAL_V6 = ['2000::', 3] as const;
const RESERVED_V6: readonly [network: string, prefix: number][] = [
  // Protocol assignments, Teredo and documentation.
  ['2001::', 23],
  ['2001:db8::', 32],
  ['3fff::', 20],
  // 6to4: holds an IPv4 address that could be anything.
  ['2002::', 16],
];
/** NAT64: reaches the IPv4 address in its last 32 bits. */
const NAT64 = '64:ff9b::';

const reserved = new BlockList();
for (const [network, prefix] of RESERVED) reserved.addSubnet(network, prefix, 'ipv4');
const reservedV6 = new BlockList();
for (const [network, prefix] of RESERVED_V6) reservedV6.addSubnet(network, prefix, 'ipv6');
const globalV6 = new BlockList();
globalV6.addSubnet(...GLOBAL_V6, 'ipv6');
const translated = new BlockList();
translated.addSubnet(NAT64, 96, 'ipv6');

/** The last 32 bits of an IPv6 address, as an IPv4 one. */
function lastFour(address: string): string {
  // URL writes every IPv6 address in its shortest form, without dots.
  const groups = new URL(`http://[${address}]`).hostname.slice(1, -1).split(':').slice(-2);
  const [high = 0, low = 0] = groups.map((group) => Number.parseInt(group || '0', 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** Whether an IP address belongs to the public internet. */
export function isPublicAddress(address: string): boolean {
  const [bare = ''] = address.split('%');
  if (isIP(bare) === 0 || bare !== address) return false;
  if (!isIPv6(bare)) return !reserved.check(bare, 'ipv4');
  if (translated.check(bare, 'ipv6')) return isPublicAddress(lastFour(bare));
  return globalV6.check(bare, 'ipv6') && !reservedV6.check(bare, 'ipv6');
}
