import { defineConfig } from '@playwright/test';
import base from './playwright.config';

/** Journeys in hosted mode: `npm test -- hosted`. */
export default defineConfig(base, {
  globalSetup: './e2e/support/hosted-setup.ts',
  workers: 1,
  // Held to the frames of a socket: hosted/heals.spec.ts is its like.
  grepInvert: /nothing missed and nothing twice/,
  testIgnore: [],
  testMatch: [
    'hosted/*.spec.ts',
    'journeys/order-to-door.spec.ts',
    'journeys/cut-and-heal.spec.ts',
  ],
});
