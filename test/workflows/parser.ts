import { Module } from 'node:module';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

interface Errors {
  readonly errors: { getErrors(): readonly { readonly message: string }[] };
}

/** What is used of `@actions/workflow-parser`, with which GitHub's own editor reads workflows. */
interface Parser {
  parseWorkflow(file: { name: string; content: string }, trace: unknown): { context: Errors; value?: unknown };
  convertWorkflowTemplate(context: Errors, value: unknown): Promise<unknown>;
  NoOperationTraceWriter: new () => unknown;
}

let parser: Parser | undefined;

/** The package is made for bundlers: Node refuses its import of a JSON file. */
function load(): Parser {
  if (parser) return parser;
  const { outputFiles } = buildSync({
    stdin: { contents: `export * from '@actions/workflow-parser';`, resolveDir: __dirname },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    write: false,
  });
  const made = new Module(join(__dirname, 'workflow-parser.bundle.js')) as Module & {
    _compile(code: string, file: string): void;
  };
  made._compile(outputFiles[0].text, made.id);
  return (parser = made.exports as Parser);
}

/** What GitHub would refuse in a workflow: keys, types, expressions and their contexts, `needs`. */
export async function refused(name: string, content: string): Promise<string[]> {
  const { parseWorkflow, convertWorkflowTemplate, NoOperationTraceWriter } = load();
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  if (value !== undefined) await convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map(({ message }) => message);
}
