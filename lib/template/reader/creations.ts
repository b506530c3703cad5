import { fileURLToPath } from 'node:url';
import { isJson } from '../openapi/json';
import { type Position } from '../model/place';

/** A place in the code of an app. */
export interface CodePlace extends Position {
  readonly file: string;
}

interface Creation {
  readonly creation?: CodePlace;
  /** Property → the code that set it last. */
  readonly assignments: ReadonlyMap<string, CodePlace>;
}

const CREATION = 'aws:cdk:creationStack';
const ASSIGNMENT = 'aws:cdk:propertyAssignment';

/** The code that created the resources of a stack, as CDK writes it into the metadata of its cloud assembly. */
export class Creations {
  private metadata?: unknown;

  /** @param load the metadata; read again, as most checks need none of it */
  constructor(private readonly load: () => unknown) {}

  /**
   * The line that set the property of the resource, else the one that created it.
   * @param constructPath of the resource
   * @param path inside of the resource
   */
  public codeOf(constructPath: string, path: readonly string[]): CodePlace | undefined {
    this.metadata ??= this.load() ?? {};
    const entries = isJson(this.metadata) ? this.metadata[`/${constructPath}`] : undefined;
    const { creation, assignments } = creationOf(Array.isArray(entries) ? entries : []);
    return (path[0] === 'Properties' ? assignments.get(path[1] ?? '') : undefined) ?? creation;
  }
}

function creationOf(entries: readonly unknown[]): Creation {
  let creation: CodePlace | undefined;
  const assignments = new Map<string, CodePlace>();
  for (const entry of entries) {
    const { type, data } = isJson(entry) ? entry : {};
    if (type === CREATION) creation ??= userCodeIn(data);
    if (type !== ASSIGNMENT || !isJson(data)) continue;
    const place = userCodeIn(data.stackTrace);
    if (place) assignments.set(String(data.propertyName), place);
  }
  return { creation, assignments };
}

/** The innermost line of a stack trace that belongs to the app. */
function userCodeIn(trace: unknown): CodePlace | undefined {
  for (const frame of Array.isArray(trace) ? trace : []) {
    const place = typeof frame === 'string' ? placeIn(frame) : undefined;
    if (place && !/^node:|[/\\]node_modules[/\\]/.test(place.file)) return place;
  }
  return undefined;
}

/** `new Shop (/app/lib/shop.ts:12:5)`, or only the place. */
function placeIn(frame: string): CodePlace | undefined {
  const inBrackets = frame.endsWith(')') ? frame.slice(frame.lastIndexOf('(') + 1, -1) : frame;
  const parts = inBrackets
    .replace(/^\s*at /, '')
    .trim()
    .split(':');
  const [line, column] = parts.splice(-2).map(Number);
  const file = parts.join(':');
  if (file === '' || !Number.isInteger(line) || !Number.isInteger(column)) return undefined;
  return { file: file.startsWith('file://') ? pathOf(file) : file, line, column };
}

function pathOf(url: string): string {
  try {
    return fileURLToPath(url);
  } catch {
    return url;
  }
}
