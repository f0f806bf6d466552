import type { DeliveryStatus } from '@/domain/delivery';
import { DELIVERY_WORDS } from './delivery-words';
import { type PillProps, StatusPill } from './status-pill';

export const DeliveryPill = ({ status, ...props }: PillProps & { status: DeliveryStatus }) => (
  <StatusPill {...props} status={DELIVERY_WORDS[status]} />
);
