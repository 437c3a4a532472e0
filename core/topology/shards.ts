// A map as a value: an edit copies only the few shards it touches, so its cost does not follow the size of the map.

/** Entries per shard: an edit copies a few maps of this size and one list of all shards. */
const SHARD = 16

export class Shards<K extends string | number, V> {
  private constructor(private readonly shards: readonly ReadonlyMap<K, V>[]) {}

  static of<K extends string | number, V>(entries: ReadonlyMap<K, V>): Shards<K, V> {
    let count = 1
    while (count * SHARD < entries.size) count *= 2
    const shards = Array.from({ length: count }, () => new Map<K, V>())
    for (const [key, value] of entries) shards[shardOf(key, count)]!.set(key, value)
    return new Shards(shards)
  }

  get(key: K): V | undefined {
    return this.shards[shardOf(key, this.shards.length)]!.get(key)
  }

  *values(): IterableIterator<V> {
    for (const shard of this.shards) yield* shard.values()
  }

  /** A new map with these entries replaced; undefined removes. */
  with(changes: ReadonlyMap<K, V | undefined>): Shards<K, V> {
    if (changes.size === 0) return this
    const shards = this.shards.slice()
    const copied = new Map<number, Map<K, V>>()
    for (const [key, value] of changes) {
      const s = shardOf(key, shards.length)
      let shard = copied.get(s)
      if (!shard) {
        shard = new Map(shards[s])
        copied.set(s, shard)
        shards[s] = shard
      }
      if (value === undefined) shard.delete(key)
      else shard.set(key, value)
    }
    return new Shards(shards)
  }
}

const shardOf = (key: string | number, count: number): number => {
  let hash = 0
  if (typeof key === 'number')
    hash = Math.imul(key % 0x7fffffff, 0x9e3779b1) ^ Math.imul((key / 0x1000000) | 0, 0x85ebca6b)
  else for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
  hash ^= hash >>> 13
  return hash & (count - 1)
}
