import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{core,server,client,migrations,scripts}/**/*.test.{ts,tsx}'],
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
})
