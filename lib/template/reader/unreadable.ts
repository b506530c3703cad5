import { jsonError } from './json-error';
import { type Position } from '../model/place';

/** A file that cannot be read; the others can. */
export class UnreadableFile extends Error {
  constructor(
    public readonly file: string,
    /** What is wrong, without the name of the file. */
    public readonly what: string,
    public readonly position?: Position,
    options?: ErrorOptions,
  ) {
    super(`"${file}"${position ? `, line ${position.line}, column ${position.column}` : ''}: ${what}`, options);
    this.name = 'UnreadableFile';
  }
}

/** The values of a text. @throws UnreadableFile with the place of the first mistake */
export function parsedJson(file: string, text: string, advice = ''): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const { what, position } = jsonError(text);
    throw new UnreadableFile(file, `it is not valid JSON: ${what}${advice}`, position, { cause: error });
  }
}
