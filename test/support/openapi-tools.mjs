// What a linter, a validator and a generator of others say of OpenAPI documents; a process of its own, because two are ES modules.
// Usage: node openapi-tools.mjs <file with a list of documents>; prints a list of { lint, invalid, types }.
import { readFileSync } from 'node:fs';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { Validator } from '@seriousme/openapi-schema-validator';
import openapiTS, { astToString } from 'openapi-typescript';

// What an author may leave unsaid is not asked for.
const rules = { 'no-empty-servers': 'off', 'operation-summary': 'off', 'security-defined': 'off' };
const config = await createConfig({ extends: ['recommended'], rules });

async function judged(document) {
  const source = JSON.stringify(document);
  const problems = await lintFromString({ source, config });
  const { valid, errors } = await new Validator().validate(JSON.parse(source));
  return {
    lint: problems
      .filter(({ severity }) => severity === 'error')
      .map(({ ruleId, message, location }) => `${ruleId} ${location[0]?.pointer}: ${message}`),
    invalid: valid ? [] : [JSON.stringify(errors)],
    types: astToString(await openapiTS(JSON.parse(source), { silent: true })),
  };
}

const results = [];
for (const document of JSON.parse(readFileSync(process.argv[2], 'utf8'))) results.push(await judged(document));
process.stdout.write(JSON.stringify(results));
