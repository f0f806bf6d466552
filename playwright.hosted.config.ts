import { defineConfig } from '@playwright/test';
import base from './playwright.config';

/** Journeys in hosted mode: `npm test -- hosted`. */
export default defineConfig(base, {
  globalSetup: './e2e/support/hosted-setup.ts',
  workers: 1,
  testMatch: [
    'hosted/*.spec.ts',
    'journeys/order-to-door.spec.ts',
    'journeys/cut-and-heal.spec.ts',
  ],
});
