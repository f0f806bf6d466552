import { parseArgs } from 'node:util';
import { z } from 'zod';
import { VEHICLES } from '@/domain/driver';
import { ensured } from '@/domain/errors';
import { seededRandom } from '@/domain/random';
import { loadCity } from './city';
import { Courier } from './courier';
import { crowd } from './crowd';
import { Customer } from './customer';
import { buildRouter } from './routing';
import { Tally } from './tally';

const USAGE = `npm run simulate -- [--url http://localhost:3000] [--drivers 22] [--orders-per-minute 4]
  [--seed 7] [--speed 3] [--minutes N] [--admin-email …] [--admin-password …]

Couriers who drive along the streets of the demo city and customers who order, through the public API.`;

const Options = z.object({
  url: z.url().default('http://localhost:3000'),
  drivers: z.coerce.number().int().min(1).max(5_000).default(22),
  'orders-per-minute': z.coerce.number().min(0).max(6_000).default(4),
  seed: z.coerce.number().int().default(7),
  speed: z.coerce.number().min(0.1).max(20).default(3),
  minutes: z.coerce.number().positive().optional(),
  'admin-email': z.string().default('admin@hotfoot.test'),
  'admin-password': z.string().default('hotfoot-demo'),
});

const PROGRESS_MS = 5_000;
/** People sign in a few at a time: checking a password is made to be costly for the server. */
const AT_ONCE = 4;
const CUSTOMERS_PER_ORDER_A_MINUTE = 4;

async function inGroups<T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let at = 0; at < count; at += AT_ONCE) {
    const size = Math.min(AT_ONCE, count - at);
    made.push(...(await Promise.all(Array.from({ length: size }, (_, i) => make(at + i)))));
  }
  return made;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      drivers: { type: 'string' },
      'orders-per-minute': { type: 'string' },
      seed: { type: 'string' },
      speed: { type: 'string' },
      minutes: { type: 'string' },
      'admin-email': { type: 'string' },
      'admin-password': { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const options = Options.parse(values);
  const url = options.url.replace(/\/$/, '');
  const city = loadCity();
  const router = buildRouter(city.graph);
  const tally = new Tally();
  const pins = new Map<string, string>();
  const log = (line: string) => console.error(line);
  const people = crowd({
    url,
    admin: { email: options['admin-email'], password: options['admin-password'] },
  });
  const addressFor = (random: () => number) =>
    ensured(city.addresses[Math.floor(random() * city.addresses.length)], 'an address');

  const couriers = await inGroups(options.drivers, async (index) => {
    const random = seededRandom(options.seed * 100_003 + index);
    const vehicle = ensured(VEHICLES[Math.floor(random() * VEHICLES.length)], 'a vehicle');
    const home = addressFor(random).point;
    const person = await people.courier(index, vehicle);
    const courier = new Courier({
      person,
      router,
      home,
      vehicle,
      speed: options.speed,
      random,
      tally,
      log,
      pinOf: (orderId) => pins.get(orderId),
    });
    await courier.start();
    return courier;
  });
  const perMinute = options['orders-per-minute'];
  const customerCount = Math.ceil(Math.min(500, perMinute * CUSTOMERS_PER_ORDER_A_MINUTE));
  const customers = await inGroups(customerCount, async (index) => {
    const random = seededRandom(options.seed * 700_001 + index);
    return new Customer({
      url,
      person: await people.customer(index),
      home: addressFor(random),
      random,
      tally,
      log,
      tellPin: (orderId, pin) => pins.set(orderId, pin),
    });
  });

  // Orders arrive as a Poisson process.
  const random = seededRandom(options.seed);
  let nextOrder: NodeJS.Timeout | undefined;
  const schedule = () => {
    if (perMinute === 0) return;
    const waitMs = (-Math.log(1 - random()) * 60_000) / perMinute;
    nextOrder = setTimeout(() => {
      void customers[Math.floor(random() * customers.length)]?.order();
      schedule();
    }, waitMs);
  };
  schedule();
  const startedAt = Date.now();
  const progress = setInterval(() => {
    const seconds = Math.round((Date.now() - startedAt) / 1_000);
    console.log(`${seconds} s · ${tally.line()}`);
  }, PROGRESS_MS);

  const stop = () => {
    clearInterval(progress);
    clearTimeout(nextOrder);
    for (const one of [...couriers, ...customers]) one.stop();
    console.log(tally.summary());
    process.exit(0);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  if (options.minutes) setTimeout(stop, options.minutes * 60_000);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
