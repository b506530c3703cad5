#!/usr/bin/env bash
# @smithy/node-http-handler 4.14.2 (the HTTP handler of the AWS SDK for JavaScript): requestTimeout does not abort a request.
# Expected: with `requestTimeout: 300`, a request to a server that never responds is rejected after 300 ms.
# Actual: a warning is printed after 300 ms, and the request continues; it is rejected only with `throwOnRequestTimeout: true`.
# A Lambda function that relies on `requestTimeout` waits until its own timeout.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --no-audit --no-fund --ignore-scripts @smithy/node-http-handler@4.14.2 @smithy/protocol-http@5.6.2 >/dev/null 2>&1
cat >run.mjs <<'JS'
import { createServer } from 'node:http';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { HttpRequest } from '@smithy/protocol-http';

const server = createServer(() => {}).listen(0, '127.0.0.1');
await new Promise((ready) => server.once('listening', ready));
console.warn = () => {};
for (const options of [{ requestTimeout: 300 }, { requestTimeout: 300, throwOnRequestTimeout: true }]) {
  const handler = new NodeHttpHandler(options);
  const request = new HttpRequest({ protocol: 'http:', hostname: '127.0.0.1', port: server.address().port, method: 'GET', path: '/' });
  const outcome = await Promise.race([
    handler.handle(request).then(() => 'answered', (error) => error.name),
    new Promise((resolve) => setTimeout(resolve, 1500, 'still waiting after 1500 ms')),
  ]);
  console.log(`${JSON.stringify(options)}: ${outcome}`);
}
process.exit();
JS
node run.mjs | tee seen.txt
diff seen.txt - <<'EXPECTED'
{"requestTimeout":300}: still waiting after 1500 ms
{"requestTimeout":300,"throwOnRequestTimeout":true}: TimeoutError
EXPECTED
echo 'as described'
