// Text in any encoding that a town uses is read as it was written, and columns are known by their names.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { IMPORT_LAYERS } from '../../core/contract/imports.ts'
import { guessRoles, plainName } from './column-roles.ts'
import { decideEncoding, encodingLabel } from './encodings.ts'
import { guessCrs } from './guess-crs.ts'
import { ROLES } from './roles.ts'
import { typedDay, typedFlag, typedInstant } from './typed-values.ts'

/** Every two-byte character of GBK, by what the decoder says of its bytes. */
const GBK = new Map<string, readonly [number, number]>()
const decoder = new TextDecoder('gb18030')
for (let high = 0x81; high <= 0xfe; high++)
  for (let low = 0x40; low <= 0xfe; low++) {
    if (low === 0x7f) continue
    const text = decoder.decode(new Uint8Array([high, low]))
    if ([...text].length === 1 && text !== '\ufffd' && /\p{Script=Han}/u.test(text))
      GBK.set(text, [high, low])
  }
const HAN = [...GBK.keys()]
const encodeGbk = (text: string): Uint8Array =>
  new Uint8Array([...text].flatMap(character => GBK.get(character) ?? [character.charCodeAt(0)]))

const hanText = fc
  .array(fc.oneof(fc.constantFrom(...HAN), fc.constantFrom(...'abc 019,"\n')), {
    minLength: 4,
    maxLength: 60,
  })
  .map(parts => parts.join(''))

describe('encodings', () => {
  test('UTF-8 is known by itself, also when the sample ends within a character', () => {
    fc.assert(
      fc.property(hanText, fc.nat(), (text, cut) => {
        const bytes = new TextEncoder().encode(text)
        const sample = bytes.subarray(0, Math.max(1, bytes.length - (cut % 3)))
        expect(decideEncoding({ chosen: null, sample }).used).toBe('utf-8')
      }),
    )
  })

  test('GBK text of more than a few characters is not taken for UTF-8, and reads back as it was written', () => {
    const long = fc
      .array(fc.constantFrom(...HAN), { minLength: 12, maxLength: 80 })
      .map(parts => parts.join(''))
    fc.assert(
      fc.property(long, text => {
        const bytes = encodeGbk(text)
        const { used, how } = decideEncoding({ chosen: null, sample: bytes })
        expect([used, how]).toEqual(['gb18030', 'fallback'])
        expect(new TextDecoder(used).decode(bytes)).toBe(text)
      }),
    )
  })

  test('the order: a mark, your choice, .cpg, the language byte, validity, GB 18030', () => {
    const gbk = encodeGbk('团结街道')
    const ascii = new TextEncoder().encode('abc')
    const marked = new Uint8Array([0xef, 0xbb, 0xbf, 0x61])
    const all = { chosen: 'big5', cpg: 'UTF-8', languageByte: 0x4d, sample: gbk }
    expect(decideEncoding({ ...all, sample: marked })).toEqual({ used: 'utf-8', how: 'valid' })
    expect(decideEncoding(all)).toEqual({ used: 'big5', how: 'chosen' })
    expect(decideEncoding({ ...all, chosen: null })).toEqual({ used: 'utf-8', how: 'cpg' })
    expect(decideEncoding({ ...all, chosen: null, cpg: null })).toEqual({ used: 'gb18030', how: 'dbf' })
    expect(decideEncoding({ chosen: null, languageByte: 0x57, sample: ascii })).toEqual({
      used: 'utf-8',
      how: 'valid',
    })
    expect(decideEncoding({ chosen: null, cpg: 'no such thing', sample: gbk })).toEqual({
      used: 'gb18030',
      how: 'fallback',
    })
    expect(() => decideEncoding({ chosen: 'klingon', sample: gbk })).toThrow(/Unknown encoding/)
  })

  test.each([
    ['GBK', 'gb18030'],
    ['936', 'gb18030'],
    ['CP936', 'gb18030'],
    ['ANSI 936', 'gb18030'],
    ['GB2312', 'gb18030'],
    ['65001', 'utf-8'],
    ['UTF-8', 'utf-8'],
    ['Big5', 'big5'],
    ['windows-1252', 'windows-1252'],
    ['ISO-8859-1', 'windows-1252'],
  ])('%s is %s', (name, label) => expect(encodingLabel(name)).toBe(label))
})

describe('column roles', () => {
  const named = fc
    .constantFrom(...IMPORT_LAYERS)
    .chain(layer =>
      fc
        .constantFrom(...ROLES[layer])
        .chain(role =>
          fc.constantFrom(role.role, ...role.names).map(name => ({ layer, role: role.role, name })),
        ),
    )
  const wide = (text: string) =>
    text.replace(/[!-~]/g, character => String.fromCharCode(character.charCodeAt(0) + 0xfee0))

  test('a name is known however it is spelt: case, width, blanks, remarks in brackets, a star', () => {
    const spelt = fc.constantFrom<(name: string) => string>(
      name => name,
      name => name.toUpperCase(),
      name => ` ${name} `,
      name => `${name}*`,
      name => `${name}（必填）`,
      name => `${name}(optional)`,
      name => wide(name),
    )
    fc.assert(
      fc.property(named, spelt, ({ layer, name }, spell) => {
        const [plain] = guessRoles(layer, [name]).values()
        expect([...guessRoles(layer, [spell(name)]).values()]).toEqual([plain])
      }),
    )
  })

  test('each role is given once, to no column that somebody has set aside, and what somebody says counts', () => {
    fc.assert(
      fc.property(fc.array(named, { minLength: 1, maxLength: 12 }), fc.nat(), (columns, pick) => {
        const { layer } = columns[0]!
        const header = [...new Set(columns.map(({ name }) => name))]
        const roles = [...guessRoles(layer, header).values()]
        expect(new Set(roles).size).toBe(roles.length)
        const aside = header[pick % header.length]!
        expect(guessRoles(layer, header, { [aside]: '' }).has(aside)).toBe(false)
        expect(guessRoles(layer, header, { [aside]: 'name' }).get(aside)).toBe('name')
      }),
    )
  })

  test('any text is a column name; a plain name stays what it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        expect(plainName(plainName(text))).toBe(plainName(plainName(plainName(text))))
        for (const layer of IMPORT_LAYERS) guessRoles(layer, [text, '__proto__', 'constructor'])
      }),
    )
  })
})

describe('numbers without a coordinate system', () => {
  const inChina = fc.record({
    x: fc.double({ min: 75, max: 134, noNaN: true }),
    y: fc.double({ min: 19, max: 53, noNaN: true }),
  })
  test('degrees, also with latitude first', () => {
    fc.assert(
      fc.property(fc.array(inChina, { minLength: 1, maxLength: 20 }), places => {
        expect(
          guessCrs(
            places.map(({ x, y }) => [x, y]),
            null,
          ),
        ).toMatchObject({ crs: null, swapAxes: false })
        expect(
          guessCrs(
            places.map(({ x, y }) => [y, x]),
            null,
          ),
        ).toMatchObject({ crs: null, swapAxes: true })
      }),
    )
  })

  test('Gauss–Krüger with the zone number is known, without it only where the place is', () => {
    const metres = fc.tuple(fc.integer({ min: 25, max: 45 }), fc.double({ min: 3e5, max: 7e5, noNaN: true }))
    const northing = fc.double({ min: 2e6, max: 5.8e6, noNaN: true })
    fc.assert(
      fc.property(metres, northing, ([zone, east], north) => {
        const zoned = `EPSG:${4513 + zone - 25}`
        expect(guessCrs([[zone * 1e6 + east, north]], null)).toMatchObject({ crs: zoned, swapAxes: false })
        expect(guessCrs([[north, zone * 1e6 + east]], null)).toMatchObject({ crs: zoned, swapAxes: true })
        expect(guessCrs([[east, north]], null).crs).toBeUndefined()
        expect(guessCrs([[east, north]], zone * 3).crs).toBe(`EPSG:${4534 + zone - 25}`)
      }),
    )
  })

  test('one wild number among many changes nothing; nothing at all is no system', () => {
    const good: [number, number][] = Array.from({ length: 20 }, (_, i) => [104 + i / 1e3, 30])
    expect(guessCrs([...good, [1e308, -1e308], [Number.NaN, 1]], null)).toMatchObject({
      crs: null,
      empty: false,
    })
    expect(guessCrs([], null)).toMatchObject({ crs: null, empty: true })
    expect(guessCrs([[5, 6e8]], null).crs).toBeUndefined()
  })
})

test.each([
  ['2026-03-01', '2026-03-01'],
  ['2026/3/1 08:05', '2026-03-01'],
  ['２０２６年３月１日', '2026-03-01'],
  ['20260301', '2026-03-01'],
  ['46082', '2026-03-01'],
  ['2026-02-31', null],
  ['1', null],
  ['soon', null],
])('the day %s is %s', (text, day) => expect(typedDay(text)).toBe(day))

test.each([
  ['2026-03-01 08:00', '2026-03-01T00:00:00.000Z'],
  ['2026-03-01T08:00:00Z', '2026-03-01T08:00:00.000Z'],
  ['2026年3月1日 8时5分', '2026-03-01T00:05:00.000Z'],
  ['2026-03-01 25:00', null],
])('the instant %s is %s', (text, at) => expect(typedInstant(text)).toBe(at))

test.each([
  ['是', true],
  ['否', false],
  ['中共党员', true],
  ['群众', false],
  ['0', false],
  ['', null],
  ['?', null],
])('%s means %s', (text, flag) => expect(typedFlag(text)).toBe(flag))
