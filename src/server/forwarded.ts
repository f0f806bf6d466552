import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** One header; of those that may come several times, all as one. */
export const headerOf = ({ headers }: Pick<IncomingMessage, 'headers'>, name: string) =>
  headers[name]?.toString();

/** Whether what this address says of others is believed. */
export type TrustedProxies = (address: string) => boolean;

/** IPv4 as it arrives on a socket for both kinds. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '').trim();

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

const isIn = (list: BlockList, address: string): boolean =>
  isIP(address) !== 0 && list.check(address, familyOf(address));

const ADDRESSES_KEPT = 10_000;

/** Proxies by addresses and CIDR ranges. Throws one sentence about the first that is neither. */
export function trustedProxies(ranges: readonly string[]): TrustedProxies {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits] = range.split('/');
    const longest = isIP(address) === 6 ? 128 : 32;
    const prefix = bits === undefined ? longest : Number(bits);
    if (!isIP(address) || !Number.isInteger(prefix) || prefix < 0 || prefix > longest) {
      throw new Error(
        `TRUSTED_PROXIES: “${range}” is neither an address nor a range like 10.0.0.0/8.`,
      );
    }
    list.addSubnet(address, prefix, familyOf(address));
  }
  /** Of addresses that were looked for before: a list takes 20 µs, and everybody comes by the same proxies. */
  const found = new Map<string, boolean>();
  return (address) => {
    const known = found.get(address);
    if (known !== undefined) return known;
    const is = isIn(list, plain(address));
    if (found.size >= ADDRESSES_KEPT) found.clear();
    found.set(address, is);
    return is;
  };
}

export type ClientConnection = { address: string | null; protocol: 'http' | 'https' };

/**
 * Where a request comes from. `X-Forwarded-For` is read from the right as far as each hop is trusted,
 * the first that is not being the client; from anybody else the headers count for nothing.
 */
export function clientOf(
  request: Pick<IncomingMessage, 'headers' | 'socket'>,
  isTrusted: TrustedProxies,
): ClientConnection {
  const remote = request.socket.remoteAddress;
  if (!remote) return { address: null, protocol: 'http' };
  const peer = plain(remote);
  if (!isTrusted(peer)) return { address: peer, protocol: 'http' };
  const hops = `${request.headers['x-forwarded-for'] ?? ''}`.split(',').map(plain).filter(isIP);
  const protocol = request.headers['x-forwarded-proto'] === 'https' ? 'https' : 'http';
  const client = hops.findLast((hop) => !isTrusted(hop)) ?? hops[0];
  return { address: client ?? peer, protocol };
}
