import { type DeliveryCommand, type DeliveryImage, deliveryMachine } from './delivery';
import { ensured } from './errors';
import type { LogEvent } from './events';
import {
  DRIVER,
  deliveryImage,
  messageImage,
  minute,
  OTHER_DRIVER,
  offerImage,
  orderEvent,
  orderImage,
} from './images.testing';
import { next } from './machine';
import type { MessageImage } from './message';
import type { OfferImage } from './offer';
import { isOpenOrder, type OrderCommand, type OrderImage, orderMachine } from './order';
import type { Viewer } from './roles';

export type Scene = {
  order: OrderImage;
  delivery: DeliveryImage | null;
  offers: OfferImage[];
  messages: MessageImage[];
  version: number;
};
export type World = ReadonlyMap<string, Scene>;
/** An event, and what there is after it. */
export type Page = { event: LogEvent; world: World };
export type Story = Page[];

/** Writes a story: each choice takes one of the moves that are possible then, in one of the orders. */
export function writeStory(orderIds: readonly string[], choices: readonly number[]): Story {
  const story: Story = [];
  let world: World = new Map();

  const write = (
    orderId: string,
    type: string,
    change: Partial<Scene>,
    data: LogEvent['data'],
    was?: string | null,
  ) => {
    const before = world.get(orderId);
    const version = (before?.version ?? 0) + 1;
    const { offers, messages } = before ?? { offers: [], messages: [] };
    const fresh = { order: orderImage(orderId), delivery: null, offers, messages };
    const scene = { ...fresh, ...before, ...change };
    const after = new Map(world).set(orderId, { ...scene, version });
    if (type === 'order.deleted') after.delete(orderId);
    world = after;
    const place = story.length + 1;
    const event = orderEvent(orderId, {
      id: `${place}.${place}`,
      version,
      type,
      data,
      at: minute(place),
      driverId: data.offer?.driverId ?? scene.delivery?.driverId ?? was ?? null,
    });
    story.push({ event, world });
  };
  const sceneOf = (orderId: string): Scene => ensured(world.get(orderId), 'a placed order');
  const order = (orderId: string, command: OrderCommand) => {
    const { order: before } = sceneOf(orderId);
    const status = next(orderMachine, before.status, command);
    if (!status) return;
    const after = { ...before, status };
    const type = command === 'restore' ? 'order.restored' : `order.${status}`;
    write(orderId, type, { order: after }, { order: after });
  };
  const delivery = (orderId: string, command: DeliveryCommand, driver?: Viewer) => {
    const { delivery: before, order: about } = sceneOf(orderId);
    const status = before && next(deliveryMachine, before.status, command);
    if (!status) return;
    const free = status === 'offering' || status === 'unassigned';
    const whose = driver
      ? {
          driverId: driver.userId,
          driverName: driver.name,
          driverVehicle: 'bike',
          assignedAt: minute(story.length),
        }
      : free && { driverId: null, driverName: null, driverVehicle: null };
    const after = { ...before, ...whose, status };
    const names: Partial<Record<DeliveryCommand, string>> = {
      unassign: 'delivery.unassigned',
      restore: 'delivery.restored',
    };
    const type = names[command] ?? `delivery.${status}`;
    const more = driver || status === 'unassigned' ? { order: about } : {};
    const data = { delivery: after, ...more };
    write(orderId, type, { delivery: after }, data, before.driverId);
  };
  const offer = (orderId: string, changed: OfferImage) => {
    const { offers } = sceneOf(orderId);
    const type = changed.status === 'pending' ? 'offer.made' : `offer.${changed.status}`;
    const rest = offers.filter(({ id }) => id !== changed.id);
    write(orderId, type, { offers: [...rest, changed] }, { offer: changed });
  };
  const say = (orderId: string) => {
    const { messages } = sceneOf(orderId);
    const id = `message ${messages.length + 1} about ${orderId}`;
    const message = messageImage(orderId, { id, sentAt: minute(story.length) });
    write(orderId, 'message.sent', { messages: [...messages, message] }, { message });
  };
  const tip = (orderId: string) => {
    const { order: before, delivery: carried } = sceneOf(orderId);
    const after = { ...before, tipAfter: 200 };
    write(orderId, 'order.tipped', { order: after }, { order: after });
    if (!carried) return;
    const paid = { ...carried, pay: (carried.pay ?? 0) + 200 };
    write(orderId, 'delivery.updated', { delivery: paid }, { delivery: paid });
  };
  const answer = (orderId: string, status: OfferImage['status']) => {
    for (const pending of sceneOf(orderId).offers.filter((one) => one.status === 'pending')) {
      offer(orderId, { ...pending, status, decidedAt: minute(story.length) });
    }
  };

  const moves = (orderId: string): (() => void)[] => {
    const scene = world.get(orderId);
    if (!scene) {
      if (story.some(({ event }) => event.streamId === orderId)) return [];
      const image = orderImage(orderId);
      return [() => write(orderId, 'order.placed', { order: image }, { order: image })];
    }
    const { order: image, delivery: carried, offers } = scene;
    const pending = offers.find(({ status }) => status === 'pending');
    const asked = pending?.driverId === OTHER_DRIVER.userId ? OTHER_DRIVER : DRIVER;
    /** What leads to the door comes thrice, or few stories would get there. */
    const onward: (() => void)[] = [];
    const aside: (() => void)[] = [];
    const accept = (command: 'accept' | 'restore') => () => {
      order(orderId, command);
      if (carried) return delivery(orderId, 'restore');
      const made = deliveryImage(orderId);
      const data = { delivery: made, order: sceneOf(orderId).order };
      write(orderId, 'delivery.created', { delivery: made }, data);
    };
    if (image.status === 'placed') {
      onward.push(accept('accept'));
      aside.push(() => order(orderId, 'reject'));
    }
    if (image.status === 'cancelled' && (!carried || carried.status === 'cancelled')) {
      aside.push(accept('restore'));
    }
    if (['rejected', 'cancelled'].includes(image.status)) {
      aside.push(() => write(orderId, 'order.deleted', {}, { order: image }));
    }
    if (isOpenOrder(image.status)) aside.push(() => say(orderId));
    if (image.status === 'accepted') onward.push(() => order(orderId, 'start'));
    if (image.status === 'preparing') onward.push(() => order(orderId, 'finish'));
    if (orderMachine.steps[image.status].cancel) {
      aside.push(() => {
        order(orderId, 'cancel');
        answer(orderId, 'withdrawn');
        const command = carried && deliveryMachine.steps[carried.status].cancel ? 'cancel' : 'fail';
        delivery(orderId, command);
      });
    }
    if (!carried) return [...onward, ...onward, ...onward, ...aside];
    const can = deliveryMachine.steps[carried.status];
    const ask = (driver: Viewer) => () => {
      const id = `offer ${offers.length + 1} of ${orderId}`;
      offer(orderId, offerImage(orderId, driver, { id, createdAt: minute(story.length) }));
      delivery(orderId, 'offer');
    };
    if (!pending && (can.offer || carried.status === 'offering')) {
      aside.push(ask(DRIVER), ask(OTHER_DRIVER));
    }
    if (pending)
      aside.push(
        () => answer(orderId, 'declined'),
        () => answer(orderId, 'expired'),
      );
    if (can.assign) {
      onward.push(() => {
        answer(orderId, 'accepted');
        delivery(orderId, 'assign', asked);
      });
    }
    if (can.exhaust && !pending) aside.push(() => delivery(orderId, 'exhaust'));
    if (can.unassign) aside.push(() => delivery(orderId, 'unassign'));
    for (const step of ['arrive_pickup', 'arrive_dropoff', 'return', 'finish_return'] as const) {
      if (can[step]) onward.push(() => delivery(orderId, step));
    }
    if (can.pick_up) {
      onward.push(() => {
        delivery(orderId, 'pick_up');
        order(orderId, 'start');
        order(orderId, 'finish');
      });
    }
    if (image.status === 'completed' && image.tipAfter === 0) aside.push(() => tip(orderId));
    if (can.deliver) {
      onward.push(() => {
        delivery(orderId, 'deliver');
        order(orderId, 'complete');
      });
    }
    return [...onward, ...onward, ...onward, ...aside];
  };

  for (const choice of choices) {
    const possible = orderIds.flatMap(moves);
    possible[choice % possible.length]?.();
  }
  return story;
}
