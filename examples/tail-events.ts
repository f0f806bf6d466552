/** Prints every event as a line of JSON, and goes on where it stopped: its place is kept in a file. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { createGuestClient, createHotfootClient, type LogEvent } from 'hotfoot/client';
import { commandLine } from './command-line';

type Page = { events: (LogEvent & { cursor: string })[]; next: string; more: boolean };

const LOOK_AGAIN_MS = 1_000;
const options = commandLine({ email: 'admin@hotfoot.test', cursor: 'events.cursor' });
const { url, email, password } = options;
const { token } = await createGuestClient(url).auth.signIn.mutate({ email, password });

/** Under its name only once it is whole: a kill leaves the old cursor or the new one. */
function keep(cursor: string): void {
  writeFileSync(`${options.cursor}.new`, cursor);
  renameSync(`${options.cursor}.new`, options.cursor);
}

/** The place where the log is now: a subscription begins with it. */
async function placeOfNow(): Promise<string> {
  const client = await createHotfootClient({ url, token });
  try {
    for await (const { id } of client.api.admin.watchBoard.subscribe({})) return id;
    throw new Error('the board ended before it began');
  } finally {
    await client.close();
  }
}

/** What comes after a place, page by page, however much that is; null: the server does not know the place. */
async function read(after: string): Promise<Page | null> {
  const address = `${url}/api/v1/events?limit=500&after=${encodeURIComponent(after)}`;
  const headers = { authorization: `Bearer ${token}` };
  for (;;) {
    const response = await fetch(address, { headers }).catch(() => null);
    if (response?.ok) return (await response.json()) as Page;
    if (response?.status === 410) return null;
    // A server that is away, or was asked too much, is asked again; one that refuses is not.
    const passes = !response || response.status === 429 || response.status >= 500;
    if (!passes) throw new Error(await response.text());
    await pause(LOOK_AGAIN_MS);
  }
}

let place = existsSync(options.cursor) ? readFileSync(options.cursor, 'utf8') : null;
for (;;) {
  if (place === null) {
    place = await placeOfNow();
    keep(place);
    console.error('from here on');
  }
  const page = await read(place);
  if (!page) {
    console.error('a gap: this place is of another history, as after a backup was restored');
    place = null;
    continue;
  }
  for (const event of page.events) console.log(JSON.stringify(event));
  place = page.next;
  // Printed before it is kept: after a kill, the last events may come twice, none is left out.
  keep(place);
  if (!page.more) await pause(LOOK_AGAIN_MS);
}
