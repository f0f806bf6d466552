import { createTransport } from 'nodemailer';
import type { Env } from '@/config/env';
import { readHosted } from '@/config/hosted';
import { sinkSettings } from '@/config/sinks';
import type { Database } from '@/db/client';
import { listBrokers } from '@/db/queries/relay-destinations';
import { listWebhooks } from '@/db/queries/webhooks';
import { BROKER_KINDS, BROKER_NAMES, type BrokerKind } from '@/domain/relay/destination';
import { closeSinks, openSinks } from '@/relay/open-sinks';
import { openPusherChannels } from '@/relay/pusher-channels';
import { type Finding, messageOf, ok, warning, wrong } from './finding';

const TIMEOUT_MS = 5_000;
const VARIABLES = { amqp: 'AMQP_URL', redis: 'REDIS_STREAM_URL', pusher: 'PUSHER_*' } as const;

async function examineEmail(smtpUrl: string | undefined): Promise<Finding> {
  if (!smtpUrl) return ok('e-mail', 'off: mails become files in DATA_DIR/mail');
  const smtp = createTransport({
    ...{ url: smtpUrl, connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS },
    socketTimeout: TIMEOUT_MS,
  });
  const { host } = new URL(smtpUrl);
  try {
    await smtp.verify();
    return ok('e-mail', `${host} lets us in`);
  } catch (error) {
    return wrong('e-mail', `${host}: ${messageOf(error)}`, 'Check SMTP_URL.');
  } finally {
    smtp.close();
  }
}

/** Whoever answers at all is there: a message that nobody wants is not sent. */
async function examineSms(gatewayUrl: string | undefined): Promise<Finding> {
  if (!gatewayUrl) return ok('sms', 'off');
  const { host, origin } = new URL(gatewayUrl);
  try {
    await fetch(origin, {
      ...{ method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) },
    });
    return ok('sms', `${host} answers`);
  } catch (error) {
    return wrong('sms', `${host}: ${messageOf(error)}`, 'Check SMS_GATEWAY_URL.');
  }
}

/** Live updates of hosted mode. */
async function examinePusher(env: Env): Promise<Finding> {
  try {
    const settings = readHosted(env);
    if (!settings) return ok('Pusher', 'off');
    const { ok: fine, detail } = await openPusherChannels(settings.pusher).check();
    return fine ? ok('Pusher', detail) : wrong('Pusher', detail, 'Check the PUSHER_* variables.');
  } catch (error) {
    return wrong('Pusher', messageOf(error), 'Set all PUSHER_* variables, or none.');
  }
}

async function examineBrokers(env: Env, db: Database | null): Promise<Finding[]> {
  const sinks = openSinks(sinkSettings(env));
  const known = db ? await listBrokers(db) : [];
  try {
    const look = async (kind: BrokerKind): Promise<Finding> => {
      const [name, sink] = [BROKER_NAMES[kind], sinks.brokers[kind]];
      if (!sink) return ok(name, 'off');
      const { ok: fine, detail } = await sink.check();
      const missed = known.find((broker) => broker.kind === kind)?.missed ?? 0;
      if (!fine) return wrong(name, detail, `Check ${VARIABLES[kind]}, and the server there.`);
      if (missed === 0) return ok(name, detail);
      const gap = `${detail}; ${missed} events were dropped by retention before they were sent`;
      return warning(name, gap, 'Tell its receivers, and lengthen the retention of events.');
    };
    return await Promise.all(BROKER_KINDS.filter((kind) => kind !== 'pusher').map(look));
  } finally {
    await closeSinks(sinks);
  }
}

async function examineWebhooks(db: Database | null): Promise<Finding> {
  const webhooks = db ? await listWebhooks(db) : [];
  const failing = webhooks.filter(({ failingSince, disabledAt }) => failingSince && !disabledAt);
  const gaps = webhooks.filter(({ missed }) => missed > 0);
  if (failing.length > 0 || gaps.length > 0) {
    const names = [...new Set([...failing, ...gaps].map(({ name }) => name))].join(', ');
    return warning('webhooks', `in trouble: ${names}`, 'Look at /admin/settings/webhooks.');
  }
  return ok('webhooks', webhooks.length === 0 ? 'none' : `all ${webhooks.length} deliver`);
}

/** Every way to the outside that the environment starts. */
export async function examineSinks(env: Env, db: Database | null): Promise<Finding[]> {
  const [email, sms, brokers, pusher, webhooks] = await Promise.all([
    examineEmail(env.SMTP_URL),
    examineSms(env.SMS_GATEWAY_URL),
    examineBrokers(env, db),
    examinePusher(env),
    examineWebhooks(db),
  ]);
  const push = ok('web push', `to ${env.PUSH_HOSTS?.join(', ') ?? 'the four large services'}`);
  return [email, sms, push, ...brokers, pusher, webhooks];
}
