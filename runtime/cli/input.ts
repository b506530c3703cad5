import { UnreadableFile } from '../../lib/template/reader/unreadable';
import { type TemplateSource } from '../../lib/template/reader/source';
import { type CliIo } from './io';
import { line } from './shown';
import { readSources, type Unread } from './sources';

/** None of the files can be read; each has been reported. */
export class NothingRead extends Error {}

/** The templates that a command is about. One that cannot be read is one line on standard error. */
export class Input {
  public readonly unread: Unread[] = [];

  constructor(
    public readonly paths: readonly string[],
    private readonly io: CliIo,
  ) {}

  /** @throws NothingRead if no file is left */
  public sources(): TemplateSource[] {
    const sources = readSources(this.paths, (error) => {
      this.unread.push(error);
      this.io.stderr(line(`apigw: ${unreadText(error)}`));
    });
    if (sources.length === 0 && this.unread.length > 0) throw new NothingRead();
    return sources;
  }
}

/** `template.yaml:3:5: what is wrong`, of which terminals make a link. */
export function unreadText(error: Unread): string {
  if (!(error instanceof UnreadableFile)) return error.message;
  const { file, position, what } = error;
  return `${[file, ...(position ? [position.line, position.column] : [])].join(':')}: ${what}`;
}
