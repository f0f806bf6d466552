import { type ChannelModel, type ConfirmChannel, connect } from 'amqplib';
import { beforeEnd, outsideJson, placeOf, reasonOf } from './outside';
import type { RelayedEvent, Sink } from './sink';

export const AMQP_EXCHANGE = 'hotfoot.events';
const CONNECT_MS = 5_000;
const CLOSE_MS = 1_000;
const HEARTBEAT_S = 10;

type Open = { connection: ChannelModel; channel: ConfirmChannel };

/** Events as persistent messages of a topic exchange; delivered once the broker has confirmed them. */
export function amqpSink(url: string): Sink {
  let open: Promise<Open> | null = null;

  const close = async () => {
    const closing = open;
    open = null;
    // A broker that is gone does not answer a goodbye.
    const goodbye = closing?.then(({ connection }) => connection.close());
    if (goodbye) await beforeEnd(goodbye, AbortSignal.timeout(CLOSE_MS)).catch(() => undefined);
  };

  async function openChannel(): Promise<Open> {
    const address = new URL(url);
    if (!address.searchParams.has('heartbeat')) {
      address.searchParams.set('heartbeat', `${HEARTBEAT_S}`);
    }
    const connection = await connect(address.href, { timeout: CONNECT_MS });
    // What is under way then fails by itself; the next delivery connects anew.
    const forget = () => {
      open = null;
    };
    connection.on('error', forget).on('close', forget);
    const channel = await connection.createConfirmChannel();
    channel.on('error', forget).on('close', forget);
    await channel.assertExchange(AMQP_EXCHANGE, 'topic', { durable: true });
    return { connection, channel };
  }

  const opened = (): Promise<Open> => {
    if (!open) {
      const opening = openChannel();
      open = opening;
      opening.catch(() => {
        if (open === opening) open = null;
      });
    }
    return open;
  };

  const publish = (channel: ConfirmChannel, event: RelayedEvent) =>
    new Promise<void>((confirmed, failed) => {
      channel.publish(
        AMQP_EXCHANGE,
        event.type,
        Buffer.from(outsideJson(event)),
        {
          persistent: true,
          messageId: event.id,
          type: event.type,
          timestamp: Math.floor(Date.parse(event.at) / 1_000),
          contentType: 'application/json',
          appId: 'hotfoot',
        },
        (error: unknown) => (error ? failed(error) : confirmed()),
      );
    });

  return {
    batch: 100,
    async deliver(events, signal) {
      try {
        const { channel } = await beforeEnd(opened(), signal);
        await beforeEnd(Promise.all(events.map((event) => publish(channel, event))), signal);
        return { kind: 'delivered' };
      } catch (error) {
        // What was not confirmed may still be on its way: it must not come after the next try.
        void close();
        return { kind: 'failed', error: reasonOf(error) };
      }
    },
    async check() {
      try {
        await beforeEnd(opened(), AbortSignal.timeout(CONNECT_MS));
        return { ok: true, detail: `exchange ${AMQP_EXCHANGE} at ${placeOf(url)}` };
      } catch (error) {
        return { ok: false, detail: `${placeOf(url)}: ${reasonOf(error)}` };
      }
    },
    close,
  };
}
