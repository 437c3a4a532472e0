// A place's map before anything stands on it.
import { expect, test } from 'vitest'
import { mapOf, NAMES } from './maps.ts'
import type { PlaceName } from './place.ts'
import { randomOf } from './random.ts'

test.each<PlaceName>(['tuanjie', 'shangdi', 'chuzhou', 'area-grid'])(
  '%s is called what its town is called, in its county',
  place => {
    const [town] = mapOf(place, 1, randomOf('names')).areas
    expect(NAMES[place]).toEqual({ name: town!.name, county: town!.code.slice(0, 6) })
  },
)
