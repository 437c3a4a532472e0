// Each rule forbids what it says and lets pass what lies beside it.
import { describe, expect, it } from 'vitest'
import { importsIn, violationsIn } from './import-rules.ts'

const broken = (path: string, ...imports: string[]) =>
  violationsIn([{ path, imports }]).map(violation => violation.rule)

describe('import rules', () => {
  it.each([
    ['core/topology/a.ts', '../../server/errors.ts'],
    ['core/topology/a.ts', 'node:fs'],
    ['core/topology/a.ts', 'kysely'],
    ['core/topology/a.test.ts', '../../server/errors.ts'],
    ['server/plans/routes.ts', '../../client/main.tsx'],
    ['server/plans/routes.ts', '../areas/routes.ts'],
    ['server/plans/queries.ts', 'fastify'],
    ['server/plans/queries.ts', '@fastify/sse'],
    ['client/app/a.tsx', '../../server/errors.ts'],
    ['client/app/a.tsx', 'maplibre-gl'],
    ['client/planner/a.tsx', '@deck.gl/layers'],
    ['client/planner/a.tsx', 'react-map-gl/maplibre'],
    ['client/modes/split.ts', '../map/draw.ts'],
    ['client/workers/kernel.ts', '../api/plans.ts'],
    ['client/workers/kernel.ts', 'react'],
    ['migrations/001-a.ts', '../server/db/schema.ts'],
    ['migrations/001-a.ts', 'pg'],
    ['server/main.ts', '../scripts/huage.ts'],
  ])('%s may not import %s', (path, imported) => {
    expect(broken(path, imported)).not.toEqual([])
  })
  it.each([
    ['core/topology/a.ts', './b.ts'],
    ['core/topology/a.ts', 'flatbush'],
    ['core/topology/a.test.ts', 'node:fs'],
    ['server/plans/routes.ts', './queries.ts'],
    ['server/plans/routes.ts', '../areas/queries.ts'],
    ['server/plans/routes.ts', 'fastify'],
    ['server/app.ts', './plans/routes.ts'],
    ['server/db/migrate.ts', '../../migrations/index.ts'],
    ['client/app/a.tsx', '../../core/contract/plans.ts'],
    ['client/map/a.tsx', '@deck.gl/mapbox'],
    ['client/workers/kernel.ts', '../../core/topology/index.ts'],
    ['client/workers/kernel.ts', 'apache-arrow'],
    ['migrations/index.ts', './001-a.ts'],
    ['migrations/001-a.ts', 'kysely'],
    ['scripts/huage.ts', '../server/db/open.ts'],
  ])('%s may import %s', (path, imported) => {
    expect(broken(path, imported)).toEqual([])
  })
})

describe('imports of a source', () => {
  it('finds every form', () => {
    const name = (n: number) => `'package-${n}'`
    const source = [
      `import a, { b,\n  c } from ${name(1)}`,
      `import type { D } from ${name(2)}`,
      `import ${name(3)}`,
      `export * from ${name(4)}`,
      `export { e } from ${name(5)}; import f from ${name(6)}`,
      `const g = await import(${name(7)})`,
      `// import h from ${name(8)}`,
      `/* import i from ${name(9)} */`,
      `export const j = 'no import'`,
    ].join('\n')
    expect(importsIn(source).sort()).toEqual([1, 2, 3, 4, 5, 6, 7].map(n => `package-${n}`))
  })
})
