#!/usr/bin/env bash
# openapi-backend 5.21.2 with `/files/{proxy+}`, a path of API Gateway: the document is accepted, and each request is refused.
# Expected: a `+` is part of the name, as OpenAPI 3.0 allows (a validator agrees), or `init` refuses the path.
# Actual: `init` with validation succeeds, the path matches one segment, and its value is not found under the name of the parameter, so
# that the response is 400; with `{proxy}` the same request reaches its handler.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --no-audit --no-fund --ignore-scripts openapi-backend@5.21.2 @seriousme/openapi-schema-validator@2.11.0 >/dev/null 2>&1
cat >run.mjs <<'JS'
import { OpenAPIBackend } from 'openapi-backend';
import { Validator } from '@seriousme/openapi-schema-validator';

for (const name of ['proxy+', 'proxy']) {
  const parameters = [{ name, in: 'path', required: true, schema: { type: 'string' } }];
  const get = { operationId: 'getFile', parameters, responses: { 200: { description: 'ok' } } };
  const definition = { openapi: '3.0.3', info: { title: 'files', version: '1' }, paths: { [`/files/{${name}}`]: { get } } };
  const { valid } = await new Validator().validate(structuredClone(definition));
  const handlers = {
    getFile: ({ request }) => `handled ${JSON.stringify(request.params)}`,
    validationFail: ({ validation }) => `refused: ${validation.errors.map(({ message }) => message)}`,
  };
  const api = new OpenAPIBackend({ definition, handlers, strict: true });
  await api.init();
  console.log(`{${name}}: valid ${valid}, ${await api.handleRequest({ method: 'GET', path: '/files/a', headers: {} })}`);
}
JS
node run.mjs | tee seen.txt
diff seen.txt - <<'EXPECTED'
{proxy+}: valid true, refused: must have required property 'proxy+'
{proxy}: valid true, handled {"proxy":"a"}
EXPECTED
echo 'as described'
