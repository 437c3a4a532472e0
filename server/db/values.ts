// How values travel: one way to write parameters and one way to read columns, the same on both engines.
/** What either engine is given: text in PostgreSQL's own notation, bytes, or null. */
export type Parameter = string | Uint8Array | null

/** Undefined is null, a Date an instant in UTC, an array an array literal, any other object JSON. */
export function written(value: unknown): Parameter {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  if (value instanceof Uint8Array) return value
  if (value instanceof Date) return instant(value)
  if (Array.isArray(value)) return arrayLiteral(value)
  if (typeof value === 'object') return JSON.stringify(value)
  if (typeof value === 'function' || typeof value === 'symbol') {
    throw new TypeError(`A ${typeof value} cannot be a parameter of a query.`)
  }
  return String(value)
}

function instant(date: Date): string {
  if (Number.isNaN(date.getTime())) throw new TypeError('An invalid date cannot be a parameter of a query.')
  // Years before 1 and after 9999 are written with a sign that PostgreSQL does not read.
  const text = date.toISOString()
  if (/^[+-]/.test(text)) throw new RangeError(`The date ${text} is out of the range that can be stored.`)
  return text.replace('Z', '+00')
}

function arrayLiteral(items: readonly unknown[]): string {
  const parts = items.map(item => {
    if (Array.isArray(item)) return arrayLiteral(item)
    const text = written(item)
    if (text === null) return 'NULL'
    const plain = typeof text === 'string' ? text : `\\x${Buffer.from(text).toString('hex')}`
    return `"${plain.replace(/["\\]/g, '\\$&')}"`
  })
  return `{${parts.join(',')}}`
}

type Read = (text: string) => unknown

const asText: Read = text => text

function wholeNumber(text: string): number | bigint {
  const number = Number(text)
  return Number.isSafeInteger(number) ? number : BigInt(text)
}

function bytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text.slice(2), 'hex'))
}

/** Both engines answer in UTC: `2026-01-02 03:04:05.678+00`. What no Date can hold stays text. */
function instantRead(text: string): Date | string {
  const date = new Date(text.replace(' ', 'T').replace(/\+00$/, 'Z'))
  return Number.isNaN(date.getTime()) ? text : date
}

// Type numbers are fixed in PostgreSQL's catalogue: [scalar, array of it, how to read one].
// `date` and `timestamp` name no instant, `numeric` no double: they stay text.
const COLUMN_TYPES: readonly (readonly [number, number, Read])[] = [
  [16, 1000, text => text === 't'],
  [17, 1001, bytes],
  [19, 1003, asText],
  [20, 1016, wholeNumber],
  [21, 1005, Number],
  [23, 1007, Number],
  [25, 1009, asText],
  [26, 1028, Number],
  [114, 199, JSON.parse],
  [700, 1021, Number],
  [701, 1022, Number],
  [1042, 1014, asText],
  [1043, 1015, asText],
  [1082, 1182, asText],
  [1114, 1115, asText],
  [1184, 1185, instantRead],
  [1700, 1231, asText],
  [2950, 2951, asText],
  [3802, 3807, JSON.parse],
]

const readers = new Map<number, Read>()
for (const [scalar, array, read] of COLUMN_TYPES) {
  readers.set(scalar, text => read(text))
  readers.set(array, text => arrayRead(text, read))
}

/** How a column of this type is read; text when we say nothing about it. */
export function readerOf(typeId: number): Read {
  return readers.get(typeId) ?? asText
}

/** `{1,NULL,"a, \"b\""}`, nested and with bounds (`[0:1]={…}`) too. */
function arrayRead(text: string, read: Read): unknown[] {
  const item = /\{|\}|,|"(?:[^"\\]|\\.)*"|(?:[^{},"\\]|\\.)+/gsy
  item.lastIndex = text.indexOf('{')
  const open: unknown[][] = []
  for (let found = item.exec(text); found; found = item.exec(text)) {
    const token = found[0]
    const innermost = open.at(-1)
    if (token === '{') {
      const list: unknown[] = []
      innermost?.push(list)
      open.push(list)
    } else if (token === '}') {
      const list = open.pop()
      if (list && open.length === 0) return list
    } else if (token !== ',') {
      if (token === 'NULL') innermost?.push(null)
      else innermost?.push(read((token[0] === '"' ? token.slice(1, -1) : token).replace(/\\(.)/gs, '$1')))
    }
  }
  throw new Error(`Not an array as PostgreSQL writes it: ${text.slice(0, 80)}`)
}
