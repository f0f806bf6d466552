import type { Page } from '@playwright/test';
import type { Sql } from 'postgres';
import { expect, TABLET, test } from '../support/people';
import { orderHere, orderIdOf } from '../support/steps';

const KITCHEN = 'Little Osaka';

/** The demo’s kitchen answers by hand for a while, on a ladder of seconds. */
async function byHand(sql: Sql): Promise<string> {
  const [kitchen] = await sql<{ id: string }[]>`
    UPDATE restaurants SET auto_accept = false WHERE name = ${KITCHEN} RETURNING id`;
  return kitchen?.id ?? '';
}

const ladder = (sql: Sql, id: string, placed: [kind: string, afterSeconds: number][]) => sql`
  UPDATE must_see_ladders SET ladder = ${sql.json({
    placed: placed.map(([kind, afterSeconds]) => ({ kind, afterSeconds })),
    cancelled: [{ kind: 'sound', afterSeconds: 0 }],
    delayed: [],
  })} WHERE restaurant_id = ${id}`;

const ticketOf = (tablet: Page, orderId: string) => tablet.locator(`[data-order="${orderId}"]`);
const bellOf = (tablet: Page) => tablet.locator('[data-bell]');

/** As browsers do with a window: one without a window gives sound at once. */
function noSoundBeforeTouch(): void {
  let touched = false;
  const touch = () => {
    touched = true;
  };
  window.addEventListener('pointerdown', touch, { capture: true });
  Object.defineProperty(AudioContext.prototype, 'state', {
    get: () => (touched ? 'running' : 'suspended'),
  });
}

test('a kitchen acts from its tablet, and what it does not see climbs until the order ends', async ({
  customer,
  kitchen,
  admin,
  browser,
  baseURL,
  sql,
}) => {
  const kitchenId = await byHand(sql);
  const patient: [string, number][] = [
    ['sound', 0],
    ['louder', 1],
    ['cancel', 600],
  ];
  const [before] = await sql<{ ladder: never }[]>`
    SELECT ladder FROM must_see_ladders WHERE restaurant_id = ${kitchenId}`;
  await ladder(sql, kitchenId, patient);
  const storageState = await kitchen.context().storageState();
  const context = await browser.newContext({ baseURL, storageState, viewport: TABLET });
  await context.addInitScript(noSoundBeforeTouch);
  const second = await context.newPage();
  try {
    await admin.goto('/admin');
    await kitchen.goto('/kitchen');
    await expect(kitchen.getByRole('heading', { level: 1 })).toHaveText(KITCHEN);
    await expect(kitchen.getByText('Live', { exact: true })).toBeVisible();

    await test.step('browsers give sound after a touch: until then the page says so', async () => {
      await second.goto('/kitchen');
      await expect(second.getByText('Live', { exact: true })).toBeVisible();
      const allow = second.getByRole('button', { name: /allow sound/ });
      await expect(allow).toBeVisible();
      await allow.click();
      await expect(allow).toBeHidden();
    });

    await customer.goto('/r/little-osaka');
    await orderHere(customer, 'Chicken katsu don');
    const orderId = orderIdOf(customer);
    const ticket = ticketOf(kitchen, orderId);

    await test.step('both tablets ring, then louder, and one that has seen it silences both', async () => {
      await expect(ticket).toContainText('2×');
      await expect(ticket).toContainText('Chicken katsu don');
      await expect(bellOf(kitchen)).toHaveAttribute('data-bell', 'loud');
      await expect(bellOf(second)).toHaveAttribute('data-bell', 'loud');
      await ticketOf(second, orderId).getByRole('button', { name: 'Seen' }).click();
      await expect(bellOf(kitchen)).toHaveAttribute('data-bell', 'silent');
      await expect(bellOf(second)).toHaveAttribute('data-bell', 'silent');
    });

    await test.step('it is accepted with twenty minutes', async () => {
      await ticket.getByRole('button', { name: 'Accept' }).click();
      await kitchen.getByRole('button', { name: '20 min', exact: true }).click();
      const preparing = kitchen.getByRole('region', { name: 'Preparing' });
      await expect(preparing.locator(`[data-order="${orderId}"]`)).toContainText('Ready by');
      await expect(customer.getByText(`${KITCHEN} is on it`).first()).toBeVisible();
      const [order] = await sql<{ minutes: number }[]>`
        SELECT prep_minutes AS minutes FROM orders WHERE id = ${orderId}`;
      expect(order?.minutes).toBe(20);
    });

    await test.step('a delay reaches the customer at once', async () => {
      await ticket.getByRole('button', { name: 'Delay' }).click();
      await kitchen.getByRole('button', { name: '+45 min', exact: true }).click();
      await expect(customer.getByText('Later than promised').first()).toBeVisible();
      // What the kitchen has done itself rings nowhere.
      await expect(bellOf(second)).toHaveAttribute('data-bell', 'silent');
    });

    await test.step('it is started and finished', async () => {
      await ticket.getByRole('button', { name: 'Start' }).click();
      await ticket.getByRole('button', { name: 'Ready' }).click();
      const ready = kitchen.getByRole('region', { name: 'Ready' });
      await expect(ready.locator(`[data-order="${orderId}"]`)).toContainText('Ready since');
      await expect(ticketOf(second, orderId)).toContainText('Ready since');
    });

    await ladder(sql, kitchenId, [
      ['sound', 0],
      ['dispatcher', 1],
      ['cancel', 600],
    ]);
    await customer.goto('/r/little-osaka');
    await orderHere(customer, 'Chicken katsu don');
    const unseen = orderIdOf(customer);

    await test.step('one that nobody acknowledges is a card on the board', async () => {
      const attention = admin.getByRole('region', { name: 'Attention' });
      const card = attention.locator(`[data-order="${unseen}"]`);
      await expect(card).toContainText('The kitchen has not seen it: call them');
    });

    await test.step('and ends by itself, with its customer told', async () => {
      await ladder(sql, kitchenId, [
        ['sound', 0],
        ['dispatcher', 1],
        ['cancel', 2],
      ]);
      await expect(customer.getByText(/did not answer/).first()).toBeVisible();
      await expect(ticketOf(kitchen, unseen)).toHaveCount(0);
      await expect(bellOf(kitchen)).toHaveAttribute('data-bell', 'silent');
      const story = await sql<{ type: string }[]>`
        SELECT type FROM events WHERE stream_id = ${unseen} AND type LIKE 'must_see.%'
        ORDER BY version`;
      expect(story.map(({ type }) => type.replace('must_see.', ''))).toEqual([
        ...['raised', 'sound', 'dispatcher', 'cancel', 'settled'],
      ]);
    });
  } finally {
    await sql`UPDATE restaurants SET auto_accept = true WHERE id = ${kitchenId}`;
    await sql`UPDATE must_see_ladders SET ladder = ${sql.json(before?.ladder ?? null)}
      WHERE restaurant_id = ${kitchenId}`;
    await context.close();
  }
});
