// Objects 部件 along the roads at regular distances: lamps, manholes, bins; kinds after GB/T 30428.
import { pointEwkb } from '../../../server/imports/ewkb.ts'
import { apportion } from '../../../server/registry/apportion.ts'
import type { Line, Random } from '../place.ts'
import type { VillageGround } from './ground-of-village.ts'
import { IMPORTED, type Table, tableOf, type Village } from './village.ts'

interface ObjectKind {
  /** As the incident category about it. */
  readonly kind: string
  readonly category: string
  /** Class and kind as digits in the object's number. */
  readonly digits: string
  readonly share: number
  /** Metres from the middle of the road. */
  readonly aside: (halfWidth: number) => number
}
const onPavement = (halfWidth: number) => Math.max(0.5, halfWidth - 0.8)
const onCarriageway = (halfWidth: number) => Math.max(0.3, halfWidth * 0.35)
const behind = (halfWidth: number) => halfWidth - 0.2
const KINDS: readonly ObjectKind[] = [
  { kind: 'street-lamp', category: 'utilities', digits: '0105', share: 38, aside: onPavement },
  { kind: 'manhole', category: 'utilities', digits: '0101', share: 21, aside: onCarriageway },
  {
    kind: 'rain-grate',
    category: 'utilities',
    digits: '0103',
    share: 8,
    aside: halfWidth => halfWidth * 0.7,
  },
  { kind: 'camera', category: 'utilities', digits: '0118', share: 7, aside: onPavement },
  { kind: 'hydrant', category: 'utilities', digits: '0112', share: 4, aside: onPavement },
  { kind: 'distribution-box', category: 'utilities', digits: '0115', share: 4, aside: behind },
  { kind: 'traffic-sign', category: 'roads', digits: '0206', share: 5, aside: onPavement },
  { kind: 'guard-rail', category: 'roads', digits: '0210', share: 2, aside: behind },
  { kind: 'bus-shelter', category: 'roads', digits: '0213', share: 0.6, aside: behind },
  { kind: 'bin', category: 'sanitation', digits: '0304', share: 6, aside: onPavement },
  { kind: 'waste-station', category: 'sanitation', digits: '0302', share: 1.4, aside: behind },
  { kind: 'bench', category: 'landscape', digits: '0407', share: 2, aside: behind },
  { kind: 'notice-board', category: 'other-objects', digits: '0503', share: 1, aside: behind },
]

/** As many as the quota says; a village without roads has none. */
export function objectRows(village: Village, ground: VillageGround, random: Random): Table {
  const { origin, site, quota } = village
  const table = tableOf('object', `${IMPORTED} kind category number state point`)
  if (ground.roadMetres === 0) return table
  const counts = apportion(
    quota.objects,
    KINDS.map(({ share }) => share),
  )
  KINDS.forEach(({ kind, category, digits, aside }, k) => {
    const count = counts[k]!
    const distance = ground.roadMetres / Math.max(1, count)
    const start = random.next() * distance
    for (let i = 0; i < count; i++) {
      const side = i % 2 === 0 ? 1 : -1
      const place = ground.beside(start + i * distance, (line: Line) => side * aside(line.halfWidth))
      const point = place?.point ?? site.centre
      const id = random.id()
      const state = random.next() < 0.965 ? 'good' : random.next() < 0.8 ? 'damaged' : 'missing'
      const number = origin.county + digits + site.code.slice(6) + String(i + 1).padStart(4, '0')
      table.rows.push([
        origin.county,
        id,
        id,
        origin.importId,
        kind,
        category,
        number,
        state,
        pointEwkb(point),
      ])
    }
  })
  return table
}
