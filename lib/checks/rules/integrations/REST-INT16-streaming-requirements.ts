import { type Integration } from '../../../template/model/model';
import { isUnknownText, outline } from '../../../template/model/text';
import { isKnown, UNKNOWN } from '../../../template/model/value';
import { cachedMethods } from '../../queries/cached-methods';
import { type Rule } from '../../rule';
import { callsOf, guide, methodsOf, onMethod, stageLabel } from '../../queries/common';
import { isStreamingUri } from '../../queries/uris';

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

const isStreamed = ({ responseTransferMode: mode }: Integration): boolean => mode === 'STREAM';
/** An integration without a back end has nothing to stream. */
const isBuffered = ({ responseTransferMode: mode, type }: Integration): boolean =>
  mode !== 'STREAM' && mode !== UNKNOWN && type !== 'MOCK';

const COMPRESSED =
  'streams its response, but the API compresses responses (MinimumCompressionSize): streamed ones are not compressed';
const NOT_STREAMED =
  'invokes its function with response-streaming-invocations, but its ResponseTransferMode is not STREAM';

export const rule: Rule = {
  id: 'REST-INT16',
  appliesTo: ['rest'],
  severity: 'error',
  title: 'A streamed response meets the requirements of streaming',
  why:
    'Streaming works only with proxy integrations and with the streaming URI of Lambda. Features that need the whole ' +
    'response (caching, compression, mapping templates) do not work with it.',
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
    const buffered = new Set(callsOf(model).flatMap(({ api, integration }) => (isBuffered(integration) ? [api] : [])));
    for (const { api, method, integration } of callsOf(model)) {
      if (isStreamed(integration) && isKnown(api.minimumCompressionSize)) {
        yield {
          ...onMethod(method, COMPRESSED, integration.location),
          // The compression may be meant for the routes that do not stream.
          severity: buffered.has(api) ? 'info' : 'warning',
        };
      } else if (isBuffered(integration) && isStreamingUri(integration.uri)) {
        yield { ...onMethod(method, NOT_STREAMED, integration.location), severity: 'warning' };
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
