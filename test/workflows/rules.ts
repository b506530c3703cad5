import { parse } from 'yaml';

type Permissions = 'read-all' | 'write-all' | Record<string, string>;

export interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Record<string, unknown>;
  readonly env?: Record<string, string>;
}

export interface Job {
  readonly needs?: string | string[];
  readonly permissions?: Permissions;
  readonly strategy?: { matrix: Record<string, (string | number)[]> };
  readonly 'timeout-minutes'?: number;
  readonly steps: Step[];
}

export interface Workflow {
  readonly on: Record<string, Record<string, unknown> | null>;
  readonly permissions?: Permissions;
  readonly jobs: Record<string, Job>;
}

/** Rights to write that a job has a reason for. */
export const WRITES: Record<string, readonly string[]> = {
  'codeql.yml analyze': ['security-events'],
  'release.yml publish': ['id-token'],
  'release.yml notes': ['contents'],
};

const written = (permissions: Permissions | undefined): string[] =>
  typeof permissions === 'string'
    ? [permissions].filter((all) => all !== 'read-all')
    : Object.entries(permissions ?? {}).flatMap(([scope, right]) => (right === 'write' ? [scope] : []));

/** What somebody outside of the project decides: in a command it would be run, as an environment variable it is a text. */
const FOREIGN = /\$\{\{[^}]*\b(github\.(event\b|head_ref|ref_name|base_ref)|inputs\.)/;

/** A commit and, for people and Dependabot, the version that it is. */
const PINNED = /^\s*(?:- )?uses: [\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;

/** What this project holds its workflows to, beyond what GitHub takes. */
export function broken(name: string, text: string): string[] {
  const workflow = parse(text) as Workflow;
  const found: string[] = [];
  for (const line of text.split('\n')) {
    if (/^\s*(?:- )?uses:/.test(line) && !PINNED.test(line))
      found.push(`${line.trim()}: pin the action by its commit, with the version as a comment: @<40 digits> # v1.2.3`);
    if (/\$\{\{[^}]*\bsecrets\./.test(line)) found.push(`${line.trim()}: no secret is needed`);
  }
  for (const trigger of ['pull_request_target', 'workflow_run'])
    if (trigger in workflow.on)
      found.push(`on ${trigger}: code of a stranger would run with the rights of the project`);
  if (workflow.permissions === undefined) found.push('no permissions: say what the token may do, "contents: read"');
  else if (written(workflow.permissions).length > 0)
    found.push('permissions to write belong to the one job that needs them');
  for (const [id, job] of Object.entries(workflow.jobs)) {
    const extra = written(job.permissions).filter((scope) => !WRITES[`${name} ${id}`]?.includes(scope));
    if (extra.length > 0) found.push(`${id}: has no reason to write ${extra.join(', ')}`);
    if (job['timeout-minutes'] === undefined) found.push(`${id}: no timeout-minutes, and the default is six hours`);
    for (const { uses = '', run = '', with: options = {} } of job.steps) {
      if (uses.startsWith('actions/checkout@') && options['persist-credentials'] !== false)
        found.push(`${id}: actions/checkout leaves the token behind; write "persist-credentials: false"`);
      if (FOREIGN.test(run)) found.push(`${id}: "${run.trim()}" runs what others wrote; pass it by "env"`);
    }
  }
  return found;
}
