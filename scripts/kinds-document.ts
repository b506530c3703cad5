// The text of docs/kinds.md: the three kinds of API, capability by capability.
import {
  CAPABILITIES,
  METERED_BYTES,
  PRICE_PER_MILLION,
  PRICE_PER_MILLION_CONNECTION_MINUTES,
  type Support,
} from '../lib/facts/kinds';

const show = (support: Support): string => (support === true ? 'yes' : support === false ? '–' : support);

const dollars = (price: number): string => `$${price.toFixed(2)}`;

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

export function kindsDocument(): string {
  const { rest, http, webSocket } = PRICE_PER_MILLION;
  return `# REST, HTTP or WebSocket

Generated from \`lib/facts/kinds.ts\` by \`npm run docs\`.

\`RestGateway\`, \`HttpGateway\` and \`WebSocketGateway\` use the same names for the same features; they differ in what API Gateway supports. Start with an HTTP API if it has the features that you need: it is the cheapest and the fastest. Use a REST API for API keys, validation, caching, AWS WAF or private endpoints. Use a WebSocket API if the server has to send messages first.

\`apigw advise cdk.out\` shows for each REST API of an app, or of any template, whether it uses features that HTTP APIs do not have, and which routes use them.

${row(['', 'REST', 'HTTP', 'WebSocket', 'instead'])}
${row(['---', '---', '---', '---', '---'])}
${CAPABILITIES.map((it) => row([it.what, show(it.rest), show(it.http), show(it.webSocket), it.instead ?? ''])).join('\n')}

## Price and latency

List prices of requests in us-east-1, first tier. See [API Gateway pricing](https://aws.amazon.com/api-gateway/pricing/) for other prices, and for data, caches and VPC links.

${row(['', 'REST', 'HTTP', 'WebSocket'])}
${row(['---', '---', '---', '---'])}
${row(['a million requests or messages', dollars(rest), dollars(http), dollars(webSocket)])}
${row(['metered in steps of', 'requests', `${METERED_BYTES.http / 1024} KB`, `${METERED_BYTES.webSocket / 1024} KB`])}
${row(['a million connection minutes', '', '', dollars(PRICE_PER_MILLION_CONNECTION_MINUTES)])}

According to AWS, HTTP APIs add [less than 10 ms to 99 % of requests](https://aws.amazon.com/blogs/compute/building-better-apis-http-apis-now-generally-available/), up to 60 % less than REST APIs. This project has measured neither.
`;
}
