import { readFile } from 'node:fs/promises';
import { connect } from '@/db/client';
import { fillWithOrders } from '@/db/testing/many-orders';
import { makeDriver, makeTown } from '@/db/testing/town';
import { addDays, localDay } from '@/domain/wall-clock';
import { expect, test } from '../support/people';
import { readRun } from '../support/run';

/** A zone of its own, so that no other test's orders are in it: 60 orders yesterday, 40 a week before. */
async function seedTown(): Promise<string> {
  const { db, close } = connect(readRun().databaseUrl, { max: 1 });
  const town = await makeTown(db);
  const driver = await makeDriver(db, town, { name: 'Ada Ridewell', online: false });
  const yesterday = addDays(localDay(new Date(), 'Europe/Lisbon'), -1);
  for (const [firstDay, orders] of [
    [yesterday, 60],
    [addDays(yesterday, -7), 40],
  ] as const) {
    await db.transaction((tx) =>
      fillWithOrders(tx, {
        ...{ zoneId: town.zoneId, restaurantIds: [town.restaurantId], firstDay, days: 1, orders },
        ...{ driverIds: [driver.userId], customerId: town.customer.userId },
      }),
    );
  }
  await close();
  return town.zoneId;
}

test('an admin reads how yesterday went, against a week before, and takes it along', async ({
  admin,
}) => {
  const zoneId = await seedTown();
  const tile = (key: string) => admin.locator(`[data-tile="${key}"]`);

  await test.step('what counts most, with what it was before', async () => {
    await admin.goto('/admin');
    await admin.getByRole('navigation').getByRole('link', { name: 'Analytics' }).first().click();
    await expect(admin.getByRole('heading', { level: 1, name: 'How it goes' })).toBeVisible();
    await admin.getByRole('combobox', { name: 'Zone' }).selectOption(zoneId);
    await admin.getByRole('radio', { name: 'Yesterday' }).check();
    await expect(tile('orders')).toContainText('60');
    await expect(tile('orders')).toContainText('50 % more, 40 before');
    await expect(tile('delivery')).toContainText(/9 of 10 within \d+ min/);
    await expect(tile('utilisation')).toContainText(/\d+ %/);
    await expect(admin).toHaveURL(/period=yesterday&zone=/);
  });

  await test.step('a plot says one thing, and is a table too', async () => {
    const plot = admin.getByRole('region', {
      name: /^60 orders, most of them at \d\d:00, with \d+$/,
    });
    await expect(plot.getByRole('img')).toBeVisible();
    await plot.getByRole('button', { name: 'Show as table' }).click();
    await expect(plot.getByRole('row')).toHaveCount(25);
    await plot.getByRole('button', { name: 'Show as plot' }).click();
    await expect(plot.getByRole('img')).toBeVisible();
    await expect(
      admin.getByRole('region', { name: /^4 orders came to nothing, most often: / }),
    ).toBeVisible();
  });

  await test.step('kitchen by kitchen, driver by driver, hour by hour', async () => {
    const row = (name: string) => admin.getByRole('row', { name });
    await expect(row('Test Kitchen')).toContainText('60');
    await expect(row('Test Kitchen')).toContainText('50 % more, 40 before');
    await admin.getByRole('radio', { name: 'Driver' }).check();
    await expect(row('Ada Ridewell')).toBeVisible();
    await admin.getByRole('button', { name: 'Ride, median' }).click();
    await expect(admin).toHaveURL(/by=driver&sort=rideMedian/);
    await expect(admin.getByRole('columnheader', { name: 'Ride, median' })).toHaveAttribute(
      'aria-sort',
      'descending',
    );
  });

  await test.step('the breakdown as a file', async () => {
    await admin.getByRole('radio', { name: 'Restaurant' }).check();
    await expect(admin.getByRole('row', { name: 'Test Kitchen' })).toBeVisible();
    const downloading = admin.waitForEvent('download');
    await admin.getByRole('button', { name: 'Download CSV' }).click();
    const file = await downloading;
    expect(file.suggestedFilename()).toMatch(/^hotfoot-restaurants-.*\.csv$/);
    const content = await readFile(await file.path(), 'utf8');
    expect(content).toMatch(/^\uFEFFname,id,orders,delivered,lost,currency,revenue,/);
    expect(content).toMatch(/\r\nTest Kitchen,[0-9a-f-]{36},60,\d+,4,EUR,\d+,/);
  });
});
