import type { HotfootClient } from '@/client/node';
import { ensured } from '@/domain/errors';
import type { MenuItem } from '@/domain/menu';
import { isOpenOrder } from '@/domain/order';
import type { CartLine } from '@/domain/pricing';
import { TEST_CARDS } from '@/domain/test-cards';
import { applyToCustomerView, type CustomerView } from '@/domain/views';
import { newKey } from '@/trpc/idempotency';
import { refusalOf } from '@/trpc/refusal';
import type { CityAddress } from './city';
import type { Tally } from './tally';
import { tokenise } from './test-card';

export type CustomerOptions = {
  url: string;
  person: HotfootClient;
  home: CityAddress;
  random: () => number;
  tally: Tally;
  log: (line: string) => void;
  /** Says the PIN to whoever brings the order. */
  tellPin: (orderId: string, pin: string) => void;
};

/** One in so many thinks better of it right after ordering. */
const REGRETS = 0.02;
const CHOICES = 10;
const TIPS = [0, 0, 100, 150, 200, 300];
const CODES = ['WELCOME10', 'FREERIDE', 'EMBER3'];
/** Shares of orders. */
const FETCH = 0.1;
const PLAN_AHEAD = 0.08;
const HAVE_A_CODE = 0.2;
const PAY_BY_CARD = 0.6;
const LEFT_AT_DOOR = 0.25;
/** Who plans ahead takes one of the next times. */
const SLOTS_AHEAD = 6;

/** A simulated customer: looks around, fills a cart, orders, and watches. */
export class Customer {
  #view: CustomerView | null = null;
  #counted = new Set<string>();
  #placed = new Set<string>();
  #fetching = new Set<string>();
  #unsubscribe: () => void;

  constructor(private readonly options: CustomerOptions) {
    const subscription = options.person.api.orders.watchMine.subscribe(
      {},
      {
        onData: ({ data: message }) => {
          if (message.kind !== 'event') this.#view = message.view;
          else if (this.#view) this.#view = applyToCustomerView(this.#view, message.event);
          this.#countClosed();
          this.#fetchReady();
        },
        onError: (error) => options.log(`a customer's feed ended: ${error.message}`),
      },
    );
    this.#unsubscribe = () => subscription.unsubscribe();
  }

  stop(): void {
    this.#unsubscribe();
    void this.options.person.close();
  }

  async order(): Promise<void> {
    const { person, home, random, tally } = this.options;
    try {
      const { places } = await person.api.restaurants.nearby.query({
        ...home.point,
        kind: 'restaurant',
        openOnly: true,
        limit: CHOICES,
      });
      const chosen = pick(places, random);
      if (!chosen) return tally.refused('nothing_open');
      const { restaurant } = chosen;
      const { menu } = await person.api.restaurants.get.query({ slug: restaurant.slug });
      const dishes = menu.flatMap((section) => section.items).filter((item) => !item.soldOut);
      const lines = fillCart(dishes, restaurant.minimumOrder, random);
      const fetched = restaurant.pickupOffered && random() < FETCH;
      const cart = {
        restaurantId: restaurant.id,
        lines,
        dropoff: home.point,
        fulfilment: fetched ? ('pickup' as const) : ('delivery' as const),
        tip: fetched ? 0 : (pick(TIPS, random) ?? 0),
        slotFrom: random() < PLAN_AHEAD ? await this.#chooseSlot(restaurant.id) : null,
        promoCode: random() < HAVE_A_CODE ? (pick(CODES, random) ?? null) : null,
      };
      const quote = await person.api.orders.quote.query(cart);
      const [obstacle] = quote.obstacles;
      if (obstacle) return tally.refused(obstacle.reason);
      const byCard = quote.card !== null && random() < PAY_BY_CARD;
      const { orderId } = await person.api.orders.place.mutate({
        ...cart,
        // A code that is not good for this cart is left out, as the quote has done.
        promoCode: quote.promo?.code ?? null,
        idempotencyKey: newKey(),
        dropoffAddress: `${home.number} ${home.street}`,
        dropoffNote: random() < 0.2 ? 'Please ring twice.' : '',
        handover: random() < LEFT_AT_DOOR ? 'at_door' : 'in_person',
        payment: byCard ? await this.#testCard() : { method: 'cash' },
        expectedTotal: quote.total,
      });
      this.#placed.add(orderId);
      tally.placed += 1;
      if (random() < REGRETS) {
        await person.api.orders.cancel.mutate({
          idempotencyKey: newKey(),
          orderId,
          reason: 'changed_mind',
        });
      }
    } catch (error) {
      tally.refused(refusalOf(error).reason);
    }
  }

  /** One of the next times with room, or null when there is none. */
  async #chooseSlot(restaurantId: string): Promise<string | null> {
    const { person, home, random } = this.options;
    const dropoff = home.point;
    const { days } = await person.api.orders.slots.query({ restaurantId, dropoff });
    const free = days.flatMap(({ slots }) => slots).filter(({ full }) => !full);
    return pick(free.slice(0, SLOTS_AHEAD), random)?.from ?? null;
  }

  /** A token for a test card; most of them pay at once. */
  async #testCard() {
    const { url, random } = this.options;
    const { number } =
      random() < 0.85 ? TEST_CARDS[0] : ensured(pick(TEST_CARDS, random), 'a card');
    const { token } = await tokenise(url, number);
    return { method: 'card' as const, token };
  }

  /** Goes to the counter for what is ready, once. */
  #fetchReady(): void {
    const { person, tally, random } = this.options;
    for (const { order } of this.#view?.cards ?? []) {
      if (order.fulfilment !== 'pickup' || order.status !== 'ready') continue;
      if (this.#fetching.has(order.id)) continue;
      this.#fetching.add(order.id);
      setTimeout(
        () => {
          const input = { idempotencyKey: newKey(), orderId: order.id };
          person.api.orders.collect
            .mutate(input)
            .catch((error: unknown) => tally.refused(refusalOf(error).reason));
        },
        5_000 + random() * 30_000,
      );
    }
  }

  #countClosed(): void {
    const { tally } = this.options;
    for (const { order } of this.#view?.cards ?? []) {
      if (!this.#placed.has(order.id) || this.#counted.has(order.id)) continue;
      if (order.pin) this.options.tellPin(order.id, order.pin);
      if (isOpenOrder(order.status)) continue;
      this.#counted.add(order.id);
      if (order.status === 'completed') {
        tally.delivered += 1;
        const closedAt = new Date(order.closedAt ?? Date.now()).getTime();
        if (order.slotFrom || order.fulfilment === 'pickup') continue;
        tally.minutesToDoor.push((closedAt - new Date(order.placedAt).getTime()) / 60_000);
      } else if (order.status === 'expired') tally.expired += 1;
      else tally.cancelled += 1;
    }
  }
}

function pick<T>(from: readonly T[], random: () => number): T | undefined {
  return from[Math.floor(random() * from.length)];
}

/** One to three dishes with the options they demand, and more until the minimum is reached. */
function fillCart(dishes: readonly MenuItem[], minimum: number, random: () => number): CartLine[] {
  const wanted = 1 + Math.floor(random() * 3);
  const lines: CartLine[] = [];
  let sum = 0;
  while (lines.length < 12 && (lines.length < wanted || sum < minimum)) {
    const dish = ensured(pick(dishes, random), 'a dish on the menu');
    const optionIds = dish.optionGroups.flatMap(({ options, min }) =>
      options
        .filter((option) => !option.soldOut)
        .slice(0, min)
        .map(({ id }) => id),
    );
    lines.push({ itemId: dish.id, quantity: 1, optionIds, note: '' });
    sum += dish.price;
  }
  return lines;
}
