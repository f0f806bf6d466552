import type { Sql } from 'postgres';
import { connect } from '@/db/client';
import { carriedOrder } from '@/services/journey.testing';
import { expect, test } from '../support/people';
import { readRun } from '../support/run';
import { goOnline, orderFrom, orderIdOf } from '../support/steps';

test('a driver declines, nobody is left, and the admin sees it, assigns, reassigns and cancels', async ({
  customer,
  driver,
  admin,
  sql,
}) => {
  // A short search, so that its end can be seen: two rounds, a second apart.
  await sql`UPDATE zones SET dispatch_policy = '{"maxEmptyRounds": 2, "backoffBaseSeconds": 1}'`;
  await admin.goto('/admin');
  await goOnline(driver);
  await orderFrom(customer, 'Stack Yard', 'Double stack');
  const orderId = orderIdOf(customer);
  const card = admin.locator(`[data-order="${orderId}"]`);

  await test.step('the only driver says no', async () => {
    const offer = driver.getByRole('dialog', { name: 'New offer' });
    await offer.getByRole('button', { name: 'Decline' }).click();
    await driver.getByRole('button', { name: 'Too far' }).click();
    await expect(offer).toBeHidden();
  });

  await test.step('after the last attempt it stands where a person sees it', async () => {
    const attention = admin.getByRole('region', { name: 'Attention' });
    await expect(attention.locator(`[data-order="${orderId}"]`)).toContainText(/no driver/i);
    await expect(customer.getByText('No courier is free right now', { exact: true })).toBeVisible();
  });

  await test.step('the admin gives it to the driver by hand', async () => {
    await card.click();
    await admin.getByRole('button', { name: 'Assign', exact: true }).first().click();
    await admin
      .getByRole('dialog', { name: /assign/i })
      .getByText('Dana Swift')
      .click();
    const confirm = admin
      .getByRole('dialog', { name: /assign/i })
      .getByRole('button', { name: /^Assign/ });
    if (await confirm.isVisible()) await confirm.click();
    await expect(driver.getByRole('button', { name: 'I’m at the restaurant' })).toBeVisible();
    await expect(customer.getByText('Dana is riding there.', { exact: true })).toBeVisible();
  });

  await test.step('takes it back, and cancels the order', async () => {
    await admin.getByRole('button', { name: 'Unassign' }).click();
    await admin
      .getByRole('alertdialog', { name: /^Take/ })
      .getByRole('button', { name: 'Unassign' })
      .click();
    await expect(driver.getByText('You’ll hear from us')).toBeVisible();
    await admin.getByRole('button', { name: 'Cancel order' }).click();
    const dialog = admin.getByRole('alertdialog', { name: /^Cancel/ });
    await dialog.getByRole('button', { name: /^Cancel (the )?order/ }).click();
    await expect(customer.getByText('Cancelled', { exact: true }).first()).toBeVisible();
  });
});

/** A zone of its own in which one order has been delivered, by its name. */
async function makeQuietZone(sql: Sql, name: string): Promise<void> {
  const { db, close } = connect(readRun().databaseUrl, { max: 1 });
  const { town } = await carriedOrder(db, { last: 'deliver' });
  await close();
  await sql`UPDATE zones SET name = ${name} WHERE id = ${town.zoneId}`;
}

test('an admin changes how a zone is dispatched while it runs, and nonsense changes nothing', async ({
  customer,
  driver,
  admin,
  sql,
}) => {
  const stored = async () => {
    const [zone] = await sql<{ kind: string | null }[]>`
      SELECT dispatch_policy ->> 'kind' AS kind FROM zones WHERE name = 'Emberhaven'`;
    return zone?.kind ?? null;
  };
  await makeQuietZone(sql, 'Replayton');
  await admin.goto('/admin/dispatch');

  await test.step('first seeing what yesterday would have been like', async () => {
    const quiet = admin.getByRole('form', { name: 'Replayton' });
    const preview = quiet.getByRole('region', { name: 'What if?' });
    await quiet.getByRole('radio', { name: /^Batch/ }).check();
    await quiet.getByLabel('Time to answer').fill('2');
    await preview.getByRole('button', { name: 'Replay', exact: true }).click();
    await expect(quiet.getByText('At least 5.')).toBeVisible();
    await quiet.getByLabel('Time to answer').fill('60');
    await preview.getByRole('radio', { name: '2 h' }).check();
    await preview.getByRole('button', { name: 'Replay again' }).click();
    await expect(preview.getByText('1 order, 1 driver on duty')).toBeVisible();
    await expect(preview.getByRole('row', { name: 'Never delivered' })).toContainText(/0.*0.*0/);
    await quiet.getByLabel('Time to answer').fill('70');
    await expect(preview.getByText(/^You have changed the policy since/)).toBeVisible();
    const [kept] = await sql`SELECT dispatch_policy FROM zones WHERE name = 'Replayton'`;
    expect(kept?.dispatch_policy).toEqual({});
  });

  const zone = admin.getByRole('form', { name: 'Emberhaven' });
  const save = zone.getByRole('button', { name: 'Save' });
  await zone.getByRole('radio', { name: /^Broadcast/ }).check();
  await zone.getByLabel('Time to answer').fill('2');
  await save.click();
  await expect(zone.getByText('At least 5.')).toBeVisible();
  expect(await stored()).toBeNull();
  await zone.getByLabel('Time to answer').fill('120');
  await save.click();
  await expect(save).toBeDisabled();
  await expect.poll(stored).toBe('broadcast');
  await goOnline(driver);
  await orderFrom(customer, 'Stack Yard', 'Double stack');
  await expect(driver.getByRole('dialog', { name: 'New offer' })).toBeVisible();
  const [attempt] = await sql<{ policy: string }[]>`
    SELECT policy FROM dispatch_attempts ORDER BY at DESC LIMIT 1`;
  expect(attempt?.policy).toBe('broadcast');
});

test('an offer that nobody answers runs out and says so', async ({ customer, driver, sql }) => {
  await sql`UPDATE zones SET dispatch_policy = '{"offerSeconds": 5}'`;
  await goOnline(driver);
  await orderFrom(customer, 'Stack Yard', 'Double stack');
  await expect(driver.getByRole('dialog', { name: 'New offer' })).toBeVisible();
  await expect(driver.getByText('This offer has run out')).toBeVisible();
});

test('a driver who stands still stays known', async ({ driver, sql }) => {
  await goOnline(driver);
  const fixAt = async () => {
    const [fix] = await sql<{ recorded_at: Date }[]>`
      SELECT recorded_at FROM driver_positions p JOIN drivers d ON d.user_id = p.driver_id
      WHERE d.online`;
    return fix?.recorded_at.getTime() ?? 0;
  };
  const first = await fixAt();
  await expect.poll(fixAt, { timeout: 40_000 }).toBeGreaterThan(first + 10_000);
});
