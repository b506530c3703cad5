import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Json } from './stacks';

export interface Judged {
  /** Errors of the linter. */
  readonly lint: readonly string[];
  readonly invalid: readonly string[];
  /** The types that the generator makes. */
  readonly types: string;
}

/** What tools of others say of each document: Redocly's linter, a validator and openapi-typescript. */
export function judgedByTools(documents: readonly Json[]): Judged[] {
  const folder = mkdtempSync(join(tmpdir(), 'openapi-tools-'));
  try {
    const file = join(folder, 'documents.json');
    writeFileSync(file, JSON.stringify(documents));
    const script = join(__dirname, 'openapi-tools.mjs');
    const output = execFileSync(process.execPath, [script, file], { encoding: 'utf8', maxBuffer: 100_000_000 });
    return JSON.parse(output) as Judged[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
