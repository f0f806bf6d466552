import { createTranslator } from 'next-intl';
import { describe, expect, it } from 'vitest';
import { type Catalogue, refusalOf, translated } from './refusal';

const catalogue = (messages: Record<string, { message: string; hint: string }>) =>
  createTranslator({ locale: 'en', messages }) as unknown as Catalogue;

const refused = (reason: string, data: Record<string, unknown> | null = null) => ({
  message: 'It sold out.',
  data: { code: 'CONFLICT', refusal: { code: 'conflict', reason, hint: 'Choose.', data } },
});

describe('a refusal in another language', () => {
  const t = catalogue({
    sold_out: { message: 'نفد {dish}', hint: 'اختر غيره' },
    invalid_input: { message: 'غير صحيح', hint: 'صحّحه' },
    invalid_field: { message: 'قيمة غير صحيحة', hint: '' },
    offline: { message: 'لا اتصال', hint: 'تحقق' },
  });

  it('is put in words by its reason and its data', () => {
    const words = translated(refusalOf(refused('sold_out', { dish: 'Fries', ids: [1] })), t);
    expect(words).toMatchObject({ reason: 'sold_out', message: 'نفد Fries', hint: 'اختر غيره' });
  });

  it('keeps the server’s sentence where there is no text for the reason', () => {
    const words = translated(refusalOf(refused('brand_new')), t);
    expect(words).toMatchObject({ message: 'It sold out.', hint: 'Choose.' });
    expect(translated(refusalOf(refused('sold_out')), catalogue({}))).toMatchObject({
      message: 'It sold out.',
    });
  });

  it('says that the line is cut, and which fields are wrong', () => {
    expect(translated(refusalOf(new TypeError('fetch failed')), t).message).toBe('لا اتصال');
    const invalid = {
      message: 'Some of what was sent is not right.',
      data: { code: 'BAD_REQUEST', fields: [{ field: 'email', message: 'Invalid' }] },
    };
    expect(translated(refusalOf(invalid), t)).toMatchObject({
      message: 'غير صحيح',
      fields: [{ field: 'email', message: 'قيمة غير صحيحة' }],
    });
  });
});
