import { mkdir } from 'node:fs/promises';
import { createTransport, type SentMessageInfo, type Transporter } from 'nodemailer';
import type { Locale } from '@/i18n/locales';
import type { AccountMailSender } from '@/services/send-account-mail';
import type { InvitationSender } from '@/services/send-invitation';
import type { NoticeSenders, SendOutcome } from '@/services/send-notices';
import { accountMailWords } from './account-mail-words';
import { invitationWords } from './invitation-words';
import { writeMailFile } from './mail-file';
import { noticeWords } from './words';

export type EmailOptions = {
  /** `smtp://user:password@host:port`; without it mails become files in `folder`. */
  smtpUrl: string | undefined;
  folder: string;
  from: string;
  /** Where links lead to. */
  publicUrl: string;
};

const TIMEOUT_MS = 10_000;

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

type MailWords = {
  title: string;
  body: string;
  /** On the button. */
  see: string;
  why: string;
  dir: 'ltr' | 'rtl';
  locale: Locale;
};

/** One column that every mail program can show; the same as its plain text. */
function html(words: MailWords, link: string): string {
  const font = 'font-family:system-ui,sans-serif;color:#1f1a17';
  return `<!doctype html><html lang="${words.locale}" dir="${words.dir}"><body style="margin:0;background:#fbfaf8;${font}">
<div style="max-width:32rem;margin:0 auto;padding:2rem 1.5rem">
<h1 style="font-size:1.4rem;margin:0 0 .75rem">${escaped(words.title)}</h1>
<p style="font-size:1rem;line-height:1.5;margin:0 0 1.5rem">${escaped(words.body)}</p>
<p style="margin:0 0 2rem"><a href="${escaped(link)}" style="background:#b83a00;color:#fff;padding:.75rem 1.25rem;border-radius:.5rem;text-decoration:none">${escaped(words.see)}</a></p>
<p style="font-size:.85rem;line-height:1.5;color:#6b625c;margin:0">${escaped(words.why)}</p>
</div></body></html>`;
}

const failed = (error: unknown): SendOutcome => ({
  kind: 'failed',
  error: error instanceof Error ? error.message : String(error),
});

type Post = (
  to: { name: string; address: string },
  words: MailWords,
  link: string,
) => Promise<SendOutcome>;

/** Sends by SMTP, or writes into files where no server is named. */
function openPost({ smtpUrl, folder, from }: EmailOptions): Post {
  const smtp: Transporter<SentMessageInfo> | null = smtpUrl
    ? createTransport({
        url: smtpUrl,
        connectionTimeout: TIMEOUT_MS,
        greetingTimeout: TIMEOUT_MS,
        socketTimeout: TIMEOUT_MS,
      })
    : null;
  const files = createTransport({ streamTransport: true, buffer: true });
  return async (to, words, link) => {
    const mail = {
      from,
      to,
      subject: words.title,
      text: `${words.body}\n\n${words.see}: ${link}\n\n${words.why}\n`,
      html: html(words, link),
    };
    try {
      if (smtp) await smtp.sendMail(mail);
      else {
        const { message } = await files.sendMail(mail);
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeMailFile(folder, message);
      }
      return { kind: 'sent' };
    } catch (error) {
      return failed(error);
    }
  };
}

export type Mails = {
  notice: NoticeSenders['email'];
  invitation: InvitationSender;
  account: AccountMailSender;
};

/** Everything that leaves by mail. */
export function openMails(options: EmailOptions): Mails {
  const post = openPost(options);
  const linkTo = (path: string) => new URL(path, options.publicUrl).href;
  return {
    notice: (to, notice) =>
      post(
        { name: to.name, address: to.email },
        noticeWords(notice, to.locale),
        linkTo(notice.path ?? `/orders/${notice.orderId}`),
      ),
    invitation: (to, token) =>
      post({ name: '', address: to.email }, invitationWords(to), linkTo(`/join/${token}`)),
    account: (mail) =>
      post({ name: mail.name, address: mail.email }, accountMailWords(mail), linkTo('/sign-in')),
  };
}
