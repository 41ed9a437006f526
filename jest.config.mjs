/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  runtime: '<rootDir>/scripts/jest-runtime.cjs',
  roots: ['<rootDir>/__tests__'],
  testMatch: ['**/*.test.ts'],
  // Bots of others, with a lockfile of their own (`npm run compat`).
  modulePathIgnorePatterns: ['<rootDir>/__tests__/compat/node_modules'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  coverageProvider: 'v8',
  testTimeout: 20_000,
  // Most suites wait for a browser or a disk: a worker for each core, the last one too.
  maxWorkers: '100%',
  // Node keeps the modules of a suite that ran in a vm context; a worker that grew so far is replaced by a new one.
  workerIdleMemoryLimit: '1GB',
}
