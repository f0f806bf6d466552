import { join } from 'node:path';
import { getEnv } from '@/config/env';
import type { Database } from '@/db/client';
import { keepVapidKey } from '@/db/queries/notices';
import { PUSH_HOSTS } from '@/domain/push';
import { openMails } from '@/relay/email';
import { freshVapidKey, pushSender } from '@/relay/push';
import { smsSender } from '@/relay/sms';
import type { AccountMailSender } from '@/services/send-account-mail';
import type { InvitationSender } from '@/services/send-invitation';
import type { NoticeSenders } from '@/services/send-notices';

export type Senders = NoticeSenders & { invitation: InvitationSender; account: AccountMailSender };

/** How people are reached outside the page, by the environment. */
export async function openSenders(db: Database): Promise<Senders> {
  const env = getEnv();
  const mails = openMails({
    smtpUrl: env.SMTP_URL,
    folder: join(env.DATA_DIR, 'mail'),
    from: env.EMAIL_FROM,
    publicUrl: env.PUBLIC_URL ?? `http://localhost:${env.PORT}`,
  });
  return {
    email: mails.notice,
    invitation: mails.invitation,
    account: mails.account,
    sms: env.SMS_GATEWAY_URL ? smsSender({ gatewayUrl: env.SMS_GATEWAY_URL }) : undefined,
    push: pushSender({
      contact: `mailto:${env.EMAIL_FROM.replace(/^.*<|>$/g, '')}`,
      allowedHosts: env.PUSH_HOSTS ?? PUSH_HOSTS,
      vapidKey: await keepVapidKey(db, await freshVapidKey()),
    }),
  };
}
