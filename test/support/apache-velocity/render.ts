import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Rendered, type VelocityInput } from '../velocity';

/** A template to render. `nothing` is what a reference to nothing is: null as in Apache Velocity, or the empty text. */
export interface VelocityJob {
  readonly template: string;
  readonly input: VelocityInput;
  readonly nothing: null | '';
}

/** What came of a job: the text, or why there is none. */
export interface ApacheRendered extends Partial<Rendered> {
  readonly error?: string;
}

const FOLDER = '/usr/share/java';
const JARS = ['velocity', 'json-path', 'json-smart', 'accessors-smart', 'asm', 'commons-lang', 'commons-collections3'];
const CLASS_PATH = [...JARS, 'slf4j-api', 'slf4j-nop'].map((name) => join(FOLDER, `${name}.jar`));
const INSTALL =
  'apt-get install default-jdk-headless velocity libjsonpath-java libjson-smart-java libcommons-lang-java ' +
  'libcommons-collections3-java libslf4j-java libasm-java';

/** What this machine lacks to render as API Gateway does, with how to install it; nothing where all is there. */
export function whatIsMissing(): string | undefined {
  const java = spawnSync('java', ['--list-modules'], { encoding: 'utf8' });
  const lacks = [
    ...(java.error || !java.stdout.includes('jdk.compiler') ? ['a Java 11 or newer with its compiler'] : []),
    ...CLASS_PATH.filter((jar) => !existsSync(jar)),
  ];
  return lacks.length === 0 ? undefined : `${lacks.join(', ')} not found; on Debian: ${INSTALL}`;
}

/** JSON with all escaped that json-smart, which API Gateway reads JSON with, takes out of a text or refuses. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replaceAll('\u007f', '\\u007f');
}

/** Renders all with one Java machine, which takes longer to start than to render thousands. */
export function renderAll(jobs: readonly VelocityJob[]): ApacheRendered[] {
  const { status, stdout, stderr, error } = spawnSync(
    'java',
    ['-Dfile.encoding=UTF-8', '-cp', CLASS_PATH.join(':'), join(__dirname, 'Render.java')],
    { input: jobs.map((job) => `${jsonText(job)}\n`).join(''), encoding: 'utf8', maxBuffer: 1 << 30 },
  );
  const lines = stdout.split('\n').filter((line) => line !== '');
  if (status !== 0 || lines.length !== jobs.length)
    throw new Error(
      `Apache Velocity answered ${lines.length} of ${jobs.length} jobs: ${error?.message ?? ''} ${stderr}`,
    );
  return lines.map((line) => {
    const { text, status: code, headers, error: why } = JSON.parse(line);
    return why === undefined ? { text, status: code ?? undefined, headers } : { error: why };
  });
}
