#!/usr/bin/env bash
# @aws-lambda-powertools/event-handler 2.35.0: of several cookies of a `Response` the last one is sent, and it is cut at the comma of its date.
# Expected: each `Set-Cookie` header of the `Response` arrives as it is; RFC 6265 puts a comma into every `Expires`.
# Actual: headers are copied with `headers.set`, which keeps the last cookie, and cookies are split at commas; "21 Oct 2037 …" is a cookie.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --no-audit --no-fund --ignore-scripts @aws-lambda-powertools/event-handler@2.35.0 >/dev/null 2>&1
cat >run.mjs <<'JS'
import { Router } from '@aws-lambda-powertools/event-handler/http';

const app = new Router();
const cookies = ['session=1; HttpOnly', 'theme=dark; Expires=Wed, 21 Oct 2037 07:28:00 GMT'];
app.get('/', async () => new Response('set', { headers: cookies.map((cookie) => ['Set-Cookie', cookie]) }));
const http = { method: 'GET', path: '/', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'curl' };
const event = {
  ...{ version: '2.0', routeKey: '$default', rawPath: '/', rawQueryString: '', headers: { host: 'api.example.com' } },
  ...{ requestContext: { domainName: 'api.example.com', http, stage: '$default' }, isBase64Encoded: false },
};
const { statusCode, cookies: sent } = await app.resolve(event, {});
console.log(statusCode);
for (const cookie of sent) console.log(cookie);
JS
node run.mjs | tee seen.txt
diff seen.txt - <<'EXPECTED'
200
theme=dark; Expires=Wed
21 Oct 2037 07:28:00 GMT
EXPECTED
echo 'as described'
