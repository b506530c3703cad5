import { Token } from 'aws-cdk-lib';
import { HEADER_NAME } from '../facts/names';
import { type Owner, show } from '../authoring/errors';

const SOURCE = /^(method\.request\.|context\.|stageVariables\.)/;
const MAPPING =
  /^(method\.request\.(path|querystring|multivaluequerystring|header|multivalueheader)\.[A-Za-z0-9._$!#&*+^`|~:-]+|context\.[A-Za-z0-9._$-]+|stageVariables\.\w+)$/;
const QUOTED = /^'[^']*'$/;

/** Where a header comes from, as written in the document, where text is in single quotes. */
export function mappedHeader(value: string): string {
  return SOURCE.test(value) || /^'.*'$/.test(value) ? value : `'${value}'`;
}

/**
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 * @throws if the import would reject a name or a value
 */
export function checkResponseHeaders(headers: Readonly<Record<string, string>>, where: string, owner: Owner): void {
  const seen = new Set<string>();
  for (const [name, value] of Object.entries(headers)) {
    if (!HEADER_NAME.test(name)) {
      throw owner.error(`${where}.headers has ${show(name)}, which is not a header name; write e.g. "X-Reason"`);
    }
    if (seen.has(name.toLowerCase())) {
      throw owner.error(`${where}.headers has "${name}" twice; header names ignore case`);
    }
    seen.add(name.toLowerCase());
    const fault = faultOf(value);
    if (fault !== undefined) throw owner.error(`${where}.headers: "${name}" has the value ${show(value)}, ${fault}`);
  }
}

function faultOf(value: string): string | undefined {
  if (typeof value !== 'string') return 'which is not text; write text, or context.x';
  // A token becomes text in quotes; its value is not known.
  const plain = Token.isUnresolved(value) ? value.replace(/\$\{Token\[[^[\]]*\]\}/g, 'token') : value;
  if (/[^\t\x20-\x7e]/.test(plain)) return 'but a header may have printable ASCII characters only';
  if (SOURCE.test(plain)) {
    if (MAPPING.test(plain)) return undefined;
    return (
      'which is not method.request.header.X, method.request.path.x, method.request.querystring.x, context.x or stageVariables.x; ' +
      `for the text itself, put it in single quotes: "'${plain.replaceAll("'", '')}'"`
    );
  }
  if (plain.includes("'") && !QUOTED.test(plain)) {
    return `but API Gateway puts text in single quotes, so it cannot contain any; write "${plain.replaceAll("'", '')}"`;
  }
  return undefined;
}
