import { describe, expect, it } from 'vitest';
import { AT_FIRST, type Looking, readLooking, toQuery, writeLooking } from './analytics-in-url';

const ZONE = '019a8f00-0000-7000-8000-000000000001';
const custom: Looking = {
  ...AT_FIRST,
  ...{ period: 'custom', from: '2026-11-01', to: '2026-11-10', zoneId: ZONE },
  ...{ by: 'driver', sort: 'kept', descending: false },
};

describe('what an admin looks at', () => {
  it.each<[string, Looking]>([
    ['', AT_FIRST],
    ['?period=28', { ...AT_FIRST, period: '28' }],
    [
      `?period=custom&from=2026-11-01&to=2026-11-10&zone=${ZONE}&by=driver&sort=kept&order=up`,
      custom,
    ],
  ])('stands in the address: %s', (address, looking) => {
    expect(writeLooking(looking)).toBe(address);
    expect(readLooking(new URLSearchParams(address))).toEqual(looking);
  });

  it('is as at first where the address is not understood', () => {
    const odd = '?period=never&from=1.1.&to=x&zone=1&by=moon&sort=up&order=sideways';
    expect(readLooking(new URLSearchParams(odd))).toEqual(AT_FIRST);
  });

  it('is asked for once a custom period has two days in order', () => {
    const rest = { zoneId: ZONE, by: 'driver', sort: 'kept', descending: false };
    const query = { period: 'custom', from: '2026-11-01', to: '2026-11-10', ...rest };
    expect(toQuery(custom)).toEqual(query);
    expect(toQuery({ ...custom, to: null })).toBeNull();
    expect(toQuery({ ...custom, to: '2026-10-31' })).toBeNull();
    expect(toQuery({ ...custom, period: '7' })).toEqual({ period: '7', ...rest });
  });
});
