import { expect, test } from './support/people';
import { cookieFor } from './support/language';

test('shots', async ({ admin, sql }) => {
  test.setTimeout(240_000);
  const [place] = await sql<{ id: string }[]>`SELECT id FROM restaurants WHERE slug = 'stack-yard'`;
  const desk = `/admin/restaurants/${place?.id}`;
  const shots: [string, string][] = [
    ['list', '/admin/restaurants'],
    ['new', '/admin/restaurants/new'],
    ...['menu', 'details', 'hours', 'area', 'file'].map((p): [string, string] => [p, `${desk}?part=${p}`]),
  ];
  for (const [size, viewport] of [['phone', { width: 390, height: 844 }], ['desk', { width: 1440, height: 900 }]] as const) {
    await admin.setViewportSize(viewport);
    for (const scheme of ['light', 'dark'] as const) {
      await admin.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      for (const [name, path] of shots) {
        if (scheme === 'dark' && !['menu', 'area', 'hours'].includes(name)) continue;
        await admin.goto(path);
        await expect(admin.locator('[aria-busy="true"]')).toHaveCount(0, { timeout: 20_000 });
        if (name === 'area') {
          await admin.getByRole('radio', { name: 'Drawn area' }).check();
          await admin.waitForTimeout(800);
        }
        if (name === 'file') {
          await admin.locator('input[type=file]').setInputFiles({ name: 'menu.csv', mimeType: 'text/csv', buffer: Buffer.from('section,dish,price,description\nBurgers,Double stack,14.10,Two patties\nBurgers,New one,9,Fresh\nBurgers,Broken,free,\n') });
          await admin.waitForTimeout(800);
        }
        await admin.screenshot({ path: `/tmp/h-a-shots/${name}-${size}-${scheme}.png`, fullPage: size === 'phone' ? false : false });
        if (name === 'menu') {
          await admin.getByRole('button', { name: /^Edit / }).first().click();
          await admin.waitForTimeout(700);
          await admin.screenshot({ path: `/tmp/h-a-shots/dish-${size}-${scheme}.png` });
        }
        if (['details', 'hours', 'area', 'file'].includes(name)) {
          await admin.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
          await admin.waitForTimeout(200);
          await admin.screenshot({ path: `/tmp/h-a-shots/${name}-end-${size}-${scheme}.png` });
        }
      }
    }
  }
  await admin.context().addCookies([cookieFor('ar')]);
  await admin.emulateMedia({ colorScheme: 'light' });
  for (const p of ['menu', 'hours', 'area']) {
    await admin.goto(`${desk}?part=${p}`);
    await admin.waitForTimeout(800);
    await admin.screenshot({ path: `/tmp/h-a-shots/${p}-ar.png` });
  }
});
