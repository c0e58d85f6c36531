import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    name: 'desk',
    include: ['test/**/*.test.ts'],
    // Many tests wait for servers and browsers: one worker less than there are cores would be too few.
    maxWorkers: '100%',
    // No test changes what another one sees, so all files of a worker can share its modules.
    isolate: false,
    // A busy machine is no failure.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
