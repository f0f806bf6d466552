import { defineConfig } from '@playwright/test';
import { findTestBrowser } from './e2e/support/browser';
import { CITIES } from './e2e/support/run';

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  // They need a server of their own kind: playwright.hosted.config.ts.
  testIgnore: 'hosted/**',
  outputDir: 'test-results',
  globalSetup: './e2e/support/global-setup.ts',
  // A city to itself for each: a driver who is online would get everybody's offers.
  workers: CITIES,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['html', { open: 'never' }]],
  use: {
    // `npx playwright test --trace on <spec>` records one.
    trace: 'off',
    screenshot: 'only-on-failure',
    locale: 'en-GB',
    timezoneId: 'Atlantic/Azores',
    // Its own spec lets it in: elsewhere a page is what the server says.
    serviceWorkers: 'block',
    launchOptions: {
      executablePath: findTestBrowser() ?? undefined,
      args: [
        '--disable-background-networking',
        '--disable-component-update',
        // Pages are painted by the processor, maps by SwiftShader: a third less work than all by SwiftShader.
        '--disable-gpu',
        '--enable-unsafe-swiftshader',
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
    },
  },
});
