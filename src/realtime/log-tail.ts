import type { ReadEvent } from '@/db/queries/events';
import { type LogFilter, passesFilter } from '@/domain/log-filter';
import type { Hub } from './hub';
import { pause } from './pause';

/** More than this at once can't be read anyway: the rest is in the list. */
const MOST_LINES = 100;

/**
 * What is written to the log from now on and passes, several lines at once, at most every `everyMs`. The
 * first batch is empty: it says that nothing will be missed from here. Ephemeral: no cursor.
 */
export async function* followLog<Line>(input: {
  hub: Hub;
  filter: LogFilter;
  everyMs: number;
  signal: AbortSignal | undefined;
  toLines: (read: readonly ReadEvent[]) => Promise<Line[]>;
}): AsyncGenerator<{ lines: Line[]; skipped: number }, void> {
  const { hub, filter, everyMs, signal, toLines } = input;
  using live = hub.subscribe(['all'], signal);
  yield { lines: [], skipped: 0 };
  while (await live.ready()) {
    const passed = live
      .take()
      .flatMap((message) =>
        message.kind === 'event' && passesFilter(message.read.event, message.read.byApi, filter)
          ? [message.read]
          : [],
      );
    const shown = passed.slice(-MOST_LINES);
    if (shown.length > 0) {
      yield { lines: await toLines(shown), skipped: passed.length - shown.length };
    }
    await pause(everyMs);
  }
}
