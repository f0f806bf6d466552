import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { events, menuItems, users } from '@/db/schema';
import { testDatabase } from '@/db/testing/test-database';
import { makeDriver, makeTown, type Town } from '@/db/testing/town';
import { ensured } from '@/domain/errors';
import { LogEventSchema } from '@/domain/events';
import type { Viewer } from '@/domain/roles';
import { startServer } from '@/server/testing';
import { hashPassword } from '@/services/passwords';
import { placeTestOrder } from '@/services/testing';
import { killExamples, runCommand, runExample } from './run-example.testing';

const database = testDatabase();
const db = () => database.connection.db;
afterEach(killExamples);

/** Each example is a process that has to compile itself first. */
const PATIENCE = { timeout: 90_000 };

/** More than a subscription brings after a break. */
const MISSED = 5_200;
const PASSWORD = 'a long password';
let passwordHash = '';
beforeAll(async () => {
  passwordHash = await hashPassword(PASSWORD);
});

/** The options with which somebody runs an example against a server. */
async function as(who: Viewer, { url }: { url: string }): Promise<string[]> {
  const changed = await db()
    .update(users)
    .set({ passwordHash })
    .where(eq(users.id, who.userId))
    .returning({ email: users.email });
  const { email } = ensured(changed[0], 'an account');
  return ['--url', url, '--email', email, '--password', PASSWORD];
}

const lines = (text: string): string[] => text.trim().split('\n');
const folder = () => mkdtempSync(join(tmpdir(), 'hotfoot-example-'));

describe('placing and following an order, and being its courier', PATIENCE, () => {
  it('are two programs that bring it from the restaurant to the door', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    const driver = await makeDriver(db(), town, { name: 'Dee Driver', online: false });
    await using server = await startServer(database);
    const { lat, lng } = town.centre;
    const courier = runExample('be-a-courier', [
      ...(await as(driver, server)),
      `--at=${lat},${lng}`,
    ]);
    await courier.until(() => courier.printed().includes('is online'), 'the courier is online');
    const customer = runExample('place-and-follow', [
      ...(await as(town.customer, server)),
      `--door=${lat + 0.01},${lng}`,
    ]);
    const said = lines(await customer.result());
    const number = ensured(/order #(\d+)/.exec(said[0] ?? '')?.[1], 'a number');
    expect(said.at(-1)).toBe(`order #${number}: completed, delivery: delivered`);
    expect(said).toContain(`order #${number}: preparing, delivery: picked_up`);
    expect(new Set(said).size).toBe(said.length);
    expect(lines(await courier.result())).toEqual([
      'Dee Driver is online',
      `accepted #${number} from Test Kitchen`,
      `#${number}: arrive_pickup`,
      `#${number}: pick_up`,
      `#${number}: arrive_dropoff`,
      `#${number}: deliver`,
    ]);
  });

  it('says why nothing can be ordered, and ends', async () => {
    const town = await makeTown(db(), { autoAccept: true });
    await using server = await startServer(database);
    const far = [`--door=${town.centre.lat > 0 ? -80 : 80},0`];
    const customer = runExample('place-and-follow', [...(await as(town.customer, server)), ...far]);
    expect(await customer.closed).toBe(1);
    expect(customer.complained()).toContain('Nothing that is open delivers to this door.');
  });
});

describe('the tail of all events', PATIENCE, () => {
  const tailWith = async (town: Town, server: { url: string }, cursor: string) =>
    runExample('tail-events', [...(await as(town.admin, server)), '--cursor', cursor]);
  /** Of whole lines: the last may still be on its way. */
  const eventsOf = (text: string) =>
    lines(text.slice(0, text.lastIndexOf('\n') + 1)).flatMap((line) =>
      line ? [LogEventSchema.parse(JSON.parse(line))] : [],
    );

  it('goes on after a kill where it stopped: nothing is left out', async () => {
    const town = await makeTown(db());
    await using server = await startServer(database);
    const cursor = join(folder(), 'cursor');
    const first = await tailWith(town, server, cursor);
    await first.until(() => first.complained().includes('from here on'), 'it listens');
    const before = await placeTestOrder(db(), town);
    await first.until(() => first.printed().includes(before), 'the first order');
    first.child.kill('SIGKILL');
    expect(await first.closed).toBe('SIGKILL');

    const missed = await placeTestOrder(db(), town);
    await db().execute(
      sql`UPDATE restaurants SET prep_minutes = 11 WHERE id = ${town.restaurantId}`,
    );
    const second = await tailWith(town, server, cursor);
    await second.until(() => second.printed().includes('restaurant.updated'), 'what was missed');
    const last = await placeTestOrder(db(), town);
    await second.until(() => second.printed().includes(last), 'what happens now');
    expect(second.complained()).toBe('');

    const ids = [first, second].flatMap((tail) => eventsOf(tail.printed())).map(({ id }) => id);
    const logged = await db()
      .select({ id: sql<string>`xid || '.' || position`, order: events.streamId })
      .from(events)
      .orderBy(events.xid, events.position);
    const from = logged.findIndex(({ order }) => order === before);
    // What is certainly printed: what stands before the last order. The server goes on with all three.
    const to = logged.findIndex(({ order }) => order === last);
    const wanted = logged.slice(from, to).map(({ id }) => id);
    expect(logged.slice(from, to).map(({ order }) => order)).toContain(missed);
    expect([...new Set(ids)].filter((id) => wanted.includes(id))).toEqual(wanted);
  });

  it('reads on over more than a subscription replays: nothing is left out', async () => {
    const town = await makeTown(db());
    await using server = await startServer(database);
    const cursor = join(folder(), 'cursor');
    const first = await tailWith(town, server, cursor);
    await first.until(() => first.complained().includes('from here on'), 'it listens');
    first.child.kill('SIGKILL');
    await first.closed;
    await db().execute(sql`
      DO $$ BEGIN FOR n IN 1..${sql.raw(String(MISSED))} LOOP
        UPDATE restaurants SET prep_minutes = 5 + n % 2 WHERE id = ${sql.raw(`'${town.restaurantId}'`)};
      END LOOP; END $$`);
    const second = await tailWith(town, server, cursor);
    const last = await placeTestOrder(db(), town);
    await second.until(() => second.printed().includes(last), 'what happens now');
    expect(second.complained()).toBe('');
    const versions = eventsOf(second.printed())
      .filter(({ streamId }) => streamId === town.restaurantId)
      .map(({ version }) => version);
    expect(versions.length).toBe(MISSED);
    expect(versions).toEqual(Array.from(versions, (_, n) => (versions[0] ?? 0) + n));
  });

  it('says so when its place is of another history', async () => {
    const town = await makeTown(db());
    await using server = await startServer(database);
    const cursor = join(folder(), 'cursor');
    writeFileSync(cursor, 'restored.1.1');
    const tail = await tailWith(town, server, cursor);
    await tail.until(() => tail.complained().includes('a gap: '), 'the gap');
    await tail.until(() => tail.complained().includes('from here on'), 'a new beginning');
    await placeTestOrder(db(), town);
    await tail.until(() => tail.printed().includes('order.placed'), 'what comes after it');
    expect(readFileSync(cursor, 'utf8')).not.toBe('restored.1.1');
  });
});

describe('importing a menu', PATIENCE, () => {
  const MENU = 'section,dish,price\nAll,Main,11.00\nAll,Side,5.00\nAll,Soup,6.50\nAll,Air,free\n';

  it('shows what the file would do, and does it when told to', async () => {
    const town = await makeTown(db());
    await using server = await startServer(database);
    const file = join(folder(), 'menu.csv');
    writeFileSync(file, MENU);
    const args = [
      ...(await as(town.admin, server)),
      ...['--restaurant', town.slug, '--file', file],
    ];
    const priceOf = async (name: string) => {
      const dishes = await db()
        .select()
        .from(menuItems)
        .where(eq(menuItems.restaurantId, town.restaurantId));
      return dishes.find((dish) => dish.name === name)?.price;
    };
    const shown = ['2: Main: changed', '3: Side: unchanged', '4: Soup: created'];
    const refused = '5: Air: refused (bad_price)';

    const preview = runExample('import-menu', args);
    expect(lines(await preview.result())).toEqual([...shown, refused]);
    expect([await priceOf('Main'), await priceOf('Soup')]).toEqual([1_000, undefined]);

    const done = runExample('import-menu', [...args, '--yes']);
    expect(lines(await done.result())).toEqual([...shown, refused, 'created 1, changed 1']);
    expect([await priceOf('Main'), await priceOf('Soup')]).toEqual([1_100, 650]);
  });
});

describe('the board in a terminal', PATIENCE, () => {
  it('is printed once with --once, 80 columns wide', async () => {
    const town = await makeTown(db());
    await makeDriver(db(), town);
    await placeTestOrder(db(), town);
    await using server = await startServer(database);
    const board = runExample('watch', ['--once', ...(await as(town.admin, server))]);
    await board.result();
    expect(board.printed()).toMatch(/ATTENTION \d+ +NEW \d+/);
    expect(board.printed()).toMatch(/#\d+ \d+s/);
    expect(board.printed()).toMatch(/DRIVERS \d+ online/);
    expect(board.printed()).not.toContain('\x1b');
    expect(Math.max(...lines(board.printed()).map(({ length }) => length))).toBeLessThan(80);
  });

  // `script` takes other options elsewhere.
  const onLinux = it.runIf(process.platform === 'linux');

  onLinux('is redrawn as things happen, and gives the terminal back upon Ctrl-C', async () => {
    const town = await makeTown(db());
    await using server = await startServer(database);
    const numberOf = async (orderId: string) => {
      const rows = await db().execute(sql`SELECT number FROM orders WHERE id = ${orderId}`);
      return `#${rows[0]?.number}`;
    };
    const command = [process.execPath, '--import', 'tsx', 'examples/watch.ts'];
    const words = [...command, ...(await as(town.admin, server))].map((word) => `'${word}'`);
    // A terminal of its own, 80 by 24.
    const board = runCommand('script', [
      ...['--quiet', '--return', '--command'],
      `stty cols 80 rows 24; exec ${words.join(' ')}`,
      '/dev/null',
    ]);
    await board.until(() => board.printed().includes('DRIVERS'), 'the board');
    const number = await numberOf(await placeTestOrder(db(), town));
    await board.until(() => board.printed().includes(number), 'the new order');
    expect(board.printed()).not.toContain('\x1b[?1049l');
    board.child.stdin.write('\x03');
    await board.result();
    expect(board.printed().startsWith('\x1b[?1049h\x1b[?25l')).toBe(true);
    expect(board.printed().trimEnd().endsWith('\x1b[?25h\x1b[?1049l')).toBe(true);
  });

  it('is for admins: anybody else is refused before the terminal is touched', async () => {
    const town = await makeTown(db());
    await using server = await startServer(database);
    const board = runExample('watch', await as(town.customer, server));
    expect(await board.closed).toBe(1);
    expect(board.complained()).toContain('Your role does not allow this.');
    expect(board.printed()).toBe('');
  });
});
