import { describe, expect, it } from 'vitest';
import { readWords, toTsquery } from './search-words';

const known = (word: string, close: string[] = []) => ({ word, known: true, close });
const unknown = (word: string, close: string[] = []) => ({ word, known: false, close });
const asTyped = (typed: string) => ({ typed, read: [typed], corrected: false });

describe('typed words', () => {
  it('that are known are taken as they are', () => {
    expect(readWords([known('sushi', ['sushi', 'susi'])])).toEqual([asTyped('sushi')]);
  });

  it('that nobody knows are taken for what they nearly are', () => {
    expect(readWords([unknown('suhsi', ['sushi'])])).toEqual([
      { typed: 'suhsi', read: ['sushi'], corrected: true },
    ]);
  });

  it('without any meaning are left out, if others have one', () => {
    expect(readWords([unknown('zzyzx'), known('pizza')])).toEqual([asTyped('pizza')]);
    expect(readWords([unknown('zzyzx')])).toBeNull();
    expect(readWords([])).toBeNull();
  });

  it('are all doubted when asked to, those that are like nothing else excepted', () => {
    const words = [known('raman', ['raman', 'ramen']), known('bar', ['bar'])];
    expect(readWords(words, { correctAll: true })).toEqual([
      { typed: 'raman', read: ['ramen'], corrected: true },
      asTyped('bar'),
    ]);
  });
});

describe('a query for the database', () => {
  const words = [asTyped('spicy'), { typed: 'tnua', read: ['tuna', 'tun'], corrected: true }];

  it('wants each word at the start of one, or any of them', () => {
    expect(toTsquery(words)).toBe("('spicy':*ABCD)&('tuna':*ABCD|'tun':*ABCD)");
    expect(toTsquery(words, { any: true, parts: 'A' })).toBe("('spicy':*A)|('tuna':*A|'tun':*A)");
  });

  it('holds no sign that ends a word', () => {
    expect(toTsquery([asTyped("a'b\\c")])).toBe("('a\\'b\\\\c':*ABCD)");
  });
});
