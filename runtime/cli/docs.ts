import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { type TemplateSource } from '../../lib/template/reader/source';
import { docsPage, type Renderer } from './docs-page';
import { type CliIo, orUsageError, UsageError } from './io';
import { documentOf, toldLosses } from './openapi';
import { line, lines } from './shown';

/** The renderer, which is not part of this package: it is larger than all the rest. */
const PACKAGE = 'swagger-ui-dist';
const MAJOR = '5';

/** What to write of which API. */
export interface DocsChoice {
  readonly api?: string;
  /** The file that is written. */
  readonly output?: string;
}

/** `apigw docs`: one HTML page of one API; 1 if the document does not have all of it. */
export function docs(sources: readonly TemplateSource[], io: CliIo, { api, output = 'api.html' }: DocsChoice): number {
  const { name, document, losses } = documentOf(sources, { api, clean: true });
  const page = docsPage(document, rendererFrom(process.cwd()));
  orUsageError(
    () => writeFileSync(output, page),
    (message) => `cannot write "${output}": ${message}`,
  );
  io.stdout(line(resolve(output)));
  if (losses.length === 0) return 0;
  io.stderr(lines(toldLosses(name, losses)));
  return 1;
}

/** @throws if the project does not have the renderer, or another major version */
function rendererFrom(folder: string): Renderer {
  const install = `install it in your project: npm install --save-dev --ignore-scripts ${PACKAGE}@${MAJOR}`;
  let manifest: string;
  try {
    manifest = createRequire(join(folder, 'package.json')).resolve(`${PACKAGE}/package.json`);
  } catch {
    throw new UsageError(
      `"apigw docs" writes the page with ${PACKAGE}, which was not found from ${folder}; ${install}`,
    );
  }
  const read = (file: string) => readFileSync(join(dirname(manifest), file), 'utf8');
  return orUsageError(
    () => {
      const { version } = JSON.parse(read('package.json')) as { version: string };
      if (version.split('.')[0] !== MAJOR) throw new Error(`its version is ${version}, and ${MAJOR} is supported`);
      const notices = ['LICENSE', 'NOTICE', 'swagger-ui-bundle.js.LICENSE.txt'].map(read);
      return { script: read('swagger-ui-bundle.js'), style: read('swagger-ui.css'), notices };
    },
    (message) => `${PACKAGE} in ${dirname(manifest)} cannot be used: ${message}; ${install}`,
  );
}
