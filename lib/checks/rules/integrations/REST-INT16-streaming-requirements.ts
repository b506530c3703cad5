import { type Integration } from '../../../template/model/model';
import { isUnknownText, outline } from '../../../template/model/text';
import { isKnown } from '../../../template/model/value';
import { cachedMethods } from '../../queries/cached-methods';
import { type Rule } from '../../rule';
import { guide, methodsOf, onMethod, stageLabel } from '../../queries/common';

const PROXIES = ['AWS_PROXY', 'HTTP_PROXY'];
const isStreaming = (uri: string): boolean =>
  uri.includes('2021-11-15/functions/') && uri.endsWith('/response-streaming-invocations');

function problem({ type, uri: given, lambda }: Integration): string | undefined {
  const uri = outline(given);
  if (isKnown(type) && !PROXIES.includes(type)) {
    return `streams from an integration of type ${type}; only AWS_PROXY and HTTP_PROXY can`;
  }
  const invokes = lambda !== undefined || uri.includes(':lambda:path/');
  if (invokes && !isUnknownText(given) && !isStreaming(uri)) {
    return 'streams from a Lambda URI that is not …/2021-11-15/functions/<arn>/response-streaming-invocations';
  }
  return undefined;
}

export const rule: Rule = {
  id: 'REST-INT16',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A streamed response meets the requirements of streaming',
  why:
    'Streaming works only with proxy integrations and with the streaming URI of Lambda. Features that need the whole ' +
    'response (caching, mapping templates) do not work with it.',
  fix: {
    library: 'Use `RestIntegration.lambda(fn, { streamResponse: true })` without `cache`.',
    l2:
      'Set `responseTransferMode: ResponseTransferMode.STREAM` on a `LambdaIntegration` or `HttpIntegration` with ' +
      '`proxy: true` and without `cachingEnabled`.',
    cloudFormation:
      'Set `ResponseTransferMode: STREAM` with type AWS_PROXY or HTTP_PROXY, and for Lambda a `Uri` with 2021-11-15 and ' +
      '`response-streaming-invocations`.',
  },
  link: guide('response-transfer-mode'),
  *check(model) {
    for (const { method } of methodsOf(model)) {
      const { integration } = method;
      const what =
        isKnown(integration) && integration.responseTransferMode === 'STREAM' ? problem(integration) : undefined;
      if (isKnown(integration) && what !== undefined) {
        yield onMethod(method, what, integration.location);
      }
    }
    for (const { method, integration, stage } of cachedMethods(model)) {
      if (integration.responseTransferMode === 'STREAM') {
        yield onMethod(
          method,
          `streams its response, but ${stageLabel(stage)} has caching enabled for it`,
          integration.location,
        );
      }
    }
  },
};
