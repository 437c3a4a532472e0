// The embedded database's own thread: holds PGlite with PostGIS and runs one statement after the other.
// Plain JavaScript importing only packages, so that Node starts it as it is from tests and from the bundle alike.
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { postgis } from '@electric-sql/pglite-postgis'

// These cannot run inside a transaction, or open and end one themselves.
const STANDS_ALONE =
  /^[\s(]*(begin|start|commit|end|rollback|abort|savepoint|release|set|reset|show|vacuum|checkpoint|create\s+database|drop\s+database|create\s+(unique\s+)?index\s+concurrently|listen|unlisten|notify|discard)\b/i
const asText = value => value

const pg = await open()

async function open() {
  const { folder, template } = workerData
  const opened = await PGlite.create({
    ...(folder ? { dataDir: folder } : {}),
    ...(template ? { loadDataDir: new Blob([template], { type: 'application/gzip' }) } : {}),
    extensions: { postgis },
  })
  // Values are written and read by the thread that asks, in the same way as for the other engine.
  for (const type of Object.keys(opened.parsers)) opened.parsers[type] = asText
  for (const type of Object.keys(opened.serializers)) opened.serializers[type] = asText
  await opened.query("set timezone to 'UTC'")
  await opened.query('set datestyle to iso')
  return opened
}

/** @param bytes what a COPY FROM '/dev/blob' reads */
async function run(sql, parameters, bytes) {
  const values = parameters.map(value =>
    value instanceof Uint8Array
      ? `\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}`
      : value,
  )
  return await pg.query(sql, values, { rowMode: 'array', ...(bytes ? { blob: new Blob([bytes]) } : {}) })
}

/**
 * A C++ exception that GEOS or PROJ throw is not caught where they mean to: it passes through the engine until some
 * C code takes it for an ordinary return and goes on. So the statement may end without a tag, or with the tag of a
 * success and half of its rows. The runtime counts exceptions thrown and not caught; that count gives it away.
 */
const uncaught = () => pg.Module.___cxa_uncaught_exceptions()

/** Makes PostgreSQL itself abort the transaction that a lost statement leaves open; false when it is past saving. */
async function abort() {
  try {
    await pg.query('select 1 / 0')
  } catch (error) {
    return error.code === '22012' || error.code === '25P02'
  }
  return false
}

async function answer(sql, parameters, bytes) {
  const alone = !pg.isInTransaction() && !STANDS_ALONE.test(sql)
  // Without a transaction of its own, what a lost statement had written before it broke off would stay.
  if (alone) await pg.query('begin')
  const before = uncaught()
  let result
  try {
    result = await run(sql, parameters, bytes)
  } catch (error) {
    if (alone) await pg.query('rollback')
    throw error
  }
  if (result.command === undefined || uncaught() !== before) {
    const sound = pg.isInTransaction() ? await abort() : true
    if (alone) await pg.query('rollback')
    return { lost: true, sound }
  }
  if (alone) {
    const committed = await pg.query('commit')
    if (committed.command !== 'COMMIT') return { lost: true, sound: false }
  }
  return {
    rows: result.rows,
    fields: result.fields.map(field => field.name),
    types: result.fields.map(field => field.dataTypeID),
    command: result.command,
    affected: result.rowCount ?? null,
  }
}

const ERROR_FIELDS =
  'severity code detail hint position internalPosition internalQuery where schema table column dataType constraint file line routine'.split(
    ' ',
  )

function described(error) {
  const fields = {}
  for (const name of ERROR_FIELDS) if (typeof error[name] === 'string') fields[name] = error[name]
  return { message: error.message, stack: error.stack, fields }
}

const JOBS = {
  run: ({ sql, parameters, bytes }) => answer(sql, parameters, bytes),
  dump: async () => new Uint8Array(await (await pg.dumpDataDir('gzip')).arrayBuffer()),
  close: () => pg.close(),
}

let last = Promise.resolve()
parentPort.on('message', request => {
  last = last.then(async () => {
    try {
      parentPort.postMessage({ id: request.id, value: await JOBS[request.job](request) })
    } catch (error) {
      parentPort.postMessage({ id: request.id, error: described(error) })
    }
  })
})
parentPort.postMessage({ ready: true })
