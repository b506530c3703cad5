import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseJson } from '../../../lib/template/reader/numerals';
import { parseCloudFormationYaml } from '../../../runtime/cli/cfn-yaml';

const FOLDER = join(__dirname, 'cases');

export interface SamCase {
  readonly name: string;
  /** As somebody writes it. */
  readonly template: Record<string, unknown>;
  /** What SAM itself makes of it. */
  readonly transformed: Record<string, unknown>;
}

export const samCases: readonly SamCase[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => ({
    name: file.replace('.yaml', ''),
    template: parseCloudFormationYaml(readFileSync(join(FOLDER, file), 'utf8')) as Record<string, unknown>,
    transformed: parseJson(readFileSync(join(FOLDER, file.replace('.yaml', '.json')), 'utf8')) as Record<
      string,
      unknown
    >,
  }));

export const samCase = (name: string): SamCase => samCases.find((one) => one.name === name) as SamCase;
