#!/usr/bin/env bash
# nitropack 2.13.6, preset aws-lambda: a file that is uploaded through API Gateway is changed, although the route reads a Buffer.
# Expected: `readRawBody(event, false)` gives the bytes of the body, which API Gateway passes on in Base64 with `isBase64Encoded`.
# Actual: the preset decodes Base64 to a UTF-8 text, so that bytes that are no UTF-8 are U+FFFD; `HEAD` of a `.get` route is a 405.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --no-audit --no-fund --ignore-scripts nitropack@2.13.6 >/dev/null 2>&1
npm pkg set type=module
mkdir routes
cat >routes/upload.post.ts <<'TS'
export default defineEventHandler(async (event) => (await readRawBody(event, false)).toString('hex'));
TS
cat >routes/orders.get.ts <<'TS'
export default defineEventHandler(() => []);
TS
NITRO_TELEMETRY_DISABLED=1 npx nitropack build --preset aws-lambda >/dev/null 2>&1
cat >run.mjs <<'JS'
import { handler } from './.output/server/index.mjs';
const request = (method, rawPath, more) => ({
  ...{ version: '2.0', routeKey: '$default', rawPath, rawQueryString: '', headers: { host: 'api.example.com' } },
  ...{ requestContext: { http: { method, path: rawPath } }, isBase64Encoded: false, ...more },
});
const sent = Buffer.from('89504e470d0a1a0a', 'hex');
console.log(`sent: ${sent.toString('hex')}`);
const upload = { headers: { 'content-type': 'image/png' }, body: sent.toString('base64'), isBase64Encoded: true };
console.log(`received: ${(await handler(request('POST', '/upload', upload), {})).body}`);
for (const method of ['GET', 'HEAD']) console.log(`${method}: ${(await handler(request(method, '/orders'), {})).statusCode}`);
process.exit();
JS
node run.mjs 2>/dev/null | tee seen.txt
diff seen.txt - <<'EXPECTED'
sent: 89504e470d0a1a0a
received: efbfbd504e470d0a1a0a
GET: 200
HEAD: 405
EXPECTED
echo 'as described'
