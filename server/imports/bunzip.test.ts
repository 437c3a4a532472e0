import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { BrokenBzip2, bunzip } from './bunzip.ts'

const text = `${'a'.repeat(700)}${Array.from({ length: 60 }, (_, i) => `网格化管理 grid ${i + 1} banana bandana\n`).join('')}`
const packed = Buffer.from(
  'QlpoOTFBWSZTWf01DKoAAQrZ+YAQQAB/4DShEAABBGEAYAEAFgOAAAgwAOWAyqN5RP/UoIAZGgBpTJ/qoBoAAACaqqae9VGjTRoaAGNTBJt5JNuMdlt24q/DG4NoABaBYABIBAAQAEgFhERek2+aTbiqqqjKZmYTQOAemQDwcmQBGRJkAAzIABAGZmZmZZmZnpUNbhunChpQ86h1t1Q9aGlDZQ40NKocaHvQ50NaHSh9UNaHOhpQ28qGyhrQ5UOlDpQ19iNt/i7kinChIfpqGVQ=',
  'base64',
)

function unpacked(bytes: Uint8Array, atOnce = 1 << 16): Buffer {
  let at = 0
  const parts: Buffer[] = []
  for (const slice of bunzip(buffer => {
    const piece = bytes.subarray(at, at + Math.min(atOnce, buffer.length))
    buffer.set(piece)
    at += piece.length
    return piece.length
  }))
    parts.push(Buffer.from(slice))
  return Buffer.concat(parts)
}

describe('bunzip', () => {
  test('unpacks runs, Chinese text and everything else byte for byte', () => {
    expect(unpacked(packed).toString()).toBe(text)
    expect(unpacked(packed, 1).toString()).toBe(text)
  })
  test('unpacks streams one after the other, and lets what follows them be', () => {
    expect(unpacked(Buffer.concat([packed, packed])).toString()).toBe(text + text)
    expect(unpacked(Buffer.concat([packed, Buffer.from('\0\0')])).toString()).toBe(text)
  })
  test('says so wherever the file is cut', () => {
    for (let length = 0; length < packed.length - 1; length++)
      expect(() => unpacked(packed.subarray(0, length))).toThrow(BrokenBzip2)
  })
  test('never gives out other bytes than were packed, whichever byte is damaged', () => {
    for (let at = 0; at < packed.length; at++) {
      const damaged = Buffer.from(packed)
      damaged[at]! ^= 0x10
      let result: string | null = null
      try {
        result = unpacked(damaged).toString()
      } catch (error) {
        expect(error).toBeInstanceOf(BrokenBzip2)
      }
      if (result !== null) expect(result).toBe(text)
    }
  })
  test('unpacks the first megabytes of a real file', () => {
    const path = fileURLToPath(new URL('../../fixtures/neubrandenburg.osm.bz2', import.meta.url))
    const bytes = readFileSync(path)
    let at = 0
    const [first] = bunzip(buffer => {
      const piece = bytes.subarray(at, at + buffer.length)
      buffer.set(piece)
      at += piece.length
      return piece.length
    })
    expect(Buffer.from(first!).toString('utf8', 0, 60)).toContain("<?xml version='1.0' encoding='UTF-8'?>")
  })
})
