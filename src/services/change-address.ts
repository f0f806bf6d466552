import { z } from 'zod';
import type { Queryable, Transaction } from '@/db/client';
import { savedAddressesOf } from '@/db/queries/addresses';
import { type DeliveryRow, deliveryOfOrder, setPay, updateSearch } from '@/db/queries/deliveries';
import { insertMessage } from '@/db/queries/messages';
import { lockDrivers, withdrawPendingOffers } from '@/db/queries/offers';
import { findOrderTerms } from '@/db/queries/order-terms';
import { findOrder, moveDoor, type OrderRow } from '@/db/queries/orders';
import { readSetting } from '@/db/queries/settings';
import { isBeforePickup } from '@/domain/delivery';
import { conflict, ensured, invalid, notFound, type Refusal } from '@/domain/errors';
import { rideMinutes } from '@/domain/eta';
import type { GeoPoint } from '@/domain/geo';
import { GeoPointSchema } from '@/domain/geo-point';
import { isOpenOrder } from '@/domain/order';
import { deliveryFee, driverPay } from '@/domain/pricing';
import { AddressSchema } from '@/domain/saved-address-schema';
import { requireRole, type ServiceContext } from './context';
import { type HandsOnDone, HandsOnInput, runHandsOn } from './hands-on';

const { address, note, at } = AddressSchema.shape;
export const ChangeAddressInput = HandsOnInput.extend({ orderId: z.uuid(), address, note, at });
export const AddressTermsInput = z.object({ orderId: z.uuid(), at: GeoPointSchema });
export const AddressBookInput = z.object({ orderId: z.uuid() });

function obstacleTo(order: OrderRow, delivery: Pick<DeliveryRow, 'status'> | null): Refusal | null {
  if (order.fulfilment === 'pickup' || !isOpenOrder(order.status)) {
    return conflict({
      reason: 'address_not_changeable',
      message: 'This order is not brought to a door any more.',
      hint: 'Look at its present state.',
    });
  }
  if (delivery && !isBeforePickup(delivery.status)) {
    return conflict({
      reason: 'address_fixed',
      message: 'The food is on its way: its address can’t be changed any more.',
      hint: 'Write to the driver.',
    });
  }
  return null;
}

async function termsOf(db: Queryable, order: OrderRow, door: GeoPoint) {
  const terms = ensured(await findOrderTerms(db, order.restaurantId, door), 'a restaurant');
  return { ...terms, fee: deliveryFee(terms.restaurant, terms.distanceM) + terms.surcharge };
}

const outOfRadius = (restaurantName: string, distanceM: number) =>
  invalid({
    reason: 'address_too_far',
    message: `${restaurantName} does not deliver as far as this address.`,
    hint: 'Choose another address.',
    data: { restaurant: restaurantName, distanceM },
  });

/**
 * What another door would mean: straight-line metres, minutes more on the way, and the fee that it would
 * cost there, minor units. What the customer pays stays as it is: the house bears the difference.
 */
export async function getAddressTerms(
  ctx: ServiceContext,
  input: z.infer<typeof AddressTermsInput>,
) {
  requireRole(ctx, 'admin');
  const order = await findOrder(ctx.db, input.orderId);
  if (!order) throw notFound('order');
  const { delivers, distanceM, fee } = await termsOf(ctx.db, order, input.at);
  return {
    delivers,
    distanceM,
    minutesMore: Math.round(rideMinutes(distanceM) - rideMinutes(order.tripDistanceM)),
    feePaid: order.deliveryFee,
    feeThere: fee,
  };
}

/** The addresses that the customer of an order has kept. */
export async function getAddressBook(ctx: ServiceContext, input: z.infer<typeof AddressBookInput>) {
  requireRole(ctx, 'admin');
  const order = await findOrder(ctx.db, input.orderId);
  if (!order) throw notFound('order');
  return savedAddressesOf(ctx.db, order.customerId);
}

/** Who is being asked about the old way is asked about the new one. */
async function askAnew(tx: Transaction, delivery: DeliveryRow, now: Date): Promise<void> {
  await lockDrivers(tx, [delivery.id], delivery.driverId);
  await withdrawPendingOffers(tx, [delivery.id]);
  if (delivery.status === 'offering' && delivery.nextAttemptAt === null) {
    await updateSearch(tx, delivery.id, { nextAttemptAt: now });
  }
}

/**
 * Another door before the pickup. The way and the driver's pay follow it, the next ETA round too; what
 * the customer pays does not. Customer and driver read of it in the order's conversation.
 */
export async function changeAddress(
  ctx: ServiceContext,
  input: z.infer<typeof ChangeAddressInput>,
): Promise<HandsOnDone> {
  const { userId } = requireRole(ctx, 'admin');
  const command = { name: 'change-address', request: input };
  return runHandsOn(ctx, command, { action: 'change_address', ...input }, async (tx, order) => {
    const delivery = await deliveryOfOrder(tx, order.id);
    const obstacle = obstacleTo(order, delivery);
    if (obstacle) throw obstacle;
    const { delivers, distanceM } = await termsOf(tx, order, input.at);
    if (!delivers) throw outOfRadius(order.restaurantName, distanceM);
    await moveDoor(tx, order.id, {
      dropoff: input.at,
      dropoffAddress: input.address,
      dropoffNote: input.note,
      tripDistanceM: distanceM,
    });
    if (delivery) {
      await askAnew(tx, delivery, ctx.now());
      await setPay(
        tx,
        delivery.id,
        driverPay(await readSetting(tx, 'terms'), distanceM, order.tip),
      );
    }
    const said = { quick: 'address_changed', body: '' };
    await insertMessage(tx, { orderId: order.id, senderId: userId, senderRole: 'admin', ...said });
    return {};
  });
}
