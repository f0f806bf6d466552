/**
 * What a dispatcher does to an order by hand, and which events since they looked mean that they have
 * to look again. An action brings the version of the order's stream that its screen had seen.
 */
export const HANDS_ON = [
  'assign',
  'unassign',
  'hand_back',
  'delay',
  'cancel',
  'restore',
  'change_address',
  'refund',
] as const;
export type HandsOn = (typeof HANDS_ON)[number];

/** What an event is about, as far as somebody else's hands may be in the way of it. */
const ABOUT = {
  /** The order has ended, or begun again. */
  end: [
    'order.completed',
    'order.rejected',
    'order.cancelled',
    'order.expired',
    'order.restored',
    'order.deleted',
    'order.archived',
    'order.erased',
    'delivery.cancelled',
    'delivery.restored',
  ],
  driver: ['delivery.assigned', 'delivery.unassigned'],
  /** The driver stands at the counter: whoever takes it away now should know. */
  arrival: ['delivery.at_pickup'],
  /** The food has left. */
  carried: [
    'delivery.picked_up',
    'delivery.at_dropoff',
    'delivery.delivered',
    'delivery.failed',
    'delivery.returning',
    'delivery.returned',
  ],
  kitchen: ['order.accepted', 'order.preparing', 'order.ready'],
  time: ['order.put_off', 'order.brought_forward', 'order.ready_moved'],
  door: ['order.address_changed'],
  /** A change that has no name of its own: the note for the driver, the kitchen's time. */
  details: ['order.updated'],
  money: [
    'payment.captured',
    'payment.released',
    'payment.failed',
    'payment.refund_asked',
    'payment.refund_paid',
    'payment.partly_refunded',
    'payment.refunded',
  ],
  /** In nobody's way: the search, estimates, the watch, talk, what was thought about it. */
  noise: [
    'order.placed',
    'order.eta_changed',
    'order.delayed',
    'order.rated',
    'order.tipped',
    'payment.pending',
    'payment.authorised',
    'delivery.created',
    'delivery.offering',
    'delivery.no_driver',
    'delivery.imminent',
    'delivery.stalled',
    'delivery.going_away',
    'delivery.dark',
    'delivery.blocked',
    'delivery.moving_again',
    'delivery.updated',
    'offer.made',
    'offer.accepted',
    'offer.declined',
    'offer.expired',
    'offer.withdrawn',
    'message.sent',
    'share.started',
    'share.ended',
  ],
} as const satisfies Record<string, readonly string[]>;

type About = keyof typeof ABOUT;

/** Who has to be told of an order, and who was: in nobody's way either. */
const TOLD = /^(must_see|notice)\./;

const KNOWN: ReadonlySet<string> = new Set(Object.values(ABOUT).flat());

/** What stands in the way of what. */
const IN_THE_WAY: Readonly<Record<HandsOn, readonly About[]>> = {
  assign: ['end', 'driver', 'arrival', 'carried'],
  unassign: ['end', 'driver', 'arrival', 'carried'],
  hand_back: ['end', 'driver', 'carried'],
  delay: ['end', 'kitchen', 'carried', 'time', 'details'],
  cancel: ['end', 'driver', 'carried'],
  restore: ['end'],
  change_address: ['end', 'carried', 'door', 'details'],
  refund: ['end', 'money'],
};

/** Whether an event of this type since the dispatcher looked refuses the action. What is not known does. */
export function isInTheWay(action: HandsOn, type: string): boolean {
  const isAbout = (about: About) => ABOUT[about].some((each) => each === type);
  if (TOLD.test(type)) return false;
  return !KNOWN.has(type) || IN_THE_WAY[action].some(isAbout);
}

/** Whether an event of this type is nobody's doing: the search, estimates, the watch, who was told. */
export const isNobodysDoing = (type: string): boolean =>
  TOLD.test(type) || ABOUT.noise.some((each) => each === type);

/** One of the events that stood in the way: who did what, and when. */
export type Change = {
  type: string;
  at: string;
  /** As in the log; `name` and `role` are those of the person, null for a part of the platform. */
  actor: string;
  name: string | null;
  role: string | null;
  /** Who has the delivery after it. */
  driver: string | null;
};

/** As many as one wants to read. */
export const CHANGES_TOLD = 3;

/** The version that a screen has seen of an order. */
export const seenOn = ({ versions }: { versions: { order: number; delivery: number } }): number =>
  Math.max(versions.order, versions.delivery);

/** An order can be put off by so many minutes at once, and in all. */
export const MOST_PUT_OFF = 120;
