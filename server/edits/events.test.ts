import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Presence } from '../../core/contract/presence.ts'
import { describeOnBothEngines } from '../db/testing.ts'
import { buildSmallTown, line, type SmallTown } from './small-town.ts'

describeOnBothEngines('edits as they happen', fresh => {
  let town: SmallTown
  let address: string
  beforeAll(async () => {
    town = await buildSmallTown(fresh(), '510126')
    address = await town.app.listen({ host: '127.0.0.1', port: 0 })
  })
  afterAll(() => town.app.close())

  /** Reads the stream until so many edits have come; `then` runs once it has begun. */
  async function listening(plan: string, last: number | undefined, wanted: number, then = async () => {}) {
    const gone = new AbortController()
    const stream = await fetch(`${address}/api/plans/${plan}/events`, {
      signal: gone.signal,
      headers: { accept: 'text/event-stream', ...(last !== undefined && { 'last-event-id': String(last) }) },
    })
    if (!stream.ok) return { status: stream.status, edits: [] }
    const decoder = new TextDecoder()
    let text = ''
    const edits = () =>
      [...text.matchAll(/id: (.*)\nevent: edit\ndata: (.*)\n\n/g)].map(([, id, data]) => ({
        id: Number(id),
        ...(JSON.parse(data!) as { revision: number; kind: string }),
      }))
    for await (const piece of stream.body!) {
      if (text === '') await then()
      text += decoder.decode(piece, { stream: true })
      if (edits().length >= wanted) break
    }
    gone.abort()
    return { status: stream.status, edits: edits() }
  }
  const cut = (x: number) => line(town.at(x, -0.1), town.at(x, 1.1))

  test('whoever listens is told of every edit, and misses none while away', async () => {
    const plan = await town.newPlan()
    const [whole] = await town.grids(plan.id)
    const split = (base: number, x: number) =>
      town.edit(plan.id, { kind: 'split', base, grid: whole!.id, line: cut(x), keep: 'left' })
    const live = await listening(plan.id, undefined, 2, async () => {
      await split(0, 0.8)
      await town.post(`/api/plans/${plan.id}/undo`, {})
    })
    expect(live.edits.map(({ id, revision, kind }) => [id, revision, kind])).toEqual([
      [1, 1, 'split'],
      [2, 2, 'undo'],
    ])
    await split(2, 0.6)
    await split(3, 0.4)
    const missed = await listening(plan.id, 1, 3)
    expect(missed.edits.map(edit => edit.revision)).toEqual([2, 3, 4])
  })

  test('who has the plan open, and what each touches, is told until it leaves', async () => {
    const plan = await town.newPlan()
    const [whole] = await town.grids(plan.id)
    const [one, other] = [uuidv7(), uuidv7()]
    const touch = (desk: string, body: object) =>
      town.app.inject({ method: 'PUT', url: `/api/plans/${plan.id}/desks/${desk}`, payload: body })
    const stay = new AbortController()
    const stream = await fetch(`${address}/api/plans/${plan.id}/events?desk=${one}`, {
      signal: stay.signal,
      headers: { accept: 'text/event-stream' },
    })
    const decoder = new TextDecoder()
    const reader = stream.body!.getReader()
    let text = ''
    /** Reads on until the newest presence is so. */
    const until = async (isSo: (presence: Presence) => boolean): Promise<Presence> => {
      for (;;) {
        const last = [...text.matchAll(/event: presence\ndata: (.*)\n\n/g)].at(-1)?.[1]
        const presence: Presence | undefined = last && JSON.parse(last)
        if (presence && isSo(presence)) return presence
        const { value, done } = await reader.read()
        if (done) throw new Error(`The stream ended: ${text}`)
        text += decoder.decode(value, { stream: true })
      }
    }
    expect((await until(() => true)).desks).toEqual([{ desk: one, tool: 'browse', grids: [] }])
    const gone = new AbortController()
    await fetch(`${address}/api/plans/${plan.id}/events?desk=${other}`, {
      signal: gone.signal,
      headers: { accept: 'text/event-stream' },
    })
    await until(({ desks }) => desks.length === 2)
    expect((await touch(other, { tool: 'cut', grids: [whole!.id] })).statusCode).toBe(200)
    const busy = await until(({ desks }) => desks.some(({ tool }) => tool === 'cut'))
    expect(busy.desks).toContainEqual({ desk: other, tool: 'cut', grids: [whole!.id] })
    gone.abort()
    await until(({ desks }) => desks.length === 1)
    // Whoever does not listen is nobody; nonsense is refused.
    expect((await touch(other, { tool: 'cut', grids: [] })).json()).toEqual({ desks: [] })
    expect((await touch(one, { tool: 'axe', grids: [] })).statusCode).toBe(400)
    expect(
      (
        await town.app.inject({
          method: 'PUT',
          url: `/api/plans/${uuidv7()}/desks/${one}`,
          payload: { tool: 'browse', grids: [] },
        })
      ).statusCode,
    ).toBe(404)
    stay.abort()
  })

  test('an unknown plan has no stream', async () => {
    expect((await listening('00000000-0000-7000-8000-000000000000', undefined, 1)).status).toBe(404)
  })
})
