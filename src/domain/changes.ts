/** What admins change besides orders; who did is kept, see the table `changes`. */
export const CHANGE_AREAS = [
  'person',
  'invitation',
  'zone',
  'promo',
  'settings',
  'key',
  'webhook',
  'restaurant',
] as const;
export type ChangeArea = (typeof CHANGE_AREAS)[number];

/** Every kind of change there is, as triggers write it. */
export const CHANGE_TYPES = [
  'person.role_changed',
  'person.blocked',
  'person.unblocked',
  'invitation.made',
  'invitation.renewed',
  'invitation.withdrawn',
  'invitation.accepted',
  'zone.drawn',
  'zone.changed',
  'zone.retired',
  'promo.made',
  'promo.changed',
  'promo.stopped',
  'promo.resumed',
  'settings.terms_changed',
  'settings.notices_changed',
  'settings.retention_changed',
  'settings.ladder_changed',
  'webhook.made',
  'webhook.changed',
  'webhook.rotated',
  'webhook.stopped',
  'webhook.resumed',
  'webhook.removed',
  'key.made',
  'key.revoked',
  'restaurant.ladder_changed',
] as const;
