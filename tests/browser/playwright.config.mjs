// Debian's Chromium, without the background traffic that a test machine has no use for.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.mjs',
  timeout: 120_000,
  // What is waited for comes, on however busy a machine.
  expect: { timeout: 30_000 },
  fullyParallel: false,
  workers: 2,
  // A second try tells a slip of a busy machine from a fault; tests/run names what needed one.
  retries: 1,
  forbidOnly: true,
  reporter: [['line'], ['json', { outputFile: 'test-results/results.json' }]],
  use: {
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking',
        '--disable-component-update', '--disable-sync', '--no-first-run'],
    },
    viewport: { width: 1280, height: 900 },
  },
});
