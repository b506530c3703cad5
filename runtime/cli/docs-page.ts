import { createHash } from 'node:crypto';
import { type Json } from '../../lib/template/openapi/json';

/** The files of the renderer that go into the page. */
export interface Renderer {
  readonly script: string;
  readonly style: string;
  /** Licence, notice and the licences of what it is built of. */
  readonly notices: readonly string[];
}

const START = `SwaggerUIBundle({
  domNode: document.getElementById('api'),
  spec: JSON.parse(document.getElementById('document').textContent),
  deepLinking: true,
  validatorUrl: null,
  supportedSubmitMethods: [],
});`;

/** Long names break, on a phone too; and the dialog on authorization describes it, since the page sends nothing. */
const OWN_STYLE = [
  'body { margin: 0 }',
  '.swagger-ui { overflow-wrap: anywhere }',
  '.swagger-ui .auth-container :is(input, label, .btn.authorize) { display: none !important }',
  '.notices { margin: 2rem auto; max-width: 1420px; padding: 0 20px; font: 12px sans-serif }',
  '.notices pre { white-space: pre-wrap }',
].join('\n');

/** One file with everything in it: the page sends no request, and its policy allows none. */
export function docsPage(document: Json, { script, style, notices }: Renderer): string {
  const title = escaped(String((document.info as Json | undefined)?.title ?? 'API'));
  const scripts = [inScript(script), START];
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.map(hash).join(' ')}`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    'font-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  // In JSON, a "<" can be written as an escape; so no text of an API ends the element.
  const data = JSON.stringify(document).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${inStyle(style)}</style>
<style>${OWN_STYLE}</style>
</head>
<body>
<div id="api"></div>
<details class="notices"><summary>Licences</summary><pre>${notices.map(escaped).join('\n\n')}</pre></details>
<script type="application/json" id="document">${data}</script>
${scripts.map((text) => `<script>${text}</script>`).join('\n')}
</body>
</html>
`;
}

/** Of the text as it is between the tags. */
const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** In JavaScript, these two end or change an element only to HTML; in texts and patterns the escapes mean the same. */
const inScript = (text: string): string =>
  text
    .replaceAll(/<\/(?=script)/gi, '<\\/')
    .replaceAll('<!--', '<\\!--')
    .replaceAll(/\/\/# sourceMappingURL=.*/g, '');

const inStyle = (text: string): string =>
  text.replaceAll(/<\/(?=style)/gi, '<\\/').replaceAll(/\/\*# sourceMappingURL=[^*]*\*\//g, '');

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (char) => ENTITIES[char]);
