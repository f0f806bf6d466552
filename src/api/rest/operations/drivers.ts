import { z } from 'zod';
import { EXAMPLE_DRIVER, EXAMPLE_IDS } from '@/api/rest/examples';
import { operation } from '@/api/rest/operation';
import { Id, IdParams, OrderSummary, toOrderSummary } from '@/api/rest/resources';
import { DeliveryImageSchema } from '@/domain/delivery-image';
import { DriverImageSchema } from '@/domain/driver-image';
import { OfferImageSchema } from '@/domain/offer';
import { AcceptOfferInput, DeclineOfferInput } from '@/services/answer-offer';
import { PositionInput } from '@/services/report-position';
import { SetOnlineInput } from '@/services/set-online';
import { FailDeliveryInput, StepDeliveryInput } from '@/services/step-delivery';

/** A fix as programs send it: flat, and of this moment unless it says otherwise. */
const Location = PositionInput.omit({ at: true }).extend({
  ...PositionInput.shape.at.shape,
  recordedAt: PositionInput.shape.recordedAt.optional(),
});

const positionOf = ({ lat, lng, recordedAt, ...rest }: z.output<typeof Location>, now: Date) => ({
  ...rest,
  at: { lat, lng },
  recordedAt: recordedAt ?? now.toISOString(),
});

const OnlineBody = SetOnlineInput.pick({ vehicle: true, until: true }).extend({
  /** Needed when no position is known yet. */
  location: Location.optional(),
});

export const driverOperations = [
  operation({
    id: 'getDriver',
    ...{ method: 'get', path: '/drivers/me', tag: 'drivers', access: 'drivers:read' },
    summary: 'Read the driver who asks',
    status: 200,
    output: DriverImageSchema,
    example: { as: 'driver' },
    async run({ api }) {
      return { body: (await api.drivers.home()).view.driver };
    },
  }),
  operation({
    id: 'reportLocation',
    ...{ method: 'patch', path: '/drivers/location', tag: 'drivers', access: 'drivers:write' },
    summary: 'Tell where the driver is',
    body: Location,
    status: 200,
    output: z.object({ recordedAt: z.string() }),
    example: { as: 'driver', body: { ...EXAMPLE_DRIVER, headingDeg: 90, speedMps: 4.2 } },
    async run({ api, body, deps }) {
      return { body: await api.drivers.reportPosition(positionOf(body, deps.now())) };
    },
  }),
  operation({
    id: 'goOnline',
    ...{ method: 'post', path: '/drivers/online', tag: 'drivers', access: 'drivers:write' },
    summary: 'Begin work',
    body: OnlineBody,
    bodyOptional: true,
    status: 200,
    output: DriverImageSchema,
    example: { as: 'driver', body: { location: EXAMPLE_DRIVER, vehicle: 'bike' } },
    async run({ api, body, deps, idempotencyKey }) {
      const { location, ...rest } = body;
      const position = location ? positionOf(location, deps.now()) : null;
      return {
        body: await api.drivers.setOnline({ ...rest, position, online: true, idempotencyKey }),
      };
    },
  }),
  operation({
    id: 'goOffline',
    ...{ method: 'post', path: '/drivers/offline', tag: 'drivers', access: 'drivers:write' },
    summary: 'End work',
    detail: 'Refused while something is carried.',
    status: 200,
    output: DriverImageSchema,
    example: { as: 'driver' },
    async run({ api, idempotencyKey }) {
      return {
        body: await api.drivers.setOnline({ online: false, position: null, idempotencyKey }),
      };
    },
  }),
  operation({
    id: 'listOffers',
    ...{ method: 'get', path: '/drivers/offers', tag: 'drivers', access: 'drivers:read' },
    summary: 'List what the driver is asked now',
    status: 200,
    output: z.object({ offers: z.array(OfferImageSchema) }),
    example: { as: 'driver' },
    async run({ api }) {
      return { body: { offers: (await api.drivers.home()).view.offers } };
    },
  }),
  operation({
    id: 'listDeliveries',
    ...{ method: 'get', path: '/drivers/deliveries', tag: 'drivers', access: 'drivers:read' },
    summary: 'List what the driver carries now',
    status: 200,
    output: z.object({ orders: z.array(OrderSummary) }),
    example: { as: 'driver' },
    async run({ api }) {
      return { body: { orders: (await api.drivers.home()).view.jobs.map(toOrderSummary) } };
    },
  }),
  operation({
    id: 'acceptOffer',
    ...{ method: 'post', path: '/offers/{id}/accept', tag: 'drivers', access: 'drivers:write' },
    summary: 'Take an offer, and the run that it belongs to',
    params: IdParams,
    body: AcceptOfferInput.pick({ stops: true }),
    bodyOptional: true,
    status: 200,
    output: DeliveryImageSchema,
    example: { as: 'driver', params: { id: EXAMPLE_IDS.offer }, body: { stops: 1 } },
    async run({ api, params, body, idempotencyKey }) {
      return {
        body: await api.drivers.acceptOffer({ ...body, offerId: params.id, idempotencyKey }),
      };
    },
  }),
  operation({
    id: 'declineOffer',
    ...{ method: 'post', path: '/offers/{id}/decline', tag: 'drivers', access: 'drivers:write' },
    summary: 'Say no to an offer, and the run that it belongs to',
    params: IdParams,
    body: DeclineOfferInput.pick({ reason: true }),
    status: 200,
    output: z.object({ offerId: z.string() }),
    example: { as: 'driver', params: { id: EXAMPLE_IDS.offer }, body: { reason: 'too_far' } },
    async run({ api, params, body, idempotencyKey }) {
      return {
        body: await api.drivers.declineOffer({ ...body, offerId: params.id, idempotencyKey }),
      };
    },
  }),
  operation({
    id: 'stepDelivery',
    ...{ method: 'post', path: '/deliveries/{id}/steps', tag: 'drivers', access: 'drivers:write' },
    summary: 'Take the next step of a delivery',
    detail: 'The step `deliver` of an order with a PIN needs a proof of the handover.',
    params: z.object({ id: Id }),
    body: StepDeliveryInput.pick({ step: true, proof: true, occurredAt: true }),
    status: 200,
    output: DeliveryImageSchema,
    example: {
      as: 'driver',
      params: { id: EXAMPLE_IDS.delivery },
      body: { step: 'arrive_pickup' },
    },
    async run({ api, params, body, idempotencyKey }) {
      return { body: await api.drivers.step({ ...body, deliveryId: params.id, idempotencyKey }) };
    },
  }),
  operation({
    id: 'failDelivery',
    ...{ method: 'post', path: '/deliveries/{id}/fail', tag: 'drivers', access: 'drivers:write' },
    summary: 'Tell that a delivery can’t be handed over',
    params: z.object({ id: Id }),
    body: FailDeliveryInput.pick({ reason: true, occurredAt: true }),
    status: 200,
    output: DeliveryImageSchema,
    example: {
      as: 'driver',
      params: { id: EXAMPLE_IDS.delivery },
      body: { reason: 'customer_absent' },
    },
    async run({ api, params, body, idempotencyKey }) {
      return { body: await api.drivers.fail({ ...body, deliveryId: params.id, idempotencyKey }) };
    },
  }),
];
