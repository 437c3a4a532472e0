// Makes the fixtures that are derived from the OpenStreetMap extract: the town's outline, and a small piece for tests.
import { closeSync, openSync, readSync, writeFileSync } from 'node:fs'
import { bunzip } from '../server/imports/bunzip.ts'

const EXTRACT = 'fixtures/neubrandenburg.osm.bz2'
const TOWN = '62705'
/** West, south, east, north of the piece: the old town within its wall, and a part of what is around it. */
const CENTRE = [13.2585, 53.5535, 13.2665, 53.5595] as const

interface Element {
  readonly kind: 'node' | 'way' | 'relation'
  readonly id: string
  readonly text: string
}

function readExtract(): Element[] {
  const file = openSync(EXTRACT, 'r')
  const parts: Buffer[] = []
  for (const slice of bunzip(buffer => readSync(file, buffer))) parts.push(Buffer.from(slice))
  closeSync(file)
  const xml = Buffer.concat(parts).toString('utf8')
  return [...xml.matchAll(/<(node|way|relation) id='(\d+)'[^>]*?(?:\/>|>[\s\S]*?<\/\1>)/g)].map(match => ({
    kind: match[1] as Element['kind'],
    id: match[2]!,
    text: match[0],
  }))
}

const attribute = (text: string, name: string) => new RegExp(` ${name}='([^']*)'`).exec(text)?.[1] ?? ''
const refs = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(match => match[1]!)
const nodesOf = (way: string) => refs(way, /<nd ref='(\d+)'/g)

const elements = readExtract()
const nodes = new Map(
  elements
    .filter(element => element.kind === 'node')
    .map(({ id, text }) => [id, [Number(attribute(text, 'lon')), Number(attribute(text, 'lat'))] as const]),
)
const ways = new Map(
  elements.filter(element => element.kind === 'way').map(({ id, text }) => [id, nodesOf(text)]),
)

/** The pieces of the border end to end; where one is missing the next begins with a straight line. */
function outline(): { ring: (readonly [number, number])[]; missing: number } {
  const relation = elements.find(element => element.kind === 'relation' && element.id === TOWN)!
  const members = refs(relation.text, /<member type='way' ref='(\d+)' role='outer'/g)
  const pieces = members.map(id => ways.get(id)).filter(way => way !== undefined)
  const chain = [...pieces.shift()!]
  const gap = (a: string, b: string) => {
    const [p, q] = [nodes.get(a)!, nodes.get(b)!]
    return a === b ? 0 : Math.hypot((p[0] - q[0]) * 0.6, p[1] - q[1])
  }
  while (pieces.length > 0) {
    const end = chain.at(-1)!
    const choices = pieces.flatMap((way, at) => [
      { at, way, gap: gap(end, way[0]!) },
      { at, way: [...way].reverse(), gap: gap(end, way.at(-1)!) },
    ])
    const next = choices.reduce((best, choice) => (choice.gap < best.gap ? choice : best))
    chain.push(...next.way.slice(next.gap === 0 ? 1 : 0))
    pieces.splice(next.at, 1)
  }
  if (chain[0] !== chain.at(-1)) chain.push(chain[0]!)
  return { ring: chain.map(id => nodes.get(id)!), missing: members.filter(id => !ways.has(id)).length }
}

const { ring, missing } = outline()
const town = {
  type: 'FeatureCollection',
  attribution: '© OpenStreetMap contributors, ODbL 1.0',
  note: `Drawn from the pieces of the town's border in the extract (${missing} missing, closed by a straight line): not an official boundary.`,
  features: [
    {
      type: 'Feature',
      id: 'neubrandenburg-outline',
      properties: { name: 'Neubrandenburg 新勃兰登堡', population: 63437 },
      geometry: { type: 'Polygon', coordinates: [ring] },
    },
  ],
}
writeFileSync('fixtures/neubrandenburg-outline.geojson', `${JSON.stringify(town)}\n`)

const [west, south, east, north] = CENTRE
const inside = (id: string) => {
  const place = nodes.get(id)
  return place !== undefined && place[0] >= west && place[0] <= east && place[1] >= south && place[1] <= north
}
const keptWays = new Set([...ways].filter(([, way]) => way.every(inside)).map(([id]) => id))
const wanted = new Set([...keptWays].flatMap(id => ways.get(id)!))
const isKept = ({ kind, id, text }: Element) => {
  if (kind === 'way') return keptWays.has(id)
  if (kind === 'node') return wanted.has(id) || (inside(id) && text.includes('<tag'))
  const members = refs(text, /<member type='way' ref='(\d+)'/g)
  return (
    text.includes("v='multipolygon'") && members.length > 0 && members.every(member => keptWays.has(member))
  )
}
// Who edited what is nobody's business here, and half of the bytes.
const bare = (text: string) => text.replace(/ (timestamp|uid|user|visible|version|changeset)='[^']*'/g, '')
const piece = elements.filter(isKept).map(({ text }) => `  ${bare(text)}`)
writeFileSync(
  'fixtures/neubrandenburg-centre.osm',
  `<?xml version='1.0' encoding='UTF-8'?>\n<osm version='0.6' attribution='© OpenStreetMap contributors, ODbL 1.0'>\n${piece.join('\n')}\n</osm>\n`,
)
console.log(`outline: ${ring.length} positions, ${missing} piece missing; centre: ${piece.length} elements`)
