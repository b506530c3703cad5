// Runs all applications behind all kinds of APIs, and writes what they answer as JSON; measure.mjs starts it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serve } from 'cdk-apigateway-constructs/serve';
import { ADAPTERS } from './adapters.mjs';
import { QUESTIONS } from './questions.mjs';
import { KINDS, templateOf } from './template.mjs';

const [folder, output] = process.argv.slice(2);
// The packages are in that folder.
const { verdicts } = await import(join(folder, 'schemas.mjs'));

function templateFile(name, exported, environment) {
  const from = join(folder, `${name}-${exported}.json`);
  writeFileSync(from, JSON.stringify(templateOf(name, folder, exported, environment)));
  return from;
}

/** What sends requests in the way of a question. */
const sender =
  (server, { domains, stage }, kind) =>
  (request, options = {}) => {
    if (!domains) return server.request(request, { ...options, stage });
    const [method, path] = request.split(' ');
    return server.request(`${method} /shop${path}`, { ...options, domain: domains[kind] });
  };

async function asked(from, adapter, kind, questions) {
  const server = serve({ from, api: kind, stage: kind.startsWith('rest') ? 'prod' : '$default' });
  const cells = {};
  for (const question of questions)
    if (question.kinds.includes(kind)) cells[question.id] = await question.ask(sender(server, question, kind), adapter);
  await server.close();
  return cells;
}

/** What becomes of a WebSocket connection and a message. */
async function connected(from) {
  const server = serve({ from, api: 'socket' });
  const connection = await server.connect('/');
  if (!connection.refused) await connection.close();
  await server.close();
  return connection.refused ? `refused with ${connection.refused.status}` : 'accepted';
}

/** Events of each kind, as functions get them. */
async function eventsOf(from) {
  const events = [];
  const capture = (kind, what) => (event) => {
    events.push({
      kind,
      what: event.requestContext.eventType ? `${what} ${event.requestContext.eventType}` : what,
      event,
    });
    return { statusCode: 200, body: '' };
  };
  const names = { rest: 'REST API', http2: 'HTTP API, 2.0', http1: 'HTTP API, 1.0' };
  for (const [kind, name] of Object.entries(names))
    for (const [what, request, options] of [
      ['GET', 'GET /json?f=1', {}],
      ['POST with a body', 'POST /json', { body: { a: 1 } }],
    ]) {
      const stage = kind === 'rest' ? 'prod' : '$default';
      const server = serve({ from, api: kind, stage, functions: { Handler: capture(kind, `${name}, ${what}`) } });
      await server.request(request, options);
      await server.close();
    }
  const server = serve({ from, api: 'socket', functions: { Handler: capture('socket', 'WebSocket API,') } });
  const connection = await server.connect('/');
  await connection.send({ action: 'hello' });
  await connection.close();
  await server.close();
  return events;
}

const cells = {};
const set = {};
for (const adapter of ADAPTERS) {
  const from = templateFile(adapter.app, 'handler');
  const questions = QUESTIONS.filter(({ needs }) => adapter.has.includes(needs));
  for (const kind of [...KINDS, 'restStream'])
    for (const [id, cell] of Object.entries(await asked(from, adapter, kind, questions)))
      ((cells[id] ??= {})[adapter.app] ??= {})[kind] = cell;
  ((cells.socket ??= {})[adapter.app] ??= {}).socket = await connected(from);

  for (const question of questions.filter(({ id }) => adapter.settings?.[id] !== undefined)) {
    const [exported] = adapter.settings[question.id];
    const withSetting = templateFile(adapter.app, exported, { NODE_ENV: 'production' });
    for (const kind of KINDS)
      for (const [id, cell] of Object.entries(await asked(withSetting, adapter, kind, [question])))
        ((set[id] ??= {})[adapter.app] ??= {})[kind] = cell;
  }
}
const schemas = verdicts(await eventsOf(templateFile(ADAPTERS[0].app, 'handler')));
writeFileSync(output, `${JSON.stringify({ node: process.versions.node, cells, set, schemas }, null, 2)}\n`);
