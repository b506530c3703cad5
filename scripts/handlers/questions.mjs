// What is asked of each adapter: requests, and how their answers are told in a few words.
import { BYTES, CHUNKS, COOKIES, hex, MESSAGE, TYPES } from './apps/content.mjs';
import { DOMAINS } from './template.mjs';

const OK = 'ok';
const same = (value, expected) => JSON.stringify(value) === JSON.stringify(expected);
const code = (value) => `\`${JSON.stringify(value) ?? 'undefined'}\``;
const wrong = (value) => `**${code(value)}**`;
const failed = ({ status }) => `**${status}**`;
const resultOf = ({ json }) => json?.result?.data ?? json;
const textOf = ({ json, text }) => json?.result?.data ?? text;

async function binary(send) {
  const faults = {};
  for (const [index, type] of TYPES.entries()) {
    const reply = await send(`GET /binary/${index}`, { headers: { Accept: `${type}` } });
    if (reply.status !== 200) (faults[`**${reply.status}**`] ??= []).push(type);
    else if (Buffer.from(reply.body).equals(BYTES)) continue;
    else if (reply.text === BYTES.toString('base64')) (faults['**Base64 text**'] ??= []).push(type);
    else (faults['**corrupted**'] ??= []).push(type);
  }
  const told = Object.entries(faults).map(([what, types]) =>
    types.length === TYPES.length
      ? what
      : `${what}: ${types.map((type) => type.replace(/^application\//, '')).join(', ')}`,
  );
  return told.length === 0 ? OK : told.join('; ');
}

async function upload(send, { app }) {
  const type = app === 'trpc' ? 'application/octet-stream' : 'image/png';
  const reply = await send('POST /upload', { headers: { 'Content-Type': type }, body: BYTES });
  if (reply.status !== 200) return failed(reply);
  return textOf(reply) === hex(BYTES) ? OK : '**corrupted**';
}

async function cookiesOut(send) {
  const reply = await send('GET /cookies');
  if (reply.status !== 200) return failed(reply);
  const given = reply.headers.filter(([name]) => name.toLowerCase() === 'set-cookie').map(([, value]) => value);
  // Attributes have no order.
  const partsOf = (cookie) =>
    cookie
      .split('; ')
      .filter((part) => part !== 'Path=/')
      .sort();
  if (same(given.map(partsOf), COOKIES.map(partsOf))) return OK;
  return `**${given.map((each) => `\`${each}\``).join(' and ') || 'none'}**`;
}

async function cookiesIn(send) {
  const reply = await send('GET /cookie', { headers: { Cookie: ['a=1', 'b=2'] } });
  if (reply.status !== 200) return failed(reply);
  const text = textOf(reply);
  return text === 'a=1; b=2' ? OK : wrong(text);
}

const valuesOf = async (send, query) => {
  const reply = await send(`GET /query?${query}`);
  return reply.status === 200 ? code(reply.json?.f) : failed(reply);
};

async function query(send) {
  const [comma, twice] = [await valuesOf(send, 'f=1%2C2'), await valuesOf(send, 'f=1&f=2')];
  return comma === twice ? `**${comma} for both**` : `${comma} · ${twice}`;
}

async function escaped(send) {
  const reply = await send('GET /query?f=a%26b%3Dc%20d%25e');
  if (reply.status !== 200) return failed(reply);
  const f = [reply.json?.f].flat()[0];
  return f === 'a&b=c d%e' ? OK : wrong(f);
}

async function path(send) {
  const told = [];
  for (const [given, expected] of [
    ['a%20b', 'a b'],
    ['a%2Fb', 'a/b'],
    ['100%25', '100%'],
  ]) {
    const reply = await send(`GET /path/${given}`);
    const name = reply.json?.name;
    told.push(reply.status !== 200 ? failed(reply) : name === expected ? OK : wrong(name));
  }
  return told.every((each) => each === OK) ? OK : told.join(' · ');
}

const route = (options) => async (send) => {
  const reply = await send('GET /json', options);
  return reply.status === 200 && resultOf(reply)?.ok === true ? OK : failed(reply);
};

async function status(send) {
  const told = [];
  for (const expected of [204, 304]) {
    const reply = await send(`GET /status/${expected}`);
    const body = reply.body.length === 0 ? '' : ` with ${code(reply.text)}`;
    told.push(reply.status === expected ? `${expected}${body}` : `**${reply.status}**${body}`);
  }
  const head = await send('HEAD /json');
  told.push(head.status === 200 ? '200' : failed(head));
  return told.join(' · ');
}

async function throws(send) {
  const reply = await send('GET /throws');
  const shown =
    reply.text.includes('content.mjs') || /\bat .*\.mjs/.test(reply.text)
      ? ', **stack shown**'
      : reply.text.includes(MESSAGE)
        ? ', **message shown**'
        : '';
  return `${reply.status}${shown}`;
}

async function nothing(send) {
  const reply = await send('GET /undefined');
  if (reply.trace.step('gatewayResponse')) return `**${reply.status} by the gateway**`;
  const text = reply.json?.message ?? reply.text;
  return `${reply.status}${text === '' ? '' : ` ${code(text)}`}`;
}

async function emptyBody(send) {
  const told = [];
  for (const headers of [{ 'Content-Type': 'application/json' }, {}]) {
    const reply = await send('POST /echo', { headers });
    const body = resultOf(reply)?.body;
    told.push(reply.status === 200 ? `200 ${code(body)}` : String(reply.status));
  }
  return told.join(' · ');
}

async function cors(send) {
  const reply = await send('GET /cors', { headers: { Origin: 'https://app.example.com' } });
  if (reply.status !== 200) return failed(reply);
  return code(reply.header('access-control-allow-origin') ?? 'none').replace('`"none"`', '**none**');
}

async function stream(send) {
  const reply = await send('GET /stream');
  const cookies = reply.headers.filter(([name]) => name.toLowerCase() === 'set-cookie').length;
  const text = reply.text === CHUNKS.join('') ? OK : code(reply.text.slice(0, 80));
  return `${reply.status === 200 ? text : failed(reply)}, ${cookies} of 2 cookies`;
}

const WEB = ['rest', 'http2', 'http1'];
const ALL = ['rest', 'restBinary', 'http2', 'http1'];

export const QUESTIONS = [
  { id: 'binary', needs: 'binary', kinds: ALL, ask: binary },
  { id: 'upload', needs: 'upload', kinds: ALL, ask: upload },
  { id: 'cookies-out', needs: 'cookies', kinds: WEB, ask: cookiesOut },
  { id: 'cookies-in', needs: 'cookie', kinds: WEB, ask: cookiesIn },
  { id: 'query', needs: 'query', kinds: WEB, ask: query },
  { id: 'escaped', needs: 'query', kinds: WEB, ask: escaped },
  { id: 'path', needs: 'path', kinds: WEB, ask: path },
  { id: 'stage', needs: 'json', kinds: ['http2', 'http1'], ask: route({ stage: 'prod' }), stage: 'prod' },
  { id: 'base-path', needs: 'json', kinds: WEB, ask: route({}), domains: DOMAINS },
  { id: 'status', needs: 'status', kinds: WEB, ask: status },
  { id: 'throws', needs: 'throws', kinds: WEB, ask: throws },
  { id: 'nothing', needs: 'undefined', kinds: WEB, ask: nothing },
  { id: 'empty-body', needs: 'echo', kinds: WEB, ask: emptyBody },
  { id: 'cors', needs: 'cors', kinds: ['rest'], ask: cors },
  { id: 'stream', needs: 'stream', kinds: ['restStream'], ask: stream },
];
