import { Bike, ChefHat, DoorOpen, PackageCheck, Store } from 'lucide-react';
import { reasonWords } from '@/components/shared/reason-words';
import { clockWords } from '@/components/shared/time-words';
import type { TimelineStep } from '@/components/shared/timeline';
import type { OrderCard } from '@/domain/views';

type Told = Pick<OrderCard, 'order' | 'delivery'>;

const driver = ({ delivery }: Told): string => delivery?.driverName ?? 'Your courier';

/** Who has the order at this moment, in a sentence. */
export function whoHasIt(told: Told): { title: string; detail: string } {
  const { order, delivery } = told;
  const kitchen = order.restaurantName;
  switch (order.status) {
    case 'placed':
      return { title: `${kitchen} has your order`, detail: 'The kitchen has yet to say yes.' };
    case 'completed':
      return { title: 'You have it', detail: `${driver(told)} brought it. Enjoy your meal.` };
    case 'rejected':
    case 'expired':
    case 'cancelled':
      return { title: 'Nobody is on the way', detail: 'This order has ended.' };
    default:
      break;
  }
  switch (delivery?.status) {
    case 'picked_up':
      return { title: `${driver(told)} has it`, detail: 'On the way to you.' };
    case 'at_dropoff':
      return { title: `${driver(told)} is at your door`, detail: 'Open up: it is still warm.' };
    case 'at_pickup':
      return {
        title: `${driver(told)} is at ${kitchen}`,
        detail: order.status === 'ready' ? 'Taking it over now.' : 'Waiting for the kitchen.',
      };
    case 'assigned':
      return { title: `${kitchen} is on it`, detail: `${driver(told)} is riding there.` };
    case 'failed':
    case 'returning':
      return {
        title: 'It could not be handed over',
        detail: `${delivery.reason ? `${reasonWords(delivery.reason)}. ` : ''}It goes back to ${kitchen}.`,
      };
    case 'returned':
      return { title: `${kitchen} has it again`, detail: 'It was brought back to the kitchen.' };
    case 'no_driver':
      return {
        title: 'No courier is free right now',
        detail: 'Our dispatchers know and are looking for one by hand.',
      };
    default:
      return {
        title: order.status === 'ready' ? `Ready at ${kitchen}` : `${kitchen} is on it`,
        detail: 'A courier is being found.',
      };
  }
}

type Stage = Omit<TimelineStep, 'state' | 'time'> & { at: string | null | undefined };

/** The way of the order from the kitchen to the door. */
export function timelineSteps(told: Told): TimelineStep[] {
  const { order, delivery } = told;
  const stages: Stage[] = [
    { key: 'placed', title: 'Ordered', at: order.placedAt, icon: Store },
    { key: 'accepted', title: 'Accepted by the kitchen', at: order.acceptedAt, icon: Store },
    { key: 'preparing', title: 'Being cooked', at: order.preparingAt, icon: ChefHat },
    { key: 'ready', title: 'Ready', at: order.readyAt, icon: PackageCheck },
    {
      key: 'picked_up',
      title: delivery?.driverName ? `With ${delivery.driverName}` : 'With the courier',
      at: delivery?.pickedUpAt,
      icon: Bike,
    },
    { key: 'at_dropoff', title: 'At your door', at: delivery?.atDropoffAt, icon: DoorOpen },
    { key: 'delivered', title: 'Delivered', at: delivery?.deliveredAt, icon: DoorOpen },
  ];
  const time = (at: string) => clockWords(at, order.timeZone);
  const last = stages.findLastIndex(({ at }) => at);
  const ended = endOf(told);
  if (ended) {
    return [
      ...stages
        .filter(({ at }) => at)
        .map(({ at, ...stage }) => ({ ...stage, state: 'done' as const, time: at && time(at) })),
      {
        key: 'end',
        title: ended,
        state: 'failed',
        time: order.closedAt ? time(order.closedAt) : undefined,
      },
    ];
  }
  return stages.map(({ at, ...stage }, index) => ({
    ...stage,
    time: at ? time(at) : undefined,
    state: order.status === 'completed' || index < last ? 'done' : index === last ? 'now' : 'next',
  }));
}

function endOf({ order, delivery }: Told): string | null {
  if (order.status === 'rejected') return 'Rejected by the kitchen';
  if (order.status === 'expired') return 'Not answered in time';
  if (order.status === 'cancelled') return 'Cancelled';
  if (delivery?.status === 'failed' || delivery?.status === 'returning') return 'Not delivered';
  if (delivery?.status === 'returned') return 'Brought back to the kitchen';
  return null;
}

export type Ending = { title: string; detail: string; tone: 'good' | 'bad' | 'neutral' };

/** How an order ended, or null while it goes on. */
export function endingOf(told: Told): Ending | null {
  const { order, delivery } = told;
  const reason = order.reason ? `${reasonWords(order.reason)}. ` : '';
  switch (order.status) {
    case 'completed':
      return {
        title: 'Enjoy your meal',
        detail: `Delivered at ${clockWords(delivery?.deliveredAt ?? order.closedAt ?? order.promisedTo, order.timeZone)}${delivery?.driverName ? ` by ${delivery.driverName}` : ''}.`,
        tone: 'good',
      };
    case 'rejected':
      return {
        title: `${order.restaurantName} can’t cook it`,
        detail: `${reason}You pay nothing. Other kitchens near you are open.`,
        tone: 'bad',
      };
    case 'expired':
      return {
        title: `${order.restaurantName} did not answer`,
        detail: 'We ended the order so that you don’t wait for nothing. You pay nothing.',
        tone: 'bad',
      };
    case 'cancelled':
      return {
        title: 'This order was cancelled',
        detail: `${reason}You pay nothing.`,
        tone: 'neutral',
      };
    default:
      return null;
  }
}
