import { describe, expect, it } from 'vitest';
import { addressKey } from './limits';

describe('what stands for an address', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2:ffff::1', '2001:db8:1:2'],
    ['2001:0DB8::1', '2001:db8:0:0'],
    ['2001:db8:1::', '2001:db8:1:0'],
  ])('%s is %s', (address, counted) => {
    expect(addressKey(address)).toBe(counted);
  });

  it('a household’s whole IPv6 network is one, another’s is not', () => {
    expect(addressKey('2001:db8:1:2::1')).toBe(addressKey('2001:db8:1:2:9:9:9:9'));
    expect(addressKey('2001:db8:1:2::1')).not.toBe(addressKey('2001:db8:1:3::1'));
  });

  it.each([null, '', '127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])(
    'this machine, and one that is not known, are not counted: %s',
    (address) => {
      expect(addressKey(address)).toBeNull();
    },
  );
});
