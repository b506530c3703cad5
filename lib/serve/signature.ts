import { type MultiValues, valueOfHeader } from './multi-values';

/** The access key that signed a request, in its header or its query; undefined if it is not signed. */
export function accessKeyOf(headers: MultiValues, query: MultiValues): string | undefined {
  const header = valueOfHeader(headers, 'authorization') ?? '';
  if (header.startsWith('AWS4-') && /\bSignature=/.test(header)) return /\bCredential=([^/,\s]*)/.exec(header)?.[1];
  if (!Object.hasOwn(query, 'X-Amz-Signature')) return undefined;
  return Object.hasOwn(query, 'X-Amz-Credential') ? query['X-Amz-Credential'][0].split('/')[0] : '';
}
