import { join } from 'node:path';
import ts from 'typescript';

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Node16,
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  types: ['node'],
};

/**
 * What the compiler says of programs that exist in memory only: a list of messages for each.
 *
 * @param programs file → code
 * @param paths module → the file that stands for it, from the root of the project
 */
export function compiled(
  programs: ReadonlyMap<string, string>,
  paths: Readonly<Record<string, string>>,
): readonly string[][] {
  const root = join(__dirname, '..', '..');
  const options: ts.CompilerOptions = {
    ...OPTIONS,
    paths: Object.fromEntries(Object.entries(paths).map(([name, file]) => [name, [join(root, file)]])),
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (file) => programs.has(file) || fileExists(file);
  host.readFile = (file) => programs.get(file) ?? readFile(file);
  host.getSourceFile = (file, version) => {
    const text = host.readFile(file);
    return text === undefined ? undefined : ts.createSourceFile(file, text, version);
  };
  const program = ts.createProgram([...programs.keys()], options, host);
  return [...programs.keys()].map((file) =>
    [
      ...program.getSyntacticDiagnostics(program.getSourceFile(file)),
      ...program.getSemanticDiagnostics(program.getSourceFile(file)),
    ].map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' ')),
  );
}
