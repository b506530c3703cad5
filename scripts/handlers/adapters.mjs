// The applications of apps/, what they have, and the settings that are tried where the defaults go wrong.

const RPC = ['json', 'cookies', 'cookie', 'throws', 'echo', 'upload'];
const WEB = [...RPC, 'binary', 'query', 'path', 'status'];
const FULL = [...WEB, 'undefined', 'stream', 'cors'];

export const ADAPTERS = [
  {
    ...{ app: 'serverless-http', packages: ['serverless-http', 'express'], has: WEB },
    settings: {
      binary: ['binary', "`binary: ['*/*']`"],
      'base-path': ['basePath', "`basePath: '/shop'`"],
      throws: ['handler', '`NODE_ENV=production`'],
    },
  },
  {
    ...{ app: 'serverless-express', packages: ['@codegenie/serverless-express', 'express'], has: WEB },
    settings: { binary: ['binary', "`binarySettings: { contentTypes: ['*/*'] }`"] },
  },
  {
    ...{ app: 'fastify', packages: ['@fastify/aws-lambda', 'fastify'], has: [...WEB, 'undefined', 'stream'] },
    settings: {
      binary: ['binary', '`binaryMimeTypes`, each type'],
      query: ['query', '`parseCommaSeparatedQueryParams: false`'],
      throws: ['handler', '`NODE_ENV=production`'],
    },
  },
  {
    ...{ app: 'hono', packages: ['hono'], has: FULL },
    settings: { 'base-path': ['basePath', "`app.basePath('/shop')`"] },
  },
  {
    ...{ app: 'lambda-api', packages: ['lambda-api'], has: [...WEB, 'undefined', 'cors'] },
    settings: { binary: ['binary', '`response.sendFile(buffer)`'], 'base-path': ['basePath', "`base: '/shop'`"] },
  },
  {
    ...{ app: 'powertools', packages: ['@aws-lambda-powertools/event-handler'], has: FULL },
    settings: { binary: ['binary', 'an `ArrayBuffer` as the result'], 'base-path': ['basePath', "`prefix: '/shop'`"] },
  },
  { app: 'middy', packages: ['@middy/core', '@middy/http-router'], has: FULL },
  {
    // It has procedures with one input, and answers with JSON only.
    ...{ app: 'trpc', packages: ['@trpc/server'], has: [...RPC, 'undefined'] },
    settings: { throws: ['handler', '`NODE_ENV=production`'] },
  },
  {
    ...{ app: 'h3', packages: ['h3', 'srvx'], has: FULL },
    settings: { 'base-path': ['basePath', "`mount('/shop', app)`"] },
  },
];
