import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type MapPalette, PALETTES } from './palette';

test('the colours of the still map are those of the moving one', () => {
  const sheet = readFileSync('src/components/shared/map/still-map.css', 'utf8');
  const twins: Record<string, keyof MapPalette> = {
    '--still-district': 'districtName',
    '--still-halo': 'halo',
    '--still-route': 'route',
    '--still-route-casing': 'routeCasing',
    background: 'sea',
  };
  for (const [property, name] of Object.entries(twins)) {
    const colours = `light-dark(${PALETTES.light[name]}, ${PALETTES.dark[name]})`;
    expect(sheet).toContain(`  ${property}: ${colours};`);
  }
});
