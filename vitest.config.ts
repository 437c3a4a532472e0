// Which tests run where: what opens a database runs after the throw-away server and the templates are made.
import { defineConfig } from 'vitest/config'
import { takeMemoryFolder } from './scripts/test/memory-folder.ts'

takeMemoryFolder()

const files = (folders: string) => [`${folders}/**/*.test.{ts,tsx}`]

export default defineConfig({
  test: {
    // An embedded database takes about 1.2 GB while it opens.
    maxWorkers: 2,
    // Files share what is loaded: a quarter of the work saved. So no file may leave anything behind in a module.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 180_000,
    projects: [
      { extends: true, test: { name: 'plain', include: files('{core,client}') } },
      {
        extends: true,
        test: {
          name: 'database',
          include: files('{server,migrations,scripts}'),
          globalSetup: ['server/db/global-setup.ts'],
        },
      },
    ],
  },
})
