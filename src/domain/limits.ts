import type { BucketRule } from './token-bucket';

/** What is counted besides wrong passwords: by account where there is one, and by address. */
export type Limited = 'sign_up' | 'search' | 'order';

type Limit = { account: BucketRule; address: BucketRule };

/** Far above what people do, and an office of them behind one address. */
export const LIMITS: Readonly<Record<Limited, Limit>> = {
  sign_up: {
    account: { burst: 5, perSecond: 1 / 60 },
    address: { burst: 60, perSecond: 1 / 10 },
  },
  // Each word that is typed searches, each look at the map too.
  search: {
    account: { burst: 120, perSecond: 5 },
    address: { burst: 1_000, perSecond: 50 },
  },
  order: {
    account: { burst: 30, perSecond: 1 / 5 },
    address: { burst: 300, perSecond: 3 },
  },
};

/** Calls over REST of one person, key or, without either, address. */
export const CALLS: BucketRule = { burst: 1_000, perSecond: 100 };

const LOOPBACK = /^(127\.|::1$)/;

/**
 * What stands for an address: of IPv6 the network, since a household has a whole one. Null for this
 * machine itself, and where none is known: behind a proxy that does not say for whom it asks, everybody
 * would be one.
 */
export function addressKey(address: string | null | undefined): string | null {
  const plain = (address ?? '').trim().replace(/^::ffff:(?=\d+\.)/i, '');
  if (plain === '' || LOOPBACK.test(plain)) return null;
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - after.length);
  return [...groups, ...Array<string>(zeros).fill('0'), ...after]
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':');
}
