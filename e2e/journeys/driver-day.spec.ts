import type { Page } from '@playwright/test';
import { destinationPoint, type GeoPoint } from '@/domain/geo';
import { makePng } from '@/domain/picture.testing';
import { expect, test } from '../support/people';
import { acceptOffer, letOffersWait, orderFrom, orderIdOf } from '../support/steps';

const stand = (driver: Page, { lat, lng }: GeoPoint) =>
  driver.context().setGeolocation({ latitude: lat, longitude: lng });

test('a driver’s day: vehicle, break, arrival, photo, earnings, and cash handed in', async ({
  customer,
  driver,
  admin,
  sql,
}) => {
  test.slow();
  await letOffersWait(sql);
  const [kitchen] = await sql<GeoPoint[]>`
    SELECT ST_Y(location::geometry) AS lat, ST_X(location::geometry) AS lng
    FROM restaurants WHERE slug = 'stack-yard'`;
  if (!kitchen) throw new Error('expected the restaurant of the demo city');
  const offer = driver.getByRole('dialog', { name: 'New offer' });
  await stand(driver, destinationPoint(kitchen, 90, 200));
  await admin.goto('/admin/drivers');

  await test.step('goes online with a vehicle, until a time', async () => {
    await driver.goto('/driver');
    await driver.getByRole('radio', { name: 'Scooter' }).check();
    // Whatever time of day it is, on the driver's clock: no shift is longer than sixteen hours.
    const end = await driver.evaluate(() =>
      new Date(Date.now() + 4 * 3_600_000).toTimeString().slice(0, 5),
    );
    await driver.getByLabel('End of the shift').fill(end);
    await driver.getByRole('switch', { name: 'Online' }).click();
    await expect(driver.getByText(/^Scooter until/)).toBeVisible();
    await expect(admin.getByText(new RegExp(`^Scooter, .*–${end}$`))).toBeVisible();
  });

  await test.step('on a break nothing is offered, and its end brings what waits', async () => {
    await driver.getByRole('button', { name: 'Take a break' }).click();
    await expect(driver.getByRole('heading', { name: 'You’re on a break' })).toBeVisible();
    await expect(driver.getByText(/^On your break this device tells nobody/)).toBeVisible();
    await expect(admin.getByText(/on a break since/)).toBeVisible();
    await orderFrom(customer, 'Stack Yard', 'Double stack');
    await expect
      .poll(
        async () =>
          (
            await sql`SELECT 1 FROM dispatch_attempts a JOIN deliveries d
        ON d.id = a.delivery_id WHERE d.order_id = ${orderIdOf(customer)}`
          ).length,
      )
      .toBeGreaterThan(0);
    await expect(offer).toBeHidden();
    await driver.getByRole('button', { name: 'End the break' }).click();
    await expect(offer).toBeVisible();
  });

  const orderId = orderIdOf(customer);
  const door = destinationPoint(kitchen, 0, 400);
  await sql`UPDATE orders SET dropoff = ST_MakePoint(${door.lng}, ${door.lat})::geography
    WHERE id = ${orderId}`;
  await acceptOffer(driver);

  await test.step('is asked at the restaurant and at the door, and says so', async () => {
    await stand(driver, destinationPoint(kitchen, 90, 30));
    await expect(driver.getByText('You seem to be at Stack Yard. Arrived?')).toBeVisible();
    await driver.getByRole('button', { name: 'I’m at the restaurant' }).click();
    await expect(driver.getByText(/^Waiting for/)).toBeVisible();
    await expect(driver.getByRole('link', { name: 'Call Stack Yard' })).toHaveAttribute(
      'href',
      /^tel:\+/,
    );
    await driver.getByRole('button', { name: 'Picked up' }).click();
    // Each told place is near enough to the one before, however fast they follow each other.
    await stand(driver, destinationPoint(kitchen, 0, 130));
    await stand(driver, destinationPoint(kitchen, 0, 260));
    await stand(driver, destinationPoint(door, 90, 30));
    await expect(driver.getByText(/^You seem to be at .*Arrived\?$/)).toBeVisible();
    await driver.getByRole('button', { name: 'I’m at the door' }).click();
  });

  await test.step('nobody is there: a photo, which the customer sees', async () => {
    await driver.getByRole('button', { name: 'Enter the PIN' }).click();
    await driver.getByRole('button', { name: 'Take a photo' }).click();
    const photo = { name: 'door.png', mimeType: 'image/png', buffer: makePng(640, 480) };
    await driver.getByLabel('Take a photo').setInputFiles(photo);
    await expect(driver.getByAltText('The photo that you took')).toBeVisible();
    await driver.getByRole('button', { name: 'Hand over', exact: true }).click();
    const proof = customer.getByAltText('Proof of the handover');
    await proof.scrollIntoViewIfNeeded();
    await expect
      .poll(() => proof.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(0);
  });

  await test.step('the earnings show it, and the cash until the admin has counted it', async () => {
    await driver.goto('/driver/history');
    const due = driver.getByRole('region', { name: 'Cash to hand in' });
    await expect(due).toBeVisible();
    await admin.goto('/admin/cash');
    await admin.getByRole('button', { name: 'Dana Swift has handed it in' }).click();
    const dialog = admin.getByRole('alertdialog', { name: 'Has Dana Swift handed it in?' });
    await dialog.getByRole('button', { name: 'Handed in' }).click();
    await expect(admin.getByRole('heading', { name: 'Handed in lately' })).toBeVisible();
    await expect(due).toBeHidden();
    await expect(driver.getByText(/cash, handed in/).first()).toBeVisible();
  });
});

test('steps taken without a network outlive a reload, are sent in order, and taken once', async ({
  customer,
  driver,
  sql,
}) => {
  await letOffersWait(sql);
  await driver.goto('/driver');
  await driver.getByRole('switch', { name: 'Online' }).click();
  await orderFrom(customer, 'Stack Yard', 'Double stack');
  await acceptOffer(driver);
  const orderId = orderIdOf(customer);
  // No call gets through, while the page itself still does: it can be loaded anew.
  await driver.route('**/api/trpc/**', (route) => route.abort());
  await driver.getByRole('button', { name: 'I’m at the restaurant' }).click();
  await expect(driver.getByText('1 step is kept.', { exact: false })).toBeVisible();
  await driver.getByRole('button', { name: 'Picked up' }).click();
  await expect(driver.getByText('2 steps are kept.', { exact: false })).toBeVisible();
  await expect(driver.getByRole('button', { name: 'I’m at the door' })).toBeVisible();
  const [before] = await sql`SELECT status FROM deliveries WHERE order_id = ${orderId}`;
  expect(before?.status).toBe('assigned');
  await driver.reload();
  await expect(driver.getByText('2 steps are kept.', { exact: false })).toBeVisible();
  await expect(driver.getByRole('button', { name: 'I’m at the door' })).toBeVisible();
  await driver.unroute('**/api/trpc/**');
  await expect(driver.getByText(/kept/)).toHaveCount(0);
  await expect(customer.getByText('Dana has it', { exact: true })).toBeVisible();
  const story = await sql<{ type: string }[]>`
    SELECT type FROM events WHERE stream_id = ${orderId} AND type ~ '^delivery.(at_|picked)'
    ORDER BY version`;
  expect(story.map(({ type }) => type)).toEqual(['delivery.at_pickup', 'delivery.picked_up']);
});

test('an offer that is answered on one screen is answered on the other', async ({
  customer,
  driver,
  sql,
}) => {
  await letOffersWait(sql);
  await driver.goto('/driver');
  await driver.getByRole('switch', { name: 'Online' }).click();
  const second = await driver.context().newPage();
  await second.goto('/driver');
  await orderFrom(customer, 'Stack Yard', 'Double stack');
  const offerOn = (page: Page) => page.getByRole('dialog', { name: 'New offer' });
  await expect(offerOn(second)).toBeVisible();
  await offerOn(driver).getByRole('button', { name: 'Decline' }).click();
  await driver.getByRole('button', { name: 'Too far' }).click();
  await expect(second.getByText('You said no on another screen')).toBeVisible();
});
