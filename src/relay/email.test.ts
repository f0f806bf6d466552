import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { mustSeeNotice } from '@/domain/notices';
import { openMails } from './email';
import { startSmtp } from './testing/smtp';

const notice = mustSeeNotice('placed', {
  ...{ id: 'o', number: 1_042, restaurantName: 'Stack Yard', restaurantSlug: 'stack-yard' },
  promisedFrom: new Date('2026-11-20T19:42:00Z'),
  promisedTo: new Date('2026-11-20T19:48:00Z'),
  timeZone: 'Atlantic/Azores',
});
const mailsBy = (smtpUrl: string) =>
  openMails({
    ...{ smtpUrl, folder: tmpdir(), from: 'Hotfoot <hello@hotfoot.test>' },
    publicUrl: 'https://food.example',
  });
const kim = { email: 'kim@stack.test', name: 'Kim', locale: 'en' };

describe('an e-mail over SMTP', () => {
  it('arrives at a server that lets us in, with its link, in plain text and in HTML', async () => {
    await using smtp = await startSmtp();
    const { notice: send } = mailsBy(`smtp://hot:foot@${smtp.host}`);
    expect(await send(kim, notice)).toEqual({ kind: 'sent' });
    const [mail] = smtp.mails;
    expect(mail).toMatchObject({ from: 'hello@hotfoot.test', to: ['kim@stack.test'] });
    const text = mail?.text.replaceAll('=\r\n', '') ?? '';
    expect(text).toContain('To: Kim <kim@stack.test>');
    expect(text).toContain('Subject: New order #1042');
    expect(text).toContain('https://food.example/kitchen/stack-yard');
    expect(text).toContain('text/plain');
    expect(text).toContain('text/html');
  });

  it('is tried again where the server does not know us, the address, or is away', async () => {
    const smtp = await startSmtp();
    const strange = mailsBy(`smtp://hot:other@${smtp.host}`);
    expect(await strange.notice(kim, notice)).toMatchObject({
      ...{ kind: 'failed', error: expect.stringContaining('Wrong name or password') },
    });
    const { notice: send } = mailsBy(`smtp://hot:foot@${smtp.host}`);
    const nobody = { ...kim, email: 'kim@nowhere.test' };
    expect(await send(nobody, notice)).toMatchObject({
      ...{ kind: 'failed', error: expect.stringContaining('No such mailbox') },
    });
    expect(smtp.mails).toEqual([]);
    await smtp.close();
    expect(await send(kim, notice)).toMatchObject({
      ...{ kind: 'failed', error: expect.stringContaining('ECONNREFUSED') },
    });
  });
});
