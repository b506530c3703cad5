import { type V2Authorizer } from '../../../template/model/model';
import { type Rule } from '../../rule';
import { guide, knownAnd } from '../../queries/common';

const VERSIONS = ['1.0', '2.0'];

function problem({ payloadFormatVersion: version, enableSimpleResponses }: V2Authorizer): string | undefined {
  if (version === undefined) {
    return 'has no payload format version';
  }
  if (knownAnd(version, (known) => !VERSIONS.includes(known))) {
    return `has the payload format version "${String(version)}"; allowed are ${VERSIONS.join(' and ')}`;
  }
  return version === '1.0' && enableSimpleResponses === true
    ? 'has simple responses, which require payload format version 2.0'
    : undefined;
}

export const rule: Rule = {
  id: 'HTTP-AUTH16',
  appliesTo: ['http'],
  severity: 'error',
  title: 'A Lambda authorizer of an HTTP API sets its payload format version',
  why:
    'The format decides what the function receives and what it may return. Outside the console it has no default, ' +
    'and the deployment rolls back. Simple responses require format 2.0.',
  fix: {
    library: 'Use `HttpAuthorizer.lambda(…)`, which sets 2.0; `payloadFormatVersion` sets another.',
    l2:
      'Use an `HttpLambdaAuthorizer`, which sets it, or set `payloadFormatVersion: ' +
      'AuthorizerPayloadVersion.VERSION_2_0` on the `HttpAuthorizer`.',
    cloudFormation:
      'Set `AuthorizerPayloadFormatVersion` to `1.0` or `2.0` (`authorizerPayloadFormatVersion` in the OpenAPI ' +
      'security scheme); `EnableSimpleResponses` requires `2.0`.',
  },
  link: guide('http-api-lambda-authorizer'),
  *check(model) {
    for (const { authorizers } of model.httpApis) {
      for (const authorizer of authorizers) {
        const what = authorizer.type === 'REQUEST' ? problem(authorizer) : undefined;
        if (what !== undefined) {
          yield { location: authorizer.location, message: `authorizer "${authorizer.key}" ${what}` };
        }
      }
    }
  },
};
