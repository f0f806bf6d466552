import { CircleDashed, CircleSlash, Radar, Store, UserCheck, UserX } from 'lucide-react';
import type { DeliveryStatus } from '@/domain/delivery';
import { type StatusWord, TELLING_WORDS } from './status-words';

/** Every state of a delivery, for those who carry and steer it: a customer's page has no need of all. */
export const DELIVERY_WORDS: Readonly<Record<DeliveryStatus, StatusWord>> = {
  ...TELLING_WORDS,
  unassigned: { key: 'deliveryStatus.unassigned', tone: 'neutral', icon: CircleDashed },
  offering: { key: 'deliveryStatus.offering', tone: 'warn', icon: Radar },
  assigned: { key: 'deliveryStatus.assigned', tone: 'info', icon: UserCheck },
  at_pickup: { key: 'deliveryStatus.at_pickup', tone: 'info', icon: Store },
  no_driver: { key: 'deliveryStatus.no_driver', tone: 'bad', icon: UserX },
  cancelled: { key: 'deliveryStatus.cancelled', tone: 'neutral', icon: CircleSlash },
};
