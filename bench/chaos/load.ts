import { WebSocket } from 'ws';
import { createClient, type HotfootClient, type SocketClass } from '@/client/create-client';
import { DEMO_PASSWORD, DEMO_SIGN_INS } from '@/domain/demo';
import { VEHICLES } from '@/domain/driver';
import { ensured } from '@/domain/errors';
import { seededRandom } from '@/domain/random';
import { loadCity } from '@/simulation/city';
import { Courier } from '@/simulation/courier';
import { crowd } from '@/simulation/crowd';
import { Customer } from '@/simulation/customer';
import { buildRouter } from '@/simulation/routing';
import { Tally } from '@/simulation/tally';
import type { History } from './history';
import { recorded } from './recorded-client';
import type { Screen } from './strike';
import type { Node } from './system';

const COURIERS = 16;
const CUSTOMERS = 16;
/** Couriers drive so many times as fast as in life, so that orders end within a run. */
const SPEED = 40;
/** From one order to the next, on average. */
const EVERY_MS = 1_800;

export type Load = {
  screen: Screen;
  tally: Tally;
  /** Nobody orders any more; what is under way goes on. */
  stopOrdering(): void;
  stop(): Promise<void>;
};

/** Customers and couriers of the simulation, half of them at each node, and two boards; all noted. */
export async function startLoad(nodes: Node[], seed: number, history: History): Promise<Load> {
  const city = loadCity();
  const router = buildRouter(city.graph);
  const tally = new Tally();
  const pins = new Map<string, string>();
  const log = () => undefined;
  const admin = ensured(
    DEMO_SIGN_INS.find(({ role }) => role === 'admin'),
    'an admin',
  );
  const credentials = { email: admin.email, password: DEMO_PASSWORD };
  const nodeFor = (index: number) => ensured(nodes[index % nodes.length], 'a node');
  const addressFor = (random: () => number) =>
    ensured(city.addresses[Math.floor(random() * city.addresses.length)], 'an address');
  const noted = (person: HotfootClient, random: () => number) => recorded(person, history, random);

  const couriers: Courier[] = [];
  for (let index = 0; index < COURIERS; index += 1) {
    const random = seededRandom(seed * 100_003 + index);
    const vehicle = ensured(VEHICLES[Math.floor(random() * VEHICLES.length)], 'a vehicle');
    const people = crowd({ url: nodeFor(index).url, admin: credentials });
    const person = noted(await people.courier(index, vehicle), random);
    await people.close();
    const courier = new Courier({
      ...{ person, router, vehicle, random, tally, log, speed: SPEED },
      home: addressFor(random).point,
      pinOf: (orderId) => pins.get(orderId),
    });
    await courier.start();
    couriers.push(courier);
  }
  const customers: Customer[] = [];
  for (let index = 0; index < CUSTOMERS; index += 1) {
    const random = seededRandom(seed * 700_001 + index);
    const { url } = nodeFor(index);
    const people = crowd({ url, admin: credentials });
    const person = noted(await people.customer(index), random);
    customers.push(
      new Customer({
        ...{ url, person, random, tally, log },
        home: addressFor(random),
        tellPin: (orderId, pin) => pins.set(orderId, pin),
      }),
    );
  }

  const sockets: WebSocket[] = [];
  class Tracked extends WebSocket {
    constructor(address: string) {
      super(address);
      sockets.push(this);
    }
  }
  const boards: HotfootClient[] = [];
  for (const { url } of nodes) {
    // The ws package is a browser WebSocket in all that the client uses.
    const board = await createClient({ url, ...credentials }, Tracked as unknown as SocketClass);
    noted(board, () => 1).api.admin.watchBoard.subscribe({}, {});
    boards.push(board);
  }

  const random = seededRandom(seed);
  let next: NodeJS.Timeout | undefined;
  const schedule = () => {
    next = setTimeout(
      () => {
        void customers[Math.floor(random() * customers.length)]?.order();
        schedule();
      },
      -Math.log(1 - random()) * EVERY_MS,
    );
  };
  schedule();

  let paused: WebSocket | undefined;
  return {
    tally,
    screen: {
      pause() {
        paused = sockets.at(-1);
        if (paused?.readyState === WebSocket.OPEN) paused.pause();
      },
      resume: () => paused?.resume(),
    },
    stopOrdering: () => clearTimeout(next),
    async stop() {
      for (const one of [...couriers, ...customers]) one.stop();
      for (const board of boards) await board.close();
    },
  };
}
