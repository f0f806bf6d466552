/** Prints every event as a line of JSON, and goes on where it stopped: its place is kept in a file. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createHotfootClient } from 'hotfoot/client';
import { commandLine } from './command-line';

const options = commandLine({ email: 'admin@hotfoot.test', cursor: 'events.cursor' });
const client = await createHotfootClient(options);

/** Under its name only once it is whole: a kill leaves the old cursor or the new one. */
function keep(cursor: string): void {
  writeFileSync(`${options.cursor}.new`, cursor);
  renameSync(`${options.cursor}.new`, options.cursor);
}

const { watchBoard } = client.api.admin;
const lastEventId = existsSync(options.cursor) ? readFileSync(options.cursor, 'utf8') : null;
for await (const { id, data } of watchBoard.subscribe({ lastEventId })) {
  if (data.kind === 'events') {
    for (const event of data.events) console.log(JSON.stringify(event));
  } else {
    // A board as it is now: at the very first, and after more was missed than can be replayed.
    console.error(data.kind === 'resync' ? `a gap: ${data.reason}` : 'from here on');
  }
  // Printed before it is kept: after a kill, the last events may come twice, none is left out.
  keep(id);
}
