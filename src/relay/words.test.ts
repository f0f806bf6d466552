import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { QUICK_REPLIES } from '@/domain/message';
import { NOTICE_KINDS, type NoticeContent } from '@/domain/notices';
import { noticeWords } from './words';

const notice = (change: Partial<NoticeContent>): NoticeContent => ({
  ...{ kind: 'accepted', text: 'accepted', orderId: 'o', orderNumber: 1_042 },
  ...{ restaurant: 'Stack Yard', driver: 'Dee', timeZone: 'Atlantic/Azores' },
  ...{ etaFrom: '2026-11-20T19:42:00Z', etaTo: '2026-11-20T19:48:00Z' },
  ...{ reason: null, quick: null, body: '' },
  ...change,
});

/** Every text that the domain can name. */
const TEXTS = [...readFileSync('src/domain/notices.ts', 'utf8').matchAll(/text: '(\w+)'/g)].map(
  ([, text = '']) => text,
);

describe.each(['en', 'ar'])('notices in %s', (locale) => {
  it.each([...TEXTS, 'message', 'message_from_staff'])('say %s', (text) => {
    const { title, body } = noticeWords(notice({ text, body: 'Which floor?' }), locale);
    for (const words of [title, body]) {
      expect(words).not.toBe('');
      expect(words).not.toMatch(/[{}]|\w+\.\w+\.\w+|^notices/);
    }
  });

  it('say every quick reply of those who write to a customer', () => {
    for (const quick of [...QUICK_REPLIES.driver, ...QUICK_REPLIES.admin]) {
      const { body } = noticeWords(notice({ text: 'message', quick }), locale);
      expect(body).toMatch(/^\S+ .+\.$/);
    }
  });
});

it('say the time on the restaurant’s clock', () => {
  expect(noticeWords(notice({}), 'en').body).toBe(
    'Your order #1042 was accepted. At your door 18:42–18:48.',
  );
});

it('are English for whoever speaks what we do not, and run right to left in Arabic', () => {
  expect(noticeWords(notice({}), 'fi')).toMatchObject({ locale: 'en', dir: 'ltr' });
  expect(noticeWords(notice({}), 'ar')).toMatchObject({ locale: 'ar', dir: 'rtl' });
  expect(NOTICE_KINDS.length).toBeGreaterThan(0);
});
