// The HTTP application: plug-ins, guards, and the routes of every subject.

import type { IncomingMessage, ServerResponse } from 'node:http'
import compress from '@fastify/compress'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import sse from '@fastify/sse'
import fastifyStatic from '@fastify/static'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type RawServerDefault,
} from 'fastify'
import { analysisRoutes } from './analysis/routes.ts'
import { areaRoutes } from './areas/routes.ts'
import { checkRoutes } from './check/routes.ts'
import type { Database } from './db/database.ts'
import { editRoutes } from './edits/routes.ts'
import { ProblemError, sendProblem } from './errors.ts'
import { gridRoutes } from './grids/routes.ts'
import { healthRoutes } from './health/routes.ts'
import { importRoutes } from './imports/routes.ts'
import { incidentRoutes } from './incidents/routes.ts'
import { Jobs } from './jobs/jobs.ts'
import { jobRoutes } from './jobs/routes.ts'
import { layerRoutes } from './layers/routes.ts'
import { planRoutes } from './plans/routes.ts'
import { searchRoutes } from './search/routes.ts'

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

export interface AppOptions {
  database: Database
  version: string
  /** Where uploaded files wait to be imported; the system's temporary folder when not given. */
  uploadFolder?: string
  /** Folder of the built page; without it only the API is served. */
  clientFolder?: string
  log?: boolean
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const BODY_LIMIT = 32 * 1024 * 1024
const LOCAL_NAMES = new Set(['127.0.0.1', 'localhost', '[::1]', '::1'])

/** Builds the application on an open, migrated database. It closes neither itself nor the database. */
export async function createApp(options: AppOptions): Promise<App> {
  const app = Fastify({
    bodyLimit: BODY_LIMIT,
    logger: options.log
      ? { level: 'warn', redact: ['req.headers.authorization', 'req.headers.cookie'] }
      : false,
    routerOptions: { maxParamLength: 100 },
    forceCloseConnections: 'idle',
    // An address that cannot even be decoded.
    frameworkErrors: (error, request, reply) =>
      sendProblem(
        error.code === 'FST_ERR_BAD_URL' ? new ProblemError('unknown-route') : error,
        request,
        reply as unknown as FastifyReply,
      ),
  }).withTypeProvider<TypeBoxTypeProvider>()

  // Addresses are text, so their parameters are converted; a body says its types itself and must keep to them.
  const settings = { useDefaults: true, discriminator: true, strict: false } as const
  const ofAddress = addFormats.default(new Ajv({ ...settings, coerceTypes: 'array' }))
  const ofBody = addFormats.default(new Ajv(settings))
  // The usual format also lets `urn:uuid:…` through, which the database does not.
  for (const ajv of [ofAddress, ofBody]) ajv.addFormat('uuid', UUID)
  app.setValidatorCompiler(({ schema, httpPart }) =>
    (httpPart === 'body' ? ofBody : ofAddress).compile(schema),
  )
  app.removeContentTypeParser('text/plain')
  app.setErrorHandler(sendProblem)
  app.addHook('onRequest', async request => {
    // Without sign-in, whoever can send a request is the user: only this machine, and no other site through a browser.
    const name = request.hostname.replace(/:\d+$/, '')
    const fromElsewhere =
      request.headers['sec-fetch-site'] === 'cross-site' && request.headers['sec-fetch-mode'] !== 'navigate'
    if (!LOCAL_NAMES.has(name) || fromElsewhere) throw new ProblemError('cross-site')
  })

  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        styleSrc: ["'self'", "'unsafe-inline'"],
        workerSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
      },
    },
    strictTransportSecurity: false,
  })
  await app.register(compress, { threshold: 2048 })
  await app.register(sse)
  await app.register(multipart)
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Huage 划格',
        version: options.version,
        description: '网格化管理: areas, plans, grids, edits, tiles',
      },
    },
  })
  await app.register(swaggerUi, { routePrefix: '/api/docs', staticCSP: true })
  app.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger())

  await app.register(healthRoutes, options)
  await app.register(areaRoutes, options)
  await app.register(planRoutes, options)
  await app.register(editRoutes, options)
  await app.register(checkRoutes, options)
  await app.register(gridRoutes, options)
  await app.register(incidentRoutes, options)
  await app.register(analysisRoutes, options)
  await app.register(searchRoutes, options)
  const jobs = new Jobs()
  await app.register(jobRoutes, { jobs })
  await app.register(importRoutes, { ...options, jobs })
  await app.register(layerRoutes, options)

  if (options.clientFolder) {
    await app.register(fastifyStatic, {
      root: options.clientFolder,
      preCompressed: true,
      setHeaders: (reply, path) => {
        const immutable = path.includes('/assets/')
        reply.header('Cache-Control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    })
  }
  app.setNotFoundHandler((request, reply) =>
    sendProblem(new ProblemError('unknown-route', { where: request.url.split('?')[0] }), request, reply),
  )
  await app.ready()
  return app
}
