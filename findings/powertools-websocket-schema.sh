#!/usr/bin/env bash
# @aws-lambda-powertools/parser 2.35.0: the schema of WebSocket events accepts no event of a WebSocket API.
# Expected: `APIGatewayProxyWebsocketEventSchema` accepts what API Gateway documents for `$connect` and for messages.
# Actual: it requires `type` and `methodArn`, which only events of authorizers have, and headers, which messages do not have.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --no-audit --no-fund --ignore-scripts @aws-lambda-powertools/parser@2.35.0 zod@4.6.7 >/dev/null 2>&1
cat >run.mjs <<'JS'
import { APIGatewayProxyWebsocketEventSchema as Schema } from '@aws-lambda-powertools/parser/schemas';

const requestContext = (routeKey, eventType) => ({
  ...{ routeKey, eventType, extendedRequestId: 'HLOFhGRbIAMFjNg=', requestTime: '01/Dec/2026:10:00:00 +0000' },
  ...{ messageDirection: 'IN', stage: 'prod', connectedAt: 1796119200000, requestTimeEpoch: 1796119200001 },
  ...{ identity: { sourceIp: '192.0.2.1' }, requestId: 'HLOFhGRbIAMFjNg=', domainName: 'api.example.com' },
  ...{ connectionId: 'HLOFhdJ7IAMCJXA=', apiId: 'a1b2c3d4e5' },
});
const headers = { Host: 'api.example.com', 'Sec-WebSocket-Version': '13' };
const multiValueHeaders = { Host: ['api.example.com'], 'Sec-WebSocket-Version': ['13'] };
const events = {
  connect: { headers, multiValueHeaders, requestContext: requestContext('$connect', 'CONNECT'), isBase64Encoded: false },
  message: { requestContext: requestContext('$default', 'MESSAGE'), body: '{"action":"say"}', isBase64Encoded: false },
};
for (const [name, event] of Object.entries(events)) {
  const { success, error } = Schema.safeParse(event);
  console.log(`${name}: ${success ? 'accepted' : `refused, ${error.issues.map(({ path }) => path.join('.')).join(', ')}`}`);
}
JS
node run.mjs | tee seen.txt
diff seen.txt - <<'EXPECTED'
connect: refused, type, methodArn, queryStringParameters, multiValueQueryStringParameters
message: refused, type, methodArn, multiValueHeaders, queryStringParameters, multiValueQueryStringParameters
EXPECTED
echo 'as described'
