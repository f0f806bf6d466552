import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CaughtUp } from '@/api/live';
import type { LogEvent } from '@/domain/events';
import { orderEvent } from '@/domain/images.testing';
import { seededRandom } from '@/domain/random';
import { type ChannelListener, Follower } from './follower';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const EPOCH = 'e';
const event = (version: number): LogEvent =>
  orderEvent('order', { id: `${100 + version}.${version}`, version });

/** A log of one order on a server, and a page that follows it by versions. */
function follow(options: { known?: number; failing?: () => unknown } = {}) {
  const log: LogEvent[] = [];
  const shown: number[] = [];
  const states: boolean[] = [];
  const failures: unknown[] = [];
  let listener: ChannelListener | null = null;
  let asked = 0;
  const follower = new Follower(
    {
      async ask(cursor): Promise<CaughtUp> {
        asked += 1;
        const failure = options.failing?.();
        if (failure) throw failure;
        const known = Number(cursor?.split('.')[1] ?? 0);
        return {
          messages: log
            .filter(({ version }) => version > known)
            .map((one) => ({
              id: `${EPOCH}.${one.version}`,
              data: { kind: 'event', event: one },
            })),
          ...{ more: false, channel: 'private-customer-1', streamId: 'order', positions: false },
        };
      },
      join(_, joined) {
        listener = joined;
        return () => {
          listener = null;
        };
      },
      emit: (_, data) => shown.push((data as { event: LogEvent }).event.version),
      setLive: (live) => states.push(live),
      fail: (error) => failures.push(error),
      isFinal: (error) => error === 'refused',
    },
    `${EPOCH}.${options.known ?? 0}`,
  );
  const hint = (version: number) => {
    const one = event(version);
    return {
      ...{ id: one.id, streamId: 'order', version, event: one },
      ...{ after: null, streamAfter: version - 1 },
    };
  };
  return {
    ...{ log, shown, states, failures, follower, hint },
    asked: () => asked,
    channel: () => listener,
    hear: (...versions: number[]) => listener?.onHints({ epoch: EPOCH, hints: versions.map(hint) }),
  };
}

async function opened(options: Parameters<typeof follow>[0] = {}) {
  const page = follow(options);
  page.follower.start();
  await vi.advanceTimersByTimeAsync(0);
  page.channel()?.onOpen();
  await vi.advanceTimersByTimeAsync(300);
  return page;
}

describe('a page that follows by hints', () => {
  it('is live once it has asked again on an open channel', async () => {
    const page = follow();
    page.follower.start();
    await vi.advanceTimersByTimeAsync(0);
    expect(page.states).not.toContain(true);
    page.log.push(event(1));
    page.channel()?.onOpen();
    await vi.advanceTimersByTimeAsync(300);
    expect(page.states.at(-1)).toBe(true);
    expect(page.shown).toEqual([1]);
  });

  it('takes what directly follows without asking, and nothing twice', async () => {
    const page = await opened();
    const before = page.asked();
    page.hear(1);
    page.hear(1, 2);
    expect(page.shown).toEqual([1, 2]);
    expect(page.asked()).toBe(before);
  });

  it('asks for what a gap hides, and shows it in order', async () => {
    const page = await opened();
    page.log.push(event(1), event(2), event(3));
    page.hear(3);
    page.hear(1);
    await vi.advanceTimersByTimeAsync(600);
    expect(page.shown).toEqual([1, 2, 3]);
  });

  it('finds what no hint told of', async () => {
    const page = await opened();
    page.log.push(event(1));
    await vi.advanceTimersByTimeAsync(7_000);
    expect(page.shown).toEqual([1]);
  });

  it('says that it is stale while the channel is closed, goes on asking, and heals', async () => {
    const page = await opened();
    page.channel()?.onClosed();
    expect(page.states.at(-1)).toBe(false);
    page.log.push(event(1));
    await vi.advanceTimersByTimeAsync(4_000);
    expect(page.shown).toEqual([1]);
    page.channel()?.onOpen();
    await vi.advanceTimersByTimeAsync(600);
    expect(page.states.at(-1)).toBe(true);
  });

  it('tries again after a failure, and ends at a refusal', async () => {
    const answers: unknown[] = ['away', 'away'];
    const page = follow({ failing: () => answers.shift() });
    page.follower.start();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(page.failures).toEqual([]);
    expect(page.channel()).not.toBeNull();
    answers.push('refused');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(page.failures).toEqual(['refused']);
    expect(page.channel()).toBeNull();
    const { asked } = page;
    const before = asked();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked()).toBe(before);
  });

  it('shows everything once and in order, whatever is lost, comes twice or late', async () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const random = seededRandom(seed);
      const page = await opened();
      const late: number[] = [];
      for (let version = 1; version <= 40; version += 1) {
        page.log.push(event(version));
        const dice = random();
        if (dice < 0.2) continue;
        if (dice < 0.4) late.push(version);
        else page.hear(...(dice < 0.6 ? [version, version] : [version]), ...late.splice(0));
        await vi.advanceTimersByTimeAsync(random() * 400);
      }
      await vi.advanceTimersByTimeAsync(20_000);
      expect(page.shown).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
      page.follower.stop();
    }
  });
});
