import { mkdirSync, readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { findBrowser } from '../e2e/support/browser';

/** Draws the icons for home screens from public/icon.svg. Run after a change of it: npx tsx scripts/icons.ts */

const FOLDER = 'public/icons';
const EMBER = '#d2541b';
const ICONS = [
  { file: 'icon-192.png', size: 192, background: 'transparent', share: 1 },
  { file: 'icon-512.png', size: 512, background: 'transparent', share: 1 },
  // Shapes are cut from it: the sign keeps to the middle (safe zone of 80 %).
  { file: 'maskable-512.png', size: 512, background: EMBER, share: 0.78 },
  { file: 'apple-touch-icon.png', size: 180, background: EMBER, share: 1 },
];

const svg = readFileSync('public/icon.svg', 'utf8');
mkdirSync(FOLDER, { recursive: true });
const browser = await chromium.launch({
  executablePath: findBrowser() ?? undefined,
  args: ['--no-sandbox'],
});
for (const { file, size, background, share } of ICONS) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body{margin:0;display:grid;place-items:center;height:100vh;background:${background}}
    svg{width:${share * 100}vw;height:${share * 100}vh}</style>${svg}`);
  await page.screenshot({ path: `${FOLDER}/${file}`, omitBackground: true });
  await page.close();
}
await browser.close();
