/** Imports a menu from a CSV or JSON file: shows what it would change, and with `--yes` does exactly that. */
import { readFileSync } from 'node:fs';
import { createHotfootClient, newKey } from 'hotfoot/client';
import { commandLine } from './command-line';

const options = commandLine({
  email: 'admin@hotfoot.test',
  restaurant: '',
  file: 'menu.csv',
  yes: false,
});
const client = await createHotfootClient(options);
const { restaurants, restaurantDesk } = client.api;

const all = await restaurants.list.query();
const found = all.find(({ restaurant: { name, slug } }) =>
  [name, slug].includes(options.restaurant),
);
if (!found) throw new Error(`There is no restaurant “${options.restaurant}”.`);

const file = {
  restaurantId: found.restaurant.id,
  format: options.file.endsWith('.json') ? ('json' as const) : ('csv' as const),
  text: readFileSync(options.file, 'utf8'),
};
const preview = await restaurantDesk.previewImport.mutate(file);
if (preview.kind === 'unreadable') {
  const { code, about } = preview.problem;
  throw new Error(`This file can’t be read: ${code} ${about}`.trim());
}
for (const line of preview.lines) {
  const why = line.outcome === 'refused' ? ` (${line.problem})` : '';
  console.log(`${line.line}: ${line.name}: ${line.outcome}${why}`);
}
if (options.yes) {
  const { fingerprint } = preview;
  // Refused when the menu is not any more what the preview was made from.
  const done = await restaurantDesk.importMenu.mutate({
    ...{ ...file, fingerprint, idempotencyKey: newKey() },
  });
  console.log(`created ${done.created}, changed ${done.changed}`);
}
await client.close();
