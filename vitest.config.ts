import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    // Many tests wait for servers: one worker less than there are cores would be too few.
    maxWorkers: '100%',
    // A busy machine is no failure.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: { include: ['lib/**'], thresholds: { lines: 98, branches: 98 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'package',
          include: ['test/**/*.test.ts'],
          globalSetup: 'test/package/run-folder.ts',
          // No test changes what another one sees, so all files of a worker can share its modules.
          isolate: false,
        },
      },
      'examples/desk',
    ],
  },
});
