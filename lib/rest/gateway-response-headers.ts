import { Token } from 'aws-cdk-lib';
import { HEADER_NAME } from '../facts/names';
import { type Owner, show } from '../authoring/errors';

const SOURCE = /^(method\.request\.|context\.|stageVariables\.)/;
const MAPPING =
  /^(method\.request\.(path|querystring|multivaluequerystring|header|multivalueheader)\.[A-Za-z0-9._$!#&*+^`|~:-]+|context\.[A-Za-z0-9._$-]+|stageVariables\.\w+)$/;
const QUOTED = /^'[^']*'$/;

/** Where a header comes from, as the document has it: a text is in single quotes there. */
export function mappedHeader(value: string): string {
  return SOURCE.test(value) || /^'.*'$/.test(value) ? value : `'${value}'`;
}

/**
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 * @throws where a name or a value is none that the import takes
 */
export function checkResponseHeaders(headers: Readonly<Record<string, string>>, where: string, owner: Owner): void {
  const seen = new Set<string>();
  for (const [name, value] of Object.entries(headers)) {
    if (!HEADER_NAME.test(name)) {
      throw owner.error(`${where}.headers has ${show(name)}, which is no name of a header; write e.g. "X-Reason"`);
    }
    if (seen.has(name.toLowerCase())) {
      throw owner.error(`${where}.headers has "${name}" twice; upper and lower case make no difference`);
    }
    seen.add(name.toLowerCase());
    const fault = faultOf(value);
    if (fault !== undefined) throw owner.error(`${where}.headers: "${name}" has the value ${show(value)}, ${fault}`);
  }
}

function faultOf(value: string): string | undefined {
  if (typeof value !== 'string') return 'which is no text; write a text, or context.x';
  // A token becomes a text in quotes; what it holds is not known.
  const plain = Token.isUnresolved(value) ? value.replace(/\$\{Token\[[^[\]]*\]\}/g, 'token') : value;
  if (/[^\t\x20-\x7e]/.test(plain)) return 'and a header has printable ASCII characters only';
  if (SOURCE.test(plain)) {
    if (MAPPING.test(plain)) return undefined;
    return (
      'which is no method.request.header.X, method.request.path.x, method.request.querystring.x, context.x or stageVariables.x; ' +
      `for the text itself, put it in single quotes: "'${plain.replaceAll("'", '')}'"`
    );
  }
  if (plain.includes("'") && !QUOTED.test(plain)) {
    return `and API Gateway puts a text in single quotes, so that it can have none; write "${plain.replaceAll("'", '')}"`;
  }
  return undefined;
}
