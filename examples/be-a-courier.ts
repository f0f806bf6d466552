/** Goes online, takes the first offer, carries it to the door, and goes home. */
import {
  applyToDriverView,
  createHotfootClient,
  type DriverView,
  newKey,
  nextJob,
  refusalOf,
} from 'hotfoot/client';
import { commandLine } from './command-line';

const options = commandLine({ email: 'driver@hotfoot.test', at: '37.9,-29.6' });
const [lat = 0, lng = 0] = options.at.split(',').map(Number);
const client = await createHotfootClient(options);
const { drivers } = client.api;

/** A phone would tell where it is; this courier rides in the mind alone. */
const here = { at: { lat, lng }, headingDeg: null, speedMps: null, accuracyM: 5 };
const fix = () => ({ ...here, recordedAt: new Date().toISOString() });
const STEPS: Record<string, 'arrive_pickup' | 'pick_up' | 'arrive_dropoff' | 'deliver'> = {
  assigned: 'arrive_pickup',
  at_pickup: 'pick_up',
  picked_up: 'arrive_dropoff',
  at_dropoff: 'deliver',
};
const done = new Set<string>();

/** Takes the next step, or answers the first offer; each once. */
async function act({ offers: [offer], jobs }: DriverView): Promise<void> {
  const { order, delivery } = nextJob(jobs) ?? {};
  const subject = delivery ? `${delivery.id} ${delivery.status}` : offer?.id;
  if (!subject || done.has(subject)) return;
  done.add(subject);
  const idempotencyKey = newKey();
  const step = delivery && STEPS[delivery.status];
  if (step) {
    // Somebody who was told the customer's PIN hands over with `{ kind: 'pin', pin }`.
    const proof = { kind: 'none', reason: 'customer_cannot_say' } as const;
    const input = { idempotencyKey, deliveryId: delivery.id, step };
    await drivers.step.mutate(step === 'deliver' ? { ...input, proof } : input);
    console.log(`#${order?.number}: ${step}`);
  } else if (offer) {
    await drivers.acceptOffer.mutate({ idempotencyKey, offerId: offer.id });
    console.log(`accepted #${offer.orderNumber} from ${offer.restaurantName}`);
  }
}

await drivers.setOnline.mutate({ idempotencyKey: newKey(), online: true, position: fix() });
console.log(`${client.viewer.name} is online`);
const reporting = setInterval(() => drivers.reportPosition.mutate(fix()).catch(() => {}), 5_000);
let view: DriverView | null = null;
for await (const { data } of drivers.watch.subscribe({})) {
  view = data.kind === 'event' ? view && applyToDriverView(view, data.event) : data.view;
  // Refused when somebody was faster: the next event says how it stands.
  if (view) await act(view).catch((error) => console.log(refusalOf(error).message));
  if (data.kind === 'event' && data.event.type === 'delivery.delivered') break;
}
clearInterval(reporting);
await drivers.setOnline.mutate({ idempotencyKey: newKey(), online: false, position: null });
await client.close();
